//! One name out of what the roster gives: a full name, or its parts in the university's order.

use std::borrow::Cow;

use super::{Cells, Reading, damage, known_by_now, no_value, sound, vocabulary};
use crate::graduate::{PersonName, Problem, clean};
use crate::roster::Column;
use crate::roster::damage::Kind;
use crate::roster::settings::NameOrder;
use crate::roster::vocabulary::NameWord;

impl Reading<'_> {
    /// The full name where its cell is filled, else the parts.
    pub(super) fn name(&mut self, known: &mut Cells<String>) -> Option<PersonName> {
        let full = self.columns.value(&self.record.fields, Column::FullName);
        let has_parts = self.columns.has(Column::GivenNames) && self.columns.has(Column::FamilyName);
        if self.columns.has(Column::FullName) && !(has_parts && vocabulary::is_nothing(full)) {
            let order = self.columns.settings().name_order;
            return self.value(Column::FullName, |cell| {
                let cell = sound(cell)?;
                let is_taken = cell.trim().is_empty() || vocabulary::name_word(cell) == NameWord::Name;
                if is_taken { person(&in_order(&clean(cell)?, order)) } else { Err(no_value()) }
            });
        }
        self.joined(known)
    }

    fn joined(&mut self, known: &mut Cells<String>) -> Option<PersonName> {
        let given = self.part(Column::GivenNames, known);
        let middle = if self.columns.has(Column::MiddleNames) {
            // an optional column, like others
            self.value(Column::MiddleNames, |cell| match vocabulary::name_word(cell) {
                NameWord::Unclear => Ok(String::new()),
                NameWord::Nothing | NameWord::Name => known.read(cell, part),
            })
        } else {
            Some(String::new())
        };
        let family = self.part(Column::FamilyName, known);
        let (given, middle, family) = (given?, middle?, family?);
        // one name in both columns is one name
        let family = if family == given { String::new() } else { family };
        let order = self.columns.settings().name_order.unwrap_or(NameOrder::GivenFirst);
        let parts = [&given, &middle, &family];
        let is_east_asian = parts.iter().all(|part| part.chars().all(is_cjk));
        let joined = match order {
            // in Chinese characters, kana and hangul the family name stands first, without a space
            _ if is_east_asian => [family, given, middle].concat(),
            NameOrder::GivenFirst => join([&given, &middle, &family]),
            NameOrder::FamilyFirst => join([&family, &given, &middle]),
        };
        // each part has been looked at for damage
        match person_of(joined) {
            Ok(name) => Some(name),
            Err(problem) => {
                self.mistake_in(Column::GivenNames, problem.0);
                None
            }
        }
    }

    /// A part of a name; empty where the cell says that there is none.
    fn part(&mut self, column: Column, known: &mut Cells<String>) -> Option<String> {
        self.value(column, |cell| if is_usual(cell) { Ok(cell.to_owned()) } else { known.read(cell, part) })
    }
}

/// Whether [`part`] takes the cell as it is: most, which costs less than to look it up.
fn is_usual(cell: &str) -> bool {
    damage::is_usual(cell) && !vocabulary::may_be_nothing(cell)
}

fn part(cell: &str) -> Result<String, Problem> {
    let cell = sound(cell)?;
    match vocabulary::name_word(cell) {
        NameWord::Nothing => return Ok(String::new()),
        NameWord::Unclear => {
            return Err(Problem::new(
                "only says that it is empty (such as NULL, None or NA), or is a name; leave the cell empty where there is \
                 no such name, and write a name with one capital (Na)",
            ));
        }
        NameWord::Name => known_by_now(cell)?,
    }
    let part = clean(cell)?;
    damage::check(&part, Kind::Name)?;
    Ok(part.into_owned())
}

pub(super) fn person(name: &str) -> Result<PersonName, Problem> {
    if !name.is_empty() {
        damage::check(name, Kind::Name)?;
    }
    person_of(name.to_owned())
}

/// `name` is clean and sound.
fn person_of(name: String) -> Result<PersonName, Problem> {
    if vocabulary::is_no_person(&name) {
        return Err(Problem::new("is no name, or says something about the student; give the name alone"));
    }
    PersonName::of_clean(Cow::Owned(name))
}

fn join(parts: [&str; 3]) -> String {
    let mut joined = String::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + 2);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(part);
    }
    joined
}

/// `Tan, Mei Ling` in the order that the configuration wants, where it wants one.
fn in_order(name: &str, order: Option<NameOrder>) -> Cow<'_, str> {
    match (order, family_and_given(name)) {
        (Some(NameOrder::GivenFirst), Some((family, given))) => Cow::Owned(format!("{given} {family}")),
        (Some(NameOrder::FamilyFirst), Some((family, given))) => Cow::Owned(format!("{family} {given}")),
        _ => Cow::Borrowed(name),
    }
}

/// The two parts of `Family, Given`; what is added to a name behind a comma is no given name.
pub(in crate::roster) fn family_and_given(name: &str) -> Option<(&str, &str)> {
    const ADDED: [&str; 9] = ["jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "bin"];
    // most names are ASCII, and have no comma
    if name.is_ascii() && memchr::memchr(b',', name.as_bytes()).is_none() {
        return None;
    }
    let (family, given) = name.split_once([',', '，'])?;
    let (family, given) = (family.trim(), given.trim());
    let is_added = ADDED.contains(&given.trim_end_matches('.').to_lowercase().as_str());
    (!family.is_empty() && !given.is_empty() && !given.contains([',', '，']) && !is_added)
        .then_some((family, given))
}

const fn is_cjk(character: char) -> bool {
    matches!(
        character,
        '\u{3005}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{323af}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_at_once_is_taken_as_the_long_way_takes_it() {
        let words = [
            "Ana",
            "TRUE",
            "null",
            "N",
            "tba",
            "Mary Jane",
            "van der Berg",
            "O'Brien",
            "Anne-Marie",
            "none",
            "Not Found",
        ];
        let odd = ["", " Ana", "Ana ", "Ana  B", "Ana-", "'Ana", "Ana1", "José", "A.", "a b ", "\u{a0}"];
        let mut taken = Vec::new();
        for cell in words.into_iter().chain(odd) {
            if is_usual(cell) {
                taken.push(cell);
                assert_eq!(part(cell).as_deref(), Ok(cell));
            }
        }
        assert_eq!(taken, ["Ana", "N", "Mary Jane", "van der Berg", "O'Brien", "Anne-Marie"]);
    }

    #[test]
    fn family_and_given_are_turned_round_only_where_the_setting_says_so() {
        assert_eq!(in_order("Tan, Mei Ling", None), "Tan, Mei Ling");
        assert_eq!(in_order("Tan, Mei Ling", Some(NameOrder::GivenFirst)), "Mei Ling Tan");
        assert_eq!(in_order("Tan, Mei Ling", Some(NameOrder::FamilyFirst)), "Tan Mei Ling");
        assert_eq!(in_order("Tan，Mei Ling", Some(NameOrder::GivenFirst)), "Mei Ling Tan");
        for name in ["Mei Ling Tan", "Martin King, Jr.", "A, B, C", "Tan,", ","] {
            assert_eq!(in_order(name, Some(NameOrder::GivenFirst)), name);
        }
    }
}
