//! Transcripts: the subjects of a second file, joined with the awards of the roster.

mod lines;

use serde_json::{Value, json};

use super::{AWARDS, RESULTS, added, configure, import, imported, told, world};
use crate::world::World;

const HEADER: &str =
    "student_id,course_code,course_name,subject,code,score,grade,completion_date,issuance_date\n";

const SUBJECTS: &str = "\
student_id,subject,code,credit,score,grade,completion_date,issuance_date,overall_score
s1,Linear Algebra,MAT201,6,81,Distinction,2022,2023-11-30,6.20
s1,Medieval History,HIS110,6.0,,Pass,2021-11-20,,
s1,Medieval History,HIS110,6.0,49,Fail,2020-11-20,,
";

/// A world whose configuration names the file of subjects.
fn with(subjects: &str) -> (World, crate::world::SeekThread) {
    let (world, seek) = world();
    configure(&world, "transcripts = \"subjects.csv\"");
    world.write("subjects.csv", subjects.as_bytes());
    (world, seek)
}

fn of(seek: &crate::world::SeekThread, ids: &[String], student: &str) -> Value {
    let told = ids.iter().map(|id| seek.seek.credential(id).unwrap());
    told.into_iter().find(|told| told["full_name"] == student).unwrap()
}

#[test]
fn subjects_arrive_as_the_guide_draws_them() {
    let (world, seek) = with(SUBJECTS);
    let (_, words) = imported(&world, AWARDS, "education");
    assert_eq!(words, "", "nothing to tell");
    let ids = added(&world, &seek);
    assert_eq!(
        of(&seek, &ids, "Mira Tan")["transcript"],
        json!({
            "overall": { "issuance_date": "2023-11-30", "score": "6.20" },
            "subjects": [
                { "name": "Medieval History", "code": "HIS110", "credit": "6.0", "score": "49", "grade": "Fail",
                  "completion_date": "2020-11-20" },
                { "name": "Medieval History", "code": "HIS110", "credit": "6.0", "grade": "Pass",
                  "completion_date": "2021-11-20" },
                { "name": "Linear Algebra", "code": "MAT201", "credit": "6", "score": "81", "grade": "Distinction",
                  "completion_date": "2022" },
            ],
        })
    );
    // whoever has no subjects has no transcript
    assert_eq!(of(&seek, &ids, "Ben Okafor").get("transcript"), None);
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("Bachelor of Arts, with a transcript of 3 subjects: "), "{}", show.stdout);
    assert_eq!(world.gradpass(&["--json", "show", "s1"]).json()["qualification_states"][0]["subjects"], 3);
}

/// The same reader as of rosters: another encoding, other signs and headers, dates in one order, a title above.
#[test]
fn the_file_is_read_as_rosters_are() {
    let (world, seek) = world();
    configure(&world, "transcripts = \"subjects.csv\"\n[roster.transcript_columns]\ngrade = \"Ergebnis\"");
    let text = "Results of 2023\n\nStudent No;Unit Title;Unit Code;Ergebnis;Mark;Completed;Date issued\n\
                s1;Économie;ECO1;Très bien;81,5;27.06.2022;30.11.2023\n";
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    world.write("subjects.csv", &utf_16);
    imported(&world, AWARDS, "education");
    let ids = added(&world, &seek);
    assert_eq!(
        of(&seek, &ids, "Mira Tan")["transcript"],
        json!({
            "overall": { "issuance_date": "2023-11-30" },
            "subjects": [
                { "name": "Économie", "code": "ECO1", "score": "81,5", "grade": "Très bien", "completion_date": "2022-06-27" },
            ],
        })
    );
}

/// A roster without codes knows an award by its name, whatever code the file of subjects has beside it.
#[test]
fn an_award_without_a_code_is_known_by_its_name() {
    let subjects = "student_id,course_code,course_name,subject,code,grade,completion_date,issuance_date\n\
                    s1,BA,Bachelor of Arts,History,HIS1,A,2022,2023-11-30\n\
                    s2,MSC,Master of Science,History,HIS1,A,2022,2023-11-30\n";
    let (world, _seek) = with(subjects);
    imported(&world, AWARDS, "education");
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE details LIKE '%\"transcript\":{%'"), 2);
}

const SEVERAL: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year
s1,Mira Tan,mira@mailbox.example,BA,Bachelor of Arts,2023
s1,Mira Tan,mira@mailbox.example,BSC,Bachelor of Science,2023
s2,Ben Okafor,ben@mailbox.example,BA,Bachelor of Arts,2023
";

