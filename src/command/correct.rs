//! `correct`: what is right of a graduate, at once and over every roster until that says the same.

use anyhow::{Result, anyhow, bail};
use jiff::civil::Date;
use serde_json::json;

use super::{Context, hand, help_desk, open_ledger};
use crate::config::Config;
use crate::graduate::{Graduate, Qualification, StudentId};
use crate::report::Exit;
use crate::roster::{self, Correction, Placed, standing_key};
use crate::store::Store;

/// One argument.
struct Wanted {
    correction: Correction,
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

pub(super) async fn execute(
    context: &Context,
    student_id: &str,
    values: &[String],
    why: &str,
) -> Result<Exit> {
    let why = hand::reason(why)?;
    let config = context.config()?;
    let today = context.today(&config);
    let wanted = read(values, &config, today)?;
    let (_lock, store) = open_ledger(context, &config, "correct").await?;
    let student = hand::one(&store, student_id).await?;
    addresses_are_free(&store, &student, &wanted).await?;
    let columns: Vec<_> = wanted.iter().map(|wanted| wanted.correction.column()).collect();
    let what = wanted.iter().map(Wanted::label).collect::<Vec<_>>().join(", ");
    let of_student = |wanted: &Wanted| !wanted.correction.is_of_qualification();
    let known = store.correctable(&student).await?;
    let is_known = known.is_some();
    let right = match known {
        Some((graduate, qualifications)) => {
            let standing = store.corrections().await?;
            place(&graduate, &qualifications, standing.of(student.as_str()), wanted, today)?
        }
        // the row that was rejected for it is taken by the next import
        None if wanted.iter().all(of_student) && !store.rejected_rows(student.as_str()).await?.is_empty() => {
            let placed = |wanted: Wanted| Placed { course_key: None, correction: wanted.correction };
            Right { corrections: wanted.into_iter().map(placed).collect(), ..Right::default() }
        }
        None => return Err(help_desk::unknown(&config, &store, &student).await?),
    };
    let deed = context.deed("correct", Some(&why), what.clone(), vec![student.as_str().to_owned()]);
    let done = store.writer().await?.correct(deed, right.corrections, right.qualifications).await?;
    context.console.result(format_args!(
        "student {student}: {what} corrected, over every roster until that says the same"
    ));
    if !is_known {
        context.console.result(format_args!(
            "no row of the student was taken so far; the next import reads the roster with it"
        ));
    }
    if done.is_moved {
        let is_held = store.holds().await?.iter().any(|hold| hold.student_id == student.as_str());
        let next = match done.messages {
            0 => "no message is due for it",
            _ if is_held => "a new code is mailed when the student is no longer held",
            _ => "the next run mails a new code",
        };
        context.console.result(format_args!("codes that went to the old address no longer work; {next}"));
    }
    if done.released > 0 {
        context.console.result(format_args!(
            "no longer held for sharing the old address: {} of the students",
            done.released
        ));
    }
    context.console.json(&json!({
        "student_id": student.as_str(),
        "corrected": columns,
        "messages": done.messages,
        "released": done.released,
    }))?;
    Ok(Exit::Done)
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
        let correction = Correction::parse(column, value, &config.roster, today)
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
        if let Correction::Email(address) = &wanted.correction
            && let Some(other) = store.students_at(address.as_str()).await?.iter().find(|it| *it != student)
        {
            bail!("nothing was corrected: email: student {other} has this address; correct that one first");
        }
    }
    Ok(())
}

/// Finds for each correction what it is about, and whether a row could say all of it. `standing`: what was corrected before.
fn place(
    graduate: &Graduate,
    qualifications: &[Qualification],
    standing: &[Placed],
    wanted: Vec<Wanted>,
    today: Date,
) -> Result<Right> {
    let mut placed: Vec<(Option<&Qualification>, Correction)> = Vec::new();
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
    let place = |(about, correction): (Option<&Qualification>, Correction)| Placed {
        course_key: about.map(key),
        correction,
    };
    right.corrections = placed.into_iter().map(place).collect();
    Ok(right)
}

/// The qualification that is meant: the only one, or that with the course's code or name.
fn meant<'a>(qualifications: &'a [Qualification], wanted: &Wanted) -> Result<&'a Qualification> {
    let column = wanted.correction.column();
    let has = |it: &&Qualification, course: &str| {
        let code = it.course_code.as_deref().unwrap_or_default();
        [code, &it.course_name].iter().any(|known| known.to_lowercase() == course.to_lowercase())
    };
    let meant: Vec<_> = match &wanted.course {
        Some(course) => qualifications.iter().filter(|it| has(it, course)).collect(),
        None => qualifications.iter().collect(),
    };
    let names = |of: &[&Qualification]| {
        of.iter()
            .map(|it| it.course_code.as_deref().unwrap_or(&it.course_name))
            .collect::<Vec<_>>()
            .join(", ")
    };
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
