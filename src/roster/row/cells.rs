//! What a single cell says, whatever stands beside it.

use super::vocabulary;
use crate::credential::Qualification;
use crate::graduate::{EmailAddress, Problem, StudentId, clean};
use crate::roster::damage::{self, Kind};

/// A cell that must not be empty, nor only say so.
pub(super) fn given(cell: &str) -> Result<&str, Problem> {
    let cell = sound(cell)?;
    if !cell.trim().is_empty() && vocabulary::is_nothing(cell) {
        return Err(no_value());
    }
    Ok(cell)
}

pub(super) fn no_value() -> Problem {
    Problem::new("only says that it is empty (such as NULL or N/A); give the value")
}

/// A text that says of itself that it is not known yet is passed on to nobody.
pub(super) fn known_by_now(text: &str) -> Result<(), Problem> {
    if vocabulary::is_not_yet(text) {
        return Err(Problem::new(
            "only says that it is not known yet (such as TBA or Not Found); give the value",
        ));
    }
    Ok(())
}

/// A cell that may be empty, or say so.
pub(super) fn or_nothing<'a, T>(
    cell: &'a str,
    parse: impl FnOnce(&'a str) -> Result<T, Problem>,
) -> Result<Option<T>, Problem> {
    let cell = sound(cell)?;
    if vocabulary::is_nothing(cell) { Ok(None) } else { parse(cell).map(Some) }
}

/// A cell in which nothing shows that a program damaged it; a lone NUL is how some write an empty text.
pub(super) fn sound(cell: &str) -> Result<&str, Problem> {
    if cell == "\0" {
        return Ok("");
    }
    damage::check_raw(cell)?;
    Ok(cell)
}

/// Whose turn comes when; what is usual is none.
pub(super) fn priority(cell: &str) -> Result<Option<u8>, Problem> {
    match cell.trim().parse() {
        Ok(5) => Ok(None),
        Ok(priority @ 1..=9) => Ok(Some(priority)),
        _ => Err(Problem::new("is no priority; give a number from 1 (mailed first) to 9 (last)")),
    }
}

/// `is_cell`: of a workbook, where an id may have been typed as a number.
pub(super) fn id(cell: &str, is_cell: bool) -> Result<StudentId, Problem> {
    let text = clean(cell)?;
    if is_cell && text.contains('.') && text.parse::<f64>().is_ok() {
        return Err(Problem::new("is a number with decimals and no student id; format the column as text"));
    }
    if let Some(problem) = damage::damage_of_an_id(&text) {
        return Err(Problem::new(problem));
    }
    if vocabulary::is_no_id(&text) {
        return Err(Problem::new("is no student id; give the registry's number of the student"));
    }
    StudentId::parse(&text)
}

pub(super) fn address(cell: &str) -> Result<EmailAddress, Problem> {
    let address = EmailAddress::parse(cell)?;
    if vocabulary::is_placeholder(&address) {
        return Err(Problem::new("is a placeholder and nobody's mailbox; give the graduate's own address"));
    }
    Ok(address)
}

pub(super) fn course_code(cell: &str) -> Result<Option<String>, Problem> {
    let code = or_nothing(cell, |cell| {
        let code = Qualification::parse_optional(cell)?;
        code.iter().try_for_each(|code| known_by_now(code).and_then(|()| damage::check(code, Kind::Word)))?;
        Ok(code)
    })?;
    Ok(code.flatten())
}

pub(super) fn course_name(cell: &str) -> Result<String, Problem> {
    let name = Qualification::parse_course_name(given(cell)?)?;
    known_by_now(&name)?;
    damage::check(&name, Kind::Title)?;
    Ok(name)
}

/// The honours in the university's words, where they mean honours.
pub(super) fn honours_of(cell: &str, own: &vocabulary::OwnHonours) -> Result<Option<String>, Problem> {
    let words = clean(cell)?;
    let is_yes = vocabulary::yes_or_no(&words).is_ok();
    let are_honours = vocabulary::honours(&words, own)?;
    Ok(are_honours.then(|| if is_yes { "Honours".to_owned() } else { words.into_owned() }))
}

pub(super) fn majors_of(cell: &str) -> Result<Vec<String>, Problem> {
    let cell = sound(cell)?;
    let mut majors = Vec::new();
    for major in Qualification::parse_majors(cell)? {
        if vocabulary::is_no_major(&major) {
            continue;
        }
        known_by_now(&major)?;
        damage::check(&major, Kind::Title)?;
        if !majors.contains(&major) {
            majors.push(major);
        }
    }
    Ok(majors)
}
