//! The rows of a sheet of an `.xlsb`, read as a stream ([MS-XLSB] 2.1.7.62).

use std::ops::RangeInclusive;
use std::sync::Arc;

use super::bytes::{error_word, f64_at, rk, u32_at};
use super::cell::is_error;
use super::format::Format;
use super::records::Records;
use super::sheet::{Rows, SheetRow, Value};
use super::xlsb::wide;
use super::xlsx::Shared;
use super::{DAMAGED, place};

/// Rows as they stand in the file.
pub(super) struct XlsbRows {
    records: Records,
    shared: Arc<Shared>,
    hidden_columns: Vec<RangeInclusive<u32>>,
    /// A row whose start was read behind the row before it.
    begun: Option<(u32, bool)>,
    next_row: u32,
    general: Format,
}

/// `BrtRowHdr`, which begins each row.
const ROW: u16 = 0;
/// `BrtBeginSheetData` and `BrtEndSheetData`.
const BEGIN: u16 = 0x91;
const END: u16 = 0x92;

impl XlsbRows {
    pub(super) fn open(mut records: Records, shared: Arc<Shared>) -> Result<Self, String> {
        let mut hidden_columns = Vec::new();
        loop {
            match records.next()?.ok_or(DAMAGED)? {
                (BEGIN, _) => break,
                // BrtColInfo
                (0x3C, record) if record.get(16).ok_or(DAMAGED)? & 1 != 0 => {
                    let (first, last) = (u32_at(record, 0), u32_at(record, 4));
                    hidden_columns.extend(first.zip(last).map(|(first, last)| first..=last));
                }
                _ => {}
            }
        }
        let mut rows =
            Self { records, shared, hidden_columns, begun: None, next_row: 0, general: Format::default() };
        rows.read_row(&mut SheetRow::default())?;
        Ok(rows)
    }

    /// Reads cells up to the start of the next row.
    fn read_row(&mut self, row: &mut SheetRow) -> Result<(), String> {
        let mut next_column = 0;
        loop {
            match self.records.next()?.ok_or(DAMAGED)? {
                (ROW, record) => {
                    let index = u32_at(record, 0).ok_or(DAMAGED)?;
                    // rows in another order would change places with the header
                    if index >= place::ROWS || index < self.next_row {
                        return Err(DAMAGED.into());
                    }
                    self.next_row = index + 1;
                    // fDyZero
                    let is_hidden = record.get(11).is_some_and(|flags| flags & 0x10 != 0);
                    self.begun = Some((index, is_hidden));
                    return Ok(());
                }
                (END, _) => {
                    self.begun = None;
                    return self.records.finish();
                }
                (kind @ (0x01..=0x12 | 0x3E), record) => {
                    // short cells stand right of the one before them, and do not say where
                    let is_short = (0x0C..=0x12).contains(&kind);
                    let column = if is_short { next_column } else { u32_at(record, 0).ok_or(DAMAGED)? };
                    if column >= place::COLUMNS {
                        return Err(DAMAGED.into());
                    }
                    next_column = column + 1;
                    let (style, content) =
                        record.split_at_checked(if is_short { 4 } else { 8 }).ok_or(DAMAGED)?;
                    let style = u32_at(style, style.len() - 4).ok_or(DAMAGED)? & 0x00FF_FFFF;
                    let format = usize::try_from(style).ok().and_then(|style| self.shared.formats.get(style));
                    let format = format.unwrap_or(&self.general);
                    // the short kinds have the same order as the others
                    let kind = if is_short { kind - 0x0B } else { kind };
                    push(row, column, kind, content, format, &self.shared).ok_or(DAMAGED)?;
                }
                _ => {}
            }
        }
    }
}

/// Adds a cell of a kind; none when it is shorter than it has to be.
fn push(
    row: &mut SheetRow,
    column: u32,
    kind: u16,
    content: &[u8],
    format: &Format,
    shared: &Shared,
) -> Option<()> {
    let text;
    let value = match kind {
        // BrtCellBlank
        0x01 => return Some(()),
        // BrtFmlaNum
        0x09 if shared.is_to_be_calculated && f64_at(content, 0)? == 0.0 => Value::NotCalculated,
        0x02 => Value::Number(rk(u32_at(content, 0)?)),
        0x03 | 0x0B => Value::Error(error_word(*content.first()?)),
        0x04 | 0x0A => Value::Yes(*content.first()? != 0),
        0x05 | 0x09 => Value::Number(f64_at(content, 0)?),
        0x07 => Value::Text(shared.texts.get(usize::try_from(u32_at(content, 0)?).ok()?)?),
        _ => {
            // BrtCellRString has flags before its text
            text = wide(content, usize::from(kind == 0x3E))?.0;
            if kind == 0x08 && is_error(&text) { Value::Error(&text) } else { Value::Text(&text) }
        }
    };
    row.push(column, value, format, shared.dates);
    Some(())
}

impl Rows for XlsbRows {
    fn read(&mut self, row: &mut SheetRow) -> Result<bool, String> {
        let Some((index, is_hidden)) = self.begun.take() else { return Ok(false) };
        row.start(index, is_hidden);
        self.read_row(row)?;
        Ok(true)
    }

    fn hidden_columns(&self) -> &[RangeInclusive<u32>] {
        &self.hidden_columns
    }
}
