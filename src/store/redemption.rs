//! What a code opens, and submissions on their way through their states.

pub(in crate::store) mod guesses;
pub(in crate::store) mod pace;
pub(in crate::store) mod redeemable;
pub(in crate::store) mod slots;
pub(in crate::store) mod submission;
pub(in crate::store) mod submission_moves;
