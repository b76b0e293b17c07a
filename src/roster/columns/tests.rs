use super::*;

fn find(header: &[&str], settings: &RosterSettings) -> Result<Columns, String> {
    Columns::find(&StringRecord::from(header.to_vec()), settings)
}

#[test]
fn the_table_is_in_the_order_of_the_enum() {
    for (number, spec) in Column::ALL.iter().enumerate() {
        assert_eq!(spec.column as usize, number, "{}", spec.name);
    }
}

#[test]
fn headers_are_known_however_they_are_written() {
    let header = [" STUDENT-ID ", "Vorname", "Surname", "E-Mail", "Course Name", "Conferral_Year"];
    let mut settings = RosterSettings::default();
    assert_eq!(
        find(&header, &settings).err().as_deref().and_then(|words| words.split(';').next()),
        Some("is missing column full_name (or given_names and family_name)")
    );
    settings.headers.insert(Column::GivenNames, "VORNAME".into());
    let columns = find(&header, &settings).ok();
    assert_eq!(columns.and_then(|it| it.place(Column::Email)), Some((4, "E-Mail".into())));
}

#[test]
fn name_beside_surname_is_the_given_name() {
    let columns = find(
        &["Student ID", "Name", "Surname", "Email", "Course", "Graduation Year"],
        &RosterSettings::default(),
    );
    let columns = columns.map_err(|words| panic!("{words}")).ok();
    assert_eq!(columns.as_ref().map(|it| it.has(Column::FullName)), Some(false));
    assert_eq!(columns.and_then(|it| it.position(Column::GivenNames)), Some(1));
}

#[test]
fn what_is_not_read_is_named_with_what_it_may_be() {
    let header = [
        "student_id",
        "full_name",
        "email",
        "course_name",
        "conferral_year",
        "Majorz",
        "Faculty",
        "Major 2",
        "deceased",
        "Second Major",
        "",
    ];
    let columns = find(&header, &RosterSettings::default()).ok();
    let unread: Vec<_> = columns.iter().flat_map(Columns::unread).map(ToString::to_string).collect();
    assert_eq!(unread, ["Majorz (did you mean majors?)", "Faculty"]);
}

#[test]
fn a_needed_column_that_is_misspelt_is_pointed_at() {
    let found =
        find(&["student_id", "name", "Emial", "course", "conferral_year"], &RosterSettings::default());
    assert!(found.is_err_and(|words| words.contains("email (did you mean it by \"Emial\"?)")));
}

#[test]
fn a_hold_column_that_is_gone_is_missed() {
    let hold = [("status".to_owned(), vec!["deceased".to_owned()])].into();
    let settings = RosterSettings { hold, ..RosterSettings::default() };
    let found = find(&["student_id", "name", "email", "course", "conferral_year"], &settings);
    assert!(found.is_err_and(|words| words.contains("roster.hold")));
}
