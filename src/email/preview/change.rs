//! The change of the roster or the ledger that a message comes from, for whoever looks at it.

use crate::graduate::EmailAddress;
use crate::invitation::Occasion;
use crate::plural::counted;
use crate::store::{DueMessage, Origin};

/// Why a message is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The graduate is invited for the first time.
    New,
    /// The graduate was invited before, for other qualifications.
    AnotherInvitation,
    /// The roster has another address now: the old one and the new one, both masked.
    Address(String, String),
    /// It replaces an email that left, or may have left.
    Replacement,
    /// What is in SEEK Pass is conferred now, or was corrected.
    Update,
    /// It reminds of an invitation that was not used.
    Reminder,
    /// It was tried before: so many times.
    Again(i64),
}

impl Change {
    /// From what the ledger says of the message, and the address that stood there before the import.
    #[must_use]
    pub fn of(message: &DueMessage, origin: Option<Origin>, address_before: Option<&str>) -> Self {
        if matches!(message.occasion, Occasion::Update { .. }) {
            return Self::Update;
        }
        let email = &message.graduate.email;
        let before = address_before.filter(|before| *before != email.as_str());
        match (origin, before.and_then(|before| EmailAddress::parse(before).ok())) {
            (Some(Origin { is_reminder: true, .. }), _) => Self::Reminder,
            (_, Some(before)) => Self::Address(before.masked(), email.masked()),
            _ if message.attempts > 0 => Self::Again(message.attempts),
            (Some(Origin { follows_mail: true, .. }), _) => Self::Replacement,
            (Some(Origin { follows_invitation: true, .. }), _) => Self::AnotherInvitation,
            _ => Self::New,
        }
    }

    /// What the index can be filtered by: word and label.
    pub const FILTERS: [(&str, &str); 7] = [
        ("update", "conferred or corrected since"),
        ("new", "new"),
        ("more", "one more qualification"),
        ("address", "changed address"),
        ("replacement", "replaces an earlier email"),
        ("reminder", "reminder"),
        ("again", "tried before"),
    ];

    /// The word of it in [`Change::FILTERS`].
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::AnotherInvitation => "more",
            Self::Address(..) => "address",
            Self::Replacement => "replacement",
            Self::Reminder => "reminder",
            Self::Update => "update",
            Self::Again(_) => "again",
        }
    }

    /// For people.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::New => "new".into(),
            Self::AnotherInvitation => "one more qualification".into(),
            Self::Address(old, new) => format!("changed address: {old} → {new}"),
            Self::Replacement => "replaces an earlier email".into(),
            Self::Reminder => "reminder".into(),
            Self::Update => "conferred or corrected since it was added".into(),
            Self::Again(1) => "tried once before".into(),
            Self::Again(attempts) => format!("tried {} before", counted(*attempts, "time")),
        }
    }
}
