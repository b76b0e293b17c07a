//! Staged rows that may contradict each other, or the ledger; whether they do is for the import to say.

use crate::roster::Mistake;
use crate::store::{Engine, StagedRow, Staging, StoreError};

/// A row that shares an address with others.
#[derive(Debug, Clone)]
pub struct SharingRow {
    /// Which data row.
    pub record: i64,
    /// Where it stands.
    pub line: i64,
    /// Whose it is.
    pub student_id: String,
    /// The address in lower case.
    pub email: String,
}

/// How long the ids of known students are: a JSON list.
pub struct IdLengths(String);

/// A row that the ledger may know as another student's.
#[derive(Debug, Clone)]
pub struct SuspectRow {
    /// Which data row.
    pub record: i64,
    /// Where it stands.
    pub line: i64,
    /// Whose it is, as the row says.
    pub student_id: String,
    /// The student of the ledger that it reminds of.
    pub known: String,
}

/// Why the roster holds a graduate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoldSource {
    /// A column of it says so.
    Roster,
    /// Its rows contradict each other.
    Conflict,
    /// Several students have the same address.
    Address,
    /// The hold file lists the student.
    File,
    /// Somebody said so.
    Person,
}

impl HoldSource {
    /// In the ledger.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Conflict => "conflict",
            Self::Address => "address",
            Self::File => "file",
            Self::Person => "person",
        }
    }

    /// From the ledger.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        [Self::Roster, Self::Conflict, Self::Address, Self::File, Self::Person]
            .into_iter()
            .find(|source| source.word() == word)
    }

    /// Who holds the graduate, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Roster => "held by a column of the roster",
            Self::Conflict => "held because the roster's rows contradict each other",
            Self::Address => "held because several students have the address",
            Self::File => "held by the hold file",
            Self::Person => "held by `gradpass hold`",
        }
    }

    /// What ends it, for people.
    #[must_use]
    pub const fn ends(self) -> &'static str {
        match self {
            Self::Roster => "it ends when the roster's column says so no more",
            Self::Conflict => "it ends when the roster agrees with itself",
            Self::Address => {
                "it ends when the roster, or `gradpass correct`, gives each of them another address"
            }
            Self::File => "it ends when the hold file names the student no more",
            Self::Person => "`gradpass release` ends it",
        }
    }

    /// Whether a person has to settle something before the graduate can be mailed; the others were held on purpose.
    #[must_use]
    pub const fn needs_person(self) -> bool {
        matches!(self, Self::Conflict | Self::Address)
    }
}

