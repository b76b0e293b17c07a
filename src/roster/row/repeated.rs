//! Cells that say the same over and over: a roster has a few hundred courses, dates and words for honours, and a few thousand
//! given and family names. Each is read once; ids, addresses and whole names are read anew in every row.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::civil::Date;

use crate::graduate::Problem;

/// So many different cells of a column are kept.
const MOST: usize = 4000;

/// What was read of the columns whose cells repeat. It holds for one roster, whose settings never change.
#[derive(Default)]
pub struct Repeated {
    pub(super) name_parts: Cells<String>,
    pub(super) course_code: Cells<Option<String>>,
    pub(super) course_name: Cells<String>,
    pub(super) majors: Cells<Vec<String>>,
    pub(super) honours: Cells<Option<String>>,
    pub(super) conferral_date: Cells<Option<Date>>,
    pub(super) conferral_year: Cells<Option<i16>>,
}

/// What each different cell of a column came to.
pub(super) struct Cells<T>(HashMap<String, Result<T, Problem>, RandomState>);

impl<T> Default for Cells<T> {
    fn default() -> Self {
        Self(HashMap::default())
    }
}

impl<T: Clone> Cells<T> {
    /// What the cell came to, read now if it was not before.
    pub(super) fn read(
        &mut self,
        cell: &str,
        parse: impl FnOnce(&str) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if let Some(known) = self.0.get(cell) {
            return known.clone();
        }
        let read = parse(cell);
        if self.0.len() < MOST {
            self.0.insert(cell.to_owned(), read.clone());
        }
        read
    }
}
