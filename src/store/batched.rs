//! The two writes that come by the thousand, as one call for all that wait: what a session writes between two messages, and
//! what a redemption writes. `docs/decisions/group-commit.md` says why they are not ordinary statements, with the measurements.

pub(in crate::store) mod procedure;
pub(in crate::store) mod step;
pub(in crate::store) mod turn;
