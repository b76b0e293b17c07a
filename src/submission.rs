//! A submission: one credential on its way to SEEK Pass, under an id of ours.
//!
//! ```text
//! waiting ─► incomplete ─► verified      the graduate finished in SEEK Pass
//!    │            ├──────► canceled      the graduate declined
//!    │            ├──────► lapsed        48 hours passed
//!    │            └──────► revoked, unshared   it was in SEEK Pass, and is there no more; also from verified
//!    │            ├──────► misdirected   finished by whoever had a link that was no longer hers
//!    │            verified ─► superseded it is conferred now, or was corrected: added again under another id
//!    ├─► rejected                        SEEK Pass will not take it: a person must look
//!    └─► replaced                        the roster changed, or its 48 hours ran out: another id goes on for it
//! ```
//!
//! What follows from the guide's rules for ids (redirect-user): within 48 hours the same id gives the same link, so a
//! try whose answer was lost is simply repeated under its id; after them the data are gone, and the same code begins
//! anew under another id.

use jiff::{SignedDuration, Timestamp};

use crate::clock::after;
use crate::seek::Link;

/// How long SEEK Pass keeps what nobody finished.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(48);

/// This close to the end of the 48 hours an id counts as gone: a retry could arrive behind them, and nobody finishes
/// in SEEK Pass in so little time. It also covers two clocks that differ.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// How long a rejection stands before the same data may be tried again: a mistake of ours may have
/// been mended by then, and no graduate can make us repeat a hopeless call all day.
const REJECTION: SignedDuration = SignedDuration::from_hours(1);

/// The states of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
#[expect(missing_docs, reason = "told in the module's picture")]
pub enum SubmissionState {
    Waiting,
    Incomplete,
    Verified,
    Canceled,
    Lapsed,
    Revoked,
    Unshared,
    Rejected,
    Replaced,
    Superseded,
    Misdirected,
}

impl SubmissionState {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 11] = [
        Self::Waiting,
        Self::Incomplete,
        Self::Verified,
        Self::Canceled,
        Self::Lapsed,
        Self::Revoked,
        Self::Unshared,
        Self::Rejected,
        Self::Replaced,
        Self::Superseded,
        Self::Misdirected,
    ];

    /// The word that the ledger keeps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Incomplete => "incomplete",
            Self::Verified => "verified",
            Self::Canceled => "canceled",
            Self::Lapsed => "lapsed",
            Self::Revoked => "revoked",
            Self::Unshared => "unshared",
            Self::Rejected => "rejected",
            Self::Replaced => "replaced",
            Self::Superseded => "superseded",
            Self::Misdirected => "misdirected",
        }
    }
}

/// The latest submission of a qualification, as the ledger has it.
#[derive(Debug, Clone)]
pub struct Latest {
    /// The order of arrival.
    pub id: i64,
    /// Its id at SEEK Pass.
    pub seek_pass_id: String,
    /// What became of it.
    pub state: SubmissionState,
    /// Of the data it was asked for with.
    pub digest: Vec<u8>,
    /// When it may first have reached SEEK Pass.
    pub sent_at: Option<Timestamp>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Where the graduate finishes it.
    pub link: Option<Link>,
}

/// What a press of the button means for a qualification now.
#[derive(Debug, Clone)]
pub enum RedemptionState {
    /// It begins a new submission.
    Addable,
    /// It is under way.
    Waiting(Latest),
    /// The link still works.
    Linked(Link),
    /// The data have changed since: a new submission takes the place of this one.
    Changed(Latest),
    /// Its 48 hours have passed and nobody has told us how it ended.
    Overdue(Latest),
    /// It is in SEEK Pass.
    Verified,
    /// SEEK Pass would not take the very same data a short while ago.
    Rejected,
}

impl RedemptionState {
    /// How a qualification stands; `digest` is that of its data now.
    #[must_use]
    pub fn of(latest: Option<&Latest>, digest: &[u8], now: Timestamp) -> Self {
        let Some(latest) = latest else { return Self::Addable };
        match latest.state {
            SubmissionState::Canceled
            | SubmissionState::Lapsed
            | SubmissionState::Revoked
            | SubmissionState::Unshared
            | SubmissionState::Replaced
            | SubmissionState::Superseded
            | SubmissionState::Misdirected => Self::Addable,
            SubmissionState::Verified => Self::Verified,
            SubmissionState::Waiting => Self::Waiting(latest.clone()),
            SubmissionState::Rejected => {
                let stands = latest.ended_at.is_some_and(|ended| now < after(ended, REJECTION));
                if stands && latest.digest == digest { Self::Rejected } else { Self::Addable }
            }
            SubmissionState::Incomplete if !latest.sent_at.is_some_and(|sent| is_alive(sent, now)) => {
                Self::Overdue(latest.clone())
            }
            SubmissionState::Incomplete => match &latest.link {
                Some(link) if latest.digest == digest => Self::Linked(link.clone()),
                _ => Self::Changed(latest.clone()),
            },
        }
    }
}

/// Whether an id that first reached SEEK Pass at `sent_at` can still be used at `now`.
#[must_use]
pub fn is_alive(sent_at: Timestamp, now: Timestamp) -> bool {
    now < after(sent_at, LIFETIME - MARGIN)
}

/// Whether a waiting submission must go on under another id: SEEK Pass may know this one with other data, or forget it
/// before the next try arrives.
#[must_use]
pub fn needs_another_id(
    sent_at: Option<Timestamp>,
    asked_with: &[u8],
    digest: &[u8],
    now: Timestamp,
) -> bool {
    asked_with != digest || sent_at.is_some_and(|sent| !is_alive(sent, now))
}

/// Whether a status of canceled means that the time ran out rather than that the graduate declined: SEEK Pass has one
/// word for both (status page; redirect-user:mid).
#[must_use]
pub fn ran_out(sent_at: Option<Timestamp>, canceled_at: Timestamp) -> bool {
    // their clock may be a little behind ours
    sent_at.is_some_and(|sent| canceled_at >= after(sent, LIFETIME - MARGIN))
}
