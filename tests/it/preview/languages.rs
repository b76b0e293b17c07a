//! However many languages there are, each is among what the preview shows.

use super::{dry_run, files};
use crate::roster::desk::{Desk, HEADER, line};
use crate::templates::own::language;

/// Three messages of each language fill the ten places after three languages.
#[test]
fn each_of_six_languages_is_shown() {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    let tags = ["de", "fr", "it", "th", "vi", "zh"];
    for tag in tags {
        for (name, text) in language(tag, "Hi") {
            desk.write(&format!("templates/{name}"), text);
        }
    }
    let mut rows = vec![HEADER.to_owned()];
    rows.extend((1..=470).map(|number| line(number).replace("2026,,,", "2026,History,H1,")));
    for (position, tag) in tags.into_iter().enumerate() {
        rows.extend(
            (0..5).map(|more| line(471 + position * 5 + more).replace("2026,,,", "2026,History,H1,") + tag),
        );
    }
    desk.write("roster.csv", rows.join("\n") + "\n");
    assert_eq!(dry_run(&desk, "roster.csv"), 0);
    let shown = files(&desk);
    for (position, tag) in tags.into_iter().enumerate() {
        let first = format!("s{:07}.eml", 471 + position * 5);
        assert!(shown.iter().any(|name| name.ends_with(&first)), "{tag}");
    }
}
