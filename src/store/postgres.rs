//! The ledger in PostgreSQL: how it is opened. What can be done with it so far is to move a ledger there and back
//! (`store/moving.rs`).

pub(in crate::store) mod ledger;
