//! The rows of a sheet of an `.xlsx`, read as a stream (ECMA-376 part 1, 18.3.1).

use std::ops::RangeInclusive;
use std::sync::Arc;

use quick_xml::events::{BytesStart, Event};

use super::cell::is_error;
use super::format::Format;
use super::package::Part;
use super::sheet::{Rows, SheetRow, Value};
use super::texts::{rich_text, unescape};
use super::xlsx::{Shared, hidden_column};
use super::xml::{Xml, attribute, is_true};
use super::{DAMAGED, place};

/// Rows as they stand in the file.
pub(super) struct XlsxRows {
    xml: Xml,
    shared: Arc<Shared>,
    hidden_columns: Vec<RangeInclusive<u32>>,
    /// Where the next row and cell are that do not say it.
    next_row: u32,
    next_column: u32,
    is_at_end: bool,
    general: Format,
    cell: CellText,
}

/// What stands in a cell, between its tags.
#[derive(Default)]
struct CellText {
    text: String,
    has_formula: bool,
    has_value: bool,
}

/// How the value of a cell is to be read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CellType {
    Number,
    SharedText,
    Text,
    YesNo,
    Error,
    Date,
}

impl XlsxRows {
    pub(super) fn open(part: Part, shared: Arc<Shared>) -> Result<Self, String> {
        let mut xml = Xml::new(part);
        let mut hidden_columns = Vec::new();
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "sheetData" => break,
                    "col" if is_true(attribute(&element, "hidden")?.as_deref()) => {
                        let (min, max) = (attribute(&element, "min")?, attribute(&element, "max")?);
                        hidden_columns.extend(hidden_column(min.as_deref(), max.as_deref()));
                    }
                    _ => {}
                },
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
        Ok(Self {
            xml,
            shared,
            hidden_columns,
            next_row: 0,
            next_column: 0,
            is_at_end: false,
            general: Format::default(),
            cell: CellText::default(),
        })
    }

    fn read_row(&mut self, row: &mut SheetRow) -> Result<(), String> {
        loop {
            let (place, style, kind) = match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "c" => cell_attributes(&element)?,
                Event::Start(_) => {
                    self.xml.skip()?;
                    continue;
                }
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(DAMAGED.into()),
                _ => continue,
            };
            let column = place.unwrap_or(self.next_column);
            if column >= place::COLUMNS {
                return Err(DAMAGED.into());
            }
            self.next_column = column + 1;
            self.cell.read(&mut self.xml, kind)?;
            self.push(row, column, style, kind);
        }
    }

    fn push(&self, row: &mut SheetRow, column: u32, style: usize, kind: CellType) {
        let shared = &*self.shared;
        let CellText { text, has_formula, has_value } = &self.cell;
        let format = shared.formats.get(style).unwrap_or(&self.general);
        let number = || text.trim().parse::<f64>();
        let value = match kind {
            // a formula may well give an empty text, which is then there
            _ if *has_formula && !has_value => Value::NotCalculated,
            _ if *has_formula && text.is_empty() && kind != CellType::Text => Value::NotCalculated,
            _ if *has_formula && shared.is_to_be_calculated && matches!(text.as_str(), "" | "0") => {
                Value::NotCalculated
            }
            _ if text.is_empty() => return,
            CellType::Number => match number() {
                Ok(number) => Value::Number(number),
                Err(_) => Value::Number(f64::NAN),
            },
            CellType::SharedText => {
                match text.trim().parse().ok().and_then(|index| shared.texts.get(index)) {
                    Some(text) => Value::Text(text),
                    None => {
                        return row.push_fault(
                            column,
                            "points to a text that the workbook lacks; save it again".into(),
                        );
                    }
                }
            }
            CellType::Text if *has_formula && is_error(text) => Value::Error(text),
            CellType::Text => Value::Text(text),
            CellType::YesNo => Value::Yes(is_true(Some(text.trim()))),
            CellType::Error => Value::Error(text),
            CellType::Date => Value::Moment(text),
        };
        row.push(column, value, format, shared.dates);
    }
}

impl CellText {
    fn read(&mut self, xml: &mut Xml, kind: CellType) -> Result<(), String> {
        self.text.clear();
        self.has_formula = false;
        self.has_value = false;
        loop {
            match xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => {
                        self.has_value = true;
                        xml.text(&mut self.text)?;
                        if kind == CellType::Text {
                            unescape(&mut self.text, 0);
                        }
                    }
                    "is" => {
                        self.has_value = true;
                        rich_text(xml, &mut self.text)?;
                    }
                    "f" => {
                        self.has_formula = true;
                        xml.skip()?;
                    }
                    _ => xml.skip()?,
                },
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }
}

/// Column, style and type of a cell.
fn cell_attributes(element: &BytesStart<'_>) -> Result<(Option<u32>, usize, CellType), String> {
    let (mut column, mut style, mut kind) = (None, 0, CellType::Number);
    for attribute in element.attributes().with_checks(false) {
        let attribute = attribute.map_err(|_| DAMAGED.to_owned())?;
        match attribute.key.as_ref() {
            "r" => column = Some(place::parse(&attribute.value).ok_or(DAMAGED)?.1),
            "s" => style = attribute.value.parse().unwrap_or(0),
            "t" => {
                kind = match &*attribute.value {
                    "s" => CellType::SharedText,
                    "str" | "inlineStr" => CellType::Text,
                    "b" => CellType::YesNo,
                    "e" => CellType::Error,
                    "d" => CellType::Date,
                    _ => CellType::Number,
                }
            }
            _ => {}
        }
    }
    Ok((column, style, kind))
}

impl Rows for XlsxRows {
    fn read(&mut self, row: &mut SheetRow) -> Result<bool, String> {
        while !self.is_at_end {
            match self.xml.next()? {
                Event::Start(element) if element.local_name().as_ref() == "row" => {
                    let number = attribute(&element, "r")?;
                    let index = match number.map(|number| number.trim().parse::<u32>()) {
                        None if self.next_row < place::ROWS => self.next_row,
                        // rows in another order would change places with the header
                        Some(Ok(number)) if (self.next_row + 1..=place::ROWS).contains(&number) => number - 1,
                        _ => return Err(DAMAGED.into()),
                    };
                    let has_no_height =
                        attribute(&element, "ht")?.is_some_and(|height| height.parse() == Ok(0.0));
                    let is_hidden = has_no_height || is_true(attribute(&element, "hidden")?.as_deref());
                    row.start(index, is_hidden);
                    self.next_row = index + 1;
                    self.next_column = 0;
                    self.read_row(row)?;
                    return Ok(true);
                }
                Event::Start(_) => self.xml.skip()?,
                Event::End(_) => {
                    self.is_at_end = true;
                    self.xml.finish()?;
                }
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
        Ok(false)
    }

    fn hidden_columns(&self) -> &[RangeInclusive<u32>] {
        &self.hidden_columns
    }
}
