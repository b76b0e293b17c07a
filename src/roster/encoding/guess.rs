//! What the encoding of a file without a mark may be. A guess is only ever shown: what it would give is for a person to
//! look at, and the configuration for it to be settled.

use super::candidates::Candidate;
use super::detector;

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
    /// The likeliest encoding of these cells.
    pub(super) fn of(cells: &[Vec<u8>]) -> (Self, &'static Candidate) {
        let verdict = detector::detect(cells);
        let likeliest = verdict.ranking[0];
        let ranking = verdict.ranking.iter().filter(|_| true);
        let alternatives = ranking.map(|candidate| alternative(candidate, cells)).collect();
        let guess = Self {
            encoding: likeliest.name,
            used_for: likeliest.used_for,
            is_readable: likeliest.encoding().is_some(),
            is_sure: verdict.is_sure,
            alternatives,
        };
        (guess, likeliest)
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
        if !self.is_readable {
            return format!(
                "is not UTF-8; it looks like {name} ({used_for}), which is not read; export it as UTF-8"
            );
        }
        if self.is_sure {
            return format!(
                "is not UTF-8; it looks like {name} ({used_for}). Check the names in the dry run, then set {line} under \
                 [roster], or export the roster as UTF-8"
            );
        }
        let others: Vec<_> = self.alternatives.iter().map(|alternative| alternative.encoding).collect();
        format!(
            "is not UTF-8, and its encoding is not sure: it may be {}. Export the roster as UTF-8; or check the names in \
             the dry run, then set the right one under [roster], such as {line}",
            or(&others)
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

fn alternative(candidate: &'static Candidate, cells: &[Vec<u8>]) -> Alternative {
    let examples = cells.iter().take(EXAMPLES).map(|cell| candidate.decode(cell).into_owned()).collect();
    Alternative { encoding: candidate.name, used_for: candidate.used_for, examples }
}
