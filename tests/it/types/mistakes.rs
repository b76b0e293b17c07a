//! What a roster of another type may say, and how it is known.

use super::{AWARDS, COURSES, RESULTS, import, told, world};

#[test]
fn every_mistake_is_told_at_once_with_its_place() {
    let (world, _seek) = world();
    let header = RESULTS.lines().next().unwrap();
    let row = |of: &[&str]| of.join(",") + "\n";
    let results = [
        format!("{header}\n"),
        row(&[
            "s1",
            "Mira Tan",
            "m1@mailbox.example",
            "Management",
            "Test",
            "2025-05-02",
            "2025-05-02",
            "7.5",
            "9",
            "C1",
            "",
            "",
            "",
            "",
            "",
        ]),
        row(&[
            "s2",
            "Mira Tan",
            "m2@mailbox.example",
            "Tests Ltd",
            "Test",
            "2030-05-02",
            "",
            "7.5",
            "9",
            "C1",
            "",
            "",
            "",
            "",
            "",
        ]),
        row(&[
            "s3",
            "Mira Tan",
            "m3@mailbox.example",
            "Tests Ltd",
            "Test",
            "2025-05-02",
            "",
            "",
            "",
            "Upper",
            "D1",
            "",
            "7-May",
            "Grammar",
            "",
        ]),
        row(&[
            "s4",
            "Mira Tan",
            "m4@mailbox.example",
            "Tests Ltd",
            "Test",
            "2025-05-02",
            "2025-05-01",
            "7.5",
            "9",
            "B2+",
            "",
            "",
            "",
            "",
            "",
        ]),
    ]
    .concat();
    let (_, words) = told(&world, &results, "english");
    let told: Vec<_> = words.lines().filter(|line| line.starts_with("roster.csv: line ")).collect();
    let expected = [
        ("line 2, column 4 (test_provider), student s", "does not say who issued it"),
        ("line 3, column 6 (completion_date), student s", "is still to come"),
        ("line 4, column 8 (overall_score), student s", "missing"),
        ("line 4, column 9 (overall_scale), student s", "missing"),
        ("line 4, column 10 (cefr_combined), student s", "write A1, A2, B1, B2, C1 or C2"),
        ("line 4, column 11 (cefr_reading), student s", "write A1, A2, B1, B2, C1 or C2"),
        ("line 4, column 13 (score_reading), student s", "a spreadsheet may have made of a score"),
        ("line 4, column 14 (subskills), student s", "Skill: score"),
        ("line 5, column 7 (expiry_date), student s", "is not after completion_date"),
    ];
    assert_eq!(told.len(), expected.len(), "{words}");
    for (line, (place, words)) in told.iter().zip(expected) {
        assert!(line.contains(place) && line.contains(words), "{place}{words}: {line}");
    }
}

#[test]
fn what_seek_pass_calls_unsuitable_is_a_mistake() {
    let (world, _seek) = world();
    let courses = "student_id,full_name,email,microcredential_name,issue_date,expiry_date,issuer_name\n\
                   s1,Mira Tan,m1@mailbox.example,Certificate of Completion,2025-03-14,,\n\
                   s2,Mira Tan,m2@mailbox.example,Certificate of Attendance,2025-03-14,,\n\
                   s3,Mira Tan,m3@mailbox.example,Data Literacy,2025-03-14,2025-03-13,\n\
                   s4,Mira Tan,m4@mailbox.example,Data Literacy,2025-03-14,,Management\n\
                   s5,Mira Tan,m5@mailbox.example,Microsoft Excel Skills,2025-03-14,,ABC Management Academy\n";
    let ran = import(&world, courses, &["--type", "microcredential"]);
    assert_eq!(ran.code, 1);
    for told in [
        "line 2, column 4 (microcredential_name), student s1: does not say what was learned",
        "line 3, column 4 (microcredential_name), student s2: does not say what was learned",
        "line 4, column 6 (expiry_date), student s3: is not after issue_date",
        "line 5, column 7 (issuer_name), student s4: does not say who issued it",
    ] {
        assert!(ran.stderr.contains(told), "{told}: {}", ran.stderr);
    }
    assert_eq!(world.count("SELECT count(*) FROM qualification"), 1);
}

