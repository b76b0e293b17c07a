//! A date as people write it: in their order, their language and their calendar.

use jiff::civil::Date;

/// The months in the languages of the countries where SEEK Pass is used (English, Indonesian, Malay, Filipino, Thai); the
/// first three letters of a name, and any more, are enough.
const MONTHS: [&[&str]; 12] = [
    &["january", "januari", "enero", "มกราคม", "มค"],
    &["february", "februari", "pebruari", "pebrero", "กุมภาพันธ์", "กพ"],
    &["march", "maret", "mac", "marso", "มีนาคม", "มีค"],
    &["april", "abril", "เมษายน", "เมย"],
    &["may", "mei", "mayo", "พฤษภาคม", "พค"],
    &["june", "juni", "hunyo", "มิถุนายน", "มิย"],
    &["july", "juli", "julai", "hulyo", "กรกฎาคม", "กค"],
    &["august", "agustus", "agt", "ogos", "agosto", "สิงหาคม", "สค"],
    &["september", "setyembre", "กันยายน", "กย"],
    &["october", "oktober", "oktubre", "ตุลาคม", "ตค"],
    &["november", "nopember", "nobyembre", "พฤศจิกายน", "พย"],
    &["december", "desember", "disember", "disyembre", "ธันวาคม", "ธค"],
];

/// What stands in a date beside day, month and year: ordinals, and words for day, month, year and era.
const BESIDE: [&str; 21] = [
    "st",
    "nd",
    "rd",
    "th",
    "of",
    "de",
    "ng",
    "ika",
    "tanggal",
    "ngày",
    "tháng",
    "năm",
    "วันที่",
    "พศ",
    "คศ",
    "年",
    "月",
    "日",
    "년",
    "월",
    "일",
];

/// From this year on it is one of the Buddhist era, as in Thailand, 543 years ahead.
const BUDDHIST: i16 = 2400;

/// Every date that a text can mean, in plain digits: none if it is no date, and two where the day could be the month.
/// The year has four digits.
pub(super) fn readings(text: &str) -> Vec<Date> {
    let (numbers, words) = parts(&text.to_lowercase());
    let numbers: Vec<&str> = numbers.iter().map(String::as_str).collect();
    let named: Option<Vec<String>> =
        words.iter().filter(|word| !BESIDE.contains(&word.as_str())).map(|word| month(word)).collect();
    let orders = match (named.as_deref(), &numbers[..]) {
        // 31122003 and 20031231, of which only one makes a date of this or the last century
        (Some([]), [all]) if all.len() == 8 => {
            let (year, month, day) = (&all[..4], &all[4..6], &all[6..]);
            let (first, second, last) = (&all[..2], &all[2..4], &all[4..]);
            vec![date(year, month, day), date(last, second, first), date(last, first, second)]
        }
        (Some([]), [year, month, day]) if year.len() == 4 => vec![date(year, month, day)],
        (Some([]), [one, other, year]) => vec![date(year, other, one), date(year, one, other)],
        (Some([month]), [year, day]) if year.len() == 4 => vec![date(year, month, day)],
        (Some([month]), [day, year]) => vec![date(year, month, day)],
        _ => Vec::new(),
    };
    let mut dates: Vec<_> = orders.into_iter().flatten().collect();
    dates.dedup();
    dates
}

/// The runs of digits, and of letters without the dots of abbreviations: `31 ธ.ค. 2546` has the word `ธค`.
fn parts(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut numbers, mut words) = (Vec::new(), Vec::new());
    let mut before = Kind::Sign;
    for character in text.chars() {
        let kind = match Kind::of(character) {
            Kind::Sign if character == '.' && before == Kind::Letter => continue,
            kind => kind,
        };
        let runs = match kind {
            Kind::Sign => None,
            Kind::Digit => Some(&mut numbers),
            Kind::Letter => Some(&mut words),
        };
        if let Some(runs) = runs {
            match runs.last_mut() {
                Some(run) if kind == before => String::push(run, character),
                _ => runs.push(character.to_string()),
            }
        }
        before = kind;
    }
    (numbers, words)
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Digit,
    Letter,
    Sign,
}

impl Kind {
    fn of(character: char) -> Self {
        match character {
            '0'..='9' => Self::Digit,
            // vowels and tones of Thai, which Unicode does not count among the letters
            '\u{e31}'..='\u{e4e}' => Self::Letter,
            other if other.is_alphabetic() => Self::Letter,
            _ => Self::Sign,
        }
    }
}

