//! Which sheet of a workbook is the roster: the one shown sheet with a roster's header, unless it is named.

use csv::StringRecord;

use super::hidden::{hidden_columns, hidden_rows};
use super::sheet::{Book, Sheet, SheetKind, SheetRow};
use super::{Wanted, Workbook, sheet};

/// How many rows that are not blank may be titles before the header.
const TITLE_ROWS: usize = 30;

/// What a first look at a sheet found.
struct SheetScan {
    sheet: usize,
    is_shown: bool,
    is_empty: bool,
    /// Whether something stands above its header.
    has_titles: bool,
    /// Its header's row number and cells.
    header: Option<(u32, StringRecord)>,
}

/// Opens the rows of the sheet that holds the roster.
pub(super) fn choose(
    book: &dyn Book,
    wanted: &Wanted,
    is_header: &dyn Fn(&StringRecord) -> bool,
) -> Result<Workbook, String> {
    let names = || quoted(book.sheets().iter().map(|sheet| sheet.name.as_str()));
    let mut scans = Vec::new();
    for (index, Sheet { kind, .. }) in book.sheets().iter().enumerate() {
        if *kind != SheetKind::NoCells {
            scans.push(scan(book, index, is_header)?);
        }
    }
    if scans.is_empty() {
        return Err(no_cells(wanted));
    }
    let chosen = match wanted.sheet {
        Some(name) => scans
            .iter()
            .find(|scan| same(&book.sheets()[scan.sheet].name, name))
            .ok_or_else(|| format!("has no worksheet \"{name}\"; its sheets are {}", names()))?,
        None => unnamed(book, &scans, wanted)?,
    };
    let mut notes = unread(book, &scans, chosen, wanted);
    let name = book.sheets()[chosen.sheet].name.clone();
    let header_row = chosen.header.as_ref().map_or(1, |(row, _)| *row);
    if chosen.has_titles {
        let (rows, are) = match header_row - 1 {
            1 => ("row 1".to_owned(), "is"),
            last => (format!("rows 1 to {last}"), "are"),
        };
        notes.push(format!("{rows} of sheet \"{name}\" {are} above the header and {are} not read"));
    }
    if book.may_hide_rows(chosen.sheet)? {
        notes.extend(hidden_rows(book, chosen.sheet, header_row, wanted.include_hidden)?);
    }
    let rows = book.rows(chosen.sheet)?;
    let header = chosen.header.as_ref().map(|(_, header)| header);
    notes.extend(hidden_columns(&*rows, &name, header));
    let width = header.map_or(0, StringRecord::len);
    Ok(Workbook { sheet: name, notes, rows, row: SheetRow::default(), width, header_row })
}

/// The sheet to be read when none is named.
fn unnamed<'a>(book: &dyn Book, scans: &'a [SheetScan], wanted: &Wanted) -> Result<&'a SheetScan, String> {
    let what = wanted.what;
    let name = |scan: &SheetScan| book.sheets()[scan.sheet].name.as_str();
    let with_header = |is_shown: bool| -> Vec<&SheetScan> {
        scans.iter().filter(|scan| scan.is_shown == is_shown && scan.header.is_some()).collect()
    };
    match with_header(true).as_slice() {
        [only] => return Ok(only),
        [] => {}
        several => {
            return Err(format!(
                "has a {what} on each of the sheets {}; name the one to be read with --sheet NAME (roster.sheet in the \
                 configuration), or put all rows on one sheet",
                quoted(several.iter().map(|scan| name(scan)))
            ));
        }
    }
    if let [first, ..] = with_header(false).as_slice() {
        return Err(format!(
            "has a {what} only on the hidden sheet \"{}\"; show that sheet and save the workbook, or name it with --sheet \
             NAME (roster.sheet in the configuration)",
            name(first)
        ));
    }
    let first = scans.iter().find(|scan| scan.is_shown && !scan.is_empty);
    first.or(scans.first()).ok_or_else(|| no_cells(wanted))
}

fn no_cells(wanted: &Wanted) -> String {
    format!("has no sheet with cells; put the {} on a worksheet", wanted.what)
}

/// What is said of the sheets with something on them that are not read.
fn unread(book: &dyn Book, scans: &[SheetScan], chosen: &SheetScan, wanted: &Wanted) -> Vec<String> {
    let what = wanted.what;
    let others = scans.iter().filter(|scan| scan.sheet != chosen.sheet && !scan.is_empty);
    others
        .map(|scan| {
            let name = &book.sheets()[scan.sheet].name;
            match scan {
                SheetScan { is_shown: false, .. } => format!("sheet \"{name}\" is hidden and is not read"),
                SheetScan { header: None, .. } => {
                    format!("sheet \"{name}\" has no header of a {what} and is not read")
                }
                _ if wanted.sheet.is_some() => {
                    format!("sheet \"{name}\" has a header of a {what}, too, and is not read")
                }
                _ => format!("sheet \"{name}\" is not read"),
            }
        })
        .collect()
}

fn scan(
    book: &dyn Book,
    index: usize,
    is_header: &dyn Fn(&StringRecord) -> bool,
) -> Result<SheetScan, String> {
    let is_shown = book.sheets()[index].kind == SheetKind::Shown;
    let mut scan = SheetScan { sheet: index, is_shown, is_empty: true, has_titles: false, header: None };
    let mut rows = book.rows(index)?;
    let (mut row, mut fields) = (SheetRow::default(), StringRecord::new());
    let mut titles = 0;
    while titles < TITLE_ROWS && sheet::read(&mut *rows, &mut row)? {
        if row.is_blank() {
            continue;
        }
        scan.is_empty = false;
        titles += 1;
        let width = row.width().min(super::MOST_COLUMNS);
        row.fields(width, &mut fields);
        if is_header(&fields) {
            scan.has_titles = titles > 1;
            scan.header = Some((row.number, fields));
            break;
        }
    }
    Ok(scan)
}

/// Spreadsheet programs hold names apart without regard to capital letters.
fn same(name: &str, other: &str) -> bool {
    name.trim().to_lowercase() == other.trim().to_lowercase()
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}
