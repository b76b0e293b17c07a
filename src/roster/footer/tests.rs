use super::*;

#[expect(clippy::option_option, reason = "no footer, or one without a count")]
fn read(cells: &[&str]) -> Option<Option<u64>> {
    footer(&StringRecord::from(cells.to_vec())).map(|footer| footer.count)
}

#[test]
fn footers_are_told_from_rows() {
    for (cells, count) in [
        (&["3 rows selected."][..], Some(3)),
        (&["(1 row affected)"], Some(1)),
        (&["(2 rows)", "", ""], Some(2)),
        (&["Record count: 1,203"], Some(1203)),
        (&["Total", "", "", "", "3"], Some(3)),
        (&["Subtotal", "", "", "", "2"], Some(2)),
        (&["Sub-total: 2"], Some(2)),
        (&["Total graduates: 2"], Some(2)),
        (&["4 row(s) returned"], Some(4)),
        (&["38 rows in set (0.00 sec)"], Some(38)),
        (&["5 rows fetched in 0.01s"], Some(5)),
        (&["Time taken: 1.2 seconds, Fetched: 5 row(s)"], Some(5)),
        (&["NOTE: 5 observations were read."], Some(5)),
        (&["Jumlah: 38"], Some(38)),
        (&["Tổng cộng: 5"], Some(5)),
        (&["共5人"], Some(5)),
        (&["รวม 5 คน"], Some(5)),
        (&["รวมทั้งหมด 5 รายการ"], Some(5)),
        (&["共 5 条记录"], Some(5)),
        (&["共5名学生"], Some(5)),
        (&["จำนวนทั้งหมด 5 คน"], Some(5)),
        (&["Query OK", "5 rows affected (0.01 sec)"], Some(5)),
        (&["5 rows processed"], Some(5)),
        (&["T|5"], Some(5)),
        (&["TRAILER", "5", "20261127"], Some(5)),
        (&["Total;5"], Some(5)),
        (&["End of report"], None),
        (&["\u{1a}"], None),
    ] {
        assert_eq!(read(cells), Some(count), "{cells:?}");
    }
    for row in [
        &["s0001", "Mei Tan", "mei@uni.example"][..],
        &["s0001", "Total"],
        &["Total Quality Management", ""],
        &["3"],
        &["Tan", "3"],
        &["T", "Mei Tan", "5"],
        &["Rows and columns of data", ""],
        &[""],
    ] {
        assert_eq!(read(row), None, "{row:?}");
    }
}

#[test]
fn a_remark_is_told_from_what_is_left_of_a_row() {
    for cell in [
        "CONFIDENTIAL - for registry use only",
        "Page 1 of 1",
        "© 2026 Northfield University",
        "Approved by: A. Registrar",
        "Completion time: 2026-11-27T14:03:11.1234567+11:00",
        "PL/SQL procedure successfully completed.",
        "Faculty of Arts",
        "###END###",
        "...",
    ] {
        assert!(is_remark(cell), "{cell}");
    }
    for cell in ["s0001", "00123", "s0001;Mei Tan;mei@uni.example", "mei@uni.example", "s0001|Mei Tan"] {
        assert!(!is_remark(cell), "{cell}");
    }
}

#[test]
fn a_remark_with_a_value_is_told_from_a_row() {
    let is = |cells: &[&str]| is_remark_with_a_value(&StringRecord::from(cells.to_vec()));
    assert!(is(&["Prepared by", "Registrar", "", ""]) && is(&["Date:", "", "30/06/2026", ""]));
    for row in [
        &["s0001", "Mei Tan", "", ""][..],
        &["smith", "Mei Tan", ""],
        &["12 345", "Mei Tan", ""],
        &["", "Mei Tan", "BA"],
    ] {
        assert!(!is(row), "{row:?}");
    }
}

#[test]
fn a_line_of_types_or_examples_is_no_row() {
    let is = |cells: &[&str]| is_below_header(&StringRecord::from(cells.to_vec()));
    assert!(is(&["VARCHAR2(30)", "VARCHAR2", "text", "DATE"]));
    assert!(is(&["e.g. 12345", "e.g. Jane Smith", "e.g. jane@uni.example", "YYYY-MM-DD"]));
    assert!(!is(&["s0001", "Date", "date@uni.example"]) && !is(&["text", "date"]));
}

#[test]
fn rulers_are_dashes_only() {
    assert!(is_ruler(&StringRecord::from(vec!["-----", " ---------- ", ""])));
    assert!(!is_ruler(&StringRecord::from(vec!["-", "Suharto"])));
    assert!(!is_ruler(&StringRecord::from(vec!["", ""])));
}
