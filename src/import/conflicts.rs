//! Rows held against each other. Rows of one qualification that differ in the major only become one; identical ones are
//! noted; rows that contradict each other hold the graduate, since nobody can tell which is right; so does an address of
//! several students.

mod ledger;

use super::diff_index::Candidates;
use super::{Audience, ReadRoster, containing};
use crate::credential::CredentialType;
use crate::roster::{Column, Mistake};
use crate::store::{HoldSource, SharingRow, StagedRow, Staging, StoreError, SuspectRow};
pub(super) use ledger::{other_types, recoded, renumbered};

/// More qualifications than any graduate has; a column of equal values was taken for the student ids.
const MOST_QUALIFICATIONS: usize = 50;

/// What became of the rows that were held against each other.
#[derive(Debug, Default)]
pub(super) struct Resolved {
    /// Rows that say the same as another, or only add a major to it.
    pub(super) repeated: i64,
    /// Who is held, to be told once it is known that the import goes on.
    pub(super) holds: HoldNotes,
}

/// Notes of who is held: an import that is stopped holds nobody, and does not say so.
#[derive(Debug, Default)]
pub(super) struct HoldNotes(Vec<(String, String)>);

impl HoldNotes {
    /// With more than these nobody reads them to the end, and they are not kept in memory.
    const MOST: usize = 10_000;

    fn add(&mut self, roster: &str, note: String, audience: &mut dyn Audience) {
        self.0.push((roster.to_owned(), note));
        if self.0.len() >= Self::MOST {
            self.tell(audience);
        }
    }

    /// Tells them.
    pub(super) fn tell(&mut self, audience: &mut dyn Audience) {
        for (roster, note) in self.0.drain(..) {
            audience.note(&roster, &note);
        }
    }
}

/// Of what the rosters are only a part, so that they are held against the ledger, too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// An additional list.
    pub(super) is_addition: bool,
    /// Rows that were rejected and corrected.
    pub(super) is_corrected: bool,
    /// Rosters of one type, beside another type's.
    pub(super) is_beside: bool,
}

impl Part {
    pub(super) const fn is_any(self) -> bool {
        self.is_addition || self.is_corrected || self.is_beside
    }
}

/// Holds the staged rows against each other, and a part against the ledger.
pub(super) async fn resolve(
    staging: &mut Staging,
    read: &[ReadRoster],
    candidates: Candidates,
    (part, of): (Part, CredentialType),
    audience: &mut dyn Audience,
) -> Result<Resolved, StoreError> {
    let mut conflicts = Conflicts { staging, read, audience, resolved: Resolved::default() };
    if candidates.students {
        conflicts.repeated_students().await?;
    }
    let may_share = read.iter().all(|roster| roster.columns.settings().shared_addresses);
    if (candidates.addresses || part.is_any()) && !may_share {
        conflicts.staging.sort_by_address().await?;
        conflicts.shared_addresses().await?;
    }
    if candidates.documents {
        let rows = conflicts.staging.shared_documents().await?;
        conflicts.reject_documents(&rows).await?;
    }
    if part.is_any() {
        conflicts.against_the_ledger(may_share, (part, of)).await?;
        let rows = conflicts.staging.documents_of_others().await?;
        conflicts.reject_documents(&rows).await?;
    }
    Ok(conflicts.resolved)
}

/// Students whose ids differ in leading zeros, in capitals or in punctuation only are held: a spreadsheet may have made two of one.
pub(super) async fn zeros_within(
    staging: &mut Staging,
    is_first: bool,
    holds: &mut HoldNotes,
    audience: &mut dyn Audience,
) -> Result<(), StoreError> {
    for (student_id, other) in staging.zeros_within(is_first).await? {
        let bare = |id: &str| id.trim_start_matches('0').to_ascii_lowercase();
        let what = match () {
            () if student_id.eq_ignore_ascii_case(&other) => "capitals",
            () if bare(&student_id) == bare(&other) => "leading zeros",
            () => "punctuation",
        };
        let reason = format!("the id differs from that of student {other} in its {what} only");
        let note = format!("student {student_id}: {reason}; both are held until one is corrected");
        holds.add("roster", note, audience);
        staging.hold(&student_id, HoldSource::Conflict, &reason).await?;
    }
    Ok(())
}

struct Conflicts<'a> {
    staging: &'a mut Staging,
    read: &'a [ReadRoster],
    audience: &'a mut dyn Audience,
    resolved: Resolved,
}

