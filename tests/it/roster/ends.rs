//! Whether the quotes are closed decides whether a last row without a line end is whole, not its lines.

use super::desk::Desk;

#[test]
fn a_file_that_was_cut_inside_the_quotes_of_its_last_column_is_refused() {
    let desk = Desk::new();
    desk.write(
        "roster.csv",
        "student_id,full_name,email,conferral_year,course_name\ns1,Mira Tan,a@b.example,2026,\"Bachelor of Arts, Bache",
    );
    let ran = desk.gradpass(&["import", "roster.csv"]);
    assert_eq!(ran.code, 2, "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_closed_quote_over_several_lines_may_end_the_file() {
    let desk = Desk::new();
    let text = "student_id,full_name,email,conferral_year,course_name,remark\ns1,Mira Tan,a@b.example,2026,Arts,\"sits\nwaits\"";
    assert_eq!(desk.import(text), [1, 0, 0, 0, 0]);
    let desk = Desk::new();
    assert_eq!(desk.import(format!("{text}\n")), [1, 0, 0, 0, 0]);
}
