//! Days and years as registries write them. A day is taken only where it can mean one day: `06/07/2026` needs an order,
//! from the configuration or from the other rows of its column.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::graduate::Problem;

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
pub struct DateReader {
    /// Of the configuration, or found from the column.
    pub order: Option<DateOrder>,
    /// The first numbers of the column's dates with a year of two digits, a bit each, where nothing tells that they are no
    /// years: `26/06/30` may be year, month, day.
    pub leading_years: Option<u32>,
    /// Of the configuration.
    pub calendar: Calendar,
    /// Of the university.
    pub time_zone: TimeZone,
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

impl DateReader {
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
                "is too long ago or too far ahead for a conferral; check the year (a year typed into a date cell \
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

/// The usual case, which costs least: `YYYY-MM-DD`, with or without a midnight behind it.
fn iso(cell: &str) -> Option<(i16, i8, i8)> {
    let bytes = cell.as_bytes();
    let number = |range: std::ops::Range<usize>| {
        let digits = bytes.get(range)?;
        digits
            .iter()
            .all(u8::is_ascii_digit)
            .then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(digit - b'0')))
    };
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    if !matches!(&bytes[10.min(bytes.len())..], b"" | b" 00:00:00" | b"T00:00:00" | b" 00:00") {
        return None;
    }
    let part = |range| number(range).and_then(|number| i8::try_from(number).ok());
    Some((number(0..4)?, part(5..7)?, part(8..10)?))
}

/// What stands behind the day.
#[derive(Debug, PartialEq, Eq)]
enum Time {
    /// Nothing, or a midnight.
    None,
    /// A time of day that is in no time zone.
    OfDay,
    /// A moment: the time has an offset.
    Zoned,
}

/// The day of a cell, and what stands behind it.
fn split_time(cell: &str) -> (Option<&str>, Time) {
    let Some(colon) = cell.find(':') else { return (Some(cell.trim()), Time::None) };
    let before = &cell[..colon];
    let Some(start) = before.rfind([' ', 'T', 't']) else { return (None, Time::None) };
    let (day, time) = (cell[..start].trim(), cell[start + 1..].trim());
    let is_zoned = time.ends_with(['Z', 'z'])
        || time.ends_with("UTC")
        || time.ends_with("GMT")
        || time.rfind(['+', '-']).is_some_and(|at| at > 0);
    if is_zoned {
        return (Some(day), Time::Zoned);
    }
    let folded = time.to_ascii_uppercase();
    let is_morning = folded.ends_with("AM");
    let clock = folded.trim_end_matches("AM").trim();
    let is_midnight = match clock.split_once(':') {
        Some(("12", rest)) => is_morning && is_zero(rest),
        Some(("0" | "00", rest)) => is_zero(rest),
        _ => false,
    };
    (Some(day), if is_midnight { Time::None } else { Time::OfDay })
}

fn is_zero(clock: &str) -> bool {
    clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// A year, or the two digits that are left of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Whole(i16),
    Short(i16),
}

/// The parts of a day, by what can be told of them without knowing the order.
#[derive(Debug, PartialEq, Eq)]
enum Parts {
    /// Two small numbers and a year.
    Numeric(i8, i8, Year),
    /// Year, month, day.
    YearFirst(i16, i8, i8),
    /// Day, month (by its name), year.
    Named(i8, i8, Year),
    None,
}

fn parts(day: &str) -> Parts {
    if day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        return compact(day);
    }
    let words: Vec<&str> = day
        .split(['-', '/', '.', ' ', ',', '年', '月', '日', '년', '월', '일', '\u{a0}'])
        .filter(|word| !word.is_empty())
        .collect();
    // Thai months have points inside them, so the three parts may be more words
    let numbers: Vec<Option<i16>> = words.iter().map(|word| number(word)).collect();
    let year = |word: &str, value: i16| match word.len() {
        4 => Some(Year::Whole(value)),
        2 => Some(Year::Short(value)),
        _ => None,
    };
    let small = |value: i16| i8::try_from(value).ok().filter(|value| (1..=31).contains(value));
    match (words.as_slice(), numbers.as_slice()) {
        ([first, _, _], [Some(one), Some(two), Some(three)]) if first.len() == 4 => {
            match (small(*two), small(*three)) {
                (Some(month), Some(day)) => Parts::YearFirst(*one, month, day),
                _ => Parts::None,
            }
        }
        ([_, _, last], [Some(one), Some(two), Some(three)]) => {
            match (small(*one), small(*two), year(last, *three)) {
                (Some(one), Some(two), Some(year)) => Parts::Numeric(one, two, year),
                _ => Parts::None,
            }
        }
        ([.., last], [.., Some(value)]) => {
            let named = words.iter().zip(&numbers).filter(|(_, number)| number.is_none());
            let month = named.map(|(word, _)| *word).collect::<Vec<_>>().join(".");
            let day = numbers[..numbers.len() - 1].iter().flatten().copied().collect::<Vec<_>>();
            match (day.as_slice(), month_by_name(&month), year(last, *value)) {
                ([day], Some(month), Some(year)) => {
                    small(*day).map_or(Parts::None, |day| Parts::Named(day, month, year))
                }
                _ => Parts::None,
            }
        }
        _ => Parts::None,
    }
}