impl Conflicts<'_> {
    async fn repeated_students(&mut self) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let rows = self.staging.repeated_students(&after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after.clone_from(&last.student_id);
            for rows in rows.chunk_by(|one, other| one.student_id == other.student_id) {
                self.one_student(rows).await?;
            }
        }
    }

    /// All rows of a student: they agree, or the student is held.
    async fn one_student(&mut self, rows: &[StagedRow]) -> Result<(), StoreError> {
        let contradictions: Vec<_> = rows.iter().map(|row| contradiction(self.read, rows, row)).collect();
        if contradictions.iter().all(Option::is_none) {
            return self.join(rows).await;
        }
        for (row, contradiction) in rows.iter().zip(contradictions) {
            let (column, problem) = contradiction
                .unwrap_or_else(|| (None, "other rows of this student contradict each other".to_owned()));
            let problem = format!("{problem}; the student is held until the rows agree");
            let mistake = Place::of(row).mistake(self.read, column, problem);
            self.staging.reject(file(self.read, row.record), &mistake).await?;
        }
        let lines: Vec<_> =
            rows.iter().take(10).map(|row| place(self.read, row.record, row.line, 0)).collect();
        let reason = format!("rows contradict each other: {}", lines.join(", "));
        self.staging.hold(&rows[0].student_id, HoldSource::Conflict, &reason).await
    }

    /// Rows of one qualification become one row, with the majors of all.
    async fn join(&mut self, rows: &[StagedRow]) -> Result<(), StoreError> {
        for (number, row) in rows.iter().enumerate() {
            let is_first = !rows[..number].iter().any(|earlier| earlier.course_key == row.course_key);
            if !is_first {
                continue;
            }
            let twins: Vec<_> =
                rows[number + 1..].iter().filter(|other| other.course_key == row.course_key).collect();
            if twins.is_empty() {
                continue;
            }
            let mut majors: Vec<&str> = Vec::new();
            for major in std::iter::once(row).chain(twins.iter().copied()).flat_map(|row| row.majors.lines())
            {
                if !majors.contains(&major) {
                    majors.push(major);
                }
            }
            let joined = row.clone().with_majors(majors.join("\n"));
            for twin in twins {
                self.resolved.repeated += 1;
                self.staging.take_out(&twin.student_id, twin.record).await?;
                let at = place(self.read, row.record, row.line, twin.record);
                let what = if twin.majors == row.majors {
                    format!("says the same as {at}")
                } else {
                    format!("adds its majors to {at}")
                };
                self.note(twin.record, twin.line, &twin.student_id, &what);
            }
            if joined.majors != row.majors {
                self.staging.change_majors(&joined).await?;
            }
        }
        Ok(())
    }

    async fn shared_addresses(&mut self) -> Result<(), StoreError> {
        let mut after = String::new();
        loop {
            let rows = self.staging.shared_addresses(&after).await?;
            let Some(last) = rows.last() else { return Ok(()) };
            after.clone_from(&last.email);
            for group in rows.chunk_by(|one, other| one.email == other.email) {
                for row in group {
                    self.hold_sharing(group, row).await?;
                }
            }
        }
    }

    async fn hold_sharing(&mut self, group: &[SharingRow], row: &SharingRow) -> Result<(), StoreError> {
        let Some(other) = group.iter().find(|other| other.student_id != row.student_id) else {
            return Ok(());
        };
        let at = place(self.read, other.record, other.line, row.record);
        let reason = format!("has the same address as student {} on {at}", other.student_id);
        let told = format!(
            "{reason}; both are held. Give each an address of their own, or allow it: shared_address = yes in both \
             rows, or shared_addresses = \"allow\" under [roster]"
        );
        self.note_hold(row.record, row.line, &row.student_id, &told);
        self.staging.hold(&row.student_id, HoldSource::Address, &reason).await
    }

    /// A document is one graduate's: a column that was filled down would send it for everybody.
    async fn reject_documents(&mut self, rows: &[SuspectRow]) -> Result<(), StoreError> {
        for row in rows {
            let problem = format!(
                "is the document of student {}, too, and a document is about one graduate; give each their own",
                row.known
            );
            let place = Place { record: row.record, line: row.line, student_id: &row.student_id };
            let mistake = place.mistake(self.read, Some(Column::DocumentUrl), problem);
            self.staging.reject(file(self.read, row.record), &mistake).await?;
        }
        Ok(())
    }

    /// Rows that were rejected beside other rows look sound without them, so they are held against what became of those.
    async fn against_the_ledger(
        &mut self,
        may_share: bool,
        (part, of): (Part, CredentialType),
    ) -> Result<(), StoreError> {
        // an additional list may correct a name; a file of rejected rows holds what contradicted another row
        let is_of_names = part.is_corrected && !part.is_addition && of == CredentialType::Education;
        let others = if is_of_names { self.staging.names_of_others().await? } else { Vec::new() };
        for row in others {
            let problem =
                "the ledger knows this student under another name; correct it in the whole roster".to_owned();
            let place = Place { record: row.record, line: row.line, student_id: &row.student_id };
            let mistake = place.mistake(self.read, Some(Column::FullName), problem);
            self.staging.reject(file(self.read, row.record), &mistake).await?;
        }
        if may_share {
            return Ok(());
        }
        for row in self.staging.addresses_of_others(!part.is_addition && !part.is_corrected).await? {
            let reason = format!("has the same address as student {}", row.known);
            let told =
                format!("{reason} of the ledger; both are held until each has an address of their own");
            self.note_hold(row.record, row.line, &row.student_id, &told);
            self.staging.hold(&row.student_id, HoldSource::Address, &reason).await?;
            let other = format!("has the same address as student {}", row.student_id);
            self.staging.hold(&row.known, HoldSource::Address, &other).await?;
        }
        Ok(())
    }

    fn note_hold(&mut self, record: i64, line: i64, student_id: &str, what: &str) {
        let note = format!("line {line}, student {student_id}: {what}");
        self.resolved.holds.add(file(self.read, record), note, self.audience);
    }

    fn note(&mut self, record: i64, line: i64, student_id: &str, what: &str) {
        let roster = file(self.read, record);
        self.audience.note(roster, &format!("line {line}, student {student_id}: {what}"));
    }
}

