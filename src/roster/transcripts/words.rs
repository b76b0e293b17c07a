//! The words of a file of subjects, each once: names, codes and grades repeat in every other line.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::RandomState;

use crate::credential::Subject;

/// The number of a word.
pub(super) type Word = u32;

/// Code and name of a course, folded.
pub(super) type Course = [Word; 2];

/// Words that repeat, each once.
#[derive(Default)]
pub(super) struct Words {
    numbers: HashMap<Arc<str>, Word, RandomState>,
    texts: Vec<Arc<str>>,
}

impl Words {
    /// No word.
    pub(super) const NONE: Word = Word::MAX;

    /// The number of a word, which is known from now on.
    pub(super) fn take(&mut self, word: Option<&str>) -> Word {
        let Some(word) = word else { return Self::NONE };
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        let number = Word::try_from(self.texts.len()).unwrap_or(Self::NONE);
        let word: Arc<str> = word.into();
        self.texts.push(Arc::clone(&word));
        self.numbers.insert(word, number);
        number
    }

    /// The number of a word that is known.
    pub(super) fn find(&self, word: &str) -> Option<Word> {
        self.numbers.get(word).copied()
    }

    /// Code and name of a course, folded.
    pub(super) fn course(&mut self, course: [Option<String>; 2]) -> Course {
        course.map(|it| self.take(it.filter(|it| !it.is_empty()).map(|it| it.to_lowercase()).as_deref()))
    }

    /// A word by its number; empty for no word.
    pub(super) fn text(&self, word: Word) -> &str {
        usize::try_from(word).ok().and_then(|at| self.texts.get(at)).map_or("", |text| text)
    }

    /// A word by its number.
    pub(super) fn get(&self, word: Word) -> Option<String> {
        (word != Self::NONE).then(|| self.text(word).to_owned())
    }

    /// A subject by the numbers of its words.
    pub(super) fn subject(&self, subject: &[Word; 6]) -> Subject {
        let [name, code, credit, score, grade, completion_date] = subject.map(|word| self.get(word));
        Subject {
            name: name.unwrap_or_default(),
            code: code.unwrap_or_default(),
            credit,
            score,
            grade: grade.unwrap_or_default(),
            completion_date: completion_date.unwrap_or_default(),
        }
    }
}
