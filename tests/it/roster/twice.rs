//! What was read once is read again: in every encoding, and as it was written down.

use std::io::Write;

use gradpass::config::RosterSettings;
use gradpass::credential::Qualification;
use gradpass::graduate::Graduate;
use gradpass::roster::{Roster, parse};
use jiff::civil::date;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::properties::{cases, cell};

/// The rows without a mistake, without their places.
fn rows_of(bytes: &[u8]) -> Vec<(Graduate, Qualification)> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    let settings = RosterSettings { encoding: Some(encoding_rs::WINDOWS_1252), ..RosterSettings::default() };
    let mut roster = Roster::open(file.path(), &settings).unwrap();
    let mut rows = Vec::new();
    while let Some(record) = roster.next_record().unwrap() {
        if let Ok(row) = parse(&roster.columns, &record, date(2026, 11, 23)) {
            rows.push((row.graduate, row.qualification));
        }
    }
    rows
}

/// Rows as a roster again.
fn written(rows: &[(Graduate, Qualification)]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record([
            "student_id",
            "full_name",
            "email",
            "course_name",
            "majors",
            "honours",
            "conferral_year",
        ])
        .unwrap();
    for (graduate, award) in rows {
        let year = award.conferral.year.unwrap().to_string();
        let honours = award.honours.clone().unwrap_or_default();
        let (name, email) = (graduate.name.as_str(), graduate.email.as_str());
        let record = [
            graduate.student_id.as_str(),
            name,
            email,
            &award.course_name,
            &award.majors.join(";"),
            &honours,
            &year,
        ];
        writer.write_record(record).unwrap();
    }
    // a roster without a row is none
    writer.write_record(["last", "L", "last@mailbox.example", "L", "", "", "2024"]).unwrap();
    writer.into_inner().unwrap()
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_roster_is_read_in_every_encoding_and_once_read_is_read_again(
        rows in vec(vec("[ a-zA-Z0-9'’.;-]{1,16}( José| Groß| Peña| Übach)?", 6), 1..6),
        encoding in 0..5_usize,
    ) {
        let mut text = "student_id,full_name,email,course_name,majors,honours,conferral_year\n".to_owned();
        for (number, row) in rows.iter().enumerate() {
            let cells: Vec<_> = row[..4].iter().map(|value| cell(value, true)).collect();
            let [name, course, majors, honours] = &cells[..] else { unreachable!("four were taken") };
            let row = format!("s{number},{name},g{number}@mailbox.example,{course},{majors},{honours},2024\n");
            text.push_str(&row);
        }
        let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<_>>();
        let bytes = match encoding {
            0 => text.clone().into_bytes(),
            1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            2 => [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
            3 => [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(),
            _ => encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
        };
        let (good, again) = (rows_of(&bytes), rows_of(&written(&rows_of(text.as_bytes()))));
        // no row was lost, whatever it was saved in, and what was taken is taken as it was written down
        prop_assert_eq!(&good, &rows_of(text.as_bytes()));
        prop_assert_eq!(&good[..], &again[..again.len() - 1]);
    }
}
