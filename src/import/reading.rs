//! The rosters are read once, and sometimes twice. The first reading checks every row and keeps its hashes; rows that the
//! ledger does not hold as they are go on at once. The second stages the few others that may contradict another. What the
//! ledger holds already costs nothing more.

mod scan;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use fixedbitset::FixedBitSet;
use jiff::civil::Date;

use super::diff_index::{Candidates, DiffIndex, Documents, Stored, position};
use super::{ImportError, ReadRoster};
use crate::graduate::StudentId;
use crate::roster::{
    self, Corrections, Decoding, Met, NamesBeyondAscii, Observations, Over, ReadAhead, Repeated, Roster,
    RosterError,
};
use crate::store::{Bulk, FirstImport, HoldSource, Kept, StagedRow, Staging};
use scan::{Scan, Scanned};

/// Names to show of a file without a mark.
const EXAMPLES: usize = 5;

/// The reading of one import.
pub(super) struct Reading {
    today: Date,
    index: DiffIndex,
    documents: Documents,
    before: Before,
    /// Records of all rosters so far.
    records: u64,
    /// Of each by itself.
    lengths: Vec<u64>,
    /// Those that the ledger does not hold as they are.
    new: FixedBitSet,
    /// Of what the ledger holds, the positions of what a row has.
    found: FixedBitSet,
    /// Records with a mistake.
    mistaken: FixedBitSet,
    observations: Observations,
    over: Arc<Over>,
    /// Of each correction that met a row, by student, qualification and column: the last such row, and whether every one says
    /// the same.
    met: BTreeMap<(String, Option<String>, &'static str), Met>,
}

/// What there was before the import.
enum Before {
    /// Nothing: rows go into the ledger at once.
    Nothing(FirstImport),
    /// Rows that it does not hold are staged.
    Ledger(Arc<Stored>),
}

/// What became of the rows.
pub(super) struct SecondPass {
    /// Records of all rosters.
    pub(super) records: i64,
    /// Good ones that the ledger holds as they are, and that contradict no other.
    pub(super) unchanged: i64,
    /// Awards that the ledger holds.
    pub(super) held: i64,
    pub(super) candidates: Candidates,
}

impl Reading {
    pub(super) async fn begin(staging: &mut Staging, today: Date, over: Over) -> Result<Self, ImportError> {
        let before = if let Some(first) = FirstImport::begin(staging).await? {
            Before::Nothing(first)
        } else {
            let stored = Stored::read(staging).await?;
            staging.begin().await?;
            Before::Ledger(Arc::new(stored))
        };
        Ok(Self {
            today,
            index: DiffIndex::default(),
            documents: Documents::default(),
            before,
            records: 0,
            lengths: Vec::new(),
            new: FixedBitSet::new(),
            found: FixedBitSet::new(),
            mistaken: FixedBitSet::new(),
            observations: Observations::default(),
            over: Arc::new(over),
            met: BTreeMap::new(),
        })
    }

    /// Whether the ledger holds anything.
    pub(super) const fn is_over_a_ledger(&self) -> bool {
        matches!(self.before, Before::Ledger(_))
    }

    /// Whether an id may be another one that lost its leading zeros, or had its letters made small or capital.
    pub(super) fn has_ids_of_several_kinds(&self) -> bool {
        self.observations.id_lengths.len() > 1 || self.observations.id_cases == (true, true)
    }

    /// What was noticed of the rows.
    pub(super) fn observations(&mut self) -> Observations {
        std::mem::take(&mut self.observations)
    }

    /// Corrections that the rosters agree with.
    pub(super) fn agreed(&self) -> Vec<Met> {
        self.met.values().filter(|met| met.agrees).cloned().collect()
    }

    /// What was corrected over the rosters.
    pub(super) fn corrections(&self) -> &Corrections {
        &self.over.corrections
    }

    /// Corrections of a qualification that no row is about, but for those that are kept for it under another key, by student
    /// id and column.
    pub(super) fn not_met(&self, kept: &[Kept]) -> Vec<(String, &'static str)> {
        let mut not_met = Vec::new();
        for (student, corrections) in &self.over.corrections.0 {
            for placed in corrections.iter().filter(|placed| placed.course_key.is_some()) {
                let column = placed.correction.column();
                let is_kept = |kept: &Kept| {
                    kept.student_id == *student && Some(&kept.from) == placed.course_key.as_ref()
                };
                let is_met = self.met.contains_key(&(student.clone(), placed.course_key.clone(), column));
                if !is_met && !kept.iter().any(is_kept) {
                    not_met.push((student.clone(), column));
                }
            }
        }
        not_met.sort_unstable();
        not_met
    }

    /// The import into an empty ledger, if it is one.
    pub(super) fn first(self) -> Option<FirstImport> {
        match self.before {
            Before::Nothing(first) => Some(first),
            Before::Ledger(_) => None,
        }
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
            is_corrections_file: roster.columns.is_corrections_file(),
            delimiter: roster.delimiter().unwrap_or(b','),
            columns: roster.columns.clone(),
            path,
            offset: self.records,
            decoding: roster.inspection.decoding,
            examples: Vec::new(),
            passed_over: roster.passed_over(),
            everybody_is_named: true,
            names: NamesBeyondAscii::default(),
        };
        let scan = Scan {
            today: self.today,
            over: Arc::clone(&self.over),
            stored: match &self.before {
                Before::Nothing(_) => None,
                Before::Ledger(stored) => Some(Arc::clone(stored)),
            },
            with_examples: matches!(read.decoding, Decoding::Configured(_) | Decoding::Guessed(_)),
            kind: staging.kind(),
        };
        let mut batches = ReadAhead::start(
            roster,
            read.offset,
            |_| true,
            move |columns, records, room| scan.records(columns, records, room),
        );
        while let Some(scanned) = batches.next().await? {
            self.records += scanned.records;
            self.take(staging, &mut read, scanned).await?;
        }
        Ok(read)
    }