/// `20260630`, or `30062026` where only that can be a day.
fn compact(day: &str) -> Parts {
    let part = |range: std::ops::Range<usize>| {
        day.get(range).and_then(|digits| digits.parse::<i16>().ok()).unwrap_or(0)
    };
    let small = |value: i16| i8::try_from(value).ok().filter(|value| (1..=31).contains(value));
    let year = part(0..4);
    match ((1900..2800).contains(&year), small(part(4..6)), small(part(6..8))) {
        (true, Some(month), Some(day)) if month <= 12 => Parts::YearFirst(year, month, day),
        _ => Parts::None,
    }
}

fn number(word: &str) -> Option<i16> {
    let word = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// Months in English, Indonesian, Malay and Thai: whole, or their usual short forms.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "januari", "ม.ค", "มกราคม"],
    &["feb", "february", "februari", "ก.พ", "กุมภาพันธ์"],
    &["mar", "march", "maret", "mac", "มี.ค", "มีนาคม"],
    &["apr", "april", "เม.ย", "เมษายน"],
    &["may", "mei", "พ.ค", "พฤษภาคม"],
    &["jun", "june", "juni", "มิ.ย", "มิถุนายน"],
    &["jul", "july", "juli", "julai", "ก.ค", "กรกฎาคม"],
    &["aug", "august", "agustus", "agt", "ags", "ogos", "ogo", "ส.ค", "สิงหาคม"],
    &["sep", "sept", "september", "ก.ย", "กันยายน"],
    &["oct", "october", "oktober", "okt", "ต.ค", "ตุลาคม"],
    &["nov", "november", "nopember", "พ.ย", "พฤศจิกายน"],
    &["dec", "december", "desember", "des", "disember", "dis", "ธ.ค", "ธันวาคม"],
];

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

fn month_by_name(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    // "Tue, 30 Jun 2026": the weekday says nothing new
    let name = match name.split_once('.') {
        Some((first, rest)) if WEEKDAYS.iter().any(|day| first.starts_with(day)) => rest,
        _ => name.as_str(),
    };
    let month = MONTHS.iter().position(|names| names.contains(&name))?;
    i8::try_from(month + 1).ok()
}

