use std::sync::LazyLock;

use jiff::civil::date;

use super::*;

const TODAY: Date = date(2026, 11, 23);

static SINGAPORE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Asia/Singapore").unwrap_or(TimeZone::UTC));

fn reader(order: Option<DateOrder>) -> DateReader<'static> {
    DateReader {
        order,
        leading_years: order.is_none().then_some(0),
        calendar: Calendar::Gregorian,
        time_zone: &SINGAPORE,
    }
}

fn read(cell: &str) -> Option<Date> {
    reader(None).date(cell, DateKind::Conferral, TODAY).ok()
}

#[test]
fn what_can_only_mean_one_day_needs_no_order() {
    for cell in [
        "2026-06-30",
        "2026/06/30",
        "2026-6-30",
        "20260630",
        "30/06/2026",
        "06/30/2026",
        "30.06.2026",
        "30-Jun-26",
        "30-JUN-2026",
        "30 June 2026",
        "June 30, 2026",
        "Tue, 30 Jun 2026",
        "30th June 2026",
        "30 Juni 2026",
        "2026年6月30日",
        "2026-06-30T00:00:00",
        "2026-06-30 00:00:00.000",
        "30/06/2026 12:00:00 AM",
        "2026-06-30T00:00:00+08:00",
        "2026-06-29T16:00:00Z",
        "2026-06-29 16:00:00+00",
        "2026-06-30 00:00:00 +0800",
        "2026-06-29 16:00:00 UTC",
        "２０２６-０６-３０",
        "30/06/26",
    ] {
        assert_eq!(read(cell), Some(date(2026, 6, 30)), "{cell}");
    }
}

#[test]
fn what_is_no_day_or_could_be_two_is_a_problem() {
    for (cell, words) in [
        ("06/07/2026", "could be day/month"),
        ("26/06/30", "could stand first or last"),
        ("19/06/20", "could stand first or last"),
        ("2026-06-30 23:59", "time of day"),
        ("2569-06-30", "Buddhist"),
        ("30/06/2569", "Buddhist"),
        ("0115-06-30", "too long ago"),
        ("46203", "is a number"),
        ("46203.5", "is a number"),
        ("2026-W27-2", "not a date"),
        ("2026-06-30 (tentative)", "not a date"),
        ("2026-06-30 to 2026-07-04", "not a date"),
        ("2026-06-30TBC", "not a date"),
        ("2003-02-30", "not a date"),
        ("1905-07-18", "too long ago"),
        ("2126-07-18", "too far ahead"),
        ("TBA", "not a date"),
        ("2026", "is a number"),
    ] {
        let problem =
            reader(None).date(cell, DateKind::Conferral, TODAY).err().map(|it| it.0).unwrap_or_default();
        assert!(problem.contains(words), "{cell}: {problem}");
    }
}

#[test]
fn a_graduate_is_14_to_100_years_old() {
    let born = |cell| reader(None).date(cell, DateKind::Birth, TODAY);
    assert_eq!(born("2003-02-01"), Ok(date(2003, 2, 1)));
    assert_eq!(born("1-Feb-03"), Ok(date(2003, 2, 1)));
    assert_eq!(born("2003-01-31T16:00:00Z"), Ok(date(2003, 2, 1)));
    assert!(born("2003-01-31T13:00:00Z").is_err_and(|problem| problem.0.contains("no midnight")));
    for (cell, words) in [
        ("1900-01-01", "older than 100"),
        ("2024-01-01", "younger than 14"),
        ("2030-01-01", "not in the past"),
        ("2546-02-01", "Buddhist"),
    ] {
        assert!(born(cell).is_err_and(|problem| problem.0.contains(words)), "{cell}");
    }
}

