//! The ledger in PostgreSQL: how it is opened, how one writes at a time, and who is at work.

pub(in crate::store) mod bulk;
pub(in crate::store) mod connection;
pub(in crate::store) mod ledger;
pub(in crate::store) mod lock;
pub(in crate::store) mod standby;