/// The decimal digits of other scripts as ASCII.
fn ascii_digits(text: &str) -> std::borrow::Cow<'_, str> {
    crate::graduate::ascii_digits(text)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 11, 23);

    fn reader(order: Option<DateOrder>) -> DateReader {
        let time_zone = TimeZone::get("Asia/Singapore").unwrap_or(TimeZone::UTC);
        DateReader {
            order,
            leading_years: order.is_none().then_some(0),
            calendar: Calendar::Gregorian,
            time_zone,
        }
    }

    fn read(cell: &str) -> Option<Date> {
        reader(None).date(cell, DateKind::Conferral, TODAY).ok()
    }

    #[test]
    fn what_can_only_mean_one_day_needs_no_order() {
        for cell in [
            "2026-06-30",
            "2026/06/30",
            "2026-6-30",
            "20260630",
            "30/06/2026",
            "06/30/2026",
            "30.06.2026",
            "30-Jun-26",
            "30-JUN-2026",
            "30 June 2026",
            "June 30, 2026",
            "Tue, 30 Jun 2026",
            "30th June 2026",
            "30 Juni 2026",
            "2026年6月30日",
            "2026-06-30T00:00:00",
            "2026-06-30 00:00:00.000",
            "30/06/2026 12:00:00 AM",
            "2026-06-30T00:00:00+08:00",
            "2026-06-29T16:00:00Z",
            "2026-06-29 16:00:00+00",
            "2026-06-30 00:00:00 +0800",
            "2026-06-29 16:00:00 UTC",
            "２０２６-０６-３０",
            "30/06/26",
        ] {
            assert_eq!(read(cell), Some(date(2026, 6, 30)), "{cell}");
        }
    }

    #[test]
    fn what_is_no_day_or_could_be_two_is_a_problem() {
        for (cell, words) in [
            ("06/07/2026", "could be day/month"),
            ("26/06/30", "could stand first or last"),
            ("19/06/20", "could stand first or last"),
            ("2026-06-30 23:59", "time of day"),
            ("2569-06-30", "Buddhist"),
            ("30/06/2569", "Buddhist"),
            ("0115-06-30", "too long ago"),
            ("46203", "is a number"),
            ("46203.5", "is a number"),
            ("2026-W27-2", "not a date"),
            ("2026-06-30 (tentative)", "not a date"),
            ("2026-06-30 to 2026-07-04", "not a date"),
            ("2026-06-30TBC", "not a date"),
            ("2003-02-30", "not a date"),
            ("1905-07-18", "too long ago"),
            ("2126-07-18", "too far ahead"),
            ("TBA", "not a date"),
            ("2026", "is a number"),
        ] {
            let problem =
                reader(None).date(cell, DateKind::Conferral, TODAY).err().map(|it| it.0).unwrap_or_default();
            assert!(problem.contains(words), "{cell}: {problem}");
        }
    }

    #[test]
    fn a_graduate_is_14_to_100_years_old() {
        let born = |cell| reader(None).date(cell, DateKind::Birth, TODAY);
        assert_eq!(born("2003-02-01"), Ok(date(2003, 2, 1)));
        assert_eq!(born("1-Feb-03"), Ok(date(2003, 2, 1)));
        assert_eq!(born("2003-01-31T16:00:00Z"), Ok(date(2003, 2, 1)));
        assert!(born("2003-01-31T13:00:00Z").is_err_and(|problem| problem.0.contains("no midnight")));
        for (cell, words) in [
            ("1900-01-01", "older than 100"),
            ("2024-01-01", "younger than 14"),
            ("2030-01-01", "not in the past"),
            ("2546-02-01", "Buddhist"),
        ] {
            assert!(born(cell).is_err_and(|problem| problem.0.contains(words)), "{cell}");
        }
    }

    #[test]
    fn the_order_is_the_only_one_that_fits_all_rows() {
        let order = |cells: &[&str]| {
            let mut evidence = OrderEvidence::default();
            for cell in cells {
                evidence.observe(cell);
            }
            evidence.order()
        };
        assert_eq!(order(&["06/07/2026", "30/06/2026", "2026-01-02", ""]), Some(DateOrder::DayFirst));
        assert_eq!(order(&["06/07/2026", "06/30/2026 0:00"]), Some(DateOrder::MonthFirst));
        assert_eq!(order(&["06/07/2026", "05/05/2026"]), None);
        assert_eq!(order(&["06/30/2026", "30/06/2026"]), None);
        assert_eq!(order(&["2026-06-30", "30-Jun-2026"]), None);
    }

    #[test]
    fn a_column_tells_whether_its_short_years_may_lead_and_whether_half_of_it_was_turned() {
        let evidence = |cells: &[&str]| {
            let mut evidence = OrderEvidence::default();
            for cell in cells {
                evidence.observe(cell);
            }
            evidence
        };
        assert_eq!(evidence(&["26/06/30", "25/07/01"]).leading_years(), Some(1 << 26 | 1 << 25));
        assert_eq!(evidence(&["26/06/30", "26/06/99"]).leading_years(), None);
        assert_eq!(evidence(&["30/06/2026"]).leading_years(), None);
        let of_column = |leading_years| DateReader { leading_years, ..reader(Some(DateOrder::DayFirst)) };
        let read = |leading_years, cell| of_column(leading_years).date(cell, DateKind::Conferral, TODAY).ok();
        assert_eq!(read(Some(1 << 15), "15/07/26"), None);
        assert_eq!(read(Some(1 << 15 | 1 << 30), "15/07/26"), Some(date(2026, 7, 15)));
        assert!(evidence(&["2026-07-06", "30/06/2026"]).is_half_turned());
        assert!(evidence(&["2026-07-06", "6/30/2026"]).is_half_turned());
        for sound in [
            &["2026-06-30", "30/06/2026"][..],
            &["2026-07-06"],
            &["30/06/2026"],
            &["2026-07-06", "06/07/2026"],
        ] {
            assert!(!evidence(sound).is_half_turned(), "{sound:?}");
        }
    }

    #[test]
    fn an_order_is_kept_to() {
        let read = |order, cell| reader(Some(order)).date(cell, DateKind::Conferral, TODAY).ok();
        assert_eq!(read(DateOrder::DayFirst, "06/07/2026"), Some(date(2026, 7, 6)));
        assert_eq!(read(DateOrder::MonthFirst, "06/07/2026"), Some(date(2026, 6, 7)));
        assert_eq!(read(DateOrder::MonthFirst, "30/06/2026"), None);
        assert_eq!(read(DateOrder::YearFirst, "30/06/2026"), None);
        assert_eq!(read(DateOrder::MonthName, "30-Jun-2026"), Some(date(2026, 6, 30)));
    }

    #[test]
    fn the_buddhist_era_is_read_where_the_configuration_says_so() {
        let thai = DateReader { calendar: Calendar::Buddhist, ..reader(None) };
        for cell in ["2569-06-30", "30/06/2569", "30 มิ.ย. 2569", "๓๐/๐๖/๒๕๖๙", "30 มิถุนายน 2569", "30 มิ.ย. 69"]
        {
            assert_eq!(thai.date(cell, DateKind::Conferral, TODAY), Ok(date(2026, 6, 30)), "{cell}");
        }
        assert_eq!(thai.year("2569", TODAY), Ok(2026));
        assert!(thai.date("2026-06-30", DateKind::Conferral, TODAY).is_err());
    }

    #[test]
    fn years_are_read_as_spreadsheets_write_them() {
        for cell in ["2026", "2026.0", "2,026", "2.026", "2 026", "2\u{202f}026", "2026-06-30", "30/06/2026"]
        {
            assert_eq!(reader(None).year(cell, TODAY), Ok(2026), "{cell}");
        }
        for cell in ["26", "20.26", "1905", "2569", "202", "20261", "June", "46203"] {
            assert!(reader(None).year(cell, TODAY).is_err(), "{cell}");
        }
    }
}
