//! What is noticed over all rows that is no mistake, for the officer to look at: how honours are sent, and what graduates
//! may find odd.

use super::row::name::family_and_given;
use super::{Column, Columns, Record, Row, vocabulary};
use crate::credential::{Details, Qualification};

/// Distinct words of honours that are listed.
const MOST_WORDS: usize = 100;

/// What was noticed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Observations {
    /// Each distinct word of the honours column, how it is sent, and for how many rows.
    pub honours: Vec<(String, bool, u64)>,
    /// The languages that rows ask for, and how many rows do.
    pub languages: Vec<(String, u64)>,
    /// Names that look like `Family, Given`.
    pub family_first: u64,
    /// Names of qualifications that say "(Honours)" beside an honours column that says so, too.
    pub honours_twice: u64,
    /// Names of qualifications that repeat a major.
    pub major_twice: u64,
    /// Names that look like two qualifications: `A / B`.
    pub two_in_one: u64,
    /// Majors that look like several: `Finance, Law`.
    pub majors_in_one: u64,
    /// Ids by their length.
    pub id_lengths: Vec<(usize, u64)>,
    /// Whether there are ids with small letters, and ids with capitals.
    pub id_cases: (bool, bool),
}

impl Observations {
    /// Takes a good row into account.
    pub fn observe(&mut self, columns: &Columns, record: &Record, row: &Row) {
        let cell = columns.value(&record.fields, Column::Honours).trim();
        let qualification = &row.qualification;
        // of what was corrected, the word of the roster says nothing
        let is_corrected = row.corrected.iter().any(|met| met.column == Column::Honours.name());
        if !cell.is_empty() && !is_corrected {
            self.honours_word(cell, qualification.honours.is_some());
        }
        if let Some(language) = &row.graduate.language {
            self.language(language.as_str(), 1);
        }
        if qualification.details == Details::Education {
            self.title(qualification);
        }
        self.family_first += u64::from(family_and_given(row.graduate.name.as_str()).is_some());
        let id = row.graduate.student_id.as_str();
        self.id_length(id.len(), 1);
        let is_seen = |known: bool, fits: fn(&u8) -> bool| known || id.as_bytes().iter().any(fits);
        self.id_cases = (
            is_seen(self.id_cases.0, u8::is_ascii_lowercase),
            is_seen(self.id_cases.1, u8::is_ascii_uppercase),
        );
    }

    /// What may be odd about the name of an award.
    fn title(&mut self, qualification: &Qualification) {
        let title = qualification.course_name.as_str();
        self.honours_twice += u64::from(qualification.honours.is_some() && has_ignoring_case(title, "hono"));
        let has_major = |major: &String| has_word_ignoring_case(title, major);
        self.major_twice += u64::from(qualification.majors.iter().any(has_major));
        self.two_in_one += u64::from(title.contains('/') && title.contains(" / "));
        let is_several = |major: &String| {
            memchr::memchr3(b',', b'/', b'+', major.as_bytes()).is_some()
                || memchr::memchr(b'&', major.as_bytes()).is_some()
                || (!major.is_ascii() && major.contains('、'))
                || major.contains(" and ")
        };
        self.majors_in_one += u64::from(qualification.majors.iter().any(is_several));
    }

    /// Of a row; a word that is known needs no second look.
    fn honours_word(&mut self, word: &str, is_sent: bool) {
        match self.honours.iter_mut().find(|(known, ..)| known == word) {
            Some((.., count)) => *count += 1,
            None if vocabulary::is_nothing(word) => {}
            None => self.add_honours_word(word.to_owned(), is_sent, 1),
        }
    }

    fn add_honours_word(&mut self, word: String, is_sent: bool, rows: u64) {
        let is_full = self.honours.len() >= MOST_WORDS;
        match self.honours.iter_mut().find(|(known, ..)| *known == word) {
            Some((.., count)) => *count += rows,
            None if is_full => {}
            None => self.honours.push((word, is_sent, rows)),
        }
    }

    fn language(&mut self, tag: &str, rows: u64) {
        let is_full = self.languages.len() >= MOST_WORDS;
        match self.languages.iter_mut().find(|(known, _)| known == tag) {
            Some((_, count)) => *count += rows,
            None if is_full => {}
            None => self.languages.push((tag.to_owned(), rows)),
        }
    }