#[test]
fn a_line_names_the_award_where_the_student_has_more_than_one() {
    let subjects = "student_id,course_code,course_name,subject,code,grade,completion_date,issuance_date\n\
                    s1,ba,,History,HIS1,A,2022,2023-11-30\n\
                    s1,,bachelor of SCIENCE,Algebra,MAT1,B,2022,2023-12-01\n\
                    s2,,,History,HIS1,C,2022,2023-11-30\n";
    let (world, seek) = with(subjects);
    imported(&world, SEVERAL, "education");
    let joined = "SELECT count(*) FROM qualification JOIN graduate ON graduate.id = graduate_id
        WHERE (student_id, course_code) IN (('s1', 'BA'), ('s2', 'BA')) AND details LIKE '%\"code\":\"HIS1\"%'
                AND details NOT LIKE '%\"code\":\"MAT1\"%'
            OR (student_id, course_code) = ('s1', 'BSC') AND details LIKE '%\"code\":\"MAT1\"%'
                AND details NOT LIKE '%\"code\":\"HIS1\"%'";
    assert_eq!(world.count(joined), 3);
    drop(seek);
}

#[test]
fn what_is_wrong_with_a_subject_is_told_with_both_places_and_keeps_its_award_back() {
    let header =
        "student_id,course_code,subject,code,score,grade,completion_date,issuance_date,overall_score\n";
    let lines = [
        "s1,BA,History,HIS1,81,,2022,2023-11-30,",
        "s1,BA,Law,LAW1,7-May,A,2030,2023-11-30,",
        "s2,,History,HIS1,81,A,2022,,",
        "s3,,History,HIS1,81,A,2022,2023-11-30,6.0",
        "s3,,History,HIS1,82,A,2022,2023-12-01,6.1",
        "s3,,Law,LAW1,82,A,2022,2023-12-01,6.1",
        "s4,,History,HIS1,81,A,2022,2023-11-30,",
        "s5,BA,History,HIS1,81,A,2022,2023-11-30,",
        "s5,BA,History,HIS1,81,A,2022,2023-11-30,",
        "s6,MBA,Needle,HIS1,81,A,2022,2023-11-30,",
        "s7,,Needle,HIS1,81,A,2022,2023-11-30,",
        "s8,BA,Needle,HIS1,81,A",
        "s9,BA,History,HIS1,81,A,2022,2030-01-01,",
    ];
    let (world, seek) = with(&(header.to_owned() + &lines.join("\n") + "\n"));
    let row = |id: &str, code: &str, name: &str| {
        format!("{id},Ada Lim,{id}@mailbox.example,{code},Bachelor of {name},2023\n")
    };
    let rows = ["s1", "s2", "s3", "s4", "s5", "s6", "s8", "s9"].map(|id| row(id, "BA", "Arts"));
    let header = "student_id,full_name,email,course_code,course_name,conferral_year\n";
    let roster =
        header.to_owned() + &rows.concat() + &row("s4", "BSC", "Science") + &row("s1", "BSC", "Science");
    let (all, words) = told(&world, &roster, "education");
    insta::assert_snapshot!("transcripts", words);
    assert!(!words.contains("Needle"), "{words}");
    // both awards of s4, since nobody knows which it is of; s5 and the other award of s1 are all right
    assert_eq!(all.rejected, 8);
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 2);
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE details IS NOT NULL"), 1);
    // and nothing of the file is in the list but places
    let list = world.gradpass(&["list", "rejected"]);
    assert!(list.stdout.contains("subjects.csv"), "{}", list.stdout);
    drop(seek);
}

#[test]
fn a_line_of_nobody_stops_the_import_since_any_transcript_may_lack_it() {
    let (world, _seek) = with(&SUBJECTS.replace("s1,Linear", "N/A,Linear"));
    let ran = import(&world, AWARDS, &[]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("subjects.csv: does not tell whose these subjects are")
            && ran.stderr.contains("line 2, column 1 (student_id)"),
        "{}",
        ran.stderr
    );
    assert_eq!(world.count("SELECT count(*) FROM graduate"), 0);
}

