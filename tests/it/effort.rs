//! How much is tried: enough for every change, and all of it by `just soak-tests`.

/// A number that a developer sets in the environment.
#[expect(
    clippy::disallowed_methods,
    reason = "how much a developer lets the tests try is no setting of the program"
)]
pub fn setting(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Whether every fault is tried at every moment (`SWEEP_ALL=1`).
pub fn is_all() -> bool {
    setting("SWEEP_ALL").is_some()
}
