//! Properties that hold for every input: nothing panics, no row is forgotten, what is clean stays clean.

use std::fmt::Debug;
use std::io::Write;
use std::path::Path;

use gradpass::config::{Config, EXAMPLE, RosterSettings};
use gradpass::credential::Credential;
use gradpass::graduate::{EmailAddress, PersonName, StudentId};
use gradpass::roster::{Roster, parse};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::roster::desk::{HEADER, line};

/// Rows that were read, and rows with a mistake; none where the file was refused in a sentence.
fn read(bytes: &[u8]) -> Option<(u64, u64)> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let told = |error: String| assert!(error.len() < 1000, "{error}");
    let mut roster = match Roster::open(file.path(), &RosterSettings::default()) {
        Ok(roster) => roster,
        Err(error) => {
            told(error.problem);
            return None;
        }
    };
    let (mut good, mut wrong) = (0, 0);
    loop {
        match roster.next_record() {
            Ok(Some(record)) => {
                assert_eq!(record.number, good + wrong + 1);
                assert!(record.line <= record.last_line);
                match parse(&roster.columns, &record, date(2026, 11, 23)) {
                    Ok(row) => {
                        assert_eq!((row.record, row.line), (record.number, record.line));
                        // what is imported can be redeemed, on the same day and later
                        for day in [date(2026, 11, 23), date(2027, 12, 31), date(2200, 1, 1)] {
                            let (name, award) = (&row.graduate.name, &row.qualification);
                            Credential::of(name, "Northfield University", award, day).unwrap();
                        }
                        good += 1;
                    }
                    Err(mistakes) => {
                        assert!(!mistakes.is_empty());
                        assert!(mistakes.iter().all(|mistake| mistake.record == record.number));
                        wrong += 1;
                    }
                }
            }
            Ok(None) => return Some((good, wrong)),
            Err(error) => {
                told(error.problem);
                return None;
            }
        }
    }
}

fn valid() -> Vec<u8> {
    let rows: Vec<_> = (1..=8).map(line).collect();
    format!("{HEADER}\n{}\n", rows.join("\n")).into_bytes()
}

/// A value in quotes or without, as one may write it.
pub fn cell(value: &str, quoted: bool) -> String {
    if quoted || value.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// What parses once parses again to the same, and holds nothing that would spoil a line.
fn stays<T: PartialEq + Debug>(
    value: &str,
    parse: impl Fn(&str) -> Option<T>,
    text: impl Fn(&T) -> String,
) -> Result<(), TestCaseError> {
    let Some(parsed) = parse(value) else { return Ok(()) };
    let once = text(&parsed);
    prop_assert!(!once.contains(char::is_control), "{once:?} of {value:?}");
    prop_assert!(!once.contains(['\u{2028}', '\u{2029}', '\u{feff}', '\u{202e}']), "{once:?} of {value:?}");
    prop_assert_eq!(once.trim(), &once);
    prop_assert_eq!(parse(&once).map(|again| text(&again)), Some(once));
    Ok(())
}

/// The same inputs every time; whoever looks for more sets another seed.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(23),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn random_bytes_are_refused_or_read(bytes in vec(any::<u8>(), 0..600)) {
        read(&bytes);
    }

    #[test]
    fn random_bytes_behind_a_header_are_refused_or_read(bytes in vec(any::<u8>(), 0..400)) {
        read(&[HEADER.as_bytes(), b"\n", &bytes].concat());
    }

    #[test]
    fn a_spoilt_roster_is_refused_or_read(
        spoils in vec((any::<prop::sample::Index>(), prop::sample::select(b"\",;\n\r\t\0\xff\xc3=@ x".as_slice())), 1..6),
        inserts: bool,
    ) {
        let mut bytes = valid();
        for (place, byte) in spoils {
            let place = place.index(bytes.len());
            if inserts { bytes.insert(place, byte) } else { bytes[place] = byte }
        }
        read(&bytes);
    }

    #[test]
    fn a_row_is_read_however_it_is_quoted(
        quoted in vec(any::<bool>(), 72),
        end in prop::sample::select(["\n", "\r\n", "\r"].as_slice()),
        blank_after in 0..9_usize,
    ) {
        let mut text = format!("{HEADER}{end}");
        for (number, quoted) in (1..=8).zip(quoted.chunks(9)) {
            let cells: Vec<_> = line(number).split(',').zip(quoted).map(|(value, quoted)| cell(value, *quoted)).collect();
            text.push_str(&cells.join(","));
            text.push_str(end);
            if number == blank_after {
                text.push_str(end);
            }
        }
        prop_assert_eq!(read(text.as_bytes()), Some((8, 0)));
    }

    #[test]
    fn every_row_of_random_cells_is_read_or_has_a_mistake(rows in vec(vec("[ -~é\n]{0,12}", 1..11), 1..9)) {
        let mut text = format!("{HEADER}\n");
        // a line of one cell may be a heading
        let (mut count, mut certain) = (0, 0);
        for row in &rows {
            let cells: Vec<_> = row.iter().map(|value| cell(value, true)).collect();
            text.push_str(&cells.join(","));
            text.push('\n');
            let filled = row.iter().filter(|value| !value.trim().is_empty()).count();
            count += u64::from(filled > 0);
            certain += u64::from(filled > 1);
        }
        let (good, wrong) = read(text.as_bytes()).unwrap_or_default();
        prop_assert!((certain..=count).contains(&(good + wrong)));
    }

    #[test]
    fn no_configuration_panics(text in "\\PC{0,200}") {
        let _ = Config::parse(&text, Path::new("gradpass.toml"));
    }

    #[test]
    fn no_spoilt_configuration_panics(
        spoils in vec((any::<prop::sample::Index>(), "[\"'=\\[\\]#\\n\\\\.é0-9a-z<>@:/-]{0,3}"), 1..5),
    ) {
        let mut text: Vec<_> = EXAMPLE.chars().map(String::from).collect();
        for (place, other) in spoils {
            let place = place.index(text.len());
            text[place] = other;
        }
        if let Err(error) = Config::parse(&text.concat(), Path::new("gradpass.toml")) {
            prop_assert!(error.to_string().starts_with("configuration gradpass.toml: "));
        }
    }

    #[test]
    fn an_address_stays(value in "[a-zA-Z.+' \t]{0,8}@?[a-zA-Z.\\-üßあ。 \u{200b}]{0,12}(\\.example)?") {
        stays(&value, |value| EmailAddress::parse(value).ok(), |it| it.as_str().to_owned())?;
    }

    #[test]
    fn any_address_stays(value: String) {
        stays(&value, |value| EmailAddress::parse(value).ok(), |it| it.as_str().to_owned())?;
    }

    #[test]
    fn any_name_stays(value: String) {
        stays(&value, |value| PersonName::parse(value).ok(), |it| it.as_str().to_owned())?;
    }

    #[test]
    fn a_student_id_stays(value in "(=\")?[ a-z0-9./:#+_\\-\"=\u{200b}ée\u{301}]{0,12}\"?") {
        stays(&value, |value| StudentId::parse(value).ok(), |it| it.as_str().to_owned())?;
    }
}

proptest! {
    #![proptest_config(cases(4000))]

    /// Invisible characters, joiners and accents written apart, between which the cleaning has to decide.
    #[test]
    fn a_name_of_odd_signs_stays(value in "[aA\u{303}Ã©\u{a9}\u{200b}\u{200c}\u{200d}ب\u{3000}\u{ad} ]{1,8}") {
        stays(&value, |value| PersonName::parse(value).ok(), |it| it.as_str().to_owned())?;
    }
}