#[test]
fn a_file_that_is_no_table_of_subjects_says_what_it_lacks() {
    let (world, _seek) = with("student_id,subject,code,grade,completion_date\ns1,Law,LAW1,A,2022\n");
    let ran = import(&world, AWARDS, &[]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains(
            "is missing column issuance_date; rename the header or map it under [roster.transcript_columns]"
        ) && ran.stderr.contains("`gradpass columns --transcripts`"),
        "{}",
        ran.stderr
    );
    let columns = world.gradpass(&["columns", "--transcripts"]);
    assert!(columns.stdout.contains("issuance_date: needed"), "{}", columns.stdout);
    std::fs::remove_file(world.path("subjects.csv")).unwrap();
    assert_eq!(import(&world, AWARDS, &[]).code, 2);
    // other types have none, and are not stopped
    assert_eq!(import(&world, RESULTS, &[]).code, 0);
}

#[test]
fn a_changed_grade_is_a_changed_award_and_is_told_after_verification() {
    let (world, seek) = with(SUBJECTS);
    imported(&world, AWARDS, "education");
    for id in added(&world, &seek) {
        assert!(seek.seek.verify(&id));
    }
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    assert_eq!(import(&world, AWARDS, &["--json"]).json()["roster"]["unchanged"], 2);
    world.write("subjects.csv", SUBJECTS.replace("Distinction", "High Distinction").as_bytes());
    let ran = import(&world, AWARDS, &["--json"]);
    assert_eq!(ran.json()["roster"]["changed"], 1, "{}", ran.stderr);
    assert_eq!(ran.json()["changed_after_verified"], json!(["s1"]));
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("this changed since: transcript"), "{}", show.stdout);
    // a wrong mark was told: the corrected one is a new submission for who wants it
    let again = world.gradpass(&["reissue", "s1", "--again", "--why", "a grade was wrong"]);
    assert_eq!(again.code, 0, "{}", again.stderr);
}

/// The first night with transcripts changes every award that is known: a person looks at it, and approves.
#[test]
fn the_first_transcripts_of_known_awards_pass_by_an_approved_plan() {
    let (world, _seek) = world();
    assert_eq!(import(&world, AWARDS, &[]).code, 0);
    world
        .write("subjects.csv", (SUBJECTS.to_owned() + "s2,Law,LAW1,6,81,Pass,2022,2024-11-30,\n").as_bytes());
    let arguments = ["--transcripts", "subjects.csv"];
    let ran = import(&world, AWARDS, &arguments);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(
        ran.stderr.contains("2 of 2 graduates would get another result, document or transcript (s1, s2)")
            && ran.stderr.contains("or documents or transcripts are new here"),
        "{}",
        ran.stderr
    );
    let dry = [&["--json", "run", "--dry-run", "roster.csv"][..], &arguments].concat();
    let plan = world.gradpass(&dry).json()["plan"].as_str().unwrap().to_owned();
    assert_eq!(world.gradpass(&["approve", &plan, "--by", "Ada Lim"]).code, 0);
    let ran = import(&world, AWARDS, &[&["--json"], &arguments[..]].concat());
    assert_eq!(ran.json()["roster"]["changed"], 2, "{}", ran.stderr);
}

#[test]
fn the_option_stands_over_the_setting_and_a_dry_run_makes_the_same_plan_as_the_run() {
    let (world, _seek) = with("not a table\n");
    world.write("other.csv", SUBJECTS.as_bytes());
    world.write("roster.csv", AWARDS.as_bytes());
    let dry = |file: &str| {
        world.gradpass(&[
            "--json",
            "run",
            "--dry-run",
            "--preview",
            "preview",
            "--transcripts",
            file,
            "roster.csv",
        ])
    };
    let first = dry("other.csv");
    assert_eq!(first.json()["roster"]["new"], 2, "{}", first.stderr);
    let index = std::fs::read_to_string(world.path("preview/index.html")).unwrap();
    assert!(index.contains("with a transcript of 3 subjects"), "{index}");
    assert!(index.contains("other.csv was read as UTF-8"), "{index}");
    assert_eq!(dry("other.csv").json()["plan"], first.json()["plan"]);
    world.write("other.csv", SUBJECTS.replace("81", "82").as_bytes());
    assert_ne!(dry("other.csv").json()["plan"], first.json()["plan"]);
    let plan = dry("other.csv").json()["plan"].as_str().unwrap().to_owned();
    assert_eq!(world.gradpass(&["approve", &plan, "--by", "Ada Lim"]).code, 0);
    let ran = world.gradpass(&["--json", "run", "--plan", &plan, "--transcripts", "other.csv", "roster.csv"]);
    assert_eq!(ran.json()["mail"]["sent"], 2, "{}", ran.stderr);
}

