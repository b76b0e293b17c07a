//! Bytes of a roster, CSV or workbook: refused in a sentence, or every row is read or has a mistake.
#![no_main]

use std::io::{Seek, Write};
use std::sync::Mutex;

use gradpass::config::RosterSettings;
use gradpass::credential::Credential;
use gradpass::roster::{Roster, parse, students};
use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use tempfile::NamedTempFile;

static FILE: Mutex<Option<NamedTempFile>> = Mutex::new(None);

fuzz_target!(|bytes: &[u8]| {
    let mut held = FILE.lock().unwrap();
    let file = held.get_or_insert_with(|| NamedTempFile::new_in("/dev/shm").unwrap());
    file.as_file().set_len(0).unwrap();
    file.rewind().unwrap();
    file.write_all(bytes).unwrap();
    let Ok(mut roster) = Roster::open(file.path(), &RosterSettings::default()) else { return };
    let today = date(2026, 11, 23);
    while let Ok(Some(record)) = roster.next_record() {
        assert!(record.line <= record.last_line);
        let _ = students(&roster.columns, &record);
        match parse(&roster.columns, &record, today) {
            Ok(row) => {
                let name = &row.graduate.name;
                Credential::of(name, "Northfield University", &row.qualification, today).unwrap();
            }
            Err(mistakes) => assert!(!mistakes.is_empty()),
        }
    }
});
