//! The engine: how the ledger is opened, how writes are committed in groups, how many rows at a time go in.

pub(in crate::store) mod bulk;
pub(in crate::store) mod checkpoint;
pub(in crate::store) mod moment;
pub(in crate::store) mod opening;
pub(in crate::store) mod watch;
pub(in crate::store) mod write_gate;
pub(in crate::store) mod writer;
