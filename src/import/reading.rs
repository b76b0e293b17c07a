//! The rosters are read twice. The first reading checks every row and keeps its hashes; the second stages the few rows
//! that are new, changed, or may contradict another. What the ledger holds already, as it is, costs nothing more.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;

use super::survey::{Hashes, Ledger, Records, Survey, Suspects};
use super::{ImportError, ReadRoster};
use crate::graduate::StudentId;
use crate::roster::{self, Columns, Decoding, Mistake, ReadAhead, Record, Roster};
use crate::store::{Bulk, FirstImport, StagedRow, Staging};

/// Names to show of a file without a mark.
const EXAMPLES: usize = 5;

/// The reading of one import.
pub(super) struct Reading {
    today: Date,
    survey: Survey,
    /// Where rows go at once, when the ledger is empty.
    pub(super) first: Option<FirstImport>,
    /// Records of all rosters so far.
    records: u64,
    /// Of each by itself.
    lengths: Vec<u64>,
}

/// What became of the rows.
pub(super) struct LookedAt {
    /// Records of all rosters.
    pub(super) records: i64,
    /// Good ones that the ledger holds as they are, and that contradict no other.
    pub(super) unchanged: i64,
    /// Awards that the ledger holds.
    pub(super) held: i64,
    pub(super) suspects: Suspects,
}

impl Reading {
    pub(super) async fn begin(staging: &mut Staging, today: Date) -> Result<Self, ImportError> {
        let first = FirstImport::begin(staging).await?;
        if first.is_none() {
            staging.begin().await?;
        }
        Ok(Self { today, survey: Survey::new()?, first, records: 0, lengths: Vec::new() })
    }

    /// The first reading.
    pub(super) async fn read(
        &mut self,
        staging: &mut Staging,
        rosters: Vec<(PathBuf, Roster)>,
    ) -> Result<Vec<ReadRoster>, ImportError> {
        let mut read = Vec::new();
        for (path, roster) in rosters {
            let before = self.records;
            read.push(self.read_one(staging, path, roster).await?);
            self.lengths.push(self.records - before);
        }
        Ok(read)
    }

    async fn read_one(
        &mut self,
        staging: &mut Staging,
        path: PathBuf,
        roster: Roster,
    ) -> Result<ReadRoster, ImportError> {
        let mut read = ReadRoster {
            name: roster.name(),
            is_mended_rest: roster.columns.is_mended_rest(),
            columns: roster.columns.clone(),
            path,
            offset: self.records,
            decoding: roster.inspection.decoding,
            examples: Vec::new(),
            everybody_is_named: true,
        };
        let look = Look {
            today: self.today,
            is_first: self.first.is_some(),
            with_examples: matches!(read.decoding, Decoding::Fallback(..)),
        };
        let mut batches = ReadAhead::start(
            roster,
            read.offset,
            |_| true,
            move |columns, records| look.at(columns, records),
        );
        while let Some(looked) = batches.next().await? {
            self.records += looked.records;
            self.take(staging, &mut read, looked).await?;
        }
        Ok(read)
    }

    async fn take(
        &mut self,
        staging: &mut Staging,
        read: &mut ReadRoster,
        looked: Looked,
    ) -> Result<(), ImportError> {
        let room = EXAMPLES - read.examples.len();
        read.examples.extend(looked.examples.into_iter().take(room));
        for hashes in looked.hashes {
            self.survey.row(hashes)?;
        }
        if let Some(rows) = looked.first {
            staging.write(rows).await?;
        }
        for (mistakes, students) in looked.mistaken {
            for mistake in &mistakes {
                staging.mistake(mistake).await?;
            }
            read.everybody_is_named &= !students.is_empty();
            for student in students {
                staging.mention(student.as_str()).await?;
            }
        }
        Ok(())
    }

