//! A roster on its way into the ledger: staged, held against what is there, merged in short transactions.

pub(in crate::store) mod batch;
pub(in crate::store) mod conflicts;
pub(in crate::store) mod first;
pub(in crate::store) mod merge;
pub(in crate::store) mod plan;
pub(in crate::store) mod renamed;
pub(in crate::store) mod staging;
pub(in crate::store) mod transcripts;
pub(in crate::store) mod types;
