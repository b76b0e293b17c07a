//! Days and years as registries write them. A day is taken only where it can mean one day: `06/07/2026` needs an order,
//! from the configuration or from the other rows of its column.

mod text;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::graduate::{Problem, ascii_digits};
use text::{Parts, Time, Year, iso, parts, split_time};

/// In which order a numeric date has its parts. `YYYY-MM-DD` is understood in any of them, and so is a month by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum DateOrder {
    /// 30/06/2026
    #[serde(rename = "d/m/y")]
    DayFirst,
    /// 06/30/2026
    #[serde(rename = "m/d/y")]
    MonthFirst,
    /// 2026-06-30
    #[serde(rename = "y-m-d")]
    YearFirst,
    /// 30-Jun-2026
    #[serde(rename = "d-Mon-y")]
    MonthName,
}

impl DateOrder {
    /// As the configuration has it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::DayFirst => "d/m/y",
            Self::MonthFirst => "m/d/y",
            Self::YearFirst => "y-m-d",
            Self::MonthName => "d-Mon-y",
        }
    }
}

/// What the years of a roster count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calendar {
    /// 2026
    #[default]
    Gregorian,
    /// 2569, as Thailand counts
    Buddhist,
}

/// The Buddhist era of Thailand began 543 years before the common one.
const BUDDHIST: i16 = 543;

/// No graduate is younger.
const YOUNGEST: i16 = 14;

/// What a date is of, which says what years can be meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateKind {
    /// When a qualification is conferred: from 80 years ago to 10 years from now.
    Conferral,
    /// When somebody was born: a graduate is 14 to 100 years old.
    Birth,
}

/// How the dates of one column are read.
#[derive(Debug, Clone)]
pub struct DateReader<'a> {
    /// Of the configuration, or found from the column.
    pub order: Option<DateOrder>,
    /// The first numbers of the column's dates with a year of two digits, a bit each, where nothing tells that they are no
    /// years: `26/06/30` may be year, month, day.
    pub leading_years: Option<u32>,
    /// Of the configuration.
    pub calendar: Calendar,
    /// Of the university.
    pub time_zone: &'a TimeZone,
}

/// What the numeric dates of a column allow.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OrderEvidence {
    numeric: u64,
    not_day_first: u64,
    not_month_first: u64,
    /// With a year of two digits; and of these, those that cannot be year, month, day.
    short: u64,
    not_year_first: u64,
    leading_years: u32,
    /// `YYYY-MM-DD`; and of these, those after the 12th.
    whole: u64,
    late: u64,
}

impl OrderEvidence {
    /// Takes one cell of the column into account.
    pub fn observe(&mut self, cell: &str) {
        let cell = cell.trim();
        if let Some((_, _, day)) = iso(cell) {
            self.whole += 1;
            self.late += u64::from(day > 12);
            return;
        }
        let digits = ascii_digits(cell);
        let Some(Parts::Numeric(one, two, year)) = split_time(&digits).0.map(parts) else { return };
        if let Year::Short(year) = year {
            self.short += 1;
            self.leading_years |= 1 << one;
            self.not_year_first += u64::from(two > 12 || !(1..=31).contains(&year));
        }
        self.numeric += 1;
        self.not_day_first += u64::from(two > 12);
        self.not_month_first += u64::from(one > 12);
    }

    /// The only order that fits all rows, if there is one.
    #[must_use]
    pub const fn order(&self) -> Option<DateOrder> {
        match (self.numeric, self.not_day_first, self.not_month_first) {
            (0, ..) => None,
            (_, 0, 1..) => Some(DateOrder::DayFirst),
            (_, 1.., 0) => Some(DateOrder::MonthFirst),
            _ => None,
        }
    }

    /// Whether some dates fit one order only, and others the other.
    #[must_use]
    pub const fn contradicts(&self) -> bool {
        self.not_day_first > 0 && self.not_month_first > 0
    }

    /// The years, a bit each, of a column whose dates all could be year, month, day.
    #[must_use]
    pub const fn leading_years(&self) -> Option<u32> {
        if self.short > 0 && self.not_year_first == 0 { Some(self.leading_years) } else { None }
    }

    /// Whether a spreadsheet program took day and month of a text for each other wherever it could: it made dates of those
    /// up to the 12th, and left the others as text.
    #[must_use]
    pub const fn is_half_turned(&self) -> bool {
        let is_left =
            self.numeric > 0 && (self.numeric == self.not_month_first || self.numeric == self.not_day_first);
        self.whole > 0 && self.late == 0 && is_left
    }

