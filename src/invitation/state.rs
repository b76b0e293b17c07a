//! The states of invitations and messages; `docs/states.md` draws every move between them.

/// How an invitation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum InvitationState {
    /// Its codes work.
    Open,
    /// All of it is in SEEK Pass.
    Verified,
    /// The roster lists nothing of it any more.
    Withdrawn,
    /// A person took it back.
    Revoked,
}

/// How a message stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(rename_all = "snake_case")]
pub enum MessageState {
    /// Due, or due later.
    Waiting,
    /// In the hands of a run.
    Sending,
    /// The relay took it.
    Sent,
    /// The relay asked for another try later.
    Deferred,
    /// The relay took it, and a mail system sent it back.
    Bounced,
    /// The relay will not take it: a person must look.
    Refused,
    /// Nobody knows whether the relay took it: a person decides.
    InDoubt,
    /// It makes no sense any more.
    Canceled,
}

impl InvitationState {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 4] = [Self::Open, Self::Verified, Self::Revoked, Self::Withdrawn];

    /// The word that the ledger keeps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Verified => "verified",
            Self::Withdrawn => "withdrawn",
            Self::Revoked => "revoked",
        }
    }
}

impl MessageState {
    /// Every state, in the order of its life.
    pub const ALL: [Self; 8] = [
        Self::Waiting,
        Self::Sending,
        Self::Deferred,
        Self::Sent,
        Self::InDoubt,
        Self::Bounced,
        Self::Refused,
        Self::Canceled,
    ];

    /// The word that the ledger keeps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Deferred => "deferred",
            Self::Bounced => "bounced",
            Self::Refused => "refused",
            Self::InDoubt => "in_doubt",
            Self::Canceled => "canceled",
        }
    }

    /// For people: `in doubt`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InDoubt => "in doubt",
            other => other.word(),
        }
    }
}