/// What is wrong with a row beside the other rows of its student.
fn contradiction(
    read: &[ReadRoster],
    rows: &[StagedRow],
    row: &StagedRow,
) -> Option<(Option<Column>, String)> {
    if rows.len() > MOST_QUALIFICATIONS {
        let problem =
            format!("has more than {MOST_QUALIFICATIONS} qualifications; is this the student id column?");
        return Some((Some(Column::StudentId), problem));
    }
    rows.iter().filter(|other| other.record != row.record).find_map(|other| {
        let at = place(read, other.record, other.line, row.record);
        let (column, what) = difference(row, other)?;
        let problem = format!("{what} differs from {at} for the same student; correct one of them");
        Some((column, problem))
    })
}

/// What cannot be true of two rows of one student.
fn difference(one: &StagedRow, other: &StagedRow) -> Option<(Option<Column>, &'static str)> {
    let is_same_award = one.course_key == other.course_key;
    let contradict = |one: Option<&str>, other: Option<&str>| matches!((one, other), (Some(one), Some(other)) if one != other);
    let differences = [
        (one.full_name != other.full_name, Some(Column::FullName), "the name"),
        (!one.email.eq_ignore_ascii_case(&other.email), Some(Column::Email), "the address"),
        (
            contradict(one.date_of_birth.as_deref(), other.date_of_birth.as_deref()),
            Some(Column::DateOfBirth),
            "the date of birth",
        ),
        (
            is_same_award
                && (one.conferral_year != other.conferral_year
                    || one.conferral_date != other.conferral_date
                    || one.awaiting_graduation != other.awaiting_graduation),
            Some(Column::ConferralYear),
            "the conferral of the same qualification",
        ),
        (
            is_same_award && one.details != other.details,
            None,
            if one.course_key.starts_with('@') {
                "what it says of the same test or course"
            } else {
                "the document of the same qualification"
            },
        ),
        (
            is_same_award && one.honours != other.honours,
            Some(Column::Honours),
            "the honours of the same qualification",
        ),
    ];
    differences.into_iter().find(|(differs, ..)| *differs).map(|(_, column, what)| (column, what))
}

/// Where an earlier row stands, with its file where that is another one than that of the record it is seen from.
fn place(read: &[ReadRoster], record: i64, line: i64, seen_from: i64) -> String {
    let file = containing(read, record.unsigned_abs());
    if seen_from > 0 && file.offset == containing(read, seen_from.unsigned_abs()).offset {
        format!("line {line}")
    } else {
        format!("line {line} of {}", file.name)
    }
}

fn file(read: &[ReadRoster], record: i64) -> &str {
    &containing(read, record.unsigned_abs()).name
}

/// A row, to be told of.
struct Place<'a> {
    record: i64,
    line: i64,
    student_id: &'a str,
}

impl<'a> Place<'a> {
    fn of(row: &'a StagedRow) -> Self {
        Self { record: row.record, line: row.line, student_id: &row.student_id }
    }

    fn mistake(&self, read: &[ReadRoster], column: Option<Column>, problem: String) -> Mistake {
        let record = self.record.unsigned_abs();
        let columns = &containing(read, record).columns;
        // a full name may stand in two columns, the year of a conferral in its date, and a document is of either kind
        let instead = |column| match column {
            Column::FullName => Some(Column::GivenNames),
            Column::ConferralYear => Some(Column::ConferralDate),
            Column::DocumentUrl => Some(Column::OpenCert),
            _ => None,
        };
        let column = column.and_then(|column| {
            columns.place(column).or_else(|| instead(column).and_then(|column| columns.place(column)))
        });
        let student_id = Some(self.student_id.to_owned());
        let (sheet, line) = (columns.sheet(), self.line.unsigned_abs());
        // its cells are right by themselves: nothing of it can be corrected alone
        Mistake { record, sheet, line, column, student_id, course_key: None, problem }
    }
}
