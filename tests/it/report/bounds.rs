//! However much there is, the page stays one that somebody reads.

use gradpass::report_page::{ReportPage, Source};
use gradpass::store::{Happened, ImportFigures, Reached, ReportFigures};
use jiff::Timestamp;

use super::table;

fn many() -> ReportFigures {
    let reached = |name: String, number| Reached { key: name.clone(), name, reach: 1, number };
    let import = |id| ImportFigures {
        id,
        started_at: Timestamp::from_second(1_795_359_600 + id * 86_400).unwrap(),
        rows: 1,
        new: 1,
        changed: 0,
        withdrawn: 0,
        rejected: 0,
    };
    ReportFigures {
        courses: (1..=40).map(|number| reached(format!("Course {number:02}"), number)).collect(),
        domains: (1..=40).map(|number| reached(format!("d{number:02}.example"), number)).collect(),
        imports: (1..=40).map(import).collect(),
        // in the night of each day in Melbourne, in summer and in winter
        moments: (0..400)
            .map(|day| {
                let since = Timestamp::from_second((day * 96 + 1_990_908) * 900).unwrap();
                Happened { what: "mailed".into(), since, number: day + 1 }
            })
            .collect(),
        ..ReportFigures::default()
    }
}

#[test]
fn the_largest_have_a_row_and_the_rest_one_together() {
    let now = "2026-11-27T12:00:00+11:00[Australia/Melbourne]".parse().unwrap();
    let figures = many();
    let hold = gradpass::store::Hold {
        student_id: "s0001".into(),
        source: gradpass::store::HoldSource::File,
        reason: String::new(),
        since: Timestamp::UNIX_EPOCH,
        is_listed: true,
    };
    let source = Source {
        institution: "Northfield & Sons",
        now: &now,
        figures: &figures,
        unreached: &[],
        holds: &vec![hold; 500],
        needs_person: &[],
        late_changes: &[],
    };
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    ReportPage::draw(&source).unwrap().write(&page, Some(folder.path())).unwrap();

    let courses = table(folder.path(), "courses");
    let rows: Vec<_> = courses.lines().skip(1).collect();
    assert_eq!(rows.len(), 31);
    assert_eq!(rows[0], "Course 40,40,40,0,0,0,0.0");
    assert_eq!(rows[30], "all other courses (10),55,55,0,0,0,0.0");
    let domains = table(folder.path(), "domains");
    let rows: Vec<_> = domains.lines().skip(1).collect();
    assert_eq!(rows[30], "all other domains (6),45,45,0,0,0,0.0");
    assert_eq!(rows[31], "domains of fewer than 5 graduates,10,10,0,0,0,0.0");

    // the CSV has every day and everybody, the page the latest
    assert_eq!(table(folder.path(), "days").lines().count(), 401);
    assert_eq!(table(folder.path(), "held").lines().count(), 501);
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains("369 more") && page.contains("469 more") && page.contains("9 more"), "{page}");
    assert_eq!(page.matches("<td data-name=\"Student id\" dir=\"auto\">s0001</td>").count(), 31);
    assert!(page.contains("As of 27 November 2026, 12:00 AEDT"), "by the clock that it is given");
    assert!(page.contains("Northfield &amp; Sons"));
    assert!(page.len() < 100_000, "{}", page.len());
}
