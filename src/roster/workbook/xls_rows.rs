//! The rows of a sheet of an `.xls` ([MS-XLS] 2.1.7.20.5). Some writers leave cells in the order in which they were
//! filled in, so a sheet is read whole; it has 65,536 rows at most.

use std::collections::HashSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::DAMAGED;
use super::biff::{Reader, Record, Records};
use super::bytes::{error_word, f64_at, rk, u16_at, u32_at};
use super::cell::is_error;
use super::format::Format;
use super::sheet::{Rows, SheetRow, Value};
use super::texts::Texts;
use super::xls::Shared;

/// Rows in the order of their numbers.
pub(super) struct XlsRows {
    shared: Arc<Shared>,
    cells: Vec<Cell>,
    next: usize,
    /// Texts that are not in the table of all sheets.
    texts: Texts,
    hidden_rows: HashSet<u16>,
    hidden_columns: Vec<RangeInclusive<u32>>,
    general: Format,
}

#[derive(Clone, Copy)]
struct Cell {
    row: u16,
    column: u16,
    style: u16,
    content: Content,
}

#[derive(Clone, Copy)]
enum Content {
    Number(f64),
    SharedText(u32),
    OwnText(u32),
    FormulaText(u32),
    Yes(bool),
    Error(u8),
    NotCalculated,
}

impl XlsRows {
    pub(super) fn open(shared: &Arc<Shared>, offset: usize) -> Result<Self, String> {
        let mut rows = Self {
            shared: Arc::clone(shared),
            cells: Vec::new(),
            next: 0,
            texts: Texts::default(),
            hidden_rows: HashSet::new(),
            hidden_columns: Vec::new(),
            general: Format::default(),
        };
        // a formula whose text comes in a record of its own
        let mut formula = None;
        let mut depth = 0_usize;
        for record in Records::new(&shared.stream, offset) {
            match record.kind {
                // BOF and EOF, of the sheet and of charts in it
                0x809 => depth += 1,
                0x0A if depth <= 1 => {
                    // stable, so that of two cells in one place the order is kept
                    rows.cells.sort_by_key(|cell| (cell.row, cell.column));
                    return Ok(rows);
                }
                0x0A => depth -= 1,
                _ if depth == 1 => rows.take(&record, &mut formula)?.ok_or(DAMAGED)?,
                _ => {}
            }
        }
        Err(DAMAGED.into())
    }

    /// Takes a record; none when it is shorter than it has to be.
    fn take(&mut self, record: &Record<'_>, formula: &mut Option<Cell>) -> Result<Option<()>, String> {
        let content = record.content();
        let place = || {
            let (row, column, style) = (u16_at(content, 0)?, u16_at(content, 2)?, u16_at(content, 4)?);
            Some(Cell { row, column, style, content: Content::NotCalculated })
        };
        let told = match record.kind {
            // Number
            0x203 => place().zip(f64_at(content, 6).map(Content::Number)),
            // RK
            0x27E => place().zip(u32_at(content, 6).map(|packed| Content::Number(rk(packed)))),
            // LabelSst
            0xFD => place().zip(u32_at(content, 6).map(Content::SharedText)),
            // BoolErr
            0x205 => place().zip(content.get(6).zip(content.get(7)).map(|(value, is_error)| {
                if *is_error == 0 { Content::Yes(*value != 0) } else { Content::Error(*value) }
            })),
            // Label, RString
            0x204 | 0xD6 => place().zip(self.own_text(record, 6)?.map(Content::OwnText)),
            // String, the text of the formula before it
            0x207 => {
                let text = self.own_text(record, 0)?.map(Content::FormulaText);
                let Some(formula) = formula.take() else { return Ok(Some(())) };
                Some(formula).zip(text)
            }
            // Formula
            0x06 => {
                let Some(cell) = place() else { return Ok(None) };
                if is_text(content) {
                    *formula = Some(cell);
                    return Ok(Some(()));
                }
                self.result(content).map(|result| (cell, result))
            }
            // MulRk
            0xBD => return Ok(self.take_numbers(content)),
            // Row, with fDyZero
            0x208 => {
                if content.get(12).is_some_and(|flags| flags & 0x20 != 0) {
                    self.hidden_rows.extend(u16_at(content, 0));
                }
                return Ok(Some(()));
            }
            // ColInfo
            0x7D => {
                if content.get(8).is_some_and(|flags| flags & 1 != 0) {
                    let columns = u16_at(content, 0).zip(u16_at(content, 2));
                    self.hidden_columns
                        .extend(columns.map(|(first, last)| u32::from(first)..=u32::from(last)));
                }
                return Ok(Some(()));
            }
            _ => return Ok(Some(())),
        };
        Ok(told.map(|(cell, content)| self.cells.push(Cell { content, ..cell })))
    }

