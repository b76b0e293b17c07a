//! Numbers and lists in sentences.

/// So many of a list are named; where to see all is said beside it.
pub(crate) const NAMED: usize = 20;

/// The first of a list in a line, and how many more there are.
#[must_use]
pub fn named(list: &[String]) -> String {
    let first = list.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match list.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// The word for one, or that for any other number.
#[must_use]
pub const fn chosen(count: i64, one: &'static str, many: &'static str) -> &'static str {
    if count == 1 { one } else { many }
}

/// `1 row`, `2 rows`
#[must_use]
pub fn counted(count: impl TryInto<i64>, noun: &str) -> String {
    // what is too large for it is not one
    let count = count.try_into().unwrap_or(i64::MAX);
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
