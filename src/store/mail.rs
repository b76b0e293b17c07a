//! Messages: which are due, how each is marked and what came of it, reminders and bounces.

pub(in crate::store) mod bounces;
pub(in crate::store) mod due;
pub(in crate::store) mod message;
pub(in crate::store) mod preview;
pub(in crate::store) mod reminders;
pub(in crate::store) mod sending;