    /// Keeps the text of a record, behind so many bytes.
    fn own_text(&mut self, record: &Record<'_>, offset: usize) -> Result<Option<u32>, String> {
        let mut reader = Reader::new(record);
        let text = reader.skip(offset).and_then(|()| reader.text::<2>(self.shared.writing));
        let Some(text) = text else { return Ok(None) };
        self.texts.push(&text)?;
        Ok(u32::try_from(self.texts.len() - 1).ok())
    }

    /// The result of a formula that is no text.
    fn result(&self, content: &[u8]) -> Option<Content> {
        let number = f64_at(content, 6)?;
        if u16_at(content, 12)? != SPECIAL {
            // asks to be calculated when it is opened
            let is_asking = u16_at(content, 14)? & 2 != 0;
            let is_calculated = number != 0.0 || !is_asking;
            return Some(if is_calculated { Content::Number(number) } else { Content::NotCalculated });
        }
        Some(match content.get(6)? {
            1 => Content::Yes(*content.get(8)? != 0),
            2 => Content::Error(*content.get(8)?),
            // an empty text; writers that calculate nothing leave it in all their formulas
            _ if self.shared.is_calculated => Content::OwnText(u32::MAX),
            _ => Content::NotCalculated,
        })
    }

    /// Numbers next to each other.
    fn take_numbers(&mut self, content: &[u8]) -> Option<()> {
        let (row, mut column) = (u16_at(content, 0)?, u16_at(content, 2)?);
        let numbers = content.get(4..content.len().checked_sub(2)?)?;
        for number in numbers.as_chunks::<6>().0 {
            let (style, packed) = (u16_at(number, 0)?, u32_at(number, 2)?);
            self.cells.push(Cell { row, column, style, content: Content::Number(rk(packed)) });
            column = column.checked_add(1)?;
        }
        Some(())
    }

    fn push(&self, row: &mut SheetRow, cell: Cell) {
        let column = u32::from(cell.column);
        let own = |index: u32| self.texts.get(index as usize).unwrap_or_default();
        let value = match cell.content {
            Content::Number(number) => Value::Number(number),
            Content::SharedText(index) => match self.shared.texts.get(index as usize) {
                Some(text) => Value::Text(text),
                None => {
                    return row.push_fault(
                        column,
                        "points to a text that the workbook lacks; save it again".into(),
                    );
                }
            },
            Content::FormulaText(index) if is_error(own(index)) => Value::Error(own(index)),
            Content::OwnText(index) | Content::FormulaText(index) => Value::Text(own(index)),
            Content::Yes(yes) => Value::Yes(yes),
            Content::Error(code) => Value::Error(error_word(code)),
            Content::NotCalculated => Value::NotCalculated,
        };
        let format = self.shared.formats.styles.get(usize::from(cell.style)).unwrap_or(&self.general);
        row.push(column, value, format, self.shared.dates);
    }
}

/// What the last bytes of a formula's result are when it is no number.
const SPECIAL: u16 = 0xFFFF;

/// Whether the result of a formula is a text, which comes in the next record.
fn is_text(content: &[u8]) -> bool {
    u16_at(content, 12) == Some(SPECIAL) && content.get(6) == Some(&0)
}

impl Rows for XlsRows {
    fn read(&mut self, row: &mut SheetRow) -> Result<bool, String> {
        let Some(first) = self.cells.get(self.next) else { return Ok(false) };
        row.start(u32::from(first.row), self.hidden_rows.contains(&first.row));
        let same_row = self.cells[self.next..].iter().take_while(|cell| cell.row == first.row);
        let count = same_row.map(|cell| self.push(row, *cell)).count();
        self.next += count;
        Ok(true)
    }

    fn hidden_columns(&self) -> &[RangeInclusive<u32>] {
        &self.hidden_columns
    }
}
