//! The rows of a sheet of an `.ods`, read as a stream (ODF 1.3, part 3, 9.1).

use std::ops::RangeInclusive;

use quick_xml::events::{BytesStart, Event};

use super::cell::Decimals;
use super::ods::is_hidden;
use super::ods_cell::OdsCell;
use super::sheet::{Rows, SheetRow};
use super::xml::{Xml, attribute};
use super::{DAMAGED, MOST_COLUMNS, place};

/// Rows as they stand in the file, where one may stand for many.
pub(super) struct OdsRows {
    xml: Xml,
    hidden_columns: Vec<RangeInclusive<u32>>,
    next_column: u32,
    next_row: u32,
    /// Groups of rows around the next one, and whether they are hidden.
    groups: Vec<bool>,
    /// A row whose start was read while the columns were looked for.
    begun: Option<Begun>,
    /// The last row, and how often it is still to come.
    repeated: Repeated,
    is_at_end: bool,
    cell: OdsCell,
}

#[derive(Clone, Copy)]
struct Begun {
    is_hidden: bool,
    repeats: u32,
}

#[derive(Default)]
struct Repeated {
    cells: Vec<(u32, Result<String, String>, Option<Decimals>)>,
    is_hidden: bool,
    left: u32,
}

impl OdsRows {
    /// Begins behind the start of a table.
    pub(super) fn open(xml: Xml) -> Result<Self, String> {
        let mut rows = Self {
            xml,
            hidden_columns: Vec::new(),
            next_column: 0,
            next_row: 0,
            groups: Vec::new(),
            begun: None,
            repeated: Repeated::default(),
            is_at_end: false,
            cell: OdsCell::default(),
        };
        rows.begun = rows.next_row_start()?;
        Ok(rows)
    }

    /// Goes on to the start of the next row.
    fn next_row_start(&mut self) -> Result<Option<Begun>, String> {
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-row" => {
                        let is_hidden = is_hidden(&element)? || self.groups.contains(&true);
                        return Ok(Some(Begun {
                            is_hidden,
                            repeats: repeats(&element, "number-rows-repeated")?,
                        }));
                    }
                    "table-column" => {
                        let first = self.next_column;
                        self.next_column = first
                            .saturating_add(repeats(&element, "number-columns-repeated")?)
                            .min(place::COLUMNS);
                        if self.next_column > first && (is_hidden(&element)? || self.groups.contains(&true)) {
                            self.hidden_columns.push(first..=self.next_column - 1);
                        }
                        self.xml.skip()?;
                    }
                    "table-row-group"
                    | "table-header-rows"
                    | "table-rows"
                    | "table-column-group"
                    | "table-header-columns"
                    | "table-columns" => {
                        let is_hidden = is_hidden(&element)?;
                        self.groups.push(is_hidden);
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(_) if self.groups.pop().is_none() => return Ok(None),
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }

    fn read_cells(&mut self) -> Result<(), String> {
        let cells = &mut self.repeated.cells;
        cells.clear();
        let mut column = 0_u32;
        loop {
            match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-cell" => {
                        let repeats = repeats(&element, "number-columns-repeated")?;
                        self.cell.begin(&element)?;
                        self.cell.read_text(&mut self.xml)?;
                        let shown = self.cell.shown();
                        let decimals = shown.as_ref().ok().and_then(|shown| self.cell.decimals(shown));
                        let end = column.saturating_add(repeats).min(place::COLUMNS);
                        if shown != Ok(String::new()) {
                            // a cell right of all columns that are read need not be there a thousand times
                            let last = end.min(column.max(u32::try_from(MOST_COLUMNS).unwrap_or(0)) + 1);
                            cells.extend(
                                (column..last).map(|column| (column, shown.clone(), decimals.clone())),
                            );
                        }
                        column = end;
                    }
                    "covered-table-cell" => {
                        let repeats = repeats(&element, "number-columns-repeated")?;
                        column = column.saturating_add(repeats).min(place::COLUMNS);
                        self.xml.skip()?;
                    }
                    _ => self.xml.skip()?,
                },
                Event::End(_) => return Ok(()),
                Event::Eof => return Err(DAMAGED.into()),
                _ => {}
            }
        }
    }
}

impl Rows for OdsRows {
    fn read(&mut self, row: &mut SheetRow) -> Result<bool, String> {
        while self.repeated.left == 0 {
            if self.is_at_end {
                return Ok(false);
            }
            let begun = match self.begun.take() {
                Some(begun) => Some(begun),
                None => self.next_row_start()?,
            };
            let Some(begun) = begun else {
                self.is_at_end = true;
                return Ok(false);
            };
            self.read_cells()?;
            let repeats = begun.repeats.min(place::ROWS.saturating_sub(self.next_row));
            if self.repeated.cells.is_empty() {
                self.next_row += repeats;
            } else {
                self.repeated.is_hidden = begun.is_hidden;
                self.repeated.left = repeats;
            }
        }
        row.start(self.next_row, self.repeated.is_hidden);
        for (column, shown, decimals) in &self.repeated.cells {
            match shown {
                Ok(text) => row.push_text(*column, text),
                Err(problem) => row.push_fault(*column, problem.clone()),
            }
            row.push_decimals(*column, decimals.clone());
        }
        self.repeated.left -= 1;
        self.next_row += 1;
        Ok(true)
    }

    fn hidden_columns(&self) -> &[RangeInclusive<u32>] {
        &self.hidden_columns
    }
}

/// For how many the element stands.
fn repeats(element: &BytesStart<'_>, name: &str) -> Result<u32, String> {
    attribute(element, name)?.map_or(Ok(1), |number| number.trim().parse().map_err(|_| DAMAGED.into()))
}
