//! When a qualification is conferred: a year, a date, or still awaited, which have to agree.

use jiff::SignedDuration;
use jiff::civil::Date;

use super::{Reading, Repeated, or_nothing};
use crate::credential::{Conferral, Qualification};
use crate::graduate::{Problem, clean};
use crate::roster::dates::DateKind;
use crate::roster::{Column, vocabulary};

/// Nobody graduates younger.
const YOUNGEST: i16 = 14;

impl Reading<'_> {
    /// The cells, each by itself: date, awaiting, year.
    #[expect(clippy::type_complexity, reason = "a cell may be empty, and it may have a mistake")]
    pub(super) fn conferral(
        &mut self,
        known: &mut Repeated,
    ) -> (Option<Option<Date>>, Option<Option<bool>>, Option<Option<i16>>) {
        let (dates, today) = (self.columns.dates(DateKind::Conferral), self.today);
        let kind = DateKind::Conferral;
        // each is read, whatever is wrong with another, so that all mistakes are told at once
        let date = |cell: &str| or_nothing(cell, |cell| dates.date(&clean(cell)?, kind, today));
        let date = self.value(Column::ConferralDate, |cell| known.conferral_date.read(cell, date));
        let flag = self.optional(Column::AwaitingGraduation, vocabulary::yes_or_no);
        let year = |cell: &str| or_nothing(cell, |cell| dates.year(&clean(cell)?, today));
        let year = self.value(Column::ConferralYear, |cell| known.conferral_year.read(cell, year));
        (date, flag, year)
    }

    pub(super) fn place_of_conferral(&self) -> Option<(usize, String)> {
        let columns = [Column::ConferralYear, Column::ConferralDate, Column::AwaitingGraduation];
        let filled = |column: &Column| !self.columns.value(&self.record.fields, *column).trim().is_empty();
        let place =
            columns.iter().filter(|column| filled(column)).find_map(|column| self.columns.place(*column));
        place.or_else(|| columns.iter().find_map(|column| self.columns.place(*column)))
    }
}

/// SEEK Pass takes a year for a conferred qualification and none for an awaited one (education fields).
pub(super) fn agree(
    year: Option<i16>,
    date: Option<Date>,
    awaiting_graduation: bool,
    today: Date,
) -> Result<Conferral, Problem> {
    // the ledger keeps what the roster says; a day still to come makes it awaited only until that day
    let awaited = awaiting_graduation || date.is_some_and(|date| date > today);
    Err(Problem::new(match (year.or(date.map(Date::year)), date) {
        (None, _) if !awaited => "missing; give the year of conferral, four digits, or awaiting_graduation",
        _ if awaiting_graduation && is_long_past(year, date, today) => {
            "is more than a year ago, though awaiting_graduation says yes; one of the two is wrong"
        }
        (Some(year), Some(date)) if year != date.year() => {
            "is not the year of the conferral date; one of the two is wrong"
        }
        (Some(year), None) if year > today.year() && !awaited => {
            "is still to come; set awaiting_graduation to yes or give the conferral date"
        }
        (year, date) => return Ok(Conferral { year, date, awaiting_graduation }),
    }))
}

/// Who awaits a graduation of years ago awaits none; the last months may not have reached the roster yet.
fn is_long_past(year: Option<i16>, date: Option<Date>, today: Date) -> bool {
    let year = year.is_some_and(|year| year + 1 < today.year());
    date.map_or(year, |date| date.duration_until(today) > SignedDuration::from_hours(366 * 24))
}

/// A conferral before anybody could have studied is a slip in one of the two.
pub(super) fn age_at(qualification: &Qualification, born: Option<Date>) -> Result<(), Problem> {
    match (qualification.conferral.year, born) {
        (Some(year), Some(born)) if year < born.year() + YOUNGEST => {
            Err(Problem::new("is less than 14 years after the date of birth; one of the two is wrong"))
        }
        _ => Ok(()),
    }
}
