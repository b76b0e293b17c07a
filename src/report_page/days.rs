//! What happened on each day of the university's calendar.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{ToSpan, Zoned};

use super::Section;
use super::charts::{self, ChartError};
use super::table::{Cell, Table};
use crate::store::Happened;

const WHAT: [(&str, &str); 3] = [
    ("mailed", "Messages taken by the relay"),
    ("opened", "Invitations whose code was used first"),
    ("verified", "Qualifications found in SEEK Pass"),
];

/// Days that are drawn, up to today.
const DRAWN: i64 = 90;

pub(super) fn section(moments: &[Happened], now: &Zoned) -> Result<Section, ChartError> {
    let days = by_day(moments, now.time_zone());
    let row = |(day, counts): (&Date, &[i64; 3])| {
        let mut row = vec![Cell::Day(*day)];
        row.extend(counts.map(Cell::Number));
        row
    };
    let rows = days.iter().rev().map(row).collect();
    let today = now.date();
    let first = days.keys().next().copied().unwrap_or(today);
    // a few empty days at the least: one column alone is no chart
    let first = first.min(today.saturating_sub(13.days())).max(today.saturating_sub((DRAWN - 1).days()));
    let drawn: Vec<_> =
        first.series(1.day()).take_while(|day| *day <= today).map(|day| (day, days.get(&day))).collect();
    let mut panels = Vec::new();
    for (at, (_, title)) in WHAT.iter().enumerate() {
        let columns: Vec<_> =
            drawn.iter().map(|(day, counts)| (*day, counts.map_or(0, |counts| counts[at]))).collect();
        panels.extend(charts::columns(title, &columns)?);
    }
    Ok(Section {
        table: Table { name: "days", head: vec!["Day", "Mailed", "Opened", "Verified"], rows },
        title: "Day by day",
        notes: vec![format!(
            "Days of the university's calendar on which something happened, the latest first; the last {DRAWN} days \
             at most are drawn, each with a scale of its own."
        )],
        charts: panels,
    })
}

fn by_day(moments: &[Happened], zone: &TimeZone) -> BTreeMap<Date, [i64; 3]> {
    let mut days: BTreeMap<Date, [i64; 3]> = BTreeMap::new();
    for moment in moments {
        let Some(at) = WHAT.iter().position(|(what, _)| *what == moment.what) else { continue };
        days.entry(moment.since.to_zoned(zone.clone()).date()).or_default()[at] += moment.number;
    }
    days
}