    /// Finds the rows that have to be looked at, and stages them; `whole`: all of them.
    pub(super) async fn look_closer(
        &mut self,
        staging: &mut Staging,
        rosters: Vec<Roster>,
        whole: bool,
    ) -> Result<LookedAt, ImportError> {
        let mut wanted = Records::default();
        let held = if self.first.is_some() { 0 } else { self.compare(staging, &mut wanted).await? };
        let suspects = self.survey.suspects(self.first.is_some(), &mut wanted)?;
        if whole {
            (1..=self.records).for_each(|record| wanted.insert(record));
        }
        if let Some(first) = &mut self.first {
            first.take_out(staging, wanted.iter()).await?;
        }
        let staged = if wanted.is_empty() { 0 } else { self.stage(staging, rosters, wanted).await? };
        staging.end().await?;
        if self.first.is_none() {
            staging.commit().await?;
        }
        let unchanged = self.survey.rows() - staged;
        Ok(LookedAt { records: self.records.cast_signed(), unchanged, held, suspects })
    }

    /// Holds every row against the ledger; returns how many awards that has.
    async fn compare(&mut self, staging: &mut Staging, wanted: &mut Records) -> Result<i64, ImportError> {
        let (mut count, mut after, mut ledger) = (0, Some(0), Ledger::new()?);
        let mut page = staging.held(&mut after).await?;
        while let Some(awards) = page {
            // the next page is on its way meanwhile
            let (next, taken) = tokio::join!(staging.held(&mut after), async {
                awards.iter().try_for_each(|award| ledger.holds(*award))
            });
            taken?;
            count += i64::try_from(awards.len()).unwrap_or(i64::MAX);
            page = next?;
        }
        for place in Survey::places() {
            let missing = self.survey.compare(&mut ledger, place, wanted)?;
            staging.missing(&missing).await?;
        }
        Ok(count)
    }

    /// The second reading: the wanted rows; returns how many.
    async fn stage(
        &self,
        staging: &mut Staging,
        rosters: Vec<Roster>,
        wanted: Records,
    ) -> Result<i64, ImportError> {
        let (today, wanted) = (self.today, Arc::new(wanted));
        let (mut offset, mut staged) = (0, 0);
        for (roster, records) in rosters.into_iter().zip(&self.lengths) {
            let wanted = Arc::clone(&wanted);
            let is_wanted = move |number| wanted.contains(number);
            let mut batches = ReadAhead::start(roster, offset, is_wanted, move |columns, records| {
                // what has a mistake was found by the first reading
                let rows = records.iter().filter_map(|record| roster::parse(columns, record, today).ok());
                Bulk::to_stage(&rows.map(StagedRow::from).collect::<Vec<_>>())
            });
            while let Some(rows) = batches.next().await? {
                staged += i64::try_from(rows.rows()).unwrap_or(i64::MAX);
                staging.write(rows).await?;
            }
            offset += records;
        }
        Ok(staged)
    }
}

/// How the first reading looks at records.
#[derive(Clone, Copy)]
struct Look {
    today: Date,
    is_first: bool,
    with_examples: bool,
}

/// What one look at many records found.
#[derive(Default)]
struct Looked {
    records: u64,
    /// Of the good ones.
    hashes: Vec<Hashes>,
    /// The good ones, where the ledger is empty.
    first: Option<Bulk>,
    /// Every mistake of the others, and whose row it may be.
    mistaken: Vec<(Vec<Mistake>, Vec<StudentId>)>,
    /// Some names with accents, where somebody should look at them.
    examples: Vec<String>,
}

impl Look {
    fn at(self, columns: &Columns, records: &[Record]) -> Looked {
        let mut looked = Looked { records: records.len() as u64, ..Looked::default() };
        let mut rows = Vec::new();
        for record in records {
            let row: StagedRow = match roster::parse(columns, record, self.today) {
                Ok(row) => row.into(),
                Err(mistakes) => {
                    looked.mistaken.push((mistakes, roster::students(columns, record)));
                    continue;
                }
            };
            looked.hashes.push(Hashes::from(&row));
            if self.with_examples && looked.examples.len() < EXAMPLES && !row.full_name.is_ascii() {
                looked.examples.push(row.full_name.clone());
            }
            // one that nobody needs goes at once: memory that was just in use is the cheapest
            if self.is_first {
                rows.push(row);
            }
        }
        looked.first = self.is_first.then(|| Bulk::to_empty_ledger(&rows));
        looked
    }
}