    /// Whether there is a date whose order matters.
    #[must_use]
    pub const fn is_numeric(&self) -> bool {
        self.numeric > 0
    }
}

impl DateReader<'_> {
    /// Reads a day.
    ///
    /// # Errors
    /// A [`Problem`] where it is no day, could be two, or cannot be meant on `today`.
    pub fn date(&self, cell: &str, kind: DateKind, today: Date) -> Result<Date, Problem> {
        if let Some(date) = iso(cell) {
            return self.plausible(date.0, date.1, date.2, kind, today);
        }
        let cell = ascii_digits(cell);
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        if is_number && cell.len() != 8 && cell.bytes().filter(|byte| *byte == b'.').count() < 2 {
            return Err(Problem::new(
                "is a number and no date; format the column as a date, or write it as YYYY-MM-DD",
            ));
        }
        let (day, time) = split_time(&cell);
        match time {
            Time::None => {}
            Time::Zoned => return self.moment(&cell, kind, today),
            Time::OfDay => {
                return Err(Problem::new(
                    "has a time of day without a time zone, so the day is not certain; write the date only, as \
                     YYYY-MM-DD",
                ));
            }
        }
        let Some(day) = day else { return Err(not_a_date()) };
        match parts(day) {
            Parts::Numeric(one, two, Year::Short(last))
                if self.is_led_by_year((one, two, last), kind, today) =>
            {
                Err(Problem::new(
                    "has a year of two digits that could stand first or last; set dates = \"d/m/y\" (or \"m/d/y\") under \
                     [roster] in the configuration, or write it as YYYY-MM-DD",
                ))
            }
            Parts::Numeric(one, two, year) => self.numeric((one, two, year), kind, today),
            Parts::YearFirst(year, month, day) => self.plausible(year, month, day, kind, today),
            Parts::Named(day, month, year) => self.with_year(year, month, day, kind, today),
            Parts::None => Err(not_a_date()),
        }
    }

    /// Reads a year: four digits, as spreadsheets may write them (`2026.0`, `2,026`), or the year of a date.
    ///
    /// # Errors
    /// A [`Problem`] where it is no year, or cannot be meant on `today`.
    pub fn year(&self, cell: &str, today: Date) -> Result<i16, Problem> {
        let digits = ascii_digits(cell);
        let plain = digits.strip_suffix(".0").or(digits.strip_suffix(".00")).unwrap_or(&digits);
        let separators = [',', '.', ' ', '\u{a0}', '\u{202f}', '\''];
        let plain = match plain.split_once(separators) {
            Some((thousand, rest)) if thousand.len() == 1 && rest.len() == 3 => format!("{thousand}{rest}"),
            _ => plain.to_owned(),
        };
        if plain.len() == 4
            && let Ok(year) = plain.parse::<i16>()
            && plain.bytes().all(|byte| byte.is_ascii_digit())
        {
            return self.plausible(year, 1, 1, DateKind::Conferral, today).map(Date::year);
        }
        if plain.bytes().all(|byte| byte.is_ascii_digit()) && plain.len() != 8 {
            return Err(Problem::new("not a year of conferral; write four digits, like 2026"));
        }
        self.date(cell, DateKind::Conferral, today)
            .map(Date::year)
            .map_err(|_| Problem::new("not a year of conferral; write four digits, like 2026"))
    }

    /// A moment in some time zone is a day in the university's.
    fn moment(&self, cell: &str, kind: DateKind, today: Date) -> Result<Date, Problem> {
        let text = cell.trim_end_matches(" UTC").trim_end_matches(" GMT");
        let zulu = if text.len() < cell.len() { "Z" } else { "" };
        // "2026-06-29 16:00:00 +0800" has a space that the standard has not
        let text = match text.rfind([' ']) {
            Some(space) if text[space + 1..].starts_with(['+', '-']) => {
                format!("{}{}", &text[..space], &text[space + 1..])
            }
            _ => format!("{text}{zulu}"),
        };
        let moment: jiff::Timestamp = text.parse().map_err(|_| not_a_date())?;
        let zoned = moment.to_zoned(self.time_zone.clone());
        if kind == DateKind::Birth && zoned.time() != jiff::civil::Time::midnight() {
            return Err(Problem::new(
                "is a moment that is no midnight in the university's time zone, so the day is not certain; write the \
                 date only, as YYYY-MM-DD",
            ));
        }
        let day = zoned.date();
        self.plausible(day.year(), day.month(), day.day(), kind, today)
    }

    /// Whether `26/06/30` may be year, month, day: so may every date of the column, and none would be years ahead, as
    /// `30/06/26` is.
    fn is_led_by_year(&self, (year, month, day): (i8, i8, i16), kind: DateKind, today: Date) -> bool {
        let Some(others) = self.leading_years else { return false };
        let last = match kind {
            DateKind::Conferral => today.year() + 1,
            DateKind::Birth => today.year() - YOUNGEST,
        };
        let years = others | 1 << year;
        let is_ahead = years.leading_zeros() < 31 - u32::try_from(last - 2000).unwrap_or(0).min(31);
        !is_ahead
            && month <= 12
            && i8::try_from(day).is_ok_and(|day| Date::new(2000 + i16::from(year), month, day).is_ok())
    }

    fn numeric(&self, parts: (i8, i8, Year), kind: DateKind, today: Date) -> Result<Date, Problem> {
        let (one, two, year) = parts;
        let (day, month) = match self.order {
            Some(DateOrder::DayFirst) => (one, two),
            Some(DateOrder::MonthFirst) => (two, one),
            Some(DateOrder::YearFirst | DateOrder::MonthName) => {
                return Err(Problem::new(
                    "not in the order that roster.dates asks for; write it as YYYY-MM-DD",
                ));
            }
            None if one > 12 || one == two => (one, two),
            None if two > 12 => (two, one),
            None => {
                return Err(Problem::new(
                    "could be day/month or month/day; set dates = \"d/m/y\" (or \"m/d/y\") under [roster] in the \
                     configuration, or write it as YYYY-MM-DD",
                ));
            }
        };
        self.with_year(year, month, day, kind, today)
    }

    fn with_year(
        &self,
        year: Year,
        month: i8,
        day: i8,
        kind: DateKind,
        today: Date,
    ) -> Result<Date, Problem> {
        match year {
            Year::Whole(year) => self.plausible(year, month, day, kind, today),
            Year::Short(short) => {
                let centuries = [1900, 2000].map(|century| {
                    let shift = if self.calendar == Calendar::Buddhist { BUDDHIST - 43 } else { 0 };
                    self.plausible(century + short + shift, month, day, kind, today)
                });
                let mut fitting = centuries.into_iter().filter_map(Result::ok);
                match (fitting.next(), fitting.next()) {
                    (Some(date), None) => Ok(date),
                    _ => {
                        Err(Problem::new("has a year of two digits that could be two years; write all four"))
                    }
                }
            }
        }
    }

    fn plausible(&self, year: i16, month: i8, day: i8, kind: DateKind, today: Date) -> Result<Date, Problem> {
        let year = match self.calendar {
            Calendar::Buddhist => year - BUDDHIST,
            Calendar::Gregorian => year,
        };
        let date = Date::new(year, month, day).map_err(|_| not_a_date())?;
        if self.calendar == Calendar::Gregorian && is_plausible(year - BUDDHIST, kind, today) {
            return Err(Problem::new(
                "looks like a year of the Buddhist era (2569 is 2026); if it is, set calendar = \"buddhist\" under \
                 [roster] in the configuration",
            ));
        }
        if is_plausible(year, kind, today) {
            return Ok(date);
        }
        Err(Problem::new(match kind {
            DateKind::Conferral => {
                "is too long ago or too far ahead; check the year (a year typed into a date cell \
                 becomes 1905)"
            }
            DateKind::Birth if date >= today => "is not in the past; check the date of birth",
            DateKind::Birth => {
                "would make the graduate younger than 14 or older than 100; check the date of birth"
            }
        }))
    }
}

fn is_plausible(year: i16, kind: DateKind, today: Date) -> bool {
    let years = match kind {
        DateKind::Conferral => today.year() - 80..=today.year() + 10,
        DateKind::Birth => today.year() - 100..=today.year() - YOUNGEST,
    };
    years.contains(&year)
}

fn not_a_date() -> Problem {
    Problem::new("not a date; write it as YYYY-MM-DD, like 2026-12-14")
}

#[cfg(test)]
mod tests;
