//! `[guard]`: from when on what an import would do is not plausible.

use serde::Deserialize;

/// What is plausible.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Guard {
    /// The share of qualifications that a roster may lack.
    pub removals: f64,
    /// The share of graduates whose address, or name, may change, and of qualifications that may.
    pub changes: f64,
    /// How many times as many students as the ledger knows may be new at once.
    pub growth: f64,
    /// More people than this are mailed only after somebody approved the plan of a dry run.
    pub require_approval: Option<u32>,
    /// A plan passes only when two people, by their login names, approved it.
    pub two_persons: bool,
}

impl Default for Guard {
    fn default() -> Self {
        Self { removals: 0.1, changes: 0.1, growth: 3.0, require_approval: None, two_persons: false }
    }
}
