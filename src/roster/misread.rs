//! Whether the names of a whole roster were read in a wrong encoding before it was written. One name may look right by
//! chance (`Muńoz`); all of them together do not, and where most are refused the others cannot be relied on.

use super::Mistake;
use super::damage::{is_of_encoding, misread};

/// Names that are looked at together: more would only take longer.
const MOST_NAMES: usize = 100;

/// What there is to know of the names with letters beyond ASCII.
#[derive(Debug, Clone, Default)]
pub struct NamesBeyondAscii {
    sound: u64,
    damaged: u64,
    /// Different ones that are new or damaged, the first of them; personal.
    sample: Vec<String>,
}

impl NamesBeyondAscii {
    /// Takes the name of a good row into account; one that the ledger holds already is not looked at again.
    pub fn take(&mut self, name: &str, is_new: bool) {
        if name.is_ascii() {
            return;
        }
        self.sound += 1;
        if is_new {
            self.sample(name);
        }
    }

    /// Takes a bad row into account, and its name where the letters of it were looked at.
    pub fn take_mistakes(&mut self, mistakes: &[Mistake], name: &str) {
        let has = |is_so: fn(&str) -> bool| mistakes.iter().any(|mistake| is_so(&mistake.problem));
        self.damaged += u64::from(has(is_of_encoding));
        if has(|problem| problem == misread::DAMAGED) {
            self.sample(name);
        }
    }

    /// Adds what was seen elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.sound += other.sound;
        self.damaged += other.damaged;
        other.sample.iter().for_each(|name| self.sample(name));
    }

    fn sample(&mut self, name: &str) {
        if self.sample.len() < MOST_NAMES && !self.sample.iter().any(|known| known == name) {
            self.sample.push(name.to_owned());
        }
    }

    /// Why the names of the roster cannot be relied on, without any of them.
    #[must_use]
    pub fn problem(&self, roster: &str) -> Option<String> {
        const ADVICE: &str =
            "export it again as UTF-8; if the names in the dry run are right, approve its plan";
        let all = self.sound + self.damaged;
        if self.damaged > 1 && self.damaged > self.sound && self.sound > 0 {
            return Some(format!(
                "{roster}: of {all} rows with letters beyond ASCII {} were read in a wrong encoding, so that the others \
                 cannot be relied on: {ADVICE}",
                self.damaged
            ));
        }
        let found = misread::of_all(&self.sample)?;
        Some(format!(
            "{roster}: the names in it were read in a wrong encoding before; they look like {} that was read as {}: {ADVICE}",
            found.written, found.read
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> NamesBeyondAscii {
        let mut all = NamesBeyondAscii::default();
        for name in names {
            all.take(name, true);
        }
        all
    }

    #[test]
    fn names_of_another_encoding_are_told_without_naming_them() {
        let problem = names(&["Magalhăes", "Irčne Bénard", "Conceiçăo", "Ada Quill", "Bjřrn Sřrensen"])
            .problem("roster.csv")
            .unwrap_or_default();
        assert!(problem.contains("windows-1252 that was read as windows-1250"), "{problem}");
        assert!(!problem.contains("Bénard"), "{problem}");
        assert_eq!(names(&["Magalhães", "Irène Bénard", "Łukasz Żak"]).problem("roster.csv"), None);
    }

    #[test]
    fn a_few_sound_names_among_damaged_ones_are_not_relied_on() {
        let mistake = Mistake {
            record: 1,
            sheet: None,
            line: 2,
            column: None,
            student_id: None,
            course_key: None,
            problem: "has letters that do not go together; it was read in a wrong encoding: export it again as UTF-8".into(),
        };
        let mut all = names(&["Müller"]);
        all.take_mistakes(std::slice::from_ref(&mistake), "JosŽ");
        assert_eq!(all.problem("roster.csv"), None, "one may be a slip");
        all.take_mistakes(std::slice::from_ref(&mistake), "JosŽ");
        assert!(all.problem("roster.csv").is_some_and(|problem| problem.contains("of 3 rows")));
        all.take("Zoë", true);
        all.take("Brontë", false);
        assert_eq!(all.problem("roster.csv"), None, "most are sound");
    }
}
