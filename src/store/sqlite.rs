//! The engine: how the ledger is opened and by whom, how writes are committed in groups, how many rows at a time go in; and
//! what stands beside its file: locks, and how far sending had come.

pub(in crate::store) mod bulk;
pub(in crate::store) mod checkpoint;
pub(in crate::store) mod condition;
pub(in crate::store) mod generation;
pub(in crate::store) mod ledger;
pub(in crate::store) mod lock;
pub(in crate::store) mod opening;
pub(in crate::store) mod scratch;
pub(in crate::store) mod watch;
pub(in crate::store) mod write_gate;
pub(in crate::store) mod writing;