    async fn take(
        &mut self,
        staging: &mut Staging,
        read: &mut ReadRoster,
        scanned: Scanned,
    ) -> Result<(), ImportError> {
        let room = EXAMPLES - read.examples.len();
        read.examples.extend(scanned.examples.into_iter().take(room));
        self.index.extend(scanned.entries);
        self.documents.extend(scanned.documents);
        self.observations.add(scanned.observations);
        read.names.add(&scanned.names);
        for (student, reason) in scanned.held {
            staging.hold(student.as_str(), HoldSource::Roster, &reason).await?;
        }
        for mut met in scanned.corrected {
            let key = (met.student_id.clone(), met.course_key.clone(), met.column);
            met.agrees &= self.met.get(&key).is_none_or(|before| before.agrees);
            self.met.insert(key, met);
        }
        staging.write(scanned.rows).await?;
        scanned.new.into_iter().for_each(|record| self.new.grow_and_insert(position(record)));
        scanned.found.into_iter().for_each(|position| self.found.grow_and_insert(position));
        let wrong = scanned.mistaken.iter().filter_map(|(mistakes, _)| mistakes.first());
        wrong.for_each(|mistake| self.mistaken.grow_and_insert(position(mistake.record)));
        let (mistakes, students): (Vec<_>, Vec<_>) = scanned.mistaken.into_iter().unzip();
        staging.add_mistakes(&read.name, &mistakes.concat()).await?;
        read.everybody_is_named &= students.iter().all(|students| !students.is_empty());
        let students: Vec<_> = students.iter().flatten().map(StudentId::as_str).collect();
        staging.mention(&students).await?;
        Ok(())
    }

    /// Finds the rows that have to be looked at, and stages them; `whole`: all of them.
    pub(super) async fn second_pass(
        &mut self,
        staging: &mut Staging,
        rosters: Vec<Roster>,
        whole: bool,
    ) -> Result<SecondPass, ImportError> {
        let mut wanted = FixedBitSet::new();
        let candidates = Candidates {
            documents: self.documents.conflicts(&mut wanted),
            ..self.index.conflicts(&self.new, &mut wanted)
        };
        if whole {
            wanted.grow(position(self.records) + 1);
            wanted.insert_range(1..);
        }
        let (held, mut staged) = match &self.before {
            Before::Nothing(first) => {
                first.take_out(staging, wanted.ones()).await?;
                (0, 0)
            }
            Before::Ledger(stored) => {
                staging.missing(&stored.without(&self.found)).await?;
                wanted.difference_with(&self.new);
                (stored.count(), self.new.count_ones(..))
            }
        };
        if !wanted.is_clear() {
            staged += self.stage(staging, rosters, wanted).await?;
        }
        staging.end().await?;
        if self.is_over_a_ledger() {
            staging.commit().await?;
        }
        let rows = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let unchanged = rows(self.index.rows()) - rows(staged);
        Ok(SecondPass { records: self.records.cast_signed(), unchanged, held: rows(held), candidates })
    }

    /// The second reading: the wanted rows; returns how many.
    async fn stage(
        &self,
        staging: &mut Staging,
        rosters: Vec<Roster>,
        wanted: FixedBitSet,
    ) -> Result<usize, ImportError> {
        let (today, wanted, kind) = (self.today, Arc::new(wanted), staging.kind());
        let (mut offset, mut staged) = (0, 0);
        for (roster, records) in rosters.into_iter().zip(&self.lengths) {
            let wanted = Arc::clone(&wanted);
            let over = Arc::clone(&self.over);
            let mistaken = self.mistaken.clone();
            let name = roster.name();
            let is_wanted = move |record| wanted.contains(position(record));
            let mut batches = ReadAhead::start(
                roster,
                offset,
                is_wanted,
                move |columns, records, repeated: &mut Repeated| {
                    let (mut rows, mut lost) = (Vec::with_capacity(records.len()), None);
                    for record in records {
                        match roster::parse_over(columns, record, today, &over, repeated) {
                            Ok(row) => rows.push(StagedRow::from(row)),
                            // what has a mistake was found by the first reading
                            Err(_) if mistaken.contains(position(record.number)) => {}
                            Err(_) => lost = Some(record.line),
                        }
                    }
                    (Bulk::to_stage(kind, &rows), lost)
                },
            );
            while let Some((rows, lost)) = batches.next().await? {
                if let Some(line) = lost {
                    let problem =
                        format!("a file that line {line} names changed while it was read; run again");
                    return Err(RosterError { path: name.into(), problem }.into());
                }
                staged += rows.rows();
                staging.write(rows).await?;
            }
            offset += records;
        }
        Ok(staged)
    }
}
