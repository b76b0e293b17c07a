//! The dry run keeps its word: nothing written, nothing sent, and what it shows is what a real run sends.

mod desk;
mod folder;
mod languages;
mod nothing;
mod same;
mod sample;
mod specimens;

use std::path::Path;

use crate::roster::desk::Desk;

/// A dry run of a roster into the folder `preview`; returns the exit code.
fn dry_run(desk: &Desk, roster: &str) -> i32 {
    desk.gradpass(&["run", "--dry-run", "--preview", "preview", roster]).code
}

/// The names of the files in the preview, in their order, but for the pages of the redemption.
fn files(desk: &Desk) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path("preview")).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name != "plan.json");
    names.retain(|name| name != "pages");
    names.sort();
    names
}

/// The files that the index leads to, the pages left out, and the names of the pages.
fn links(index: &str) -> (Vec<String>, Vec<String>) {
    let links = index.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned());
    let (mut pages, mut files): (Vec<_>, Vec<_>) =
        links.filter(|link| !link.starts_with('#')).partition(|link| link.starts_with("pages/"));
    files.sort();
    pages.sort();
    (files, pages)
}

/// The names of the mails among them.
fn mails(desk: &Desk) -> Vec<String> {
    let is_mail = |name: &String| Path::new(name).extension().is_some_and(|kind| kind == "eml");
    files(desk).into_iter().filter(is_mail).collect()
}

/// The index of the preview.
fn index(desk: &Desk) -> String {
    std::fs::read_to_string(desk.path("preview/index.html")).unwrap()
}
