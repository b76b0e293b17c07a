//! Lines that are no rows: what programs write below a table, and between parts of one.

use csv::StringRecord;

/// What a line says that is no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Footer {
    /// How many rows it says there are.
    pub(super) count: Option<u64>,
}

/// Words that are told with a count of rows.
const COUNTED: [&str; 8] =
    ["row", "rows", "record", "records", "student", "students", "graduate", "graduates"];

/// Words that may stand beside them, and the words of a total.
const BESIDE: [&str; 23] = [
    "s", "total", "totals", "count", "number", "of", "grand", "sum", "selected", "affected", "returned",
    "exported", "printed", "fetched", "in", "set", "end", "report", "file", "eof", "list", "result",
    "results",
];

/// Words that begin a remark about the export.
const REMARKS: [&str; 8] =
    ["printed", "generated", "exported", "created", "produced", "extracted", "run", "report"];

/// Reads a line as a footer: one or two cells with nothing but such words and a number.
pub(super) fn footer(cells: &StringRecord) -> Option<Footer> {
    let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty());
    let (first, second) = (filled.next()?, filled.next());
    if filled.next().is_some() || first.len() > 60 {
        return None;
    }
    if first == "\u{1a}" && second.is_none() {
        return Some(Footer { count: None });
    }
    let text = [first, second.unwrap_or_default()].join(" ").to_lowercase();
    let words: Vec<&str> = text
        .split(|character: char| !character.is_alphanumeric() && character != ',')
        .filter(|word| !word.is_empty())
        .collect();
    // "Printed 30 June 2026", "Generated on …": a remark that stands alone
    let is_remark = second.is_none()
        && !first.contains('@')
        && words.first().is_some_and(|word| REMARKS.contains(word))
        && words.len() > 1;
    if is_remark && cells.len() < 3 {
        return Some(Footer { count: None });
    }
    let (numbers, words): (Vec<_>, Vec<_>) =
        words.into_iter().partition(|word| word.starts_with(|it: char| it.is_ascii_digit()));
    let is_known = |word: &&str| COUNTED.contains(word) || BESIDE.contains(word);
    let says_so = words
        .iter()
        .any(|word| COUNTED.contains(word) || matches!(*word, "total" | "totals" | "count" | "end" | "eof"));
    if !says_so || !words.iter().all(is_known) || numbers.len() > 1 {
        return None;
    }
    let count = numbers.first().map(|number| number.replace(',', "").parse().ok());
    match count {
        Some(None) => None,
        Some(Some(count)) => Some(Footer { count: Some(count) }),
        None => Some(Footer { count: None }),
    }
}

/// The dashes that some programs draw under the header.
pub(super) fn is_ruler(cells: &StringRecord) -> bool {
    let mut filled = cells.iter().map(str::trim).filter(|cell| !cell.is_empty()).peekable();
    filled.peek().is_some()
        && filled
            .all(|cell| cell.len() >= 2 && cell.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'+' | b'|')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::option_option, reason = "no footer, or one without a count")]
    fn read(cells: &[&str]) -> Option<Option<u64>> {
        footer(&StringRecord::from(cells.to_vec())).map(|footer| footer.count)
    }

    #[test]
    fn footers_are_told_from_rows() {
        assert_eq!(read(&["3 rows selected."]), Some(Some(3)));
        assert_eq!(read(&["(1 row affected)"]), Some(Some(1)));
        assert_eq!(read(&["(2 rows)", "", ""]), Some(Some(2)));
        assert_eq!(read(&["Record count: 1,203"]), Some(Some(1203)));
        assert_eq!(read(&["Total", "", "", "", "3"]), Some(Some(3)));
        assert_eq!(read(&["Total graduates: 2"]), Some(Some(2)));
        assert_eq!(read(&["End of report"]), Some(None));
        assert_eq!(read(&["\u{1a}"]), Some(None));
        assert_eq!(read(&["4 row(s) returned"]), Some(Some(4)));
        assert_eq!(read(&["Printed 30 June 2026"]), Some(None));
        assert_eq!(read(&["Generated on 2026-06-30 10:00 by the registry"]), Some(None));
        for row in [
            &["s0001", "Mei Tan", "mei@uni.example"][..],
            &["s0001", "Total"],
            &["Total Quality Management", ""],
            &["3"],
            &["Tan", "3"],
            &["Rows and columns of data", ""],
            &[""],
        ] {
            assert_eq!(read(row), None, "{row:?}");
        }
    }

    #[test]
    fn rulers_are_dashes_only() {
        assert!(is_ruler(&StringRecord::from(vec!["-----", " ---------- ", ""])));
        assert!(!is_ruler(&StringRecord::from(vec!["-", "Suharto"])));
        assert!(!is_ruler(&StringRecord::from(vec!["", ""])));
    }
}
