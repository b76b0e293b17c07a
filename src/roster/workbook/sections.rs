//! The grammar of a number format: up to four sections, in each of which letters, digits and quoted text mean something.

use super::moment::Shows;

/// One section of a number format.
#[derive(Debug, Clone)]
pub(super) struct Section {
    pub(super) condition: Option<Condition>,
    pub(super) kind: Kind,
}

/// What a section does with a number.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// Nothing that would matter in an id, and as many digits as the number has: General, an exponent, a fraction.
    Plain,
    /// So many digits behind the point: nothing in an id or a year, but a score of 6.0 is written so.
    Decimals(usize),
    /// A hundred times as much, with its sign and so many digits behind the point.
    Percent(usize),
    Moment(Shows),
    /// Digits in places, with other letters around or between them.
    Shown(Vec<Piece>),
    /// Both digits and the letters of dates.
    Unclear,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Literal(char),
    /// `0`: a digit, or a zero.
    Digit,
    /// `#` or `?`: a digit, or nothing.
    Optional,
    /// `@`: the cell's text.
    Text,
}

/// Such as `[<=999]`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    is_less: bool,
    is_equal: bool,
    is_more: bool,
    than: f64,
}

impl Condition {
    fn parse(code: &str) -> Option<Self> {
        let than = code.trim_start_matches(['<', '=', '>']);
        let operator = &code[..code.len() - than.len()];
        let (is_less, is_equal, is_more) = match operator {
            "<" => (true, false, false),
            "<=" => (true, true, false),
            "=" => (false, true, false),
            ">=" => (false, true, true),
            ">" => (false, false, true),
            "<>" => (true, false, true),
            _ => return None,
        };
        Some(Self { is_less, is_equal, is_more, than: than.trim().parse().ok()? })
    }

    pub(super) fn holds(&self, number: f64) -> bool {
        number.partial_cmp(&self.than).is_some_and(|order| match order {
            std::cmp::Ordering::Less => self.is_less,
            std::cmp::Ordering::Equal => self.is_equal,
            std::cmp::Ordering::Greater => self.is_more,
        })
    }
}

impl Section {
    /// Whether it has a place for a text.
    pub(super) fn has_text(&self) -> bool {
        matches!(&self.kind, Kind::Shown(pieces) if pieces.contains(&Piece::Text))
    }
}

/// How digits are meant.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Digits {
    #[default]
    InPlaces,
    /// With a decimal point, thousands, an exponent, a fraction or the word General.
    Plain,
    /// Per cent, whatever else.
    Percent,
}

/// The places behind the point.
#[derive(Default, Clone, Copy)]
enum Decimals {
    /// No point was met.
    #[default]
    None,
    /// So many zeros.
    Zeros(usize),
    /// Places that are left out, an exponent or a fraction: how many are shown is the number's own matter.
    Unclear,
}

/// What was met in a section so far.
#[derive(Default)]
struct Draft {
    condition: Option<Condition>,
    pieces: Vec<Piece>,
    /// Letters of dates, in lower case.
    letters: String,
    digits: Digits,
    decimals: Decimals,
    is_elapsed: bool,
    /// Digits behind the point of a second are no places.
    is_after_second: bool,
}

