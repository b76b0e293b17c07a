//! Several rosters, each of its type, over the same ledger and the same people.

use super::{AWARDS, COURSES, RESULTS, import, imported, invite, mail_to, told, world};
use crate::world::World;

fn listed(world: &World) -> i64 {
    world.count("SELECT count(*) FROM qualification WHERE withdrawn_at IS NULL")
}

#[test]
fn a_roster_withdraws_what_is_of_its_type_alone() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    imported(&world, RESULTS, "english");
    imported(&world, COURSES, "microcredential");
    assert_eq!(listed(&world), 5);
    // none of them says a word of the others
    for (roster, of) in [(AWARDS, "education"), (RESULTS, "english"), (COURSES, "microcredential")] {
        let (again, _) = imported(&world, roster, of);
        assert_eq!((again.merged.new, again.merged.changed, again.merged.withdrawn), (0, 0, 0));
        assert_eq!(listed(&world), 5);
    }
    let shorter: String = COURSES.split_inclusive('\n').take(2).collect();
    assert_eq!(imported(&world, &shorter, "microcredential").0.merged.withdrawn, 1);
    assert_eq!(listed(&world), 4);
    let gone = world.count(
        "SELECT count(*) FROM qualification WHERE withdrawn_at IS NOT NULL AND credential_type = 'microcredential'",
    );
    assert_eq!(gone, 1);
}

#[test]
fn a_guard_counts_what_is_of_its_type() {
    let (world, _seek) = world();
    let award = |number| format!("a{number},Ada Lim,a{number}@mailbox.example,Bachelor of Arts,2023");
    let awards: Vec<_> = (1..=40).map(award).collect();
    let awards = format!("student_id,full_name,email,course_name,conferral_year\n{}\n", awards.join("\n"));
    imported(&world, &awards, "education");
    imported(&world, COURSES, "microcredential");
    // one of two courses is most of them, however many awards there are
    let shorter: String = COURSES.split_inclusive('\n').take(2).collect();
    imported(&world, &shorter, "microcredential");
    let header = COURSES.lines().next().unwrap();
    let none = format!("{header}\ns9,Ida Berg,ida@mailbox.example,First Aid,2025-04-01,,\n");
    let ran = import(&world, &none, &["--type", "microcredential"]);
    assert_eq!(ran.code, 2, "{}", ran.stdout);
    assert!(ran.stderr.contains("lacks the only course that the ledger holds (s1)"), "{}", ran.stderr);
}

/// The same student at another address: nobody can tell which is right, so that it is a mistake with its place, and what was
/// known stands.
#[test]
fn another_address_in_a_students_first_row_of_a_type_is_a_mistake() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    let other = RESULTS.replace("mira@mailbox.example", "mira.tan@elsewhere.example");
    let ran = import(&world, &other, &["--type", "english"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains(
            "line 2, column 3 (email), student s1: the education roster has another address for this student"
        ),
        "{}",
        ran.stderr
    );
    assert!(!ran.stderr.contains("elsewhere"), "{}", ran.stderr);
    assert_eq!(listed(&world), 2);
    assert_eq!(world.count("SELECT count(*) FROM graduate WHERE email LIKE '%elsewhere%'"), 0);
    // the help desk sees it, and the awards' roster does not make it forgotten
    imported(&world, AWARDS, "education");
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("the education roster has another address"), "{}", show.stdout);

    // a person says which is right, and it stands over both rosters
    let ran = world.gradpass(&["correct", "s1", "email=mira.tan@elsewhere.example", "--why", "asked her"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    imported(&world, &other, "english");
    imported(&world, AWARDS, "education");
    assert_eq!(listed(&world), 3);
    let at_the_new = "SELECT count(*) FROM graduate WHERE email = 'mira.tan@elsewhere.example'";
    assert_eq!(world.count(at_the_new), 1);
}

/// A roster that says what it always said takes nothing back that another has changed since.
#[test]
fn an_address_changes_with_the_roster_that_changes_it() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    imported(&world, COURSES, "microcredential");
    invite(&world);
    let moved = AWARDS.replace("mira@mailbox.example", "mira.tan@mailbox.example");
    imported(&world, &moved, "education");
    let now = "SELECT count(*) FROM graduate WHERE email = 'mira.tan@mailbox.example'";
    assert_eq!(world.count(now), 1);
    // the courses' roster has the old one still, with a new course beside
    let more = format!("{COURSES}s1,Mira Tan,mira@mailbox.example,Data Ethics,2025-06-01,,\n");
    imported(&world, &more, "microcredential");
    imported(&world, &more.replace("85%", "86%"), "microcredential");
    assert_eq!(world.count(now), 1);
    assert_eq!(listed(&world), 5);
    invite(&world);
    assert!(mail_to(&world, "mira.tan@mailbox.example").contains("Data Ethics"));
    // and when it says a new one, that is the graduate's
    let latest = more.replace("mira@mailbox.example", "mira3@mailbox.example");
    imported(&world, &latest, "microcredential");
    assert_eq!(world.count("SELECT count(*) FROM graduate WHERE email = 'mira3@mailbox.example'"), 1);
    imported(&world, &moved.replace("2023", "2022"), "education");
    assert_eq!(world.count("SELECT count(*) FROM graduate WHERE email = 'mira3@mailbox.example'"), 1);
}