impl Staging {
    /// The rows of the next students after `student_id` who stand in the roster more than once.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn repeated_students(&mut self, student_id: &str) -> Result<Vec<StagedRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_repeated_students.sql"(student_id) as StagedRow
        )?)
    }

    /// Makes the rows findable by address, for what follows.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn sort_by_address(&mut self) -> Result<(), StoreError> {
        match &mut self.connection {
            Engine::Sqlite(connection) => {
                let index = "CREATE INDEX IF NOT EXISTS staging.staged_address ON staged_row (lower(email), student_id)";
                sqlx::raw_sql(index).execute(connection).await?;
            }
            Engine::Postgres(connection) => {
                let index =
                    "CREATE INDEX IF NOT EXISTS staged_address ON staged_row (lower(email), student_id)";
                sqlx::raw_sql(index).execute(connection).await?;
            }
        }
        Ok(())
    }

    /// The rows of the next addresses after `email` that several students have, and not on purpose.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn shared_addresses(&mut self, email: &str) -> Result<Vec<SharingRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_shared_addresses.sql"(email) as SharingRow
        )?)
    }

    /// Rows whose document another student of the roster has, too.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn shared_documents(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_shared_documents.sql"() as SuspectRow
        )?)
    }

    /// Rows whose document another student of the ledger has.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn documents_of_others(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_documents_of_others.sql"() as SuspectRow
        )?)
    }

    /// Rows whose address another student of the ledger has; `is_whole`: other students whom the roster lists itself are left
    /// to [`Staging::shared_addresses`].
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn addresses_of_others(&mut self, is_whole: bool) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_addresses_of_others.sql"(is_whole) as SuspectRow
        )?)
    }

    /// Rows whose student the ledger knows under another name.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn names_of_others(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_names_of_others.sql"() as SuspectRow
        )?)
    }

    /// How long the ids are that the ledger knows, where a row is of a student whom it does not: all of them are looked at.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn id_lengths(&mut self) -> Result<Option<IdLengths>, StoreError> {
        let known = ask!(
            &mut self.connection,
            fetch_optional,
            "sql/queries/import/graduate_id_lengths.sql"() as { lengths: String }
        )?;
        Ok(known.map(|known| IdLengths(known.lengths)))
    }

    /// Rows of new students whose id is a known one's but for its leading zeros.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn lost_zeros(&mut self, known: &IdLengths) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_zeros_lost.sql"(known.0) as SuspectRow
        )?)
    }

    /// Rows of new students whose id is a known one's but for capitals or punctuation.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn id_twins(&mut self, known: &IdLengths) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_id_twins.sql"(known.0) as SuspectRow
        )?)
    }

    /// Pairs of students of the roster whose ids differ in leading zeros or capitals only; `is_first`: its rows stand in the ledger
    /// already.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn zeros_within(&mut self, is_first: bool) -> Result<Vec<(String, String)>, StoreError> {
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_zeros_within.sql"(is_first) as { student_id: String, known: String }
        )?;
        Ok(rows.into_iter().map(|row| (row.student_id, row.known)).collect())
    }

    /// Rows of new students with the name and the address of somebody whom the roster lists no more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn renumbered(&mut self) -> Result<Vec<SuspectRow>, StoreError> {
        Ok(ask!(&mut self.connection, fetch_all, "sql/queries/import/staged_renumbered.sql"() as SuspectRow)?)
    }

    /// Rows that look like a qualification of the same student that SEEK Pass has under another code, with that code;
    /// `is_part`: what the roster does not list may stand.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn recoded(&mut self, is_part: bool) -> Result<Vec<SuspectRow>, StoreError> {
        let live = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/import/submission_live_any.sql"() as { any: bool }
        )?;
        if !live.any {
            return Ok(Vec::new());
        }
        Ok(ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_recoded.sql"(is_part) as SuspectRow
        )?)
    }

    /// A student counts as still listed, whatever row it was that said so.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn is_still_listed(&mut self, student_id: &str) -> Result<(), StoreError> {
        self.mention(&[student_id]).await?;
        run!(&mut self.connection, "sql/queries/import/staged_lost_forget.sql"(student_id))?;
        Ok(())
    }

    /// Takes a row out again, with the mistake that was found when it was held against others. `roster` is its file.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn reject(&mut self, roster: &str, mistake: &Mistake) -> Result<(), StoreError> {
        if let Some(student_id) = &mistake.student_id {
            self.take_out(student_id, mistake.record.cast_signed()).await?;
            self.mention(&[student_id]).await?;
        }
        self.add_mistakes(roster, std::slice::from_ref(mistake)).await
    }

    /// Takes a row out again that says nothing new.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn take_out(&mut self, student_id: &str, record: i64) -> Result<(), StoreError> {
        run!(&mut self.connection, "sql/queries/import/staged_row_delete.sql"(student_id, record))?;
        Ok(())
    }

    /// Writes other majors into a row.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn change_majors(&mut self, row: &StagedRow) -> Result<(), StoreError> {
        let StagedRow { student_id, record, majors, fingerprint, .. } = row;
        run!(
            &mut self.connection,
            "sql/queries/import/staged_majors_update.sql"(student_id, record, majors, fingerprint)
        )?;
        Ok(())
    }

    /// Notes that a student is held; the first reason of a source stands.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn hold(
        &mut self,
        student_id: &str,
        source: HoldSource,
        reason: &str,
    ) -> Result<(), StoreError> {
        let source = source.word();
        run!(&mut self.connection, "sql/queries/import/staged_hold_insert.sql"(student_id, source, reason))?;
        Ok(())
    }
}