/// Reads a format's code; there is always one section at least.
pub(super) fn sections(code: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut draft = Draft::default();
    let mut rest = code;
    while let Some(letter) = rest.chars().next() {
        let length = draft.take(letter, rest);
        if letter == ';' {
            sections.push(std::mem::take(&mut draft).section());
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    sections.push(draft.section());
    sections
}

impl Draft {
    /// Takes what stands first in the rest of the code, and says how long that is.
    fn take(&mut self, letter: char, rest: &str) -> usize {
        let one = letter.len_utf8();
        let after = &rest[one..];
        let starts =
            |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        match letter {
            ';' => {}
            '"' => {
                let length = after.find('"').unwrap_or(after.len());
                self.pieces.extend(after[..length].chars().map(Piece::Literal));
                return one + length + 1;
            }
            // a literal; a space as wide as the next letter; the next letter as often as there is room
            '\\' | '!' | '_' | '*' => {
                let next = after.chars().next();
                if matches!(letter, '\\' | '!') {
                    self.pieces.extend(next.map(Piece::Literal));
                }
                return one + next.map_or(0, char::len_utf8);
            }
            '[' => {
                let length = after.find(']').unwrap_or(after.len());
                self.brackets(&after[..length]);
                return one + length + 1;
            }
            _ if starts("General") || starts("Standard") => {
                self.plain();
                return if starts("General") { "General".len() } else { "Standard".len() };
            }
            _ if starts("AM/PM") => return self.moment('h', "AM/PM".len()),
            _ if starts("A/P") => return self.moment('h', "A/P".len()),
            'E' | 'e' if after.starts_with(['+', '-']) && self.has_places() => {
                self.plain();
                self.decimals = Decimals::Unclear;
                return one + 1;
            }
            '0' if self.is_after_second => {}
            '0' => {
                if let Decimals::Zeros(count) = &mut self.decimals {
                    *count += 1;
                }
                self.pieces.push(Piece::Digit);
            }
            '#' | '?' => {
                if let Decimals::Zeros(_) = self.decimals {
                    self.decimals = Decimals::Unclear;
                }
                self.pieces.push(Piece::Optional);
            }
            '@' => self.pieces.push(Piece::Text),
            '.' if self.letters.ends_with('s') => self.is_after_second = true,
            '.' | ',' if self.has_places() || after.starts_with(['0', '#', '?']) => {
                self.plain();
                if letter == '.' {
                    self.decimals = Decimals::Zeros(0);
                }
            }
            '/' if self.has_places() => {
                self.plain();
                self.decimals = Decimals::Unclear;
            }
            '%' => self.digits = Digits::Percent,
            _ if "ymdhsegbYMDHSEGB".contains(letter) => return self.moment(letter, one),
            // the day of the week in East Asian Excel
            _ if starts("aaa") => return self.moment('d', "aaa".len()),
            _ => self.pieces.push(Piece::Literal(letter)),
        }
        one
    }

    fn plain(&mut self) {
        if self.digits == Digits::InPlaces {
            self.digits = Digits::Plain;
        }
    }

    fn moment(&mut self, letter: char, length: usize) -> usize {
        self.letters.push(letter.to_ascii_lowercase());
        self.is_after_second = false;
        length
    }

    fn brackets(&mut self, code: &str) {
        if let Some(currency) = code.strip_prefix('$') {
            let symbol = currency.split('-').next().unwrap_or_default();
            self.pieces.extend(symbol.chars().map(Piece::Literal));
        } else if let Some(condition) = Condition::parse(code) {
            self.condition = Some(condition);
        } else if !code.is_empty() && code.chars().all(|letter| "hmsHMS".contains(letter)) {
            self.is_elapsed = true;
            self.letters.push_str(&code.to_ascii_lowercase());
        }
        // colours and kinds of digits change nothing
    }

    fn has_places(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Digit | Piece::Optional))
    }

    fn section(self) -> Section {
        let has_places = self.has_places();
        let only = |letters: &str| self.letters.chars().all(|letter| letters.contains(letter));
        let kind = if self.letters.is_empty() {
            match self.pieces.as_slice() {
                _ if self.digits == Digits::Percent && has_places => match self.decimals {
                    Decimals::None => Kind::Percent(0),
                    Decimals::Zeros(places) => Kind::Percent(places),
                    // as many as Excel shows at most
                    Decimals::Unclear => Kind::Percent(15),
                },
                _ if self.digits != Digits::InPlaces => match self.decimals {
                    Decimals::Zeros(places) if has_places => Kind::Decimals(places),
                    Decimals::None if has_places => Kind::Decimals(0),
                    _ => Kind::Plain,
                },
                [Piece::Digit | Piece::Optional] => Kind::Decimals(0),
                pieces if has_places && is_padding(pieces) => Kind::Decimals(0),
                _ => Kind::Shown(self.pieces),
            }
        } else if has_places {
            Kind::Unclear
        } else if self.is_elapsed || (only("hms") && !only("m")) {
            Kind::Moment(Shows::Time)
        } else if only("yegb") {
            Kind::Moment(Shows::Year)
        } else {
            Kind::Moment(Shows::Day)
        };
        Section { condition: self.condition, kind }
    }
}

/// Whether the places are those of a number of any size, with nothing but blanks, brackets and signs around it.
fn is_padding(pieces: &[Piece]) -> bool {
    let zeros = pieces.iter().filter(|piece| **piece == Piece::Digit).count();
    let is_dress = |piece: &Piece| match piece {
        Piece::Literal(letter) => matches!(letter, ' ' | '-' | '+' | '(' | ')' | '\u{a0}'),
        _ => true,
    };
    let mut places = pieces.iter().skip_while(|piece| matches!(piece, Piece::Literal(_)));
    let inner = places.by_ref().take_while(|piece| !matches!(piece, Piece::Literal(_))).count();
    let has_more = places.any(|piece| !matches!(piece, Piece::Literal(_)));
    zeros <= 1 && inner > 0 && !has_more && pieces.iter().all(is_dress)
}