#[test]
fn what_was_rejected_is_corrected_in_the_file_of_subjects() {
    let (world, _seek) = with(&SUBJECTS.replace("Distinction", ""));
    let ran = import(&world, AWARDS, &["--rejects", "rejects.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains(
            "roster.csv: line 2, student s1: transcript: subjects.csv: line 2, column 6 (grade): missing; every row needs it"
        ),
        "{}",
        ran.stderr
    );
    let rejects = std::fs::read_to_string(world.path("rejects.csv")).unwrap();
    assert!(rejects.contains("row: transcript: subjects.csv: line 2"), "{rejects}");
    world.write("subjects.csv", SUBJECTS.as_bytes());
    let ran = world.gradpass(&["--json", "import", "rejects.csv"]);
    assert_eq!(ran.json()["roster"]["new"], 1, "{}", ran.stderr);
}

#[test]
fn what_is_told_of_rejected_rows_points_to_the_file_of_subjects() {
    let (world, _seek) = world();
    world.write("subjects.csv", SUBJECTS.replace("Distinction", "").as_bytes());
    let ran = import(&world, AWARDS, &["--transcripts", "subjects.csv", "--rejects", "rejects.csv"]);
    assert!(
        ran.stderr.contains(
            "The rejected rows are in rejects.csv; correct subjects in subjects.csv, anything else there, and import that \
             file with --transcripts subjects.csv."
        ),
        "{}",
        ran.stderr
    );
    let ran = import(&world, AWARDS, &["--transcripts", "subjects.csv"]);
    assert!(
        ran.stderr
            .contains("Correct subjects in subjects.csv, and import again with --transcripts subjects.csv."),
        "{}",
        ran.stderr
    );
    // there is nothing to correct in the rows themselves, so that they would pass without a transcript
    let ran = world.gradpass(&["import", "rejects.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("no file of subjects was given, so that 1 award would be"), "{}", ran.stderr);
}

#[test]
fn the_same_subjects_in_another_order_are_unchanged() {
    let (world, _seek) = with(SUBJECTS);
    imported(&world, AWARDS, "education");
    let mut lines: Vec<_> = SUBJECTS.lines().collect();
    lines[1..].reverse();
    world.write("subjects.csv", (lines.join("\n") + "\n").as_bytes());
    let ran = import(&world, AWARDS, &["--json"]);
    assert_eq!(ran.json()["roster"]["unchanged"], 2, "{}", ran.stderr);
    assert_eq!(ran.json()["roster"]["changed"], 0);
}

#[test]
fn a_part_of_a_roster_is_joined_with_the_other_awards_of_the_ledger_too() {
    let lines = "s1,BA,,History,HIS1,81,A,2022,2023-11-30\ns1,BSC,,Algebra,MAT1,81,A,2022,2023-11-30\n";
    let (world, _seek) = with(&(HEADER.to_owned() + lines));
    imported(&world, SEVERAL, "education");
    let part: String = SEVERAL.split_inclusive('\n').take(2).collect();
    let ran = import(&world, &part, &["--json", "--add"]);
    assert_eq!(ran.json()["roster"]["unchanged"], 1, "{}", ran.stderr);
    // a roster lists everything that there is
    let (world, _seek) = with(&(HEADER.to_owned() + lines));
    let (all, words) = told(&world, &part, "education");
    assert!(all.rejected == 1 && words.contains("no award of the student in the roster"), "{words}");
}

#[test]
fn a_forgotten_file_of_subjects_takes_no_transcript_away() {
    let (world, _seek) = world();
    world.write("subjects.csv", SUBJECTS.as_bytes());
    assert_eq!(import(&world, AWARDS, &["--transcripts", "subjects.csv"]).code, 0);
    for arguments in [&[][..], &["--add"]] {
        let ran = import(&world, AWARDS, arguments);
        assert_eq!(ran.code, 2, "{}", ran.stderr);
        assert!(
            ran.stderr.contains(
                "no file of subjects was given, so that 1 award would be without a transcript that the ledger holds or \
                 that a mistake kept back (s1)"
            ),
            "{}",
            ran.stderr
        );
    }
    let ran = import(&world, AWARDS, &["--json", "--allow-removals"]);
    assert_eq!(ran.json()["roster"]["changed"], 1, "{}", ran.stderr);
    // from now on there is none
    assert_eq!(import(&world, AWARDS, &[]).code, 0);
}

#[test]
fn other_types_take_no_transcripts() {
    let (world, _seek) = world();
    let ran = import(&world, RESULTS, &["--transcripts", "nowhere.csv"]);
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(ran.stderr.contains("awards alone have transcripts, and this is a roster of"), "{}", ran.stderr);
}
