//! When a message that the relay put off is tried again.

use std::time::Duration;

const MINUTE: u64 = 60;

/// So many times it is tried when the relay says; from then on as if it had not said so, or a relay that always says five
/// minutes would have used up every attempt within the hour.
const AS_ASKED: i64 = 2;
/// Beyond what was asked: the relay counts by a clock of its own.
const MARGIN: Duration = Duration::from_secs(15);
/// The longest wait that is believed.
const LONGEST: Duration = Duration::from_hours(4);

/// How long a deferred message rests before attempt number `attempts + 1` (RFC 5321 §4.5.4.1 asks for growing delays of at
/// least half an hour after the first tries): as long as the relay asked for in its `reply`, at first.
#[must_use]
pub fn delay_after(attempts: i64, reply: &str) -> Duration {
    let asked = asked(reply).filter(|_| attempts <= AS_ASKED);
    asked.unwrap_or_else(|| {
        let minutes = match attempts {
            ..=1 => 10,
            2 => 30,
            3 => 60,
            4 => 3 * 60,
            5 => 6 * 60,
            _ => 12 * 60,
        };
        Duration::from_secs(minutes * MINUTE)
    })
}

/// The wait in the words of a relay that greylists: "try again in 300 seconds", "Greylisted for 5 minutes", "come back in
/// 00:04:59".
fn asked(reply: &str) -> Option<Duration> {
    let reply = reply.to_lowercase();
    let is_about_waiting = ["greylist", "graylist", "grey-list", "try again", "retry", "come back"];
    if !is_about_waiting.iter().any(|words| reply.contains(words)) {
        return None;
    }
    let words: Vec<_> = reply.split([' ', ',', ';', '(', ')']).filter(|word| !word.is_empty()).collect();
    let mut behind = words.windows(3).filter(|three| ["in", "for", "after"].contains(&three[0]));
    // the last word of all may be the time
    let last = words.last_chunk().filter(|[before, _]| ["in", "for", "after"].contains(before));
    let found = behind.find_map(|three| span(three[1], three[2])).or_else(|| span(last?[1], ""));
    found.map(|span| span.saturating_add(MARGIN).clamp(Duration::from_secs(MINUTE), LONGEST))
}

/// A number with its unit, or a time as on a clock.
fn span(number: &str, unit: &str) -> Option<Duration> {
    let number = number.trim_end_matches('.');
    if number.contains(':') {
        let parts = number.split(':').map(|part| part.parse::<u32>().ok());
        let seconds = parts.take(4).try_fold(0_u64, |sum, part| Some(sum * MINUTE + u64::from(part?)))?;
        return Some(Duration::from_secs(seconds));
    }
    let seconds = match unit.trim_end_matches('.') {
        "s" | "sec" | "secs" | "second" | "seconds" => 1,
        "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
        "h" | "hour" | "hours" => 60 * MINUTE,
        _ => return None,
    };
    number.parse::<u32>().ok().map(|number| Duration::from_secs(u64::from(number) * seconds))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::invitation::MOST_ATTEMPTS;

    #[test]
    fn delays_grow_and_end() {
        let delays: Vec<_> = (1..MOST_ATTEMPTS).map(|attempts| delay_after(attempts, "451 later")).collect();
        assert!(delays.is_sorted());
        let days = delays.iter().sum::<Duration>().as_secs() / 86_400;
        assert!((2..=5).contains(&days), "{days} days of trying");
    }

    #[test]
    fn a_relay_that_says_when_is_believed_at_first() {
        let usual = 10 * MINUTE;
        for (reply, seconds) in [
            ("450 4.2.0 <…> Recipient address rejected: Greylisted for 5 minutes", 315),
            ("451 4.7.1 Greylisting in action, please come back in 00:04:59", 314),
            ("451 4.7.1 Greylisted, please try again in 300 seconds", 315),
            ("451 4.7.1 try again in 1 hour.", 3615),
            ("450 4.7.1 Please retry after 20 min (greylisting)", 1215),
            ("451 greylisted, come back in 1 second", 60),
            ("451 try again in 90 hours", 4 * 60 * MINUTE),
            ("451 try again in 4294967295 hours", 4 * 60 * MINUTE),
            // it does not say
            ("451 4.7.1 Greylisted", usual),
            ("451 4.7.1 Try again later", usual),
            ("451 4.7.1 try again in a few minutes", usual),
            ("451 4.7.1 try again in 300", usual),
            ("451 4.7.1 try again in", usual),
            ("450 4.7.1 only 100 messages for 60 seconds", usual),
            ("451", usual),
            ("", usual),
        ] {
            assert_eq!(delay_after(1, reply).as_secs(), seconds, "{reply}");
        }
        let reply = "451 4.7.1 Greylisted for 5 minutes";
        let delays: Vec<_> =
            (1..=4).map(|attempts| delay_after(attempts, reply).as_secs() / MINUTE).collect();
        assert_eq!(delays, [5, 5, 60, 180], "a relay that always says so does not use up every attempt");
    }

    proptest! {
        #[test]
        fn no_words_make_a_wait_that_is_out_of_bounds(
            words in "greylisted (in|for|after) [0-9:.]{0,12} ?(seconds|minutes|hours)?|\\PC{0,60}",
            attempts in 0..20_i64,
        ) {
            let delay = delay_after(attempts, &words);
            prop_assert!((MINUTE..=12 * 60 * MINUTE).contains(&delay.as_secs()), "{delay:?}");
        }
    }
}
