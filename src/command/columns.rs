//! `columns`: what a roster may hold: names, spellings, formats and vocabulary.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::credential::{CredentialType, Transcript};
use crate::report::Conclusion;
use crate::roster::{Column, vocabulary};

/// `columns --transcripts`: what the file of subjects may hold.
pub(super) fn transcripts(context: &Context) -> Result<Conclusion> {
    for line in transcript_lines() {
        context.console.result(line);
    }
    let columns: Vec<_> = transcript_columns()
        .map(|(name, spellings, holds)| json!({ "name": name, "spellings": spellings, "holds": holds }))
        .collect();
    context.console.json(&json!({ "columns": columns, "empty": vocabulary::NOTHING }))?;
    Ok(Conclusion::DONE)
}

fn transcript_columns() -> impl Iterator<Item = (&'static str, &'static [&'static str], &'static str)> {
    let student = Column::ALL.iter().filter(|spec| spec.column == Column::StudentId);
    let fields = Transcript::COLUMNS.iter().map(|field| (field.name, field.spellings, field.holds));
    student.map(|spec| (spec.name, spec.spellings, spec.holds)).chain(fields)
}

fn transcript_lines() -> Vec<String> {
    let mut lines = Vec::new();
    lines.extend(wrapped(
        "",
        "Columns of a file of subjects (--transcripts FILE, or roster.transcripts), a line for each subject of an award. Case, \
         spaces, dashes, underscores and accents of a header do not matter; other headers are mapped under \
         [roster.transcript_columns] in the configuration.",
    ));
    add_columns(&mut lines, transcript_columns());
    lines
}

/// Names, what the cells hold, and other spellings.
fn add_columns(
    lines: &mut Vec<String>,
    columns: impl Iterator<Item = (&'static str, &'static [&'static str], &'static str)>,
) {
    for (name, spellings, holds) in columns {
        lines.push(String::new());
        lines.extend(wrapped("", &format!("{name}: {holds}")));
        if !spellings.is_empty() {
            lines.extend(wrapped("  also ", &spellings.join(", ")));
        }
    }
}

pub(super) fn execute(context: &Context, of: CredentialType) -> Result<Conclusion> {
    for line in lines(of) {
        context.console.result(line);
    }
    let columns: Vec<_> = columns(of)
        .map(|(name, spellings, holds)| json!({ "name": name, "spellings": spellings, "holds": holds }))
        .collect();
    context.console.json(&json!({
        "type": of.word(),
        "columns": columns,
        "empty": vocabulary::NOTHING,
        "yes": vocabulary::YES,
        "no": vocabulary::NO,
        "with_honours": vocabulary::WITH_HONOURS,
        "without_honours": vocabulary::WITHOUT_HONOURS,
    }))?;
    Ok(Conclusion::DONE)
}

/// Those of the graduate and of awards, or of the graduate and of another type: name, spellings, what a cell holds.
fn columns(
    of: CredentialType,
) -> impl Iterator<Item = (&'static str, &'static [&'static str], &'static str)> {
    let known = Column::ALL.iter().filter(move |spec| spec.column.is_of(of));
    let fields = of.spec().fields.iter().map(|field| (field.name, field.spellings, field.holds));
    known.map(|spec| (spec.name, spec.spellings, spec.holds)).chain(fields)
}

fn lines(of: CredentialType) -> Vec<String> {
    let is_education = of == CredentialType::Education;
    let mut lines = Vec::new();
    if !is_education {
        let nouns = of.spec().nouns;
        lines.extend(wrapped(
            "",
            &format!("A roster of {nouns}: --type {of}, or roster.type in the configuration."),
        ));
    }
    lines.extend([
        "Columns of a roster. Case, spaces, dashes, underscores and accents of a header do".to_owned(),
        "not matter; other headers are mapped under [roster.columns] in the configuration.".to_owned(),
    ]);
    add_columns(&mut lines, columns(of));
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
    if !is_education {
        return lines;
    }
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
        for of in CredentialType::ALL {
            let lines = lines(of);
            for line in &lines {
                assert!(line.chars().count() <= 82, "{line}");
            }
            for (name, ..) in columns(of) {
                assert!(lines.iter().any(|line| line.starts_with(&format!("{name}:"))), "{name}");
            }
        }
        let lines_of_transcripts = transcript_lines();
        for line in &lines_of_transcripts {
            assert!(line.chars().count() <= 82, "{line}");
        }
        assert!(lines_of_transcripts.iter().any(|line| line.starts_with("issuance_date: needed")));
        assert!(lines(CredentialType::Education).iter().any(|line| line.contains("upper second")));
    }
}
