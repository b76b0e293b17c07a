//! What the files are, and what they never hold.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::{eventful, table};
use crate::world::{World, process};
use gradpass::sandbox::relay::healthy;

const REPORT: [&str; 5] = ["report", "--html", "report.html", "--csv", "tables"];

#[test]
fn nothing_personal_stands_in_it_and_only_its_owner_may_read_it() {
    let (world, _seek) = eventful();
    assert_eq!(world.gradpass(&REPORT).code, 0);
    let mut files: Vec<_> =
        fs::read_dir(world.path("tables")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 9);
    files.push(world.path("report.html"));
    for file in files {
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600, "{}", file.display());
        let text = fs::read_to_string(&file).unwrap().to_lowercase();
        for line in super::ROSTER.lines().skip(1) {
            let cells: Vec<_> = line.split(',').collect();
            for word in cells[1].split(' ').chain([cells[2]]) {
                assert!(!text.contains(&word.to_lowercase()), "{word} in {}", file.display());
            }
        }
        assert!(!text.contains("farquhar.example"), "a domain may be a name");
    }
}

#[test]
fn the_page_needs_no_network_and_no_script() {
    let (world, _seek) = eventful();
    assert_eq!(world.gradpass(&REPORT).code, 0);
    let page = fs::read_to_string(world.path("report.html")).unwrap();
    for sign in ["<script", "http:", "https:", "src=", "href=", "url(", "@import", " style="] {
        assert!(!page.contains(sign), "{sign}");
    }
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn an_earlier_report_is_replaced_and_nothing_else() {
    let world = World::new();
    process(async { world.open().await.unwrap() });
    for _ in 0..2 {
        assert_eq!(world.gradpass(&REPORT).code, 0);
    }
    for name in ["gradpass.db", "gradpass.toml"] {
        let before = fs::read(world.path(name)).unwrap();
        let ran = world.gradpass(&["report", "--html", name]);
        assert_eq!(ran.code, 2);
        assert!(ran.stderr.contains("is there and is no earlier report"), "{ran:?}");
        assert!(fs::read(world.path(name)).unwrap() == before, "{name}");
    }
}

#[test]
fn an_empty_ledger_has_a_report_and_no_password_is_needed() {
    let world = World::with_login(healthy());
    process(async { world.open().await.unwrap() });
    fs::remove_file(world.path("relay-password")).unwrap();
    let before = world.gradpass(&["status", "--json"]).json();
    let ran = world.gradpass(&REPORT);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    // it only looks; `--csv` alone is noted in the audit trail
    assert_eq!(world.gradpass(&["status", "--json"]).json(), before);
    assert!(ran.stdout.starts_with("graduates: 0 imported, 0 mailed"), "{ran:?}");
    let page = fs::read_to_string(world.path("report.html")).unwrap();
    assert_eq!((page.matches("Nothing yet.").count(), page.matches("Nobody.").count()), (4, 4), "{page}");
    assert_eq!(table(&world.path("tables"), "courses").lines().count(), 1);
    assert!(table(&world.path("tables"), "funnel").contains("verified,a qualification is in SEEK Pass,0,\n"));
}
