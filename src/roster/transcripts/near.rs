//! Ids of the file that the roster writes in another way: lines under such an id would be lacking from a transcript.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::student::Student;
use super::words::Words;
use crate::graduate::StudentId;

/// An id without its capitals, its punctuation, and the zeros before its numbers.
pub(super) fn bare(id: &str) -> String {
    let mut is_in_number = false;
    let mut bare = StudentId::folded(id);
    bare.retain(|character| {
        let is_leading_zero = character == '0' && !is_in_number;
        is_in_number = character.is_ascii_digit() && !is_leading_zero;
        !is_leading_zero
    });
    bare
}

/// Whether two ids that are bare the same may be one; `12-3` and `1-23` are different people.
fn may_be_one(one: &str, other: &str) -> bool {
    one.len() != other.len() || one.to_lowercase() == other.to_lowercase()
}

/// Makes the lines of an id that only a student with another spelling of it can be meant by mistakes of that student.
pub(super) fn find(file: &str, students: &mut HashMap<Box<str>, Student, RandomState>) {
    let is_listed = |student: &Student| !student.awards.is_empty();
    if students.values().all(is_listed) {
        return;
    }
    let mut listed: HashMap<String, Vec<Box<str>>, RandomState> = HashMap::default();
    for (id, _) in students.iter().filter(|(_, student)| is_listed(student)) {
        listed.entry(bare(id)).or_default().push(id.clone());
    }
    let meant = |id: &str| -> Vec<Box<str>> {
        let same = listed.get(&bare(id)).into_iter().flatten();
        same.filter(|listed| may_be_one(id, listed)).cloned().collect()
    };
    let strangers = students.iter().filter(|(_, student)| !is_listed(student));
    let misspelt: Vec<_> = strangers.map(|(id, _)| (id.clone(), meant(id))).collect();
    for (id, meant) in misspelt.into_iter().filter(|(_, meant)| !meant.is_empty()) {
        let Some(stranger) = students.remove(&id) else { continue };
        for listed in meant {
            let Some(student) = students.get_mut(&listed) else { continue };
            if let Some(first) = stranger.lines.first() {
                let problem = format!(
                    "transcript: {file}: line {}: is of student {id}, whose id is {listed} but for capitals, punctuation or leading \
                     zeros; write it as the roster does",
                    first.number
                );
                student.problems.push(([Words::NONE; 2], problem));
            }
            student.problems.extend(stranger.problems.iter().cloned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_another_spelling_of_one_but_not_of_another_number() {
        for (one, other) in [("S1", "s1"), ("s-2", "s2"), ("s01", "s1"), ("00123", "123"), ("s100", "S100")] {
            assert!(bare(one) == bare(other) && may_be_one(one, other), "{one} {other}");
        }
        for (one, other) in [("s10", "s1"), ("12-3", "1-23"), ("s100", "s1"), ("s201", "s21")] {
            assert!(bare(one) != bare(other) || !may_be_one(one, other), "{one} {other}");
        }
    }
}
