//! Number formats (ECMA-376 part 1, 18.8.30 and 18.8.31), as far as they change what an officer reads: ids with zeros,
//! days, and cells that are made to show nothing.

use std::borrow::Cow;
use std::collections::HashMap;

use super::cell::{self, Decimals};
pub(super) use super::moment::Dates;
use super::moment::{self, Shows};
use super::sections::{Kind, Piece, Section, sections};

/// The number format of a cell.
#[derive(Debug, Clone, Default)]
pub(super) struct Format {
    /// None at all for the format `General`.
    sections: Vec<Section>,
}

impl Format {
    /// Reads a format's code.
    pub(super) fn parse(code: &str) -> Self {
        let sections = sections(code);
        if matches!(sections.as_slice(), [only] if only.condition.is_none() && matches!(only.kind, Kind::Plain))
        {
            return Self::default();
        }
        Self { sections }
    }

    /// A format that every spreadsheet program has without saying so.
    pub(super) fn built_in(id: u32) -> Self {
        Self::parse(match id {
            // 27 to 36 and 50 to 58 are dates in East Asian Excel, 71 to 81 in Thai
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 | 71..=74 | 77 => "yyyy-mm-dd",
            18..=21 | 32..=35 | 45 | 47 | 55 | 56 | 75 | 76 | 78 | 80 | 81 => "h:mm:ss",
            46 | 79 => "[h]:mm:ss",
            1 | 3 | 37 | 38 | 41 | 42 => "0",
            2 | 4 | 39 | 40 | 43 | 44 => "0.00",
            9 => "0%",
            10 => "0.00%",
            _ => "General",
        })
    }

    /// A text as it is shown.
    pub(super) fn text<'a>(&self, text: &'a str) -> Result<Cow<'a, str>, String> {
        let section = match self.sections.as_slice() {
            [_, _, _, fourth, ..] => Some(fourth),
            sections => sections.iter().rfind(|section| section.has_text()),
        };
        match section.map(|section| &section.kind) {
            Some(Kind::Shown(pieces)) if pieces.is_empty() => Err(NOTHING_SHOWN.into()),
            Some(Kind::Shown(pieces)) if !matches!(pieces.as_slice(), [Piece::Text]) => {
                let mut shown = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text => shown.push_str(text),
                        Piece::Literal(literal) => shown.push(*literal),
                        Piece::Digit | Piece::Optional => {}
                    }
                }
                Ok(Cow::Owned(shown))
            }
            _ => Ok(Cow::Borrowed(text)),
        }
    }

    /// A number as it is shown: with its zeros and letters where the format has them, otherwise plain.
    pub(super) fn number(&self, number: f64, dates: Dates) -> Result<String, String> {
        let Some((section, is_signed)) = self.section(number) else { return cell::plain(number) };
        match &section.kind {
            Kind::Plain | Kind::Decimals(_) => cell::plain(number),
            Kind::Percent(_) => cell::percent(number),
            Kind::Moment(Shows::Time) if number >= 1.0 => moment::shown(number, Shows::Day, dates),
            Kind::Moment(shows) => moment::shown(number, *shows, dates),
            Kind::Unclear => {
                Err("has a number format that mixes digits and dates; format the column as text".into())
            }
            Kind::Shown(pieces) if pieces.is_empty() => Err(NOTHING_SHOWN.into()),
            // the format of texts, in which Excel shows a number as it is
            Kind::Shown(pieces) if pieces.contains(&Piece::Text) => cell::plain(number),
            Kind::Shown(pieces) => {
                let plain = cell::plain(number.abs())?;
                if plain.contains('.') {
                    return cell::plain(number);
                }
                let sign = if is_signed && number < 0.0 { "-" } else { "" };
                Ok(sign.to_owned() + &filled(pieces, &plain))
            }
        }
    }

    /// A number with the digits behind the point that are shown, where the format says how many these are.
    pub(super) fn decimals(&self, number: f64) -> Option<Decimals> {
        match &self.section(number)?.0.kind {
            Kind::Decimals(places) => cell::decimals(&cell::plain(number).ok()?, *places),
            Kind::Percent(places) => cell::decimals(&cell::percent(number).ok()?, *places),
            // digits in places, as ids have them, and none behind a point
            Kind::Shown(pieces) if !pieces.is_empty() && !pieces.contains(&Piece::Text) => {
                Some(Decimals::Cut).filter(|_| number.fract() != 0.0)
            }
            _ => None,
        }
    }

    /// How much of a moment is shown.
    pub(super) fn shows(&self) -> Shows {
        match self.sections.first() {
            Some(Section { kind: Kind::Moment(shows), .. }) => *shows,
            _ => Shows::Day,
        }
    }

    /// The section for a number, and whether it needs a sign before it.
    fn section(&self, number: f64) -> Option<(&Section, bool)> {
        // the fourth is for texts
        let sections = &self.sections[..self.sections.len().min(3)];
        if sections.iter().any(|section| section.condition.is_some()) {
            let holds =
                |section: &&Section| section.condition.is_none_or(|condition| condition.holds(number));
            return sections.iter().find(holds).map(|section| (section, true));
        }
        match sections {
            [all] => Some((all, true)),
            [positive, negative] => Some(if number < 0.0 { (negative, false) } else { (positive, false) }),
            [positive, negative, zero] => Some(match number {
                _ if number < 0.0 => (negative, false),
                _ if number > 0.0 => (positive, false),
                _ => (zero, false),
            }),
            _ => None,
        }
    }
}

