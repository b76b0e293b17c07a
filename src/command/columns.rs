//! `columns`: what a roster may hold: names, spellings, formats and vocabulary.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::report::Exit;
use crate::roster::{Column, vocabulary};

pub(super) fn execute(context: &Context) -> Result<Exit> {
    for line in lines() {
        context.console.result(line);
    }
    let columns: Vec<_> = Column::ALL
        .iter()
        .map(|spec| json!({ "name": spec.name, "spellings": spec.spellings, "holds": spec.holds }))
        .collect();
    context.console.json(&json!({
        "columns": columns,
        "empty": vocabulary::NOTHING,
        "yes": vocabulary::YES,
        "no": vocabulary::NO,
        "with_honours": vocabulary::WITH_HONOURS,
        "without_honours": vocabulary::WITHOUT_HONOURS,
    }))?;
    Ok(Exit::Done)
}

fn lines() -> Vec<String> {
    let mut lines = vec![
        "Columns of a roster. Case, spaces, dashes, underscores and accents of a header do".to_owned(),
        "not matter; other headers are mapped under [roster.columns] in the configuration.".to_owned(),
    ];
    for spec in &Column::ALL {
        lines.push(String::new());
        lines.extend(wrapped("", &format!("{}: {}", spec.name, spec.holds)));
        if !spec.spellings.is_empty() {
            lines.extend(wrapped("  also ", &spec.spellings.join(", ")));
        }
    }
    let section = |lines: &mut Vec<String>, title: &str, text: &str| {
        lines.push(String::new());
        lines.push(title.to_owned());
        lines.extend(wrapped("  ", text));
    };
    section(
        &mut lines,
        "Dates",
        "YYYY-MM-DD, a month by name (30 Jun 2026), or numbers in the order of roster.dates: \"d/m/y\", \"m/d/y\", \
         \"y-m-d\", \"d-Mon-y\". Without it the order is found from the column, where only one fits all its rows. Years of \
         the Buddhist era: calendar = \"buddhist\". A time with a time zone becomes a day of the university's.",
    );
    section(&mut lines, "Words for an empty cell", &vocabulary::NOTHING.join("  "));
    section(&mut lines, "Yes", &vocabulary::YES.join("  "));
    section(&mut lines, "No", &vocabulary::NO.join("  "));
    section(&mut lines, "With honours", &vocabulary::WITH_HONOURS.join(", "));
    section(&mut lines, "Without honours", &vocabulary::WITHOUT_HONOURS.join(", "));
    section(
        &mut lines,
        "Beside these, words that do not matter",
        &format!(
            "{}. Any other word is a mistake until the configuration says what it means: [roster.honours] \"Distinction\" \
             = false",
            vocabulary::HONOURS_FILLERS.join(", ")
        ),
    );
    lines
}

/// A text in lines of at most 80 characters.
fn wrapped(indent: &str, text: &str) -> Vec<String> {
    let mut lines = vec![indent.to_owned()];
    for word in text.split(' ') {
        let line = lines.last_mut().map_or("", |line| line.as_str());
        if line.chars().count() + 1 + word.chars().count() > 79 && !line.trim().is_empty() {
            lines.push(" ".repeat(indent.len()));
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_and_every_word_fits_a_terminal() {
        let lines = lines();
        for line in &lines {
            assert!(line.chars().count() <= 82, "{line}");
        }
        for spec in &Column::ALL {
            assert!(lines.iter().any(|line| line.starts_with(&format!("{}:", spec.name))), "{}", spec.name);
        }
        assert!(lines.iter().any(|line| line.contains("upper second")));
    }
}
