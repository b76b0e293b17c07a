//! The import as a diff against the ledger: who is invited, mailed again, left alone or withdrawn.

mod addresses;
mod conflicts;
mod continued;
mod edges;
mod guard;
mod histories;
mod newcomers;
mod repeated;
mod results;
mod withdrawn;
