//! How far graduates, qualifications and invitations came, as sections of the page.

use std::collections::{BTreeMap, HashMap};

use jiff::tz::TimeZone;
use serde::Serialize;

use super::Section;
use super::charts::{self, ChartError};
use super::table::{Cell, Table, grouped, share};
use crate::store::{BatchReached, Reached, ReminderFigures, ReportFigures};

/// The steps of the way, in order; the numbers of the ledger count them from 0.
pub const STEPS: [&str; 5] = ["imported", "mailed", "opened", "submitted", "verified"];

const MEANINGS: [&str; 5] = [
    "listed by a roster",
    "an invitation was taken by the relay",
    "the code was used on the page",
    "a qualification was submitted to SEEK Pass",
    "a qualification is in SEEK Pass",
];

/// Courses, domains and imports that have a row of their own.
const ROWS: usize = 30;

/// A mail domain of fewer graduates may be somebody's name, and has no row.
const FEWEST: i64 = 5;

/// How many came exactly to each step. Whoever came to a step passed all before it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Reach([i64; 5]);

impl Reach {
    fn add(&mut self, reach: i64, number: i64) {
        if let Some(count) = usize::try_from(reach).ok().and_then(|step| self.0.get_mut(step)) {
            *count += number;
        }
    }

    fn join(&mut self, other: Self) {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
    }

    /// How many came to this step (an index of [`STEPS`]) or further.
    #[must_use]
    pub fn at_least(&self, step: usize) -> i64 {
        self.0.iter().skip(step).sum()
    }

    fn cells(self) -> impl Iterator<Item = Cell> {
        let count = move |step| Cell::Number(self.at_least(step));
        (0..STEPS.len()).map(count).chain([Cell::Share(self.at_least(4), self.at_least(1))])
    }

    pub(super) fn mailed(&self) -> i64 {
        self.at_least(1)
    }

    pub(super) fn verified(&self) -> i64 {
        self.at_least(4)
    }
}

/// Of all graduates, the purged ones too.
pub(super) fn funnel(figures: &ReportFigures) -> Reach {
    let mut funnel = purged(figures);
    for reached in &figures.domains {
        funnel.add(reached.reach, reached.number);
    }
    funnel
}

fn purged(figures: &ReportFigures) -> Reach {
    let mut reach = Reach::default();
    for purged in figures.purged.iter().filter(|purged| purged.batch_id == 0) {
        reach.add(purged.reach, purged.number);
    }
    reach
}

pub(super) fn funnel_section(funnel: Reach, figures: &ReportFigures) -> Result<Section, ChartError> {
    let row = |(step, (name, meaning)): (usize, (&&str, &&str))| {
        vec![
            Cell::Text((*name).into()),
            Cell::Text((*meaning).into()),
            Cell::Number(funnel.at_least(step)),
            Cell::Share(funnel.at_least(step), funnel.at_least(0)),
        ]
    };
    let mut notes = vec!["Graduates; whoever came to a step passed all before it.".to_owned()];
    let purged = purged(figures).at_least(0);
    if purged > 0 {
        notes.push(format!(
            "{} of them had their personal data removed since; courses, domains and days are without them.",
            grouped(purged)
        ));
    }
    let ReminderFigures { sent, opted_out, .. } = figures.reminders;
    if sent + opted_out > 0 {
        notes.push(format!(
            "{} reminders were sent; {} graduates asked for no more.",
            grouped(sent),
            grouped(opted_out)
        ));
    }
    let bars: Vec<_> = STEPS
        .iter()
        .enumerate()
        .map(|(step, name)| {
            let number = funnel.at_least(step);
            let label = match share(number, funnel.at_least(0)) {
                share if share.is_empty() => format!("{name}: {}", grouped(number)),
                share => format!("{name}: {} ({share} %)", grouped(number)),
            };
            (label, number, number)
        })
        .collect();
    Ok(Section {
        table: Table {
            name: "funnel",
            head: vec!["Step", "Meaning", "Graduates", "% of imported"],
            rows: STEPS.iter().zip(&MEANINGS).enumerate().map(row).collect(),
        },
        title: "From the roster to SEEK Pass",
        notes,
        charts: vec![charts::bars("Graduates who came to each step", &bars)?],
    })
}

pub(super) fn courses(figures: &ReportFigures) -> Result<Section, ChartError> {
    let groups = grouped_by_key(&figures.courses);
    section(
        "courses",
        "By course",
        ["Course", "Imported", "Mailed", "Opened", "Submitted", "Verified", "% of mailed"],
        vec!["Qualifications. Bars: outline mailed, filled verified.".into()],
        &largest(groups, "all other courses"),
    )
}

