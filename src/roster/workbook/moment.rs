//! Days and times, which workbooks keep as a number of days.

use jiff::ToSpan;
use jiff::civil::{Date, date};

/// Which day has the number 0.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    #[default]
    /// The eve of 1900, and 1900 has a 29 February, as Lotus 1-2-3 had it.
    From1900,
    /// 1 January 1904, as on old Macs.
    From1904,
}

/// How much of a moment a number format shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    Year,
    /// A day, perhaps with a time.
    Day,
    Time,
}

const SECONDS_A_DAY: i64 = 86_400;

/// After 31 December 9999.
const TOO_LATE: f64 = 2_958_466.0;

/// A moment as `YYYY-MM-DD`, with its time when that is not midnight; `YYYY` or `HH:MM:SS` where no more is shown.
pub(super) fn shown(number: f64, shows: Shows, dates: Dates) -> Result<String, String> {
    if !(0.0..TOO_LATE).contains(&number) {
        return Err("is a date that no spreadsheet program can show; type it again".into());
    }
    #[expect(clippy::cast_possible_truncation, reason = "the number was just held against its bounds")]
    let seconds = (number * 86_400.0).round() as i64;
    let (day, second) = (seconds / SECONDS_A_DAY, seconds % SECONDS_A_DAY);
    let time = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
    if shows == Shows::Time {
        return Ok(time);
    }
    let day = match dates {
        // days that are none: whoever judges dates refuses them
        Dates::From1900 if day == 0 => "1900-01-00".to_owned(),
        Dates::From1900 if day == 60 => "1900-02-29".to_owned(),
        Dates::From1900 if day < 60 => after(date(1899, 12, 31), day)?,
        Dates::From1900 => after(date(1899, 12, 30), day)?,
        Dates::From1904 => after(date(1904, 1, 1), day)?,
    };
    if shows == Shows::Year {
        return Ok(day.chars().take(4).collect());
    }
    Ok(if second == 0 { day } else { format!("{day} {time}") })
}

/// A moment that was written in full, `2026-06-30T00:00:00`, in the same words; what is no such moment stays as it is.
pub(super) fn written(text: &str, shows: Shows) -> String {
    let (day, time) = text.split_once('T').unwrap_or((text, ""));
    let time = time.split_once(['.', ',']).map_or(time, |(time, fraction)| {
        if fraction.bytes().all(|byte| byte.is_ascii_digit()) { time } else { text }
    });
    match time {
        _ if day.parse::<Date>().is_err() => text.to_owned(),
        _ if shows == Shows::Year => day.chars().take(4).collect(),
        "" | "00:00" | "00:00:00" => day.to_owned(),
        time => format!("{day} {time}"),
    }
}

fn after(first: Date, days: i64) -> Result<String, String> {
    let too_late = |_| "is a date after the year 9999; type it again".to_owned();
    Ok(first.checked_add(days.days()).map_err(too_late)?.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_excel_counts_them() {
        for (number, text) in [
            (46_203.0, "2026-06-30"),
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (60.0, "1900-02-29"),
            (61.0, "1900-03-01"),
            (0.0, "1900-01-00"),
            (2_958_465.0, "9999-12-31"),
            (46_202.666_666_666_67, "2026-06-29 16:00:00"),
            (46_202.999_999_999, "2026-06-30"),
        ] {
            assert_eq!(shown(number, Shows::Day, Dates::From1900).as_deref(), Ok(text));
        }
        assert_eq!(shown(44_741.0, Shows::Day, Dates::From1904).as_deref(), Ok("2026-06-30"));
        assert_eq!(shown(0.0, Shows::Day, Dates::From1904).as_deref(), Ok("1904-01-01"));
        assert!(shown(-1.0, Shows::Day, Dates::From1900).is_err());
        assert!(shown(2_958_465.0, Shows::Day, Dates::From1904).is_err());
    }

    #[test]
    fn written_moments_are_said_alike() {
        for (text, said) in [
            ("2026-06-30", "2026-06-30"),
            ("2026-06-30T00:00:00", "2026-06-30"),
            ("2026-06-30T00:00:00.000", "2026-06-30"),
            ("2026-06-30T16:05:00.5", "2026-06-30 16:05:00"),
            ("2026-06-30T16:00:00Z", "2026-06-30 16:00:00Z"),
            ("16:00:00", "16:00:00"),
        ] {
            assert_eq!(written(text, Shows::Day), said);
        }
        assert_eq!(written("2026-06-30T00:00:00", Shows::Year), "2026");
    }

    #[test]
    fn no_more_is_said_than_is_shown() {
        assert_eq!(shown(46_203.25, Shows::Year, Dates::From1900).as_deref(), Ok("2026"));
        assert_eq!(shown(46_203.25, Shows::Time, Dates::From1900).as_deref(), Ok("06:00:00"));
    }
}
