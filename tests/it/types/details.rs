//! The fine points of values: scores as a workbook shows them, dates that never come, chains and parts that say a thing twice,
//! and files that are told apart.

use serde_json::json;

use super::{AWARDS, COURSES, RESULTS, added, configure, import, imported, told, told_of, world};
use crate::roster::workbook::book::{Book, row, text};

/// A number in a cell with this style.
fn number(style: usize, value: &str) -> String {
    format!("<c s=\"{style}\"><v>{value}</v></c>")
}

/// A workbook with the result of one test, whose scores are these cells.
fn result(formats: Vec<&'static str>, overall: &str, reading: &str) -> Vec<u8> {
    let header = [
        "student_id",
        "full_name",
        "email",
        "test_provider",
        "test_name",
        "completion_date",
        "overall_scale",
        "cefr_combined",
        "overall_score",
        "score_reading",
    ];
    let of = ["s1", "Mira Tan", "mira@mailbox.example", "Tests Ltd", "English Test", "2025-05-02", "9", "C1"];
    let cells = [of.map(text).as_slice(), &[overall.to_owned(), reading.to_owned()]].concat();
    let book = Book { formats, ..Book::default() };
    book.sheet("Results", &(row(1, "", &header.map(text)) + &row(2, "", &cells))).bytes()
}

#[test]
fn a_score_has_the_decimals_that_its_cell_shows() {
    let (world, seek) = world();
    let path = world.write("results.xlsx", &result(vec!["0.0", "0.00"], &number(1, "6"), &number(2, "6.5")));
    let (done, words) = told_of(&world, path, "english");
    assert_eq!(done.rejected, 0, "{words}");
    let ids = added(&world, &seek);
    let scores = &seek.seek.credential(&ids[0]).unwrap()["test_scores"];
    assert_eq!(scores["overall"], json!({ "score": "6.0", "scale": "9" }));
    assert_eq!(scores["subskills"], json!([{ "skill": "Reading", "score": "6.50" }]));
}