    fn id_length(&mut self, length: usize, rows: u64) {
        match self.id_lengths.iter_mut().find(|(known, _)| *known == length) {
            Some((_, count)) => *count += rows,
            None => self.id_lengths.push((length, rows)),
        }
    }

    /// Adds what was noticed elsewhere.
    pub fn add(&mut self, other: Self) {
        for (word, is_sent, rows) in other.honours {
            self.add_honours_word(word, is_sent, rows);
        }
        for (tag, rows) in other.languages {
            self.language(&tag, rows);
        }
        for (length, rows) in other.id_lengths {
            self.id_length(length, rows);
        }
        self.id_cases.0 |= other.id_cases.0;
        self.id_cases.1 |= other.id_cases.1;
        self.family_first += other.family_first;
        self.honours_twice += other.honours_twice;
        self.major_twice += other.major_twice;
        self.two_in_one += other.two_in_one;
        self.majors_in_one += other.majors_in_one;
    }

    /// A sentence for each, without a name.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut honours = self.honours.clone();
        honours.sort();
        for (word, is_sent, rows) in honours {
            let sent = if is_sent { "with honours" } else { "without honours" };
            sentences.push(format!("honours \"{word}\": sent as {sent} for {rows} {}", noun(rows, "row")));
        }
        let mut note = |count: u64, what: &str| {
            if count > 0 {
                sentences.push(format!("{count} {} {what}", noun(count, "row")));
            }
        };
        note(
            self.honours_twice,
            "with honours in the course name and in its own column: a bracket (Honours) at the end of the name is left \
             out of what SEEK Pass is told",
        );
        note(
            self.major_twice,
            "with a major in the course name and in its own column: a bracket with the major at the end of the name is \
             left out of what SEEK Pass is told",
        );
        note(self.two_in_one, "with a course name like \"A / B\": two qualifications need a row each");
        note(self.majors_in_one, "with a major like \"A, B\" or \"A and B\": several need ; between them");
        note(
            self.family_first,
            "with a full name like \"Family, Given\": set roster.name_order to have them turned round",
        );
        if let [(_, most), rest @ ..] = self.lengths().as_slice()
            && let odd = rest.iter().map(|(_, rows)| rows).sum::<u64>()
            && odd > 0
            && odd * 10 < *most
        {
            note(odd, "with an id of another length than most: leading zeros may be lost");
        }
        sentences
    }

    /// The most frequent length first.
    fn lengths(&self) -> Vec<(usize, u64)> {
        let mut lengths = self.id_lengths.clone();
        lengths.sort_by_key(|(length, rows)| (std::cmp::Reverse(*rows), *length));
        lengths
    }
}

fn has_ignoring_case(text: &str, part: &str) -> bool {
    if part.is_empty() || text.len() < part.len() {
        return false;
    }
    if text.is_ascii() && part.is_ascii() {
        let (text, part) = (text.as_bytes(), part.as_bytes());
        let starts = memchr::memchr2_iter(part[0].to_ascii_lowercase(), part[0].to_ascii_uppercase(), text);
        let mut rests = starts.filter_map(|start| text.get(start..start + part.len()));
        return rests.any(|rest| rest.eq_ignore_ascii_case(part));
    }
    text.to_lowercase().contains(&part.to_lowercase())
}

/// The same of whole words: "Bachelor of Arts" does not speak of the major "Art".
fn has_word_ignoring_case(text: &str, words: &str) -> bool {
    if !text.is_ascii() || !words.is_ascii() || words.is_empty() {
        return has_ignoring_case(text, words);
    }
    if !has_ignoring_case(text, words) {
        return false;
    }
    let (text, words) = (text.to_ascii_lowercase(), words.to_ascii_lowercase());
    let is_letter = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    text.match_indices(&words).any(|(start, found)| {
        let before = start.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        !is_letter(before) && !is_letter(text.as_bytes().get(start + found.len()))
    })
}

fn noun(count: u64, noun: &str) -> String {
    if count == 1 { noun.to_owned() } else { format!("{noun}s") }
}
