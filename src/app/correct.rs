//! `correct`: what is right of a graduate, at once and over every roster until that says the same.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;

use super::{App, Event, late_changes, students};
use crate::config::Config;
use crate::credential::Qualification;
use crate::graduate::{Graduate, StudentId};
use crate::roster::{self, Placed, standing_key};
use crate::store::{Corrected, LateChange, RejectedRow, Store};

/// A correction that stands.
#[derive(Debug)]
pub struct Correction {
    /// Whose.
    pub student: StudentId,
    /// The columns, each with the course where it was given.
    pub what: String,
    /// The columns.
    pub columns: Vec<&'static str>,
    /// What else became of it.
    pub done: Corrected,
    /// A row that was rejected is read with it by the next import.
    pub is_of_rows: bool,
    /// A row of the student was taken before.
    pub is_known: bool,
    /// The address is another one, and the student is held.
    pub is_held: bool,
}

/// One argument.
struct Wanted {
    correction: roster::Correction,
    /// Code or name of the course, as it was typed.
    course: Option<String>,
}

/// What the corrections come to.
#[derive(Default)]
struct Right {
    corrections: Vec<Placed>,
    /// Every qualification that says something else by it, behind the key that it had.
    qualifications: Vec<(String, Qualification)>,
}

/// Corrects what these `FIELD[@COURSE]=VALUE` say; returns with the correction who was invited again since it made a qualification
/// conferred, and what differs from what SEEK Pass was told.
///
/// # Errors
/// When nothing was corrected, or the ledger cannot be used.
pub async fn correct(
    app: &App,
    student_id: &str,
    values: &[String],
    why: &str,
) -> Result<(Correction, Vec<String>, Vec<LateChange>)> {
    let today = app.today();
    let wanted = read(values, &app.config, today)?;
    let (_lock, store) = app.open_ledger("correct").await?;
    let student = students::one(&store, student_id).await?;
    addresses_are_free(&store, &student, &wanted).await?;
    let columns: Vec<_> = wanted.iter().map(|wanted| wanted.correction.column()).collect();
    let what = wanted.iter().map(Wanted::label).collect::<Vec<_>>().join(", ");
    let known = store.correctable(&student).await?;
    let rejected = store.rejected_rows(student.as_str()).await?;
    let is_known = known.is_some();
    if !is_known && rejected.is_empty() {
        return Err(students::unknown(&app.config, &store, &student).await?);
    }
    // what the row was rejected for, the next import reads with it
    let (of_rows, wanted) = over_rejected(known.as_ref().map_or(&[], |(_, known)| known), &rejected, wanted)?;
    let is_of_rows = !is_known || !of_rows.is_empty();
    let mut right = if let Some((graduate, qualifications)) = known {
        let standing = store.corrections().await?;
        place(&graduate, &qualifications, standing.of(student.as_str()), wanted, today)?
    } else {
        let placed = |wanted: Wanted| Placed { course_key: None, correction: wanted.correction };
        Right { corrections: wanted.into_iter().map(placed).collect(), ..Right::default() }
    };
    right.corrections.extend(of_rows);
    let deed = app.deed("correct", Some(why), what.clone(), vec![student.as_str().to_owned()]);
    let done = store.writer().await?.correct(deed, right.corrections, right.qualifications).await?;
    let is_held =
        done.is_moved && store.holds().await?.iter().any(|hold| hold.student_id == student.as_str());
    let correction = Correction { student, what, columns, done, is_of_rows, is_known, is_held };
    app.tell(&Event::Corrected(&correction));
    let conferred = late_changes::invite_conferred(app, &store).await?;
    let changes = store.late_changes_of(correction.student.as_str()).await?;
    Ok((correction, conferred, changes))
}

impl Wanted {
    /// The column, and the course where it was given; never the value.
    fn label(&self) -> String {
        let column = self.correction.column();
        self.course.as_ref().map_or_else(|| column.to_owned(), |course| format!("{column}@{course}"))
    }
}

fn read(values: &[String], config: &Config, today: Date) -> Result<Vec<Wanted>> {
    let mut read: Vec<Wanted> = Vec::new();
    for value in values {
        let Some((field, value)) = value.split_once('=') else {
            bail!(
                "write what is right as FIELD=VALUE, such as email=name@domain, or FIELD@COURSE=VALUE, such as \
                 honours@BA=yes"
            );
        };
        let (column, course) = match field.split_once('@') {
            Some((column, course)) => (column.trim(), Some(course.trim().to_owned())),
            None => (field.trim(), None),
        };
        let correction = roster::Correction::parse(column, value, &config.roster, today)
            .map_err(|problem| anyhow!("nothing was corrected: {column}: {problem}"))?;
        if course.is_some() && !correction.is_of_qualification() {
            bail!("nothing was corrected: {column} is of the student and of no course; write {column}=…");
        }
        let wanted = Wanted { correction, course };
        if read.iter().any(|other| other.label() == wanted.label()) {
            bail!("nothing was corrected: {} is given twice", wanted.label());
        }
        read.push(wanted);
    }
    Ok(read)
}

async fn addresses_are_free(store: &Store, student: &StudentId, wanted: &[Wanted]) -> Result<()> {
    for wanted in wanted {
        if let roster::Correction::Email(address) = &wanted.correction
            && let Some(other) = store.students_at(address.as_str()).await?.iter().find(|it| *it != student)
        {
            bail!("nothing was corrected: email: student {other} has this address; correct that one first");
        }
    }
    Ok(())
}

