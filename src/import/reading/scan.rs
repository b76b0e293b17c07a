//! The first look at the records of a roster, by a thread of its own: each a row or its mistakes, new to the ledger or not.

use std::sync::Arc;

use jiff::civil::Date;

use super::EXAMPLES;
use crate::graduate::StudentId;
use crate::import::diff_index::{Entry, Holder, Stored};
use crate::roster::{
    self, Column, Columns, Met, Mistake, NamesBeyondAscii, Observations, Over, Record, Repeated,
};
use crate::store::{Bulk, StagedRow};

/// How the first reading scans records.
pub(super) struct Scan {
    pub(super) today: Date,
    pub(super) over: Arc<Over>,
    /// What the ledger holds; `None` when it is empty.
    pub(super) stored: Option<Arc<Stored>>,
    pub(super) with_examples: bool,
}

/// What the scan of many records found.
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

impl Scan {
    pub(super) fn records(&self, columns: &Columns, records: &[Record], repeated: &mut Repeated) -> Scanned {
        let mut rows = Vec::with_capacity(records.len());
        let (mut entries, mut found) = (Vec::with_capacity(records.len()), Vec::new());
        let (mut new, mut mistaken) = (Vec::new(), Vec::new());
        let (mut examples, mut held, mut observations) = (Vec::new(), Vec::new(), Observations::default());
        let (mut corrected, mut documents) = (Vec::new(), Vec::new());
        let mut names = NamesBeyondAscii::default();
        for record in records {
            let mut row = match roster::parse_over(columns, record, self.today, &self.over, repeated) {
                Ok(row) => row,
                Err(wrong) => {
                    names.take_mistakes(&wrong, columns.value(&record.fields, Column::FullName));
                    mistaken.push((wrong, roster::students(columns, record)));
                    continue;
                }
            };
            observations.observe(columns, record, &row);
            if let Some(reason) = row.hold.take() {
                held.push((row.graduate.student_id.clone(), reason));
            }
            corrected.append(&mut row.corrected);
            documents.extend(Holder::of(&row));
            let row = StagedRow::from(row);
            entries.push(Entry::from(&row));
            if self.with_examples && examples.len() < EXAMPLES && !row.full_name.is_ascii() {
                examples.push(row.full_name.clone());
            }
            rows.push(row);
        }
        // all at once: the memory of a large ledger is far away, and many places of it can be asked for at a time
        let positions: Vec<_> = match &self.stored {
            Some(stored) => rows.iter().map(|row| stored.position(row.fingerprint)).collect(),
            None => vec![None; rows.len()],
        };
        for (row, position) in rows.into_iter().zip(positions) {
            names.take(&row.full_name, position.is_none());
            match position {
                Some(position) => found.push(position),
                None => new.push(row),
            }
        }
        let rows = if self.stored.is_some() { Bulk::to_stage(&new) } else { Bulk::to_empty_ledger(&new) };
        let new = new.iter().map(|row| row.record.cast_unsigned()).collect();
        let records = records.len() as u64;
        Scanned {
            records,
            entries,
            documents,
            new,
            rows,
            found,
            mistaken,
            examples,
            held,
            corrected,
            observations,
            names,
        }
    }
}
