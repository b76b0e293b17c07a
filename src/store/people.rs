//! Whoever answers for it: who is who and how each stands, holds, corrections, late changes, the audit, the purge.

pub(in crate::store) mod audit;
pub(in crate::store) mod corrections;
pub(in crate::store) mod counts;
pub(in crate::store) mod figures;
pub(in crate::store) mod find;
pub(in crate::store) mod held;
pub(in crate::store) mod help_desk;
pub(in crate::store) mod holds;
pub(in crate::store) mod late_changes;
pub(in crate::store) mod lists;
pub(in crate::store) mod purge;
pub(in crate::store) mod report;
pub(in crate::store) mod timeline;
