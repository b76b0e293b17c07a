//! Reminders: how long after the message before it each of them is due, in days of the university's calendar. Whom it makes sense
//! to remind, the ledger knows (the view `remindable` of `sql/migrations`).

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

/// The rules of the configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reminders {
    /// Days after the invitation, growing; nobody is reminded where there are none.
    pub after_days: Vec<u16>,
    /// Of one invitation, whatever happened in between.
    pub at_most: Option<u32>,
    /// Whether mail readers get a button of their own for opting out (RFC 8058).
    pub list_unsubscribe: bool,
}

impl Reminders {
    /// Whether anybody is ever reminded.
    #[must_use]
    pub const fn are_sent(&self) -> bool {
        !self.after_days.is_empty()
    }

    /// Days between a message and the reminder that follows it, by how many reminders there were before.
    fn gaps(&self) -> impl Iterator<Item = u16> {
        let before = [0].into_iter().chain(self.after_days.iter().copied());
        self.after_days.iter().zip(before).map(|(day, before)| day - before)
    }

    /// By how many reminders there were, the moment before which the last message must have left for the next
    /// to be due on the day of `now`. Whole days count, so that nightly runs need not begin at the same minute.
    #[must_use]
    pub fn moments(&self, now: Timestamp, zone: &TimeZone) -> Vec<Timestamp> {
        let today = now.to_zoned(zone.clone()).date();
        let moment = |gap: u16| {
            let day =
                today.saturating_sub(Span::new().days(i64::from(gap))).saturating_add(Span::new().days(1));
            day.to_zoned(zone.clone()).map_or(Timestamp::MIN, |midnight| midnight.timestamp())
        };
        self.gaps().map(moment).collect()
    }

    /// On which day a reminder is due that follows so many others, of which the last message left then.
    #[must_use]
    pub fn day(&self, number: i64, sent_at: Timestamp, zone: &TimeZone) -> Option<Date> {
        let gap = self.gaps().nth(usize::try_from(number).ok()?)?;
        let sent = sent_at.to_zoned(zone.clone()).date();
        Some(sent.saturating_add(Span::new().days(i64::from(gap))))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn whole_days_count_and_the_clock_may_change_between_them() {
        let zone = TimeZone::get("Australia/Melbourne").unwrap();
        let reminders = Reminders { after_days: vec![7, 21], ..Reminders::default() };
        // summer time ends on 4 April
        let at = |text: &str| text.parse::<Timestamp>().unwrap();
        let moments = reminders.moments(at("2027-04-07T02:00:00+10:00"), &zone);
        let days = ["2027-04-01T00:00:00+11:00", "2027-03-25T00:00:00+11:00"];
        assert_eq!(moments, days.map(at));
        // mailed late on one night, and due early on another
        let sent = at("2027-03-31T23:59:00+11:00");
        assert!(sent < moments[0]);
        assert_eq!(reminders.day(0, sent, &zone), Some(jiff::civil::date(2027, 4, 7)));
        assert_eq!(reminders.day(1, sent, &zone), Some(jiff::civil::date(2027, 4, 14)));
        assert_eq!(reminders.day(2, sent, &zone), None);
        assert!(Reminders::default().moments(at("2027-04-07T02:00:00+10:00"), &zone).is_empty());
    }
}
