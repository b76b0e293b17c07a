//! The first look at the records of a roster, by a thread of its own: each a row or its mistakes, new to the ledger or not.

use std::sync::Arc;

use jiff::civil::Date;

use super::EXAMPLES;
use crate::graduate::StudentId;
use crate::import::diff_index::{Entry, Holder, Stored};
use crate::roster::{
    self, Column, Columns, Met, Mistake, NamesBeyondAscii, Observations, Over, Record, Repeated,
};
use crate::store::{Bulk, Kind, StagedRow};

/// How the first reading scans records.
pub(super) struct Scan {
    pub(super) today: Date,
    pub(super) over: Arc<Over>,
    /// What the ledger holds; `None` when it is empty.
    pub(super) stored: Option<Arc<Stored>>,
    pub(super) with_examples: bool,
    /// What keeps the ledger.
    pub(super) kind: Kind,
}

/// What the scan of many records found.
#[derive(Default)]
pub(super) struct Scanned {
    pub(super) records: u64,
    /// The good ones.
    pub(super) entries: Vec<Entry>,
    /// Those of them that have a document.
    pub(super) documents: Vec<Holder>,
    /// Those that the ledger does not hold as they are.
    pub(super) new: Vec<u64>,
    /// The same, on their way to where such rows go.
    pub(super) rows: Bulk,
    /// Where the ledger holds the others.
    pub(super) found: Vec<usize>,
    /// Every mistake of the others, and whose row it may be.
    pub(super) mistaken: Vec<(Vec<Mistake>, Vec<StudentId>)>,
    /// Some names with accents, where somebody should look at them.
    pub(super) examples: Vec<String>,
    /// Whom a column holds, and why.
    pub(super) held: Vec<(StudentId, String)>,
    /// What was corrected in a row.
    pub(super) corrected: Vec<Met>,
    pub(super) observations: Observations,
    pub(super) names: NamesBeyondAscii,
}

/// What serves for one batch of records after the other.
#[derive(Default)]
pub(super) struct Room {
    repeated: Repeated,
    rows: Vec<StagedRow>,
    new: Vec<StagedRow>,
}

/// Rows that are looked for in the ledger together: its memory is far away, and several places of it can be asked for at a
/// time. Those that are there are given back at once, while their own memory is near.
const TOGETHER: usize = 16;

impl Scan {
    pub(super) fn records(&self, columns: &Columns, records: &[Record], room: &mut Room) -> Scanned {
        let Room { repeated, rows, new } = room;
        let mut scanned = Scanned {
            records: records.len() as u64,
            entries: Vec::with_capacity(records.len()),
            ..Scanned::default()
        };
        for records in records.chunks(TOGETHER) {
            rows.extend(
                records.iter().filter_map(|record| self.row(columns, record, repeated, &mut scanned)),
            );
            self.look_up(rows, new, &mut scanned);
            if new.len() + TOGETHER > Bulk::ROWS_AT_ONCE {
                self.pass_on(new, &mut scanned);
            }
        }
        self.pass_on(new, &mut scanned);
        scanned
    }

    /// A good row; what is wrong with another is noted.
    fn row(
        &self,
        columns: &Columns,
        record: &Record,
        repeated: &mut Repeated,
        scanned: &mut Scanned,
    ) -> Option<StagedRow> {
        let mut row = match roster::parse_over(columns, record, self.today, &self.over, repeated) {
            Ok(row) => row,
            Err(wrong) => {
                scanned.names.take_mistakes(&wrong, columns.value(&record.fields, Column::FullName));
                scanned.mistaken.push((wrong, roster::students(columns, record)));
                return None;
            }
        };
        scanned.observations.observe(columns, record, &row);
        if let Some(reason) = row.hold.take() {
            scanned.held.push((row.graduate.student_id.clone(), reason));
        }
        scanned.corrected.append(&mut row.corrected);
        scanned.documents.extend(Holder::of(&row));
        let row = StagedRow::from(row);
        scanned.entries.push(Entry::from(&row));
        if self.with_examples && scanned.examples.len() < EXAMPLES && !row.full_name.is_ascii() {
            scanned.examples.push(row.full_name.clone());
        }
        Some(row)
    }

    /// Those of the rows that the ledger does not hold as they are go to the new ones.
    fn look_up(&self, rows: &mut Vec<StagedRow>, new: &mut Vec<StagedRow>, scanned: &mut Scanned) {
        let mut positions = [None; TOGETHER];
        if let Some(stored) = &self.stored {
            for (row, position) in rows.iter().zip(&mut positions) {
                *position = stored.position(row.fingerprint);
            }
        }
        for (row, position) in rows.drain(..).zip(positions) {
            scanned.names.take(&row.full_name, position.is_none());
            match position {
                Some(position) => scanned.found.push(position),
                None => new.push(row),
            }
        }
    }

    /// The new rows go on their way.
    fn pass_on(&self, new: &mut Vec<StagedRow>, scanned: &mut Scanned) {
        scanned.new.extend(new.iter().map(|row| row.record.cast_unsigned()));
        let to = if self.stored.is_some() { Bulk::to_stage } else { Bulk::to_empty_ledger };
        let bulk = to(self.kind, new);
        scanned.rows.append(bulk);
        new.clear();
    }
}
