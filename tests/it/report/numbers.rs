//! The same numbers on the page, in the tables, and for scripts.

use serde_json::json;

use super::{eventful, table};

#[test]
fn the_funnel_is_counted_by_day_course_domain_and_import() {
    let (world, _seek) = eventful();
    let ran = world.gradpass(&["report", "--html", "report.html", "--csv", "tables", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    let funnel = json!({ "imported": 7, "mailed": 6, "opened": 3, "submitted": 2, "verified": 1 });
    assert_eq!(ran.json()["funnel"], funnel);

    let folder = world.path("tables");
    let expected = [
        (
            "funnel",
            "Step,Meaning,Graduates,% of imported\n\
             imported,listed by a roster,7,100.0\n\
             mailed,an invitation was taken by the relay,6,85.7\n\
             opened,the code was used on the page,3,42.8\n\
             submitted,a qualification was submitted to SEEK Pass,2,28.5\n\
             verified,a qualification is in SEEK Pass,1,14.2\n",
        ),
        // two in the night in Melbourne is the day before in Greenwich
        ("days", "Day,Mailed,Opened,Verified\n2026-11-24,0,0,1\n2026-11-23,6,3,0\n"),
        (
            "courses",
            "Course,Imported,Mailed,Opened,Submitted,Verified,% of mailed\n\
             Bachelor of Arts,6,5,2,2,1,20.0\n\
             '+Home Studies,1,1,1,0,0,0.0\n\
             Master of R&D,1,1,1,0,0,0.0\n",
        ),
        (
            "domains",
            "Domain,Imported,Mailed,Opened,Submitted,Verified,% of mailed\n\
             mailbox.example,6,5,2,2,1,20.0\n\
             domains of fewer than 5 graduates,1,1,1,0,0,0.0\n",
        ),
        (
            "imports",
            "Import,Day,Rows,New,Changed,Withdrawn,Rejected,Mailed,Opened,Submitted,Verified,% of mailed\n\
             1,2026-11-23,8,8,0,0,0,6,3,2,1,16.6\n",
        ),
        ("held", "Student id,Held by,Since\n"),
        (
            "needs-a-person",
            "Student id,Why,Since\n\"=\"\"00006\"\"\",the relay refused the message: 550 5.1.1 unknown,2026-11-23\n",
        ),
    ];
    for (name, rows) in expected {
        assert_eq!(table(&folder, name), rows, "{name}");
    }

    let page = std::fs::read_to_string(world.path("report.html")).unwrap();
    for words in [
        "<td data-name=\"% of imported\" class=\"number\">42.8</td>",
        "imported: 7 (100.0 %); mailed: 6 (85.7 %); opened: 3 (42.8 %); submitted: 2 (28.5 %); verified: 1 (14.2 %)</desc>",
        "Bachelor of Arts: 1 of 5",
        "<td data-name=\"Day\" dir=\"auto\">24 Nov 2026</td>",
        "<td data-name=\"Student id\" dir=\"auto\">00006</td>",
        "Master of R&amp;D",
        "Nobody.",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert_eq!(page.matches("role=\"img\"").count(), page.matches("</desc>").count());
}

#[test]
fn who_is_held_stands_in_it_by_student_id() {
    let (world, _seek) = eventful();
    world.change("INSERT INTO hold (student_id, source, reason, since) VALUES ('s0003', 'person', 'Quillfeather asked us', 1795359600000)");
    world.change("INSERT INTO hold (student_id, source, reason, since) VALUES ('s0004', 'address', 'x', 1795359600000)");
    assert_eq!(world.gradpass(&["report", "--html", "report.html", "--csv", "tables"]).code, 0);
    let folder = world.path("tables");
    assert_eq!(
        table(&folder, "held"),
        "Student id,Held by,Since\ns0003,person,2026-11-23\ns0004,address,2026-11-23\n"
    );
    assert_eq!(
        table(&folder, "needs-a-person"),
        "Student id,Why,Since\n\"=\"\"00006\"\"\",the relay refused the message: 550 5.1.1 unknown,2026-11-23\ns0004,x,2026-11-23\n"
    );
    let page = std::fs::read_to_string(world.path("report.html")).unwrap();
    assert!(
        page.contains("<td data-name=\"Student id\" dir=\"auto\">s0003</td>")
            && !page.contains("Quillfeather")
    );
}

#[test]
fn two_courses_of_one_name_are_told_apart_by_their_codes() {
    let world = crate::world::World::new();
    world.import(
        "student_id,full_name,email,course_code,course_name,conferral_year\n\
         n1,Mira Tan,n1@mailbox.example,BSC,Bachelor of Science,2024\n\
         n2,Omar Diaz,n2@mailbox.example,BSC2,Bachelor of Science,2024\n\
         n3,Lea Moss,n3@mailbox.example,BA,Bachelor of Arts,2024\n",
    );
    assert_eq!(world.gradpass(&["report", "--html", "report.html", "--csv", "tables"]).code, 0);
    let courses = std::fs::read_to_string(world.path("tables/gradpass-courses.csv")).unwrap();
    for name in ["\nBachelor of Science (BSC),1,", "\nBachelor of Science (BSC2),1,", "\nBachelor of Arts,1,"]
    {
        assert!(courses.replace('\r', "").contains(name), "{name:?}: {courses}");
    }
}