#[test]
fn the_type_is_found_from_the_columns_and_said() {
    let (world, _seek) = world();
    for (roster, of, said) in [
        (
            RESULTS,
            "english",
            "read as a roster of English test results (--type english), since it has the column test_provider",
        ),
        (
            COURSES,
            "microcredential",
            "read as a roster of courses (--type microcredential), since it has the column microcredential_name",
        ),
        // not for a university that has no other rosters
        (AWARDS, "education", "read as a roster of qualifications (--type education)"),
    ] {
        let ran = import(&world, roster, &[]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(ran.stderr.contains("read as a roster of"), !said.is_empty(), "{}", ran.stderr);
        assert!(ran.stderr.contains(said), "{}", ran.stderr);
        // asked for by name it says nothing
        if !of.is_empty() {
            let ran = import(&world, roster, &["--type", of]);
            assert!(!ran.stderr.contains("read as a roster of"), "{}", ran.stderr);
        }
    }
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE credential_type IS NULL"), 2);
    assert_eq!(world.count("SELECT count(*) FROM qualification WHERE credential_type = 'english'"), 1);
    assert_eq!(
        world.count("SELECT count(*) FROM qualification WHERE credential_type = 'microcredential'"),
        2
    );
}

#[test]
fn a_roster_without_a_needed_column_is_refused_with_its_name() {
    let (world, _seek) = world();
    let ran = import(&world, AWARDS, &["--type", "english"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("is missing column test_provider, test_name, completion_date, overall_score")
            && ran.stderr.contains("gradpass columns --type english"),
        "{}",
        ran.stderr
    );
}

#[test]
fn universal_credentials_are_refused_with_the_reason() {
    let (world, _seek) = world();
    let ran = import(&world, COURSES, &["--type", "universal"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("the list of these is not public"), "{}", ran.stderr);
    let ran = import(&world, COURSES, &["--type", "diploma"]);
    assert!(ran.stderr.contains("write education, english, microcredential"), "{}", ran.stderr);
}

#[test]
fn the_configuration_says_the_type_and_maps_headers() {
    let (world, _seek) = world();
    let config = std::fs::read_to_string(world.path("gradpass.toml")).unwrap();
    let roster = "[roster]\ntype = \"microcredential\"\n[roster.columns]\nmicrocredential_name = \"Unit\"\n\
                  course_name = \"Award Title\"\n";
    world.write_private("gradpass.toml", &config.replace("[mail]\n", &format!("{roster}[mail]\n")));
    let courses = COURSES.replace("microcredential_name", "Unit");
    let ran = import(&world, &courses, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert_eq!(
        world.count("SELECT count(*) FROM qualification WHERE credential_type = 'microcredential'"),
        2
    );
    let columns = world.gradpass(&["columns", "--type", "microcredential"]);
    assert!(
        columns.stdout.contains("microcredential_name: needed") && !columns.stdout.contains("conferral_year")
    );
}

/// `30/06/2025` and `2025-06-30` alike, in the order that fits the column.
#[test]
fn days_are_read_as_those_of_any_roster() {
    let (world, _seek) = world();
    let courses = "student_id,full_name,email,microcredential_name,issue_date\n\
                   s1,Mira Tan,m1@mailbox.example,Data Literacy,30/06/2025\n\
                   s2,Ben Okafor,m2@mailbox.example,Data Literacy,05/06/2025\n";
    let ran = import(&world, courses, &[]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("dates of issue_date are read as d/m/y"), "{}", ran.stderr);
    assert_eq!(
        world
            .count("SELECT count(*) FROM qualification WHERE details LIKE '%\"issue_date\":\"2025-06-05\"%'"),
        1
    );
}
