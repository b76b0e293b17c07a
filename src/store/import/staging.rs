//! The roster of one import, in a private place beside the ledger: a temporary database, which `SQLite` puts on disk when
//! it grows, or PostgreSQL's temporary tables. Both go by themselves, also when the program dies. So memory does not grow with the
//! roster, and nothing of the ledger is touched before the whole file was read.

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

use crate::credential::{Attached, CredentialType};
use crate::roster::{Mistake, Row};
use crate::store::sqlite::write_gate::WriteGate;
use crate::store::{Connection, Engine, Kind, StoreError};

/// The connection of one import.
pub struct Staging {
    pub(in crate::store) connection: Connection,
    /// Before a ledger that is a file.
    pub(in crate::store) write_gate: Option<WriteGate>,
    /// The type of the rows, as the ledger has it.
    pub(in crate::store) credential_type: Option<&'static str>,
}

/// A row as staged, for comparing rows of one student.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of sql/staging.sql")]
pub struct StagedRow {
    pub record: i64,
    pub line: i64,
    pub student_id: String,
    pub full_name: String,
    pub email: String,
    pub date_of_birth: Option<String>,
    pub language: Option<String>,
    pub priority: Option<i64>,
    pub course_key: String,
    pub course_code: Option<String>,
    pub course_name: String,
    pub conferral_year: Option<i64>,
    pub conferral_date: Option<String>,
    pub awaiting_graduation: i64,
    pub majors: String,
    pub honours: Option<String>,
    pub details: Option<String>,
    pub shares_address: i64,
    /// A hash of all but the place in the file: the same again is nothing to do.
    pub fingerprint: i64,
}

impl From<Row> for StagedRow {
    fn from(row: Row) -> Self {
        // why a graduate is held, and what was corrected, is kept apart, since it is no part of a qualification
        let Row { record, line, graduate, qualification, hold: _, shares_address, priority, corrected: _ } =
            row;
        let mut row = Self {
            record: record.cast_signed(),
            line: line.cast_signed(),
            course_key: qualification.course_key(),
            student_id: graduate.student_id.into(),
            full_name: graduate.name.into(),
            email: graduate.email.as_str().to_owned(),
            date_of_birth: graduate.date_of_birth.map(|date| date.to_string()),
            language: graduate.language.map(|language| language.as_str().to_owned()),
            priority: priority.map(i64::from),
            course_code: qualification.course_code,
            course_name: qualification.course_name,
            conferral_year: qualification.conferral.year.map(i64::from),
            conferral_date: qualification.conferral.date.map(|date| date.to_string()),
            awaiting_graduation: i64::from(qualification.conferral.awaiting_graduation),
            majors: one_a_line(qualification.majors),
            details: Attached::stored(&qualification.details, qualification.attached.as_deref()),
            honours: qualification.honours,
            shares_address: i64::from(shares_address),
            fingerprint: 0,
        };
        row.fingerprint = row.hash();
        row
    }
}

/// Most have one, which is taken as it is.
fn one_a_line(mut majors: Vec<String>) -> String {
    if majors.len() > 1 { majors.join("\n") } else { majors.pop().unwrap_or_default() }
}

impl StagedRow {
    /// The same row with other majors, one a line.
    #[must_use]
    pub fn with_majors(mut self, majors: String) -> Self {
        self.majors = majors;
        self.fingerprint = self.hash();
        self
    }

    /// Eight bytes of a SHA-256: two rows of different content look the same once in 10^19.
    fn hash(&self) -> i64 {
        // hashed as one text, which costs less than many short ones
        let mut bytes = Vec::with_capacity(512);
        let mut take = |value: Option<&str>| {
            bytes.extend_from_slice(value.unwrap_or("\u{1}").as_bytes());
            bytes.push(0);
        };
        for value in [&self.student_id, &self.full_name, &self.email, &self.course_key] {
            take(Some(value));
        }
        for value in [&self.date_of_birth, &self.language, &self.course_code, &self.conferral_date] {
            take(value.as_deref());
        }
        for value in [&self.course_name, &self.majors] {
            take(Some(value));
        }
        take(self.honours.as_deref());
        if let Some(details) = &self.details {
            take(Some(details));
        }
        let (year, priority) = (self.conferral_year.unwrap_or(0), self.priority.unwrap_or(0));
        for number in [year, self.awaiting_graduation, self.shares_address, priority] {
            bytes.extend_from_slice(&number.to_le_bytes());
        }
        let digest: [u8; 32] = Sha256::digest(&bytes).into();
        let (eights, _) = digest.as_chunks::<8>();
        i64::from_le_bytes(eights[0])
    }
}

impl Staging {
    pub(in crate::store) async fn attach(
        mut connection: SqliteConnection,
        write_gate: WriteGate,
        of: CredentialType,
    ) -> Result<Self, StoreError> {
        // an empty name is a private temporary database on disk (SQLite, "In-Memory Databases", Temporary);
        // what is sorted, is sorted by one more thread
        let schema = format!(
            "ATTACH DATABASE '' AS staging; PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF; \
             PRAGMA staging.cache_size = -8000; PRAGMA threads = 1; {}",
            include_str!("../../../sql/staging.sql").replace("CREATE TABLE ", "CREATE TABLE staging.")
        );
        sqlx::raw_sql(AssertSqlSafe(schema)).execute(&mut connection).await?;
        Ok(Self::on(Engine::Sqlite(connection), Some(write_gate), of))
    }