pub(super) fn domains(figures: &ReportFigures) -> Result<Section, ChartError> {
    let (several, few): (Vec<_>, Vec<_>) =
        grouped_by_key(&figures.domains).into_iter().partition(|(_, reach)| reach.at_least(0) >= FEWEST);
    let mut groups = largest(several, "all other domains");
    let mut rest = Reach::default();
    for (_, reach) in &few {
        rest.join(*reach);
    }
    if rest.at_least(0) > 0 {
        groups.push((format!("domains of fewer than {FEWEST} graduates"), rest));
    }
    section(
        "domains",
        "By mail domain",
        ["Domain", "Imported", "Mailed", "Opened", "Submitted", "Verified", "% of mailed"],
        vec!["Graduates. Bars: outline mailed, filled verified.".into()],
        &groups,
    )
}

fn grouped_by_key(reached: &[Reached]) -> Vec<(String, Reach)> {
    let mut groups: BTreeMap<&str, (&str, Reach)> = BTreeMap::new();
    for row in reached {
        let (name, reach) = groups.entry(&row.key).or_insert((&row.name, Reach::default()));
        // one name for each, whichever step has it
        *name = (*name).min(&row.name);
        reach.add(row.reach, row.number);
    }
    let mut names: HashMap<&str, usize> = HashMap::new();
    for (name, _) in groups.values() {
        *names.entry(name).or_default() += 1;
    }
    let told_apart = |(key, (name, reach)): (&str, (&str, Reach))| match key.split_once('|') {
        // two codes of one name are told apart
        Some((code, _)) if names.get(name).is_some_and(|times| *times > 1) => {
            (format!("{name} ({})", code.to_uppercase()), reach)
        }
        _ => (name.to_owned(), reach),
    };
    groups.into_iter().map(told_apart).collect()
}

/// The largest in order, and what is left in one row.
fn largest(mut groups: Vec<(String, Reach)>, others: &str) -> Vec<(String, Reach)> {
    groups.sort_by(|(one, reach), (other, more)| {
        more.at_least(0).cmp(&reach.at_least(0)).then_with(|| one.cmp(other))
    });
    fold(groups, others)
}

fn fold(mut groups: Vec<(String, Reach)>, others: &str) -> Vec<(String, Reach)> {
    if groups.len() > ROWS + 1 {
        let mut rest = Reach::default();
        let left = groups.split_off(ROWS);
        for (_, reach) in &left {
            rest.join(*reach);
        }
        groups.push((format!("{others} ({})", grouped(i64::try_from(left.len()).unwrap_or(i64::MAX))), rest));
    }
    groups
}

fn section(
    name: &'static str,
    title: &'static str,
    head: [&'static str; 7],
    notes: Vec<String>,
    groups: &[(String, Reach)],
) -> Result<Section, ChartError> {
    let rows = groups.iter().map(|(name, reach)| {
        let mut row = vec![Cell::Text(name.clone())];
        row.extend(reach.cells());
        row
    });
    let table = Table { name, head: head.into(), rows: rows.collect() };
    Ok(Section { table, title, notes, charts: charts::reaches(title, groups)?.into_iter().collect() })
}

/// Invitations by the import that mailed them, the latest first.
pub(super) fn imports(figures: &ReportFigures, zone: &TimeZone) -> Result<Section, ChartError> {
    let mut reaches: BTreeMap<i64, Reach> = BTreeMap::new();
    let purged = figures.purged.iter().filter(|purged| purged.batch_id > 0);
    for BatchReached { batch_id, reach, number } in figures.batches.iter().chain(purged) {
        reaches.entry(*batch_id).or_default().add(*reach, *number);
    }
    let imports = figures.imports.iter().rev().map(|import| {
        let reach = reaches.get(&import.id).copied().unwrap_or_default();
        let day = import.started_at.to_zoned(zone.clone());
        let mut row = vec![Cell::Number(import.id), Cell::Day(day.date())];
        let counts = [import.rows, import.new, import.changed, import.withdrawn, import.rejected];
        row.extend(counts.map(Cell::Number));
        row.extend(reach.cells().skip(1));
        (row, (format!("Import {}, {}", import.id, day.strftime("%-d %B %Y")), reach))
    });
    let (rows, groups): (Vec<_>, Vec<_>) = imports.unzip();
    // those that mailed nobody have nothing to draw
    let drawn = groups.into_iter().filter(|(_, reach)| reach.at_least(0) > 0).collect();
    let title = "By import";
    Ok(Section {
        table: Table {
            name: "imports",
            head: vec![
                "Import",
                "Day",
                "Rows",
                "New",
                "Changed",
                "Withdrawn",
                "Rejected",
                "Mailed",
                "Opened",
                "Submitted",
                "Verified",
                "% of mailed",
            ],
            rows,
        },
        title,
        notes: vec![
            "Rows of the roster; mailed and after it: invitations. Bars: outline mailed, filled verified."
                .into(),
        ],
        charts: charts::reaches(title, &fold(drawn, "all earlier imports"))?.into_iter().collect(),
    })
}