#[test]
fn another_name_is_told_and_stands_on_its_own_credential() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    let (_, words) = imported(&world, RESULTS, "english");
    assert!(words.contains("line 2, student s1: the education roster has another name"), "{words}");
    assert!(!words.contains("Mira"), "{words}");
    // mails greet by the name of the awards' roster
    invite(&world);
    assert!(mail_to(&world, "mira@mailbox.example").contains("Hello Mira Tan,"));
    // once told, it is no news
    let (_, words) = imported(&world, &RESULTS.replace("7.5", "8.0"), "english");
    assert!(!words.contains("another name"), "{words}");
    let show = world.gradpass(&["show", "s1"]);
    assert!(show.stdout.contains("test result"), "{}", show.stdout);
}

#[test]
fn another_date_of_birth_may_be_another_students_row() {
    let (world, _seek) = world();
    let awards = "student_id,full_name,email,course_name,conferral_year,date_of_birth\n\
                  s1,Mira Tan,mira@mailbox.example,Bachelor of Arts,2023,1999-03-27\n";
    imported(&world, awards, "education");
    let courses = "student_id,full_name,email,microcredential_name,issue_date,date_of_birth\n\
                   s1,Mira Tan,mira@mailbox.example,Data Literacy,2025-03-14,1997-03-27\n";
    let (refused, words) = told(&world, courses, "microcredential");
    assert_eq!(refused.rejected, 1, "{words}");
    assert!(words.contains("the education roster has another date of birth"), "{words}");
    // where it says none, the known one stays for the page's question
    let without = courses.replace(",date_of_birth", "").replace(",1997-03-27", "");
    imported(&world, &without, "microcredential");
    assert_eq!(world.count("SELECT count(*) FROM graduate WHERE date_of_birth = '1999-03-27'"), 1);
}

/// Whom the awards' roster holds, no other roster releases.
#[test]
fn a_hold_ends_with_the_roster_that_holds() {
    let (world, _seek) = world();
    let held = AWARDS
        .replace("conferral_year\n", "conferral_year,deceased\n")
        .replace("2023\n", "2023,yes\n")
        .replace("2024\n", "2024,\n");
    imported(&world, &held, "education");
    imported(&world, COURSES, "microcredential");
    imported(&world, RESULTS, "english");
    let to: Vec<_> = invite(&world).into_iter().map(|(to, _)| to).collect();
    assert!(!to.contains(&"mira@mailbox.example".to_owned()), "{to:?}");
    imported(&world, AWARDS, "education");
    let to: Vec<_> = invite(&world).into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["mira@mailbox.example"]);
    assert!(mail_to(&world, "mira@mailbox.example").contains("Data Literacy"));
}

/// An address that another student has, whom only another type's roster lists.
#[test]
fn an_address_of_another_student_of_another_type_holds_both() {
    let (world, _seek) = world();
    imported(&world, AWARDS, "education");
    let courses = COURSES.replace("suharto@mailbox.example", "ben@mailbox.example");
    let (_, words) = imported(&world, &courses, "microcredential");
    assert!(words.contains("student s3: has the same address as student s2"), "{words}");
    let held = "SELECT count(*) FROM hold WHERE source = 'address' AND student_id IN ('s2', 's3')";
    assert_eq!(world.count(held), 2);
    // also after both rosters were read again
    imported(&world, AWARDS, "education");
    imported(&world, &courses, "microcredential");
    assert_eq!(world.count(held), 2);
    imported(&world, COURSES, "microcredential");
    assert_eq!(world.count(held), 0);
}

