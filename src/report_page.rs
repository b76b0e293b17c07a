//! The report for the dean: how far the graduates came, over time, by course, by mail domain and by import, and who is held
//! or needs a person. One page without script or network, which reads without colour and prints; the same tables as CSV.
//! Student ids stand in it, and neither names nor addresses.

mod charts;
mod days;
mod figures;
mod files;
mod table;

use std::io;
use std::path::PathBuf;

use jiff::civil::Date;
use jiff::{Timestamp, Zoned};
use minijinja::{Environment, UndefinedBehavior};
use serde::Serialize;

use crate::store::{Hold, LateChange, Listed, ReportFigures, Unreached};
use charts::Chart;
pub use figures::{Reach, STEPS};
use table::{Cell, Table};

/// By this line a report of ours is known again.
const MARK: &str = "<!-- gradpass report -->";

/// Rows of a table on the page; the CSV has all.
const SHOWN: usize = 31;

/// Why the report cannot be written.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each says it in its message")]
pub enum ReportError {
    #[error("{} is there and is no earlier report; name another file", .0.display())]
    NotOurs(PathBuf),
    #[error("the report cannot be written to {}: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the report's page cannot be made: {0}")]
    Page(#[from] minijinja::Error),
    #[error("the report's charts cannot be drawn: {0}")]
    Chart(#[from] charts::ChartError),
}

/// What the report is made of.
pub struct Source<'a> {
    /// Who invites.
    pub institution: &'a str,
    /// When it is made, in the university's time zone.
    pub now: &'a Zoned,
    /// What the ledger counts.
    pub figures: &'a ReportFigures,
    /// Whom the latest message did not reach.
    pub unreached: &'a [Unreached],
    /// Who is held.
    pub holds: &'a [Hold],
    /// For whom a person has to do something, and what.
    pub needs_person: &'a [Listed],
    /// What changed after SEEK Pass was told.
    pub late_changes: &'a [LateChange],
}

/// The report, not yet written.
pub struct ReportPage {
    /// How far the graduates came.
    pub funnel: Reach,
    html: String,
    tables: Vec<Table>,
}

/// A part of the page: a chart, and the same numbers beside it.
#[derive(Serialize)]
struct Section {
    #[serde(flatten)]
    table: Table,
    title: &'static str,
    notes: Vec<String>,
    charts: Vec<Chart>,
}

#[derive(Serialize)]
struct Values<'a> {
    mark: &'static str,
    institution: &'a str,
    made: String,
    sections: &'a [Section],
    shown: usize,
}

impl ReportPage {
    /// Draws it.
    ///
    /// # Errors
    /// [`ReportError`] when the page or a chart of it cannot be made.
    pub fn draw(source: &Source<'_>) -> Result<Self, ReportError> {
        let Source { institution, now, figures, unreached, holds, needs_person, late_changes } = source;
        let funnel = figures::funnel(figures);
        let mut sections = vec![figures::funnel_section(funnel, figures)?];
        sections.push(days::section(&figures.moments, now)?);
        sections.push(figures::courses(figures)?);
        sections.push(figures::domains(figures)?);
        sections.push(figures::imports(figures, now.time_zone())?);
        sections.push(bounced(unreached, now));
        sections.push(held(holds, now));
        sections.push(changed(late_changes, now));
        sections.push(persons(needs_person, now));
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let made = now.strftime("%-d %B %Y, %H:%M %Z").to_string();
        let values = Values { mark: MARK, institution, made, sections: &sections, shown: SHOWN };
        let template = include_str!("report_page/page.html.j2");
        let html = environment.render_named_str("report.html", template, minijinja::value::Serde(values))?;
        Ok(Self { funnel, html, tables: sections.into_iter().map(|section| section.table).collect() })
    }
}

fn bounced(unreached: &[Unreached], now: &Zoned) -> Section {
    let row = |one: &Unreached| {
        vec![
            Cell::Text(one.student_id.clone()),
            Cell::Text(one.kind.clone()),
            Cell::Text(one.code.clone()),
            Cell::Text(one.words()),
            Cell::Day(day(one.since, now)),
            one.again_at.map_or(Cell::Text(String::new()), |at| Cell::Day(day(at, now))),
        ]
    };
    Section {
        table: Table {
            name: "bounced",
            head: vec!["Student id", "Kind", "Code", "Reason", "Since", "Tried again"],
            rows: unreached.iter().map(row).collect(),
        },
        title: "Bounced: mailed, and not reached",
        notes: vec![
            "hard: the address cannot be used; policy: the receiving system does not want the university's mail; soft and \
             expired: tried again by itself for a while."
                .into(),
        ],
        charts: Vec::new(),
    }
}

fn held(holds: &[Hold], now: &Zoned) -> Section {
    let row = |hold: &Hold| {
        vec![
            Cell::Text(hold.student_id.clone()),
            Cell::Text(hold.source.word().into()),
            Cell::Day(day(hold.since, now)),
        ]
    };
    Section {
        table: Table {
            name: "held",
            head: vec!["Student id", "Held by", "Since"],
            rows: holds.iter().map(row).collect(),
        },
        title: "Held, and so not mailed",
        notes: vec![
            "roster: a column of it says so; conflict: its rows contradict each other; address: several students share \
             it; file: the hold file lists the student; person: somebody said so."
                .into(),
        ],
        charts: Vec::new(),
    }
}

fn changed(changes: &[LateChange], now: &Zoned) -> Section {
    let row = |change: &LateChange| {
        vec![
            Cell::Text(change.student_id.clone()),
            Cell::Text(change.course_name.clone()),
            Cell::Text(change.what.clone()),
            Cell::Day(day(change.since, now)),
        ]
    };
    Section {
        table: Table {
            name: "changed-after-verified",
            head: vec!["Student id", "Qualification", "What changed", "Noticed"],
            rows: changes.iter().map(row).collect(),
        },
        title: "Changed after SEEK Pass was told",
        notes: vec![
            "What SEEK Pass holds is not what the roster says now. gradpass reissue ID --again invites the graduate anew; \
             gradpass settle ID ends it."
                .into(),
        ],
        charts: Vec::new(),
    }
}

fn persons(listed: &[Listed], now: &Zoned) -> Section {
    let row = |one: &Listed| {
        let id = if one.student_id.is_empty() { "(no readable id)" } else { &one.student_id };
        vec![Cell::Text(id.to_owned()), Cell::Text(one.reason.clone()), Cell::Day(day(one.since, now))]
    };
    Section {
        table: Table {
            name: "needs-a-person",
            head: vec!["Student id", "Why", "Since"],
            rows: listed.iter().map(row).collect(),
        },
        title: "Needs a person",
        notes: vec!["For these somebody has to do something; gradpass show STUDENT_ID says what.".into()],
        charts: Vec::new(),
    }
}

/// In the university's time zone.
fn day(at: Timestamp, now: &Zoned) -> Date {
    at.to_zoned(now.time_zone().clone()).date()
}
