//! The folder of a preview: its links, its names, and whose it is.

use std::os::unix::fs::PermissionsExt;

use super::{dry_run, files, index, links};
use crate::roster::desk::{Desk, line, roster_of, sample};

#[test]
fn every_link_of_the_index_leads_to_a_file_and_every_file_has_a_link() {
    let desk = Desk::new();
    std::fs::copy(sample("graduates.csv"), desk.path("graduates.csv")).unwrap();
    assert_eq!(dry_run(&desk, "graduates.csv"), 0);
    let index = index(&desk);
    let (mut links, pages) = links(&index);
    links.push("index.html".into());
    links.sort();
    assert_eq!(links, files(&desk));
    let entries = std::fs::read_dir(desk.path("preview/pages")).unwrap();
    let mut there: Vec<_> =
        entries.map(|entry| format!("pages/{}", entry.unwrap().file_name().to_str().unwrap())).collect();
    there.retain(|page| page != "pages/style.css");
    there.sort();
    assert_eq!(pages, there);
    for words in
        ["Seán O’Brien", "李", "Robert &quot;Bob&quot; King, Jr.", "own domain", "UTF-8; names such as"]
    {
        assert!(index.contains(words), "{words}");
    }
}

#[test]
fn a_student_id_names_no_other_folder() {
    let desk = Desk::new();
    let ids = ["s/../../../../x", "a/b", "C:/x", "s..", "1/", "x#y", "ü/é"];
    let rows: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(number, id)| line(number + 1).replacen(&format!("s{:07}", number + 1), id, 1))
        .collect();
    desk.write("roster.csv", roster_of(rows.iter().map(String::as_str)));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let names = files(&desk);
    assert_eq!(names.len(), 4 * ids.len() + 1);
    let harmless = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
    assert!(names.iter().all(|name| name.chars().all(harmless) && !name.contains("..")), "{names:?}");
    // nothing else came into being
    let mut beside: Vec<_> =
        std::fs::read_dir(desk.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    assert_eq!(beside, ["code.key", "gradpass.toml", "preview", "relay-password", "roster.csv"]);
}

#[test]
fn ids_that_begin_with_a_dot_never_come_so_far() {
    let desk = Desk::new();
    let spoilt = line(1).replacen("s0000001", "../../x", 1);
    desk.write("roster.csv", roster_of([spoilt.as_str(), &line(2)]));
    assert_eq!(dry_run(&desk, "roster.csv"), 1);
    assert_eq!(
        files(&desk),
        [
            "0001-s0000002.eml",
            "0001-s0000002.html",
            "0001-s0000002.looks.html",
            "0001-s0000002.txt",
            "index.html"
        ]
    );
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_left_alone() {
    for (name, content) in
        [("thesis.txt", "x"), ("index.html", "<html>"), ("0001-s1.eml", "x"), (".hidden", "x")]
    {
        let desk = Desk::new();
        desk.write("roster.csv", roster_of([line(1).as_str()]));
        desk.write(&format!("preview/{name}"), content);
        let ran = desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (2, "error: preview is not empty and holds no earlier preview; name an empty folder\n")
        );
        assert_eq!(files(&desk), [name]);
        assert_eq!(std::fs::read_to_string(desk.path("preview").join(name)).unwrap(), content);
    }
}

#[test]
fn nobody_else_may_read_it() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let mode = |path: &str| std::fs::metadata(desk.path(path)).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode("preview"), mode("preview/pages")], [0o700; 2]);
    let private =
        ["index.html", "0001-s0000001.eml", "0001-s0000001.html", "0001-s0000001.txt", "pages/style.css"];
    for file in private {
        assert_eq!(mode(&format!("preview/{file}")), 0o600, "{file}");
    }
}

#[test]
fn a_folder_among_the_pages_is_left_alone() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    desk.write("preview/pages/mine/notes.html", "mine");
    assert_eq!(dry_run(&desk, "roster.csv"), 2);
    assert!(desk.path("preview/pages/mine/notes.html").is_file());
}

#[test]
fn an_earlier_preview_is_replaced() {
    let desk = Desk::new();
    desk.write("roster.csv", roster_of([line(1).as_str(), &line(2), &line(3)]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    assert_eq!(files(&desk).len(), 13);
    desk.write("roster.csv", roster_of([line(4).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    assert_eq!(
        files(&desk),
        [
            "0001-s0000004.eml",
            "0001-s0000004.html",
            "0001-s0000004.looks.html",
            "0001-s0000004.txt",
            "index.html"
        ]
    );
    // but not where somebody put a file of his own among it
    desk.write("preview/notes.txt", "mine");
    assert_eq!(dry_run(&desk, "roster.csv"), 2);
    assert_eq!(files(&desk).len(), 6);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let desk = Desk::new();
    desk.write("preview", "x");
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    assert_eq!(dry_run(&desk, "roster.csv"), 2);
    assert_eq!(std::fs::read_to_string(desk.path("preview")).unwrap(), "x");
}