/// Takes out what is about a course of which only a rejected row is known.
fn over_rejected(
    known: &[Qualification],
    rejected: &[RejectedRow],
    wanted: Vec<Wanted>,
) -> Result<(Vec<Placed>, Vec<Wanted>)> {
    let mut keys: Vec<_> = rejected.iter().filter_map(|row| row.course_key.as_deref()).collect();
    keys.sort_unstable();
    keys.dedup();
    keys.retain(|key| !known.iter().any(|it| it.course_key() == *key));
    let (mut of_rows, mut rest) = (Vec::new(), Vec::new());
    for wanted in wanted {
        if !wanted.correction.is_of_qualification() {
            rest.push(wanted);
            continue;
        }
        let column = wanted.correction.column();
        let course = wanted.course.as_deref();
        let meant: Vec<_> =
            keys.iter().filter(|key| course.is_none_or(|course| is_of(key, course))).collect();
        let is_of_known = match course {
            Some(course) => known.iter().any(|it| is_named(it, course)),
            None => !known.is_empty(),
        };
        match (meant[..].as_ref(), is_of_known) {
            ([], false) if known.is_empty() => {
                bail!(
                    "nothing was corrected: {column}: no row of the student says so readably of which course"
                )
            }
            ([], _) => rest.push(wanted),
            ([only], false) => {
                let course_key = Some((**only).to_owned());
                of_rows.push(Placed { course_key, correction: wanted.correction });
            }
            _ => {
                let courses = known.iter().map(course_of).chain(keys.iter().map(|key| code_of(key)));
                bail!(
                    "nothing was corrected: the student has several qualifications; write which: {column}@COURSE=…, \
                     where COURSE is one of {}",
                    courses.collect::<Vec<_>>().join(", ")
                )
            }
        }
    }
    Ok((of_rows, rest))
}

/// Whether a course's key is of this code, or of this name.
fn is_of(key: &str, course: &str) -> bool {
    let course = course.to_lowercase();
    key == course || key.split_once('|').is_some_and(|(code, name)| code == course || name == course)
}

/// The code of a course by its key, or else its name.
fn code_of(key: &str) -> &str {
    key.split_once('|').map_or(key, |(code, _)| code)
}

/// The code of a course, or else its name.
fn course_of(qualification: &Qualification) -> &str {
    qualification.course_code.as_deref().unwrap_or(&qualification.course_name)
}

fn is_named(qualification: &Qualification, course: &str) -> bool {
    is_of(&qualification.course_key(), course)
}

/// Finds for each correction what it is about, and whether a row could say all of it. `standing`: what was corrected before.
fn place(
    graduate: &Graduate,
    qualifications: &[Qualification],
    standing: &[Placed],
    wanted: Vec<Wanted>,
    today: Date,
) -> Result<Right> {
    let mut placed: Vec<(Option<&Qualification>, roster::Correction)> = Vec::new();
    for wanted in wanted {
        let is_of_one = wanted.correction.is_of_qualification();
        let about = if is_of_one { Some(meant(qualifications, &wanted)?) } else { None };
        let column = wanted.correction.column();
        if placed.iter().any(|(other, correction)| *other == about && correction.column() == column) {
            bail!("nothing was corrected: {column} of one qualification is given twice");
        }
        placed.push((about, wanted.correction));
    }
    let mut right = Right::default();
    for qualification in qualifications {
        let is_about = |about: Option<&Qualification>| about.is_none_or(|about| about == qualification);
        let of_it: Vec<_> =
            placed.iter().filter(|(about, _)| is_about(*about)).map(|(_, correction)| correction).collect();
        let corrected = roster::corrected(graduate, qualification, &of_it, today)
            .map_err(|problem| anyhow!("nothing was corrected: no row could say so: {problem}"))?;
        right.qualifications.push((qualification.course_key(), corrected));
    }
    let keys: Vec<_> = right.qualifications.iter().map(|(_, corrected)| corrected.course_key()).collect();
    if keys.iter().enumerate().any(|(number, key)| keys[..number].contains(key)) {
        bail!("nothing was corrected: course_name: another qualification of the student has this name");
    }
    right.qualifications.retain(|(before, corrected)| {
        !qualifications.iter().any(|it| it == corrected && it.course_key() == *before)
    });
    let key = |about: &Qualification| {
        let standing = standing_key(standing, about.course_code.as_deref(), &about.course_name);
        standing.map_or_else(|| about.course_key(), ToOwned::to_owned)
    };
    let place = |(about, correction): (Option<&Qualification>, roster::Correction)| Placed {
        course_key: about.map(key),
        correction,
    };
    right.corrections = placed.into_iter().map(place).collect();
    Ok(right)
}

/// The qualification that is meant: the only one, or that with the course's code or name.
fn meant<'a>(qualifications: &'a [Qualification], wanted: &Wanted) -> Result<&'a Qualification> {
    let column = wanted.correction.column();
    let meant: Vec<_> = match &wanted.course {
        Some(course) => qualifications.iter().filter(|it| is_named(it, course)).collect(),
        None => qualifications.iter().collect(),
    };
    let names = |of: &[&Qualification]| of.iter().map(|it| course_of(it)).collect::<Vec<_>>().join(", ");
    match meant[..] {
        [only] => Ok(only),
        [] if qualifications.is_empty() => {
            bail!(
                "nothing was corrected: {column}: the roster lists no qualification of the student any more"
            )
        }
        [] => bail!(
            "nothing was corrected: {column}: the student has no such course, but {}",
            names(&qualifications.iter().collect::<Vec<_>>())
        ),
        _ if wanted.course.is_some() => {
            bail!(
                "nothing was corrected: {column}: several have this code; write the name of the course instead"
            )
        }
        _ => bail!(
            "nothing was corrected: the student has several qualifications; write which: {column}@COURSE=…, where COURSE \
             is one of {}",
            names(&meant)
        ),
    }
}
