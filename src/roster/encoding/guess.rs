//! What the encoding of a file without a mark may be. A guess is only ever shown: what it would give is for a person to
//! look at, and the configuration for it to be settled.

use super::detector::Verdict;

/// Names that are shown of each alternative.
const EXAMPLES: usize = 5;

/// The likeliest encoding of a text that is not UTF-8, and what else it may be.
#[derive(Debug, Clone)]
pub struct Guess {
    /// As `roster.encoding` has it, like `windows-874`.
    pub encoding: &'static str,
    /// What writes it, like `Thai`.
    pub used_for: &'static str,
    /// Whether gradpass can read it.
    pub is_readable: bool,
    /// Whether hardly any other encoding gives names.
    pub is_sure: bool,
    /// The guess itself first, then what else gives names, the likeliest before the others.
    pub alternatives: Vec<Alternative>,
}

/// An encoding, and what some cells are in it.
#[derive(Debug, Clone)]
pub struct Alternative {
    /// As `roster.encoding` has it.
    pub encoding: &'static str,
    /// What writes it.
    pub used_for: &'static str,
    /// Up to five cells with letters beyond ASCII, read so. Personal: for a terminal or a preview only.
    pub examples: Vec<String>,
}

impl Guess {
    /// What was detected, with cells for which it matters.
    pub(super) fn from(verdict: &Verdict, cells: &[Vec<u8>]) -> Self {
        let ranking = &verdict.ranking;
        let likeliest = ranking[0];
        // first of all one for each other encoding that is different in it
        let telling = ranking[1..]
            .iter()
            .filter_map(|other| cells.iter().find(|cell| other.decode(cell) != likeliest.decode(cell)));
        let mut shown: Vec<&Vec<u8>> = Vec::new();
        for cell in telling.chain(cells) {
            if shown.len() < EXAMPLES && !shown.contains(&cell) {
                shown.push(cell);
            }
        }
        let alternatives = ranking.iter().map(|candidate| Alternative {
            encoding: candidate.name,
            used_for: candidate.used_for,
            // a terminal shows them: nothing in them may move its cursor
            examples: shown
                .iter()
                .map(|cell| candidate.decode(cell).replace(char::is_control, "\u{fffd}"))
                .collect(),
        });
        Self {
            encoding: likeliest.name,
            used_for: likeliest.used_for,
            is_readable: likeliest.encoding().is_some(),
            is_sure: verdict.is_sure,
            alternatives: alternatives.collect(),
        }
    }

    /// UTF-16 without a mark, whose zeros leave no doubt.
    pub(super) fn utf16(encoding: &'static str) -> Self {
        Self {
            encoding,
            used_for: "UTF-16 without a mark",
            is_readable: true,
            is_sure: true,
            alternatives: Vec::new(),
        }
    }

    /// An encoding in seven bits that `encoding_rs` reads.
    pub(super) fn seven_bit(encoding: &'static str, used_for: &'static str) -> Self {
        Self { encoding, used_for, is_readable: true, is_sure: true, alternatives: Vec::new() }
    }

    /// The line under `[roster]` that settles it.
    #[must_use]
    pub fn config_line(&self) -> String {
        format!("encoding = \"{}\"", self.encoding)
    }

    /// Why the file is not simply read and what to do: the problem of a refusal, without any name.
    #[must_use]
    pub fn problem(&self) -> String {
        let (name, used_for, line) = (self.encoding, self.used_for, self.config_line());
        let others: Vec<_> = self.alternatives.iter().skip(1).map(|other| other.encoding).collect();
        let perhaps = if self.is_sure || others.is_empty() {
            String::new()
        } else {
            format!(" or, less likely, {}", or(&others))
        };
        if !self.is_readable {
            return format!(
                "is not UTF-8; it looks like {name} ({used_for}){perhaps}. gradpass does not read {name}: export the \
                 roster as UTF-8"
            );
        }
        if self.is_sure || others.is_empty() {
            return format!(
                "is not UTF-8; it looks like {name} ({used_for}). Check the names in the dry run, then set {line} under \
                 [roster], or export the roster as UTF-8"
            );
        }
        format!(
            "is not UTF-8, and there is too little in it to be sure what it is: it looks like {name} ({used_for}){perhaps}. \
             Export the roster as UTF-8; or check the names in the dry run, then set the right one under [roster], such \
             as {line}"
        )
    }
}

/// `a, b or c`
fn or(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} or {last}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::encoding::detector;

    #[test]
    fn a_sure_guess_names_the_line_that_settles_it() {
        let names = ["สมชาย ใจดี", "อรุณี พงษ์ไพบูลย์", "ณัฐวุฒิ ศรีสุข", "กนกวรรณ วงศ์สวัสดิ์", "ปิยะ ทองดี", "มานี แสงทอง"];
        let cells: Vec<_> = names.map(|name| encoding_rs::WINDOWS_874.encode(name).0.into_owned()).into();
        let guess = Guess::from(&detector::detect(&cells), &cells);
        assert_eq!(
            guess.problem(),
            "is not UTF-8; it looks like windows-874 (Thai). Check the names in the dry run, then set encoding = \
             \"windows-874\" under [roster], or export the roster as UTF-8"
        );
        assert_eq!(guess.alternatives[0].examples, names[..5]);
    }

    #[test]
    fn examples_are_those_that_differ() {
        let cells = vec![b"Zo\xeb".to_vec(), b"M\xfcller".to_vec(), b"Pe\xf1a".to_vec()];
        let guess = Guess::from(&detector::detect(&cells), &cells);
        let [first, others @ ..] = guess.alternatives.as_slice() else { panic!("nothing was guessed") };
        assert_eq!(first.encoding, "windows-1252");
        assert!(!guess.is_sure && !others.is_empty());
        for other in others {
            assert_ne!(first.examples, other.examples, "{}", other.encoding);
        }
        assert!(!guess.problem().contains("ller"));
    }

    #[test]
    fn what_cannot_be_read_is_to_be_exported_again() {
        let cells =
            [&b"Jos\x82 Garc\xa1a"[..], b"Ram\xa2n Mu\xa4oz", b"Zo\x89 M\x81ller", b"Fran\x87ois Lef\x8avre"];
        let cells: Vec<_> = cells.map(<[u8]>::to_vec).into();
        let guess = Guess::from(&detector::detect(&cells), &cells);
        assert!(guess.problem().ends_with("gradpass does not read cp850: export the roster as UTF-8"));
    }
}
