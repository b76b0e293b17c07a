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

/// How far one tried moment is from the next: a part of them is tried for every change.
pub fn stride(for_every_change: usize) -> usize {
    if is_all() { 1 } else { for_every_change }
}

/// Of these, two for every change, from the so-manieth on in turn; and all where all is tried.
pub fn some_of<T, const N: usize>(all: [T; N], from: usize) -> Vec<T> {
    let most = if is_all() { N } else { 2 };
    let mut all = Vec::from(all);
    all.rotate_left(from % N);
    all.truncate(most);
    all
}
