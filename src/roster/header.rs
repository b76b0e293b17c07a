//! Where the header stands in a file, and which sign is between its columns.

use csv::StringRecord;

use super::columns::known;
use super::settings::RosterSettings;

/// Lines in which the header is looked for: exports like to put a title and a date above it.
pub(super) const SEARCHED: usize = 30;

/// A line with so many known names is a header.
const ENOUGH: usize = 3;

/// Signs between columns. Commas, semicolons and tabs stand in every other export, so that two known names are enough
/// to tell; the others need more.
const DELIMITERS: [(u8, usize); 5] = [(b',', 2), (b';', 2), (b'\t', 2), (b'|', ENOUGH), (b'^', ENOUGH)];

/// Whether a sign is found between columns without being named.
pub(super) fn is_usual(delimiter: u8) -> bool {
    DELIMITERS.iter().any(|(usual, _)| *usual == delimiter)
}

/// The header of a text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct HeaderLine {
    /// Lines that stand above it.
    pub(super) lines_above: usize,
    /// Of these, with something in them that is no `sep=;`.
    pub(super) titles: usize,
    /// Between its columns.
    pub(super) delimiter: u8,
}

/// Whether a row of cells is a header.
pub(super) fn is_header(cells: &StringRecord, settings: &RosterSettings) -> bool {
    known(cells, settings) >= ENOUGH
}

/// Finds the header in the first lines of a file; where none is like one, the first line that is not blank is taken for
/// it, so that the columns it lacks can be told.
pub(super) fn find(text: &str, settings: &RosterSettings) -> HeaderLine {
    let marked = text.lines().find_map(separator_line);
    let delimiters: Vec<(u8, usize)> = match settings.delimiter.or(marked) {
        Some(delimiter) => vec![(delimiter, 1)],
        None => DELIMITERS.to_vec(),
    };
    let mut best: Option<(usize, HeaderLine)> = None;
    let (mut first, mut titles) = (None, 0);
    for (lines_above, line) in text.lines().enumerate().take(SEARCHED) {
        if line.trim().is_empty() || separator_line(line).is_some() {
            continue;
        }
        first.get_or_insert(lines_above);
        for (delimiter, least) in &delimiters {
            let count = known(&cells(line, *delimiter), settings);
            if count >= *least && best.as_ref().is_none_or(|(most, _)| count > *most) {
                best = Some((count, HeaderLine { lines_above, titles, delimiter: *delimiter }));
            }
        }
        titles += 1;
    }
    best.map_or_else(
        || HeaderLine {
            lines_above: first.unwrap_or(0),
            titles: 0,
            delimiter: settings.delimiter.or(marked).unwrap_or(b','),
        },
        |(_, header)| header,
    )
}

/// What may help whoever named no known column: the first line is no header at all, or has another sign in it.
pub(super) fn hint(header: &StringRecord) -> &'static str {
    let cell = |wanted: fn(&str) -> bool| header.iter().any(wanted);
    if cell(|cell| cell.contains('@')) {
        "; its first line looks like data, so a line with the names of the columns is missing above it"
    } else if header.len() == 1 && cell(|cell| cell.contains(['|', '^', '~', ':'])) {
        "; if another sign stands between its columns, set roster.delimiter"
    } else {
        ""
    }
}

/// Excel's `sep=;`, which is no header.
fn separator_line(line: &str) -> Option<u8> {
    let sign = line.trim_end().trim_matches('"').strip_prefix("sep=")?;
    (sign.len() == 1).then(|| sign.as_bytes()[0])
}

fn cells(line: &str, delimiter: u8) -> StringRecord {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(line.as_bytes());
    reader.records().next().and_then(Result::ok).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> (usize, u8) {
        let HeaderLine { lines_above, delimiter, .. } = find(text, &RosterSettings::default());
        (lines_above, delimiter)
    }

    #[test]
    fn the_delimiter_is_the_one_that_makes_known_columns() {
        assert_eq!(found("student_id;email;\"name, full\"\n"), (0, b';'));
        assert_eq!(found("student_id\temail\n"), (0, b'\t'));
        assert_eq!(found("student_id,email"), (0, b','));
        assert_eq!(found("student_id|full_name|email|course\n"), (0, b'|'));
        assert_eq!(found("sep=;\nstudent_id;email\n"), (1, b';'));
        assert_eq!(found(""), (0, b','));
    }

    #[test]
    fn titles_above_the_header_are_passed_over() {
        assert_eq!(
            found("Graduation list, June 2026\nPrinted: 30/06/2026\n\nstudent_id,full_name,email\n"),
            (3, b',')
        );
        assert_eq!(found("#TYPE System.Data.DataRow\n\"student_id\",\"email\"\n"), (1, b','));
        assert_eq!(found("\n\nsomething,else\n"), (2, b','));
    }

    #[test]
    fn a_file_without_a_header_gets_a_hint() {
        let cells = |line: &str| cells(line, b',');
        assert!(hint(&cells("s1,Mira Tan,mira@uni.example")).contains("looks like data"));
        assert!(hint(&cells("one~two")).contains("roster.delimiter"));
        assert_eq!(hint(&cells("one,two")), "");
    }
}