#[test]
fn the_order_is_the_only_one_that_fits_all_rows() {
    let order = |cells: &[&str]| {
        let mut evidence = OrderEvidence::default();
        for cell in cells {
            evidence.observe(cell);
        }
        evidence.order()
    };
    assert_eq!(order(&["06/07/2026", "30/06/2026", "2026-01-02", ""]), Some(DateOrder::DayFirst));
    assert_eq!(order(&["06/07/2026", "06/30/2026 0:00"]), Some(DateOrder::MonthFirst));
    assert_eq!(order(&["06/07/2026", "05/05/2026"]), None);
    assert_eq!(order(&["06/30/2026", "30/06/2026"]), None);
    assert_eq!(order(&["2026-06-30", "30-Jun-2026"]), None);
}

#[test]
fn a_column_tells_whether_its_short_years_may_lead_and_whether_half_of_it_was_turned() {
    let evidence = |cells: &[&str]| {
        let mut evidence = OrderEvidence::default();
        for cell in cells {
            evidence.observe(cell);
        }
        evidence
    };
    assert_eq!(evidence(&["26/06/30", "25/07/01"]).leading_years(), Some(1 << 26 | 1 << 25));
    assert_eq!(evidence(&["26/06/30", "26/06/99"]).leading_years(), None);
    assert_eq!(evidence(&["30/06/2026"]).leading_years(), None);
    let of_column = |leading_years| DateReader { leading_years, ..reader(Some(DateOrder::DayFirst)) };
    let read = |leading_years, cell| of_column(leading_years).date(cell, DateKind::Conferral, TODAY).ok();
    assert_eq!(read(Some(1 << 15), "15/07/26"), None);
    assert_eq!(read(Some(1 << 15 | 1 << 30), "15/07/26"), Some(date(2026, 7, 15)));
    assert!(evidence(&["2026-07-06", "30/06/2026"]).is_half_turned());
    assert!(evidence(&["2026-07-06", "6/30/2026"]).is_half_turned());
    for sound in
        [&["2026-06-30", "30/06/2026"][..], &["2026-07-06"], &["30/06/2026"], &["2026-07-06", "06/07/2026"]]
    {
        assert!(!evidence(sound).is_half_turned(), "{sound:?}");
    }
}

#[test]
fn an_order_is_kept_to() {
    let read = |order, cell| reader(Some(order)).date(cell, DateKind::Conferral, TODAY).ok();
    assert_eq!(read(DateOrder::DayFirst, "06/07/2026"), Some(date(2026, 7, 6)));
    assert_eq!(read(DateOrder::MonthFirst, "06/07/2026"), Some(date(2026, 6, 7)));
    assert_eq!(read(DateOrder::MonthFirst, "30/06/2026"), None);
    assert_eq!(read(DateOrder::YearFirst, "30/06/2026"), None);
    assert_eq!(read(DateOrder::MonthName, "30-Jun-2026"), Some(date(2026, 6, 30)));
}

#[test]
fn the_buddhist_era_is_read_where_the_configuration_says_so() {
    let thai = DateReader { calendar: Calendar::Buddhist, ..reader(None) };
    for cell in ["2569-06-30", "30/06/2569", "30 มิ.ย. 2569", "๓๐/๐๖/๒๕๖๙", "30 มิถุนายน 2569", "30 มิ.ย. 69"]
    {
        assert_eq!(thai.date(cell, DateKind::Conferral, TODAY), Ok(date(2026, 6, 30)), "{cell}");
    }
    assert_eq!(thai.year("2569", TODAY), Ok(2026));
    assert!(thai.date("2026-06-30", DateKind::Conferral, TODAY).is_err());
}

#[test]
fn years_are_read_as_spreadsheets_write_them() {
    for cell in ["2026", "2026.0", "2,026", "2.026", "2 026", "2\u{202f}026", "2026-06-30", "30/06/2026"] {
        assert_eq!(reader(None).year(cell, TODAY), Ok(2026), "{cell}");
    }
    for cell in ["26", "20.26", "1905", "2569", "202", "20261", "June", "46203"] {
        assert!(reader(None).year(cell, TODAY).is_err(), "{cell}");
    }
}
