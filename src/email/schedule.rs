//! When everybody will have been mailed, at the pace of the settings and within the hours of a night.

use std::time::Duration;

use jiff::civil::Time;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, Zoned};

use crate::config::MailSettings;

/// Nights after which nobody waits for an end any more.
const MOST_NIGHTS: u32 = 3650;

/// The end of all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finish {
    /// When the last message leaves.
    pub at: Zoned,
    /// In which night, counted from 1, where each begins at the time of day at which the first did.
    pub nights: u32,
}

impl Finish {
    /// For people.
    #[must_use]
    pub fn words(&self) -> String {
        let nights = if self.nights == 1 { String::new() } else { format!(", after {} nights", self.nights) };
        format!("everybody will have been mailed by {}{nights}", self.at.strftime("%A, %-d %B %Y, %H:%M"))
    }
}

/// When so many messages will have left that are begun at `now`, of whose day's budget so many are used up; none where nothing limits
/// them, or where they would take longer than ten years.
#[must_use]
pub fn finish(
    settings: &MailSettings,
    messages: i64,
    (now, used): (&Zoned, i64),
    until: Option<Time>,
) -> Option<Finish> {
    let apart = |span: Duration, count: Option<std::num::NonZeroU32>| count.map(|count| span / count.get());
    let apart = apart(Duration::from_secs(1), settings.per_second)
        .max(apart(Duration::from_mins(1), settings.per_minute));
    if messages <= 0 || apart.is_none() && settings.per_day.is_none() {
        return None;
    }
    let apart = apart.unwrap_or_default();
    let per_day = settings.per_day.map_or(i64::MAX, |limit| i64::from(limit.get()));
    let (mut left, mut budget, mut begin) = (messages, per_day.saturating_sub(used), now.clone());
    for nights in 1..=MOST_NIGHTS {
        let in_time = until.map_or(i64::MAX, |until| {
            let hours = begin.timestamp().duration_until(next(until, &begin)).unsigned_abs();
            let slots = hours.as_nanos().checked_div(apart.as_nanos());
            slots.map_or(i64::MAX, |slots| i64::try_from(slots).unwrap_or(i64::MAX).saturating_add(1))
        });
        let tonight = budget.min(in_time).max(0);
        if left <= tonight {
            let last = apart.saturating_mul(u32::try_from(left - 1).unwrap_or(u32::MAX));
            return Some(Finish { at: begin.checked_add(last).ok()?, nights });
        }
        left -= tonight;
        budget = per_day;
        begin = begin.checked_add(Span::new().days(1)).ok()?;
    }
    None
}

/// The next moment at which it is this time of day.
#[must_use]
pub fn next(time: Time, now: &Zoned) -> Timestamp {
    let zone: &TimeZone = now.time_zone();
    let on = |days: i64| {
        let date = now.date().saturating_add(Span::new().days(days));
        date.to_datetime(time).to_zoned(zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp())
    };
    if on(0) > now.timestamp() { on(0) } else { on(1) }
}

/// A time of day as `06:00`.
///
/// # Errors
/// Where it is none.
pub fn time_of_day(text: &str) -> Result<Time, String> {
    Time::strptime("%H:%M", text).map_err(|_| "write a time of day like 06:00".to_owned())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::config::Config;

    fn settings(lines: &str) -> MailSettings {
        let text = format!(
            "[institution]\nname = \"Northfield University\"\nsupport_email = \"help@northfield.example\"\n\
             time_zone = \"Australia/Melbourne\"\n[database]\npath = \"db\"\n[code]\nkey_file = \"key\"\n\
             [web]\npublic_url = \"https://northfield.example\"\n\
             [mail]\nrelay = \"smtp://localhost\"\nfrom = \"help@northfield.example\"\n{lines}\n"
        );
        Config::parse(&text, std::path::Path::new("gradpass.toml")).unwrap().mail
    }

    fn at(text: &str) -> Zoned {
        text.parse::<Timestamp>().unwrap().in_tz("Australia/Melbourne").unwrap()
    }

    #[test]
    fn ten_thousand_at_thirty_a_minute_take_a_quarter_of_a_day_or_two_nights() {
        let night = at("2026-11-23T02:00:00+11:00");
        let slow = settings("per_minute = 30");
        let done = finish(&slow, 10_000, (&night, 0), None).unwrap();
        assert_eq!(
            (done.at.to_string().as_str(), done.nights),
            ("2026-11-23T07:33:18+11:00[Australia/Melbourne]", 1)
        );
        // four hours a night have room for 7,200 and the one at their end
        let done = finish(&slow, 10_000, (&night, 0), Some(time_of_day("06:00").unwrap())).unwrap();
        assert_eq!(
            (done.at.to_string().as_str(), done.nights),
            ("2026-11-24T03:33:16+11:00[Australia/Melbourne]", 2)
        );
        assert_eq!(
            done.words(),
            "everybody will have been mailed by Tuesday, 24 November 2026, 03:33, after 2 nights"
        );
    }

    #[test]
    fn a_budget_that_is_used_up_begins_anew_the_next_day() {
        let night = at("2026-11-23T02:00:00+11:00");
        let few = settings("per_day = 100");
        let nights = |messages, used| finish(&few, messages, (&night, used), None).map(|done| done.nights);
        assert_eq!(
            [nights(100, 0), nights(101, 0), nights(100, 100), nights(0, 0)],
            [Some(1), Some(2), Some(2), None]
        );
        assert_eq!(finish(&settings(""), 1_000_000, (&night, 0), None), None, "nothing limits it");
    }

    #[test]
    fn the_next_time_of_day_may_be_tomorrow_and_the_clock_may_change() {
        let time = time_of_day("06:00").unwrap();
        assert_eq!(next(time, &at("2026-11-23T02:00:00+11:00")), at("2026-11-23T06:00:00+11:00").timestamp());
        assert_eq!(next(time, &at("2026-11-23T06:00:00+11:00")), at("2026-11-24T06:00:00+11:00").timestamp());
        assert_eq!(next(time, &at("2027-04-03T23:00:00+11:00")), at("2027-04-04T06:00:00+10:00").timestamp());
        assert!(time_of_day("6 o'clock").is_err() && time_of_day("25:00").is_err());
    }
}
