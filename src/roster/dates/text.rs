//! The signs of a date: its parts, whatever order they mean.

/// The usual case, which costs least: `YYYY-MM-DD`, with or without a midnight behind it.
pub(super) fn iso(cell: &str) -> Option<(i16, i8, i8)> {
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
pub(super) enum Time {
    /// Nothing, or a midnight.
    None,
    /// A time of day that is in no time zone.
    OfDay,
    /// A moment: the time has an offset.
    Zoned,
}

/// The day of a cell, and what stands behind it.
pub(super) fn split_time(cell: &str) -> (Option<&str>, Time) {
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

pub(super) fn is_zero(clock: &str) -> bool {
    clock.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'))
}

/// A year, or the two digits that are left of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    Whole(i16),
    Short(i16),
}

/// The parts of a day, by what can be told of them without knowing the order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parts {
    /// Two small numbers and a year.
    Numeric(i8, i8, Year),
    /// Year, month, day.
    YearFirst(i16, i8, i8),
    /// Day, month (by its name), year.
    Named(i8, i8, Year),
    None,
}

pub(super) fn parts(day: &str) -> Parts {
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
pub(super) fn compact(day: &str) -> Parts {
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

pub(super) fn number(word: &str) -> Option<i16> {
    let word = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())).then(|| word.parse().ok()).flatten()
}

/// Months in English, Indonesian, Malay and Thai: whole, or their usual short forms.
pub(super) const MONTHS: [&[&str]; 12] = [
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

pub(super) const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(super) fn month_by_name(name: &str) -> Option<i8> {
    let name = name.to_lowercase();
    // "Tue, 30 Jun 2026": the weekday says nothing new
    let name = match name.split_once('.') {
        Some((first, rest)) if WEEKDAYS.iter().any(|day| first.starts_with(day)) => rest,
        _ => name.as_str(),
    };
    let month = MONTHS.iter().position(|names| names.contains(&name))?;
    i8::try_from(month + 1).ok()
}
