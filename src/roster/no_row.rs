//! Lines of a roster that are no rows: footers, whose counts are checked, remarks, dashes, the header once more.

use std::sync::{Arc, Mutex, PoisonError};

use csv::StringRecord;

use super::{Column, Record, Roster, RosterError, footer};

/// Lines that were passed over since they are no rows, known to others while the roster is read.
#[derive(Debug, Clone, Default)]
pub struct PassedOver(Arc<Mutex<Vec<u64>>>);

impl PassedOver {
    pub(super) fn add(&self, line: u64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(line);
    }

    /// A sentence, where there are any.
    #[must_use]
    pub fn sentence(&self) -> Option<String> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let numbers: Vec<_> = lines.iter().map(ToString::to_string).collect();
        match lines.len() {
            0 => None,
            1 => Some(format!("line {} was passed over: it is no row", numbers.concat())),
            _ => Some(format!("lines {} were passed over: they are no rows", crate::plural::named(&numbers))),
        }
    }
}

impl Roster {
    /// A line that is no row: a footer with what it counts, a remark, dashes under the header, the header once more.
    pub(super) fn is_no_row(&self, record: &Record) -> Option<footer::Footer> {
        let cells = &record.fields;
        let no_count = Some(footer::Footer { count: None });
        // rows are the usual case, and have more cells than any footer
        if cells.iter().filter(|cell| !cell.is_empty()).nth(3).is_none() {
            if let Some(footer) = footer::footer(cells) {
                return Some(footer);
            }
            if self.is_remark(record) {
                return no_count;
            }
        }
        let is_below_header = || self.records == 0 && footer::is_below_header(cells);
        if self.is_part_of_the_table(cells) || is_below_header() { no_count } else { None }
    }

    /// Whether the line has one cell alone, or a word where the id stands and one cell more, and nothing of a row in it.
    fn is_remark(&self, record: &Record) -> bool {
        let cells = &record.fields;
        if !record.faults.is_empty() || record.has_torn_quote || self.source.is_quote_open() {
            return false;
        }
        let is_id_first = self.columns.position(Column::StudentId) == Some(0);
        let Some((position, cell)) = footer::only_cell(cells) else {
            let is_whole = cells.len() == self.columns.width() && self.columns.width() > 3;
            return is_id_first && is_whole && footer::is_remark_with_a_value(cells);
        };
        let is_alone = cells.len() == 1;
        // what the end of the file tore may be the beginning of an id, and where the id does not stand first, anything
        let is_torn = || {
            self.source.is_cut_off(record, self.columns.width()) && (!is_id_first || footer::may_be_cut(cell))
        };
        !(is_alone && self.is_behind_a_short_row)
            && self.columns.may_be_remark(position, is_alone)
            && footer::is_remark(cell)
            && !is_torn()
    }

    /// Dashes under the header, or the header once more.
    pub(super) fn is_part_of_the_table(&self, cells: &StringRecord) -> bool {
        let header = self.columns.header();
        let without_mark =
            |cell: Option<&str>| cell.map(|cell| cell.trim_start_matches('\u{feff}').to_owned());
        let is_header = || {
            cells.len() == header.len()
                && cells.get(1) == header.get(1)
                && without_mark(cells.get(0)) == without_mark(header.get(0))
                && cells.iter().skip(1).eq(header.iter().skip(1))
        };
        footer::is_ruler(cells) || is_header()
    }

    /// Where a footer counts the rows, rows that were lost on the way are noticed.
    pub(super) fn check_count(&mut self, footer: footer::Footer, line: u64) -> Result<(), RosterError> {
        let (all, part) = (self.records, self.since_footer);
        match footer.count {
            Some(count) if count != all && count != part => {
                let problem = format!(
                    "says on line {line} that it has {count} rows, but {all} stand above it; the file is not whole, \
                     export it again"
                );
                Err(self.error(problem))
            }
            Some(_) => {
                self.since_footer = 0;
                Ok(())
            }
            None => Ok(()),
        }
    }
}