/// The number formats of a workbook.
#[derive(Default)]
pub(super) struct Formats {
    own: HashMap<u32, Format>,
    /// By the number of the style that a cell has.
    pub(super) styles: Vec<Format>,
}

impl Formats {
    /// A format of the workbook's own, under its number.
    pub(super) fn define(&mut self, id: u32, code: &str) {
        self.own.insert(id, Format::parse(code));
    }

    /// The next style, by its format's number.
    pub(super) fn push_style(&mut self, id: u32) {
        self.styles.push(self.own.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
    }
}

const NOTHING_SHOWN: &str = "has a number format that hides its value; choose the format General";

/// Digits in their places, from the right; what is left over stands at the first place.
fn filled(pieces: &[Piece], digits: &str) -> String {
    let places = pieces.iter().filter(|piece| matches!(piece, Piece::Digit | Piece::Optional)).count();
    let digits = if digits == "0" && places > 0 { "" } else { digits };
    let extra = digits.len().saturating_sub(places);
    let (mut left, rest) = digits.split_at(extra);
    let mut rest = rest.chars();
    let mut empty = places.saturating_sub(digits.len());
    let mut shown = String::new();
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => shown.push(*literal),
            Piece::Digit | Piece::Optional if empty > 0 => {
                empty -= 1;
                if *piece == Piece::Digit {
                    shown.push('0');
                }
            }
            Piece::Digit | Piece::Optional => {
                shown.push_str(left);
                left = "";
                shown.extend(rest.next());
            }
            Piece::Text => {}
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(code: &str, number: f64) -> Result<String, String> {
        Format::parse(code).number(number, Dates::From1900)
    }

    #[test]
    fn ids_are_as_they_are_shown() {
        for (code, value, text) in [
            ("00000000", 123_456.0, "00123456"),
            ("\"S\"00000000", 123_456.0, "S00123456"),
            ("\\S00000000", 123_456.0, "S00123456"),
            ("000-000", 12_345.0, "012-345"),
            ("000\\-000", 1_234_567.0, "1234-567"),
            ("0000", 0.0, "0000"),
            ("###\\-###", 12_345.0, "12-345"),
            ("(000) 0000", 1_234_567.0, "(123) 4567"),
            ("[<=999]000;\"X\"0000", 7.0, "007"),
            ("[<=999]000;\"X\"0000", 1234.0, "X1234"),
            ("00000_);(00000)", -42.0, "(00042)"),
            ("00000", -42.0, "-00042"),
            ("[$-409]00000;@", 42.0, "00042"),
            ("[=1]\"Yes\";[=0]\"No\"", 1.0, "Yes"),
            ("[Red]0000;General", 42.0, "0042"),
        ] {
            assert_eq!(number(code, value).as_deref(), Ok(text), "{code}");
        }
    }

    #[test]
    fn numbers_without_zeros_are_plain() {
        for code in [
            "General",
            "GENERAL",
            "0",
            "#",
            "#,##0",
            "#,##0.00",
            "0.00",
            "0.00E+00",
            "##0.0E+0",
            "# ?/?",
            "@",
            "_(* #,##0_);_(* (#,##0);_(* \"-\"_);_(@_)",
            "[$€-407]#,##0",
            "0_ ;[Red]\\-0\\ ",
            "#\\ ##0,0",
        ] {
            assert_eq!(number(code, 2026.0).as_deref(), Ok("2026"), "{code}");
        }
        assert_eq!(number("00000", 2.5).as_deref(), Ok("2.5"));
    }

    #[test]
    fn scores_have_the_decimals_that_are_shown() {
        let shown = |text: &str| Some(Decimals::Shown(text.to_owned()));
        for (code, value, expected) in [
            ("0.0", 6.0, shown("6.0")),
            ("0.0", 6.5, None),
            ("0.00", 6.5, shown("6.50")),
            ("#,##0.00_);(#,##0.00)", -1234.5, shown("-1234.50")),
            ("[Red]0.0;-0.0", 0.0, shown("0.0")),
            ("0.0%", 0.85, shown("85.0%")),
            ("0%", 0.85, None),
            ("0.0", 7.25, Some(Decimals::Cut)),
            ("0.00", 22.0 / 3.0, Some(Decimals::Cut)),
            ("0%", 0.8125, Some(Decimals::Cut)),
            ("0.#", 6.0, None),
            ("0.00E+00", 6.0, None),
            ("General", 6.0, None),
            ("#,##0", 6.0, None),
            ("0", 7.5, Some(Decimals::Cut)),
            ("#,##0_ ", 7.5, Some(Decimals::Cut)),
            ("00", 7.5, Some(Decimals::Cut)),
            ("General", 7.5, None),
            ("@", 7.5, None),
            ("# ?/?", 7.5, None),
        ] {
            assert_eq!(Format::parse(code).decimals(value), expected, "{code} {value}");
        }
        assert_eq!(Format::built_in(2).decimals(6.0), shown("6.00"));
        assert_eq!(Format::built_in(1).decimals(7.5), Some(Decimals::Cut));
        assert_eq!(Format::built_in(0).decimals(7.5), None);
        assert_eq!(Format::built_in(10).decimals(0.85), shown("85.00%"));
    }

    #[test]
    fn a_share_is_shown_in_per_cent() {
        for (code, value, text) in [
            ("0%", 0.81, "81%"),
            ("0.00%", 0.57, "57%"),
            ("0.0\\ %", 0.8125, "81.25%"),
            ("#%;-#%", -0.5, "-50%"),
        ] {
            assert_eq!(number(code, value).as_deref(), Ok(text), "{code}");
        }
        for id in [9, 10] {
            assert_eq!(Format::built_in(id).number(0.85, Dates::From1900).as_deref(), Ok("85%"));
        }
    }

    #[test]
    fn days_are_known_by_their_format() {
        for code in [
            "yyyy-mm-dd",
            "d/m/yyyy",
            "DD.MM.YY",
            "mmm yyyy",
            "[$-409]d\\-mmm\\-yyyy;@",
            "[$-F800]dddd, mmmm dd, yyyy",
            "[$-411]ge.m.d",
            "[$-411]ggge\"年\"m\"月\"d\"日\"",
            "[$-107041E]d mmmm yyyy;@",
            "yyyy\"年\"m\"月\"d\"日\"",
            "[Blue][<50000]dd/mm/yyyy;General",
            "yyyy-mm-dd hh:mm:ss.000",
            "m/d/yy h:mm AM/PM",
            "[ENG][$-409]d\\-mmm",
            "bbbb/mm/dd",
            "mmm",
        ] {
            assert_eq!(number(code, 46_203.0).as_deref(), Ok("2026-06-30"), "{code}");
        }
        for code in ["yyyy", "yy", "[$-409]yyyy;@", "e", "yyyy\"年\"", "bbbb"] {
            assert_eq!(number(code, 46_203.0).as_deref(), Ok("2026"), "{code}");
        }
        assert_eq!(number("h:mm AM/PM", 0.25).as_deref(), Ok("06:00:00"));
        assert_eq!(number("h:mm", 46_203.25).as_deref(), Ok("2026-06-30 06:00:00"));
        for id in [14, 15, 22, 27, 36, 57, 71] {
            assert_eq!(Format::built_in(id).number(46_203.0, Dates::From1900).as_deref(), Ok("2026-06-30"));
        }
        for id in [0, 1, 3, 11, 37, 44, 48, 49, 59] {
            assert_eq!(Format::built_in(id).number(46_203.0, Dates::From1900).as_deref(), Ok("46203"));
        }
    }

    #[test]
    fn what_a_format_hides_is_not_read() {
        assert_eq!(number(";;;", 42.0), Err(NOTHING_SHOWN.into()));
        assert_eq!(Format::parse(";;;").text("Ada"), Err(NOTHING_SHOWN.into()));
        assert!(number("S00000000", 42.0).is_err_and(|problem| problem.contains("mixes")));
    }

    #[test]
    fn texts_have_what_their_format_adds() {
        for (code, text) in
            [("@", "7"), ("General", "7"), ("0000", "7"), ("\"S\"@", "S7"), ("0;-0;0;\"S\"@", "S7")]
        {
            assert_eq!(Format::parse(code).text("7").as_deref(), Ok(text), "{code}");
        }
    }
}
