//! Whom the operator means. What was typed may be a name, an address or a code, and is never told back.

use anyhow::{Result, bail};

use crate::config::Config;
use crate::graduate::{StudentId, folded};
use crate::invitation::code::Code;
use crate::invitation::key::CodeKey;
use crate::store::Store;

/// Everybody who may be meant: by student id, address, code or name, the first of these that finds anybody.
///
/// # Errors
/// When nobody is found, and it cannot be a student id.
pub(super) async fn students(config: &Config, store: &Store, typed: &str) -> Result<Vec<StudentId>> {
    let typed = typed.trim();
    if typed.contains('@') {
        let found = store.students_at(typed).await?;
        if found.is_empty() {
            bail!("nobody in the ledger has that address");
        }
        return Ok(found);
    }
    let found = store.students_like(typed).await?;
    if !found.is_empty() {
        return Ok(found);
    }
    if let Ok(code) = Code::parse(typed) {
        let key = CodeKey::read(&config.key_file)?;
        let found = store.student_with_code(key.hash(&code)).await?;
        if found.is_empty() {
            bail!(
                "that is a code, but none of this ledger: it may be of another service, or of data long removed"
            );
        }
        return Ok(found);
    }
    // one letter is in every name, but for those that are one
    if folded(typed).len() > 1 {
        let found = store.students_named(typed).await?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    if looks_like_a_code(typed) {
        bail!("that looks like a code with a typing mistake; compare it with the email");
    }
    match StudentId::parse(typed) {
        // no name has a digit in it, so that it was meant as an id
        Ok(id) if typed.contains(|it: char| it.is_ascii_digit()) => Ok(vec![id]),
        Ok(_) | Err(_) => bail!("that is no student id, address, code or name of anybody in the ledger"),
    }
}

/// Groups of four, four and about five letters and digits: almost a code, and so nothing to be told back.
fn looks_like_a_code(typed: &str) -> bool {
    let groups: Vec<_> = typed.split(['-', ' ']).map(str::len).collect();
    matches!(groups[..], [4, 4, 2..=6])
        && typed.chars().any(|it| it.is_ascii_alphabetic())
        && typed.chars().all(|it| it.is_ascii_alphanumeric() || it == '-' || it == ' ')
}
