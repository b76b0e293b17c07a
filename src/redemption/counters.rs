//! What happened on the page since the service started, for the metrics: counts, never who.

use std::sync::atomic::{AtomicU64, Ordering};

/// What can happen to a press of the button, or a look at a waiting page.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "each is told by its word")]
pub enum Event {
    Linked,
    Waiting,
    Opened,
    Verified,
    Rejected,
    Typo,
    WrongCode,
    TooMany,
    OtherSite,
    Fault,
    Silent,
    OptedOut,
}

const EVENTS: [(Event, &str); 12] = [
    (Event::Linked, "linked"),
    (Event::Waiting, "waiting"),
    (Event::Opened, "opened"),
    (Event::Verified, "verified"),
    (Event::Rejected, "rejected"),
    (Event::Typo, "typo"),
    (Event::WrongCode, "wrong_code"),
    (Event::TooMany, "too_many"),
    (Event::OtherSite, "other_site"),
    (Event::Fault, "fault"),
    (Event::Silent, "seek_pass_silent"),
    (Event::OptedOut, "opted_out"),
];

/// The counts.
#[derive(Debug, Default)]
pub struct Counters([AtomicU64; EVENTS.len()]);

impl Counters {
    /// One more.
    pub fn count(&self, event: Event) {
        self.0[event as usize].fetch_add(1, Ordering::Relaxed);
    }

    /// Each event's word and count.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        EVENTS.iter().map(|(event, word)| (*word, self.0[*event as usize].load(Ordering::Relaxed)))
    }
}
