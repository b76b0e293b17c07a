//! Semicolons and tabs, in files without a mark.

use gradpass::import::Options;

use super::desk::{Desk, Heard, figures, sample};

#[test]
fn a_roster_with_tabs_brings_the_same_graduates() {
    let (tabs, commas) = (Desk::new(), Desk::new());
    for (desk, name) in [(&tabs, "graduates-tab.tsv"), (&commas, "graduates.csv")] {
        desk.import_with(&[sample(name)], &Options::default(), &mut Heard::default()).unwrap();
    }
    assert_eq!(tabs.awards(), commas.awards());
}

#[test]
fn excels_csv_of_a_western_office_brings_the_same_graduates() {
    let (excel, commas) = (Desk::new(), Desk::new());
    excel.configure("[roster]\nencoding = \"windows-1252\"");
    let mut heard = Heard::default();
    let imported =
        excel.import_with(&[sample("graduates-windows-1252.csv")], &Options::default(), &mut heard).unwrap();
    assert_eq!(figures(&imported), [8, 0, 0, 0, 0]);
    assert_eq!(
        heard.0,
        ["graduates-windows-1252.csv: windows-1252: Seán O’Brien · Zoë Brontë-Müller · Zoë Brontë-Müller"]
    );
    commas.import_with(&[sample("graduates.csv")], &Options::default(), &mut Heard::default()).unwrap();
    // the others have letters that Windows-1252 has not
    let mut expected = commas.awards();
    expected.retain(|award| !["s0000003", "s0000004", "s0000005"].contains(&&award[..8]));
    assert_eq!(excel.awards(), expected);
}

#[test]
fn the_delimiter_is_found_in_every_encoding() {
    let text = "student_id,full_name,email,course_name,conferral_year\n00123,Mira Tan,mira@post.example,\"Arts; Laws\",2026\n";
    for sign in [",", ";", "\t"] {
        for first in
            [String::new(), format!("sep={sign}\n"), "\u{feff}".to_owned(), format!("\u{feff}sep={sign}\n")]
        {
            let desk = Desk::new();
            assert_eq!(
                desk.import(format!("{first}{}", text.replace(',', sign))),
                [1, 0, 0, 0, 0],
                "{first:?} {sign:?}"
            );
            assert_eq!(desk.query("SELECT course_name FROM qualification"), ["Arts; Laws"]);
        }
    }
}

#[test]
fn the_configured_delimiter_stands_above_what_is_found() {
    let desk = Desk::new();
    desk.configure("[roster]\ndelimiter = \"|\"");
    let text =
        "student_id|full_name|email|course_name|conferral_year\n1|Mira Tan|mira@post.example|Arts|2026\n";
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    desk.configure("[roster]\ndelimiter = \"tab\"");
    assert_eq!(desk.import(text.replace('|', "\t")), [0, 1, 0, 0, 0]);
}