#[test]
fn a_test_taken_twice_is_two_results_and_a_changed_score_is_one_changed() {
    let (world, seek) = world();
    imported(&world, RESULTS, "english");
    let codes = invite(&world);
    world.serve().visitor().arrive(&codes[0].1);
    let id = &seek.seek.ids()[0];
    assert!(seek.seek.verify(id));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);

    let again = RESULTS
        .lines()
        .nth(1)
        .unwrap()
        .replace("2025-05-02", "2025-09-20")
        .replace("2027-05-02", "2027-09-20");
    imported(&world, &format!("{RESULTS}{again}\n"), "english");
    assert_eq!(listed(&world), 2);
    assert_eq!(invite(&world).len(), 1, "a new result, a new invitation");

    // what was verified is not as it was told
    imported(&world, &format!("{}{again}\n", RESULTS.replace("7.5", "8.0")), "english");
    let list = world.gradpass(&["list", "changed-after-verified"]);
    assert!(list.stdout.contains("s1") && list.stdout.contains("test result"), "{}", list.stdout);
    let show = world.gradpass(&["show", "s1"]);
    let values = "score: 7.5";
    assert!(show.stdout.contains(values) && !show.stdout.contains("Mira"), "{}", show.stdout);
    assert!(
        show.stdout.contains("Example English Test (English test result, 2025-05-02): "),
        "{}",
        show.stdout
    );
}

/// What may be the same one under another date is not added twice unasked.
#[test]
fn a_new_result_in_place_of_a_verified_one_waits_for_a_person() {
    let (world, seek) = world();
    let more = |number: usize| {
        RESULTS
            .lines()
            .nth(1)
            .unwrap()
            .replace("s1,", &format!("s{number},"))
            .replace("mira@", &format!("m{number}@"))
    };
    let others = [more(7), more(8), more(9)].join("\n");
    imported(&world, &format!("{RESULTS}{others}\n"), "english");
    let codes = invite(&world);
    let (_, code) = codes.iter().find(|(to, _)| to == "mira@mailbox.example").unwrap();
    world.serve().visitor().arrive(code);
    assert!(seek.seek.verify(&seek.seek.ids()[0]));
    assert_eq!(world.gradpass(&["follow-up"]).code, 0);
    let again = format!("{}{others}\n", RESULTS.replace("2025-05-02", "2025-05-03"));
    let ran = import(&world, &again, &["--type", "english"]);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("SEEK Pass has another English test result of the same student"),
        "{}",
        ran.stderr
    );
    assert_eq!(listed(&world), 4);
}

#[test]
fn rosters_of_two_types_are_not_read_as_one() {
    let (world, _seek) = world();
    world.write("awards.csv", AWARDS.as_bytes());
    world.write("results.csv", RESULTS.as_bytes());
    let ran = world.gradpass(&["import", "awards.csv", "results.csv"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("of different types (education, english)"), "{}", ran.stderr);
}

/// What is corrected of an award, a roster of another type does not have to list.
#[test]
fn a_correction_of_an_award_is_nothing_to_a_roster_of_results() {
    let (world, _seek) = world();
    assert_eq!(import(&world, AWARDS, &[]).code, 0);
    assert_eq!(world.gradpass(&["correct", "s1", "conferral_year=2022", "--why", "rang"]).code, 0);
    let ran = import(&world, RESULTS, &[]);
    assert!(ran.code == 0 && !ran.stderr.contains("was corrected"), "{ran:?}");
    // and it stands over the roster of awards as before
    let ran = import(&world, AWARDS.replace("s2,Ben Okafor", "s2,Ben Okafor-Lee").as_str(), &[]);
    assert!(ran.code == 0 && !ran.stderr.contains("was corrected"), "{ran:?}");
    assert_eq!(world.count("SELECT count(*) FROM correction"), 1);
}