/// The number of a month, where the word is its name or the beginning of it.
fn month(word: &str) -> Option<String> {
    let is_meant = |name: &&str| *name == word || (word.chars().count() >= 3 && name.starts_with(word));
    let at = MONTHS.iter().position(|names| names.iter().any(is_meant))?;
    Some((at + 1).to_string())
}

/// The date, if it exists and somebody living may have been born on it.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let year: i16 = year.parse().ok()?;
    let year = if year < BUDDHIST { year } else { year - 543 };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok().filter(|_| year >= 1900)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typed::plain;

    const LAST_OF_2003: Date = Date::constant(2003, 12, 31);

    #[test]
    fn a_date_of_birth_is_read_as_people_write_it() {
        for typed in [
            "31/12/2003",
            "31.12.2003",
            "2003-12-31",
            "31-12-2003",
            " 31 12 2003 ",
            "2003/12/31",
            "2003.12.31.",
            "12/31/2003",
            "31122003",
            "20031231",
            "12312003",
            "31 Dec 2003",
            "Dec 31 2003",
            "Dec. 31, 2003",
            "DECEMBER 31st, 2003",
            "31st of December 2003",
            "31-Dec-2003",
            "31dec2003",
            "2003 Dec 31",
            "31 Desember 2003",
            "31 Disember 2003",
            "ika-31 ng Disyembre 2003",
            "31 tháng 12 năm 2003",
            "2003年12月31日",
            "2003년 12월 31일",
            "３１／１２／２００３",
            "31/12/2546",
            "๓๑/๑๒/๒๕๔๖",
            "31 ธันวาคม 2546",
            "31 ธ.ค. 2546",
            "๓๑ ธ.ค. พ.ศ. ๒๕๔๖",
            "วันที่ 31 ธันวาคม พ.ศ. 2546",
            "2546-12-31",
            "31122546",
            "٣١/١٢/٢٠٠٣",
            "३१/१२/२००३",
            "31\u{2044}12\u{2044}2003",
            "\u{200e}31/\u{200e}12/\u{200e}2003",
            "“31–12–2003”",
        ] {
            assert_eq!(readings(&plain(typed)), [LAST_OF_2003], "{typed}");
        }
    }

    #[test]
    fn every_month_is_known_by_its_names_and_their_beginnings() {
        for (at, names) in MONTHS.iter().enumerate() {
            let born = Date::new(2003, i8::try_from(at + 1).unwrap_or(0), 5).ok();
            for name in *names {
                let begin: String = name.chars().take(3).collect();
                for name in [*name, &begin] {
                    assert_eq!(readings(&format!("5 {name} 2003")).first().copied(), born, "{name}");
                }
                let others =
                    MONTHS.iter().filter(|others| others.iter().any(|other| other.starts_with(&begin)));
                assert_eq!(others.count(), 1, "{begin} begins one month only");
            }
        }
    }

    #[test]
    fn where_the_day_could_be_the_month_both_are_meant() {
        let (day_first, month_first) = (Date::constant(1999, 4, 3), Date::constant(1999, 3, 4));
        for typed in ["3/4/1999", "03.04.1999", "03041999", "3 4 2542"] {
            assert_eq!(readings(typed), [day_first, month_first], "{typed}");
        }
        assert_eq!(
            readings("1999-04-03"),
            [day_first],
            "nobody writes the day in the middle behind the year"
        );
        assert_eq!(readings("4/4/1999").len(), 1);
    }

    /// What the lock counts on: a guess covers two days at most, and all days of a year take 299 guesses.
    #[test]
    fn few_days_go_with_another() {
        let mut left: Vec<Date> =
            Date::constant(1999, 1, 1).series(jiff::Span::new().days(1)).take(365).collect();
        let mut guesses = 0;
        while let Some(day) = left.last().copied() {
            let meant = readings(&day.strftime("%d/%m/%Y").to_string());
            assert!(meant.len() <= 2 && meant.contains(&day));
            left.retain(|it| !meant.contains(it));
            guesses += 1;
        }
        assert_eq!(guesses, 299);
    }

    #[test]
    fn what_is_no_date_is_none() {
        for typed in [
            "",
            "27/03/99",
            "31/02/1999",
            "13/13/1999",
            "a/b/cdef",
            "1/2/3/1999",
            "27 March",
            "March 1999",
            "1999",
            "27 Foo 1999",
            "27 Mar Apr 1999",
            "0/0/1999",
            "27/03/19999",
            "12345678",
            "31/12/1866",
            "99999999999/1/1",
        ] {
            assert_eq!(readings(&plain(typed)), [], "{typed}");
        }
    }
}
