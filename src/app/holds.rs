//! `hold` and `release`: who must not be mailed, because somebody said so.

use anyhow::Result;

use super::App;
use super::students::{known_or_new, listed, one};
use crate::plural::counted;
use crate::store::Hold;

/// Who is held.
#[derive(Debug)]
pub struct Held {
    /// Student ids.
    pub students: Vec<String>,
    /// Of these, whom no roster has listed yet.
    pub not_listed_yet: Vec<String>,
}

/// Who was released.
#[derive(Debug)]
pub struct Released {
    /// Student ids of whoever was meant.
    pub students: Vec<String>,
    /// Of these, whom somebody had held; nobody, where nothing was done.
    pub released: Vec<String>,
    /// What still holds anybody.
    pub holds: Vec<Hold>,
}

/// Holds a student, or those of a file.
///
/// # Errors
/// When it is not clear who is meant, or the ledger cannot be written.
pub async fn hold(app: &App, who: &str, why: &str) -> Result<Held> {
    let (_lock, store) = app.open_ledger("hold").await?;
    let (mut students, mut not_listed_yet) = (Vec::new(), Vec::new());
    for typed in &listed(who)? {
        let (student, is_known) = known_or_new(&store, typed).await?;
        if !is_known {
            not_listed_yet.push(student.as_str().to_owned());
        }
        students.push(String::from(student));
    }
    let what = counted(students.len(), "student");
    store.writer().await?.hold(app.deed("hold", Some(why), what, students.clone())).await?;
    Ok(Held { students, not_listed_yet })
}

/// Ends what [`hold`] began.
///
/// # Errors
/// As [`hold`].
pub async fn release(app: &App, who: &str, why: Option<&str>) -> Result<Released> {
    let (_lock, store) = app.open_ledger("release").await?;
    let mut students = Vec::new();
    for typed in listed(who)? {
        students.push(String::from(one(&store, &typed).await?));
    }
    let deed = app.deed("release", why, String::new(), students.clone());
    let released = store.writer().await?.release(deed).await?;
    let holds = store.holds().await?;
    Ok(Released { students, released, holds })
}
