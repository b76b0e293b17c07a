//! The ledger's file, as an administrator may find it: an older copy, a damaged one, one of another gradpass.

mod condition;
mod restored;