    /// With the place ready.
    pub(in crate::store) fn on(
        connection: Connection,
        write_gate: Option<WriteGate>,
        of: CredentialType,
    ) -> Self {
        Self { connection, write_gate, credential_type: of.stored() }
    }

    /// Which engine it is of: rows are made ready for one of them.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.connection.kind()
    }

    /// Statements of `SQLite`'s alone, which have no arguments; of a server there is nothing to do.
    pub(in crate::store) async fn of_file(&mut self, statements: &'static str) -> Result<(), sqlx::Error> {
        if let Engine::Sqlite(connection) = &mut self.connection {
            sqlx::raw_sql(statements).execute(connection).await?;
        }
        Ok(())
    }

    /// Begins the reading of the roster: one transaction, in the temporary database only.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn begin(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.begin_staging().await?)
    }

    /// Stages mistakes of rows of the file `roster`: a statement for all of them, for a column that is wrong is wrong in
    /// every row.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn add_mistakes(&mut self, roster: &str, mistakes: &[Mistake]) -> Result<(), StoreError> {
        if mistakes.is_empty() {
            return Ok(());
        }
        let columns = |mistake: &Mistake| {
            let (number, name) = mistake.column.clone().unzip();
            json!([
                mistake.record,
                mistake.line,
                number,
                name,
                mistake.student_id,
                mistake.problem,
                mistake.sheet.as_deref(),
                mistake.course_key
            ])
        };
        let list = mistakes.iter().map(columns).collect::<Value>().to_string();
        run!(&mut self.connection, "sql/queries/import/staged_mistake_insert.sql"(list, roster))?;
        Ok(())
    }

    /// Ends the staging, and makes the rows findable by student.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn end(&mut self) -> Result<(), StoreError> {
        match &mut self.connection {
            Engine::Sqlite(connection) => {
                let end = "INSERT INTO staged_row SELECT * FROM staged_arrival ORDER BY student_id, record;
                     DROP TABLE staged_arrival;
                     CREATE INDEX staging.staged_mention_student ON staged_mention (student_id);
                     CREATE INDEX staging.staged_mistake_record ON staged_mistake (record);";
                sqlx::raw_sql(end).execute(connection).await?;
            }
            Engine::Postgres(connection) => {
                // nobody else counts the rows of temporary tables
                let end = "INSERT INTO staged_row SELECT * FROM staged_arrival ORDER BY student_id, record;
                     DROP TABLE staged_arrival;
                     CREATE INDEX ON staged_mention (student_id);
                     CREATE INDEX ON staged_mistake (record);
                     ANALYZE staged_row; ANALYZE staged_mistake; ANALYZE staged_mention; ANALYZE staged_missing;";
                sqlx::raw_sql(end).execute(connection).await?;
            }
        }
        Ok(())
    }

    /// Ends the transaction of [`Staging::begin`].
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn commit(&mut self) -> Result<(), StoreError> {
        Ok(self.connection.commit().await?)
    }

    /// Notes that students may stand in a row with a mistake, and are not missing from the roster.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn mention(&mut self, students: &[&str]) -> Result<(), StoreError> {
        if students.is_empty() {
            return Ok(());
        }
        let list = json!(students).to_string();
        run!(&mut self.connection, "sql/queries/import/staged_mention_insert.sql"(list))?;
        Ok(())
    }

    /// How many rows have a mistake.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn rejected(&mut self) -> Result<i64, StoreError> {
        let count = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/import/staged_rejected_count.sql"() as { rejected: i64 }
        )?;
        Ok(count.rejected)
    }

    /// The next mistakes in the order of the file, after the place that the last call gave.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be read.
    pub async fn mistakes(&mut self, after: &mut (i64, i64)) -> Result<Vec<Mistake>, StoreError> {
        let (record, id) = *after;
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_mistake_page.sql"(record, id) as {
                record: i64, line: i64, column_number: Option<i64>, column_name: Option<String>,
                student_id: Option<String>, course_key: Option<String>, problem: String,
                sheet: Option<String>, id: i64,
            }
        )?;
        if let Some(last) = rows.last() {
            *after = (last.record, last.id);
        }
        Ok(rows
            .into_iter()
            .map(|row| Mistake {
                record: row.record.unsigned_abs(),
                sheet: row.sheet.map(Into::into),
                line: row.line.unsigned_abs(),
                column: row.column_number.map(|number| {
                    (usize::try_from(number).unwrap_or(0), row.column_name.unwrap_or_default())
                }),
                student_id: row.student_id,
                course_key: row.course_key,
                problem: row.problem,
            })
            .collect())
    }

    /// Gives the connection back.
    ///
    /// # Errors
    /// [`StoreError`] when it cannot be closed.
    pub async fn close(self) -> Result<(), StoreError> {
        Ok(self.connection.close().await?)
    }
}