#[test]
fn a_score_of_which_its_cell_hides_digits_is_a_mistake() {
    let (world, _seek) = world();
    world.write("results.xlsx", &result(vec!["0.0"], &number(1, "7.25"), &number(0, "7.25")));
    let ran = world.gradpass(&["import", "results.xlsx"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let expected = "results.xlsx: sheet Results, cell I2 (overall_score), student s1: has more digits behind the point than \
                    its cell shows, so nobody can see what would be sent; round the number, or let the cell show all of it";
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
    assert!(!ran.stderr.contains("score_reading"), "as a General cell shows it: {}", ran.stderr);
}

#[test]
fn what_never_expires_has_no_expiry_date() {
    for word in ["never", "No expiry", "(does not expire)", "31/12/9999", "9999-12-31", "n/a"] {
        let (world, seek) = world();
        imported(&world, &RESULTS.replace("2027-05-02", word), "english");
        let ids = added(&world, &seek);
        assert_eq!(seek.seek.credential(&ids[0]).unwrap().get("expiry_date"), None, "{word}");
    }
    // a day that has to be there is no such word
    let (world, _seek) = world();
    let (done, words) = told(&world, &RESULTS.replace("2025-05-02", "never"), "english");
    assert_eq!(done.rejected, 1, "{words}");
    assert!(words.contains("(completion_date), student s1: not a date; write it"), "{words}");
}

#[test]
fn a_chain_names_only_those_between_and_each_part_has_one_score() {
    let (world, _seek) = world();
    let mistake = |roster: String, of: &str| {
        let (done, words) = told(&world, &roster, of);
        assert_eq!(done.rejected, 1, "{words}");
        words
    };
    let chain = |names: &str| mistake(RESULTS.replace("Example Network; Example Hub", names), "english");
    let university = chain("Northfield University; Example Hub");
    assert!(
        university.contains(
            "(partner_chain), student s1: names the university itself; only those between the university and the issuer belong \
             there"
        ),
        "{university}"
    );
    assert!(chain("example tests LTD").contains("names the issuer, too"));
    assert!(
        chain("Example Hub; Example Network; Example-Hub").contains("names somebody twice; write each once")
    );
    let course = COURSES.replace("issuer_name", "issuer_name,partner_chain").replace("85%,", "85%,,");
    let course = course.replace("ABC Management Academy", "ABC Management Academy,abc management academy");
    assert!(
        mistake(course, "microcredential").contains("(partner_chain), student s3: names the issuer, too")
    );
    let part = mistake(RESULTS.replace("Grammar: 64", "reading: 7.5"), "english");
    assert!(
        part.contains(
            "(subskills), student s1: gives a score to a part that has one already, there or in a column of its own; write each \
             part once"
        ),
        "{part}"
    );
}

const SUBJECTS: &str = "\
student_id,course_name,subject,code,grade,completion_date,issuance_date
s1,Bachelor of Arts,Économie,ECO1,A,2022,2023-11-30
";

#[test]
fn the_delimiter_of_the_rosters_binds_no_file_of_subjects() {
    let (world, _seek) = world();
    configure(&world, "delimiter = \";\"\ntranscripts = \"subjects.csv\"");
    world.write("subjects.csv", SUBJECTS.as_bytes());
    imported(&world, &AWARDS.replace(',', ";"), "education");
    let transcripts =
        "SELECT count(*) FROM qualification WHERE details LIKE '%\"subjects\":[%\"code\":\"ECO1\"%'";
    assert_eq!(world.count(transcripts), 1);
}

#[test]
fn a_guessed_encoding_of_the_subjects_is_told_with_examples() {
    let (world, _seek) = world();
    configure(&world, "encoding = \"windows-1252\"\ntranscripts = \"subjects.csv\"");
    world.write(
        "subjects.csv",
        &SUBJECTS.replace('É', "\u{1}").bytes().map(|it| if it == 1 { 0xc9 } else { it }).collect::<Vec<_>>(),
    );
    let (_, words) = imported(&world, AWARDS, "education");
    assert_eq!(words, "subjects.csv: windows-1252: Économie");
}

#[test]
fn subjects_may_name_an_award_as_it_was_corrected() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    let what = ["correct", "s1", "course_name=Bachelor of Fine Arts", "--why", "renamed"];
    let ran = world.gradpass(&what);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    configure(&world, "transcripts = \"subjects.csv\"");
    for name in ["Bachelor of Fine Arts", "Bachelor of Arts"] {
        world.write("subjects.csv", SUBJECTS.replace("Bachelor of Arts", name).as_bytes());
        let (_, words) = imported(&world, AWARDS, "education");
        assert_eq!(words, "", "{name}");
        let with = "SELECT count(*) FROM qualification WHERE course_name = 'Bachelor of Fine Arts' \
                    AND details LIKE '%\"subjects\":[%\"code\":\"ECO1\"%'";
        assert_eq!(world.count(with), 1, "{name}");
    }
    // another award's name is still none of hers
    world.write("subjects.csv", SUBJECTS.replace("Bachelor of Arts", "Master of Science").as_bytes());
    let (done, words) = told(&world, AWARDS, "education");
    assert_eq!(done.rejected, 1, "{words}");
}

#[test]
fn rosters_of_one_name_are_told_with_their_folders() {
    let (world, _seek) = world();
    for (folder, rows) in
        [("north", "s1,Mira Tan,mira@mailbox.example,,2023"), ("south", "s2,,ben@mailbox.example,Arts,2023")]
    {
        std::fs::create_dir(world.path(folder)).unwrap();
        let header = AWARDS.lines().next().unwrap();
        world.write(&format!("{folder}/roster.csv"), format!("{header}\n{rows}\n").as_bytes());
    }
    let ran = world.gradpass(&["import", "north/roster.csv", "south/roster.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    for place in
        ["north/roster.csv: line 2, column 4 (course_name)", "south/roster.csv: line 2, column 2 (full_name)"]
    {
        assert!(ran.stderr.contains(place), "{}", ran.stderr);
    }
}

#[test]
fn a_roster_whose_columns_are_of_two_types_says_which_it_is_read_as() {
    let (world, _seek) = world();
    let both = AWARDS
        .replace("conferral_year", "conferral_year,Test Name")
        .replace("2023", "2023,")
        .replace("2024", "2024,");
    let ran = import(&world, &both, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let expected = "roster.csv: read as a roster of qualifications (--type education), since it has the column course_name; its \
                    column Test Name is one of English test results, which have a roster of their own";
    assert!(ran.stderr.contains(expected), "{}", ran.stderr);
}
