//! Rows and columns that the officer does not see.

use std::io::BufRead;

use csv::StringRecord;
use memchr::memmem;

use super::package::unreadable;
use super::sheet::{Book, Rows, SheetRow};
use super::{place, sheet};

/// Refuses a sheet with hidden rows below this one that hold something, or notes them when they are wanted.
pub(super) fn hidden_rows(
    book: &dyn Book,
    index: usize,
    header: u32,
    include_hidden: bool,
) -> Result<Option<String>, String> {
    let mut rows = book.rows(index)?;
    let mut row = SheetRow::default();
    let (mut count, mut first) = (0_u32, 0);
    while sheet::read(&mut *rows, &mut row)? {
        if row.is_hidden && row.number > header && !row.is_blank() {
            first = if count == 0 { row.number } else { first };
            count += 1;
        }
    }
    let name = &book.sheets()[index].name;
    let rows = match count {
        0 => return Ok(None),
        1 => format!("sheet \"{name}\" has a hidden row, {first}"),
        _ => format!("sheet \"{name}\" has {count} hidden rows, the first is {first}"),
    };
    if include_hidden {
        return Ok(Some(format!("{rows}; read all the same, as --include-hidden asks")));
    }
    Err(format!(
        "{rows}: show or delete what is hidden (Data > Clear filter, or Unhide rows) and save the workbook, or say \
         --include-hidden if those graduates are to be invited, too"
    ))
}

/// What is said of hidden columns that have a name.
pub(super) fn hidden_columns(rows: &dyn Rows, sheet: &str, header: Option<&StringRecord>) -> Option<String> {
    let is_hidden = |column: &usize| {
        u32::try_from(*column)
            .is_ok_and(|column| rows.hidden_columns().iter().any(|hidden| hidden.contains(&column)))
    };
    let named = |column: usize| {
        let name = header?.get(column)?.trim();
        let letters = place::column(u32::try_from(column).ok()?);
        (!name.is_empty()).then(|| format!("{letters} ({name})"))
    };
    let columns: Vec<_> = (0..header?.len()).filter(is_hidden).filter_map(named).collect();
    match columns.as_slice() {
        [] => None,
        [one] => Some(format!("column {one} of sheet \"{sheet}\" is hidden; read all the same")),
        several => {
            Some(format!("columns {} of sheet \"{sheet}\" are hidden; read all the same", several.join(", ")))
        }
    }
}

/// Whether XML that is no more than looked over says of anything that it is hidden, or has no height.
///
/// Some spreadsheet programs say of each row that it is not.
pub(super) fn is_said_in(mut part: impl BufRead) -> Result<bool, String> {
    /// The longest thing that is looked for, which two buffers may share.
    const OVERLAP: usize = 32;
    let (hidden, flat) = (memmem::Finder::new("hidden"), memmem::Finder::new(" ht=\"0"));
    let mut held: Vec<u8> = Vec::new();
    loop {
        let bytes = part.fill_buf().map_err(|error| unreadable(&error))?;
        let (length, is_last) = (bytes.len(), bytes.is_empty());
        held.extend_from_slice(bytes);
        let is_said = hidden.find_iter(&held).any(|place| {
            let said = &held[place + "hidden".len()..];
            let is_cut = said.len() < OVERLAP && !is_last;
            !is_cut && !said.starts_with(b"=\"0\"") && !said.starts_with(b"=\"false\"")
        });
        if is_said || flat.find(&held).is_some() {
            return Ok(true);
        }
        if is_last {
            return Ok(false);
        }
        part.consume(length);
        held.drain(..held.len().saturating_sub(2 * OVERLAP));
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    #[test]
    fn a_quick_look_finds_what_may_be_hidden() {
        for (xml, is_said) in [
            ("<row r=\"1\" hidden=\"0\"/><row hidden=\"false\"/><pageMargins right=\"0.7\"/>", false),
            ("<sheetFormatPr defaultRowHeight=\"0.5\"/><row ht=\"15\"/>", false),
            ("<row r=\"1\" hidden=\"1\"/>", true),
            ("<row hidden='0'/>", true),
            ("<row ht=\"0\"/>", true),
            ("<col hidden=\"true\"/>", true),
            ("<row hidden", true),
        ] {
            for before in [0, 100, 16_384 - 8] {
                let xml = " ".repeat(before) + xml;
                // buffers of all sizes end in the middle of a word
                for size in [1, 7, 64, 8192] {
                    let part = BufReader::with_capacity(size, xml.as_bytes());
                    assert_eq!(is_said_in(part), Ok(is_said), "{xml} {size}");
                }
            }
        }
    }
}
