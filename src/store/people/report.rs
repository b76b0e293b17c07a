//! The figures of the report, all of one moment.

use jiff::Timestamp;

use crate::store::moment::Moment;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqliteConnection;

use crate::store::postgres::connection::ONE_MOMENT;
use crate::store::{Engine, ReminderFigures, Store, StoreError};

/// How many came exactly so far.
#[derive(Debug, Clone)]
pub struct Reached {
    /// The course's code or folded name; the mail domain.
    pub key: String,
    /// The course's name; the mail domain.
    pub name: String,
    /// 0 imported, 1 mailed, 2 opened, 3 submitted, 4 verified.
    pub reach: i64,
    /// How many.
    pub number: i64,
}

/// The same of a batch; of purged graduates with batch 0.
#[derive(Debug, Clone, Copy)]
pub struct BatchReached {
    /// The number of the batch.
    pub batch_id: i64,
    /// As in [`Reached`].
    pub reach: i64,
    /// How many.
    pub number: i64,
}

/// What an import was.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the words of the ledger")]
pub struct ImportFigures {
    pub id: i64,
    pub started_at: Timestamp,
    pub rows: i64,
    pub new: i64,
    pub changed: i64,
    pub withdrawn: i64,
    pub rejected: i64,
}

/// What happened in a quarter of an hour.
#[derive(Debug, Clone)]
pub struct Happened {
    /// `mailed`, `opened` or `verified`.
    pub what: String,
    /// When the quarter began.
    pub since: Timestamp,
    /// How often.
    pub number: i64,
}

/// Everything that the report counts.
#[derive(Debug, Clone, Default)]
pub struct ReportFigures {
    /// Graduates by mail domain.
    pub domains: Vec<Reached>,
    /// Qualifications by course.
    pub courses: Vec<Reached>,
    /// Invitations by the batch that mailed them.
    pub batches: Vec<BatchReached>,
    /// Those of purged graduates, and with batch 0 the graduates themselves.
    pub purged: Vec<BatchReached>,
    /// All imports, the oldest first.
    pub imports: Vec<ImportFigures>,
    /// Reminders, and who wants none.
    pub reminders: ReminderFigures,
    /// What happened when.
    pub moments: Vec<Happened>,
}

impl Store {
    /// Counts everything for the report.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn report_figures(&self) -> Result<ReportFigures, StoreError> {
        // one transaction sees one moment, whatever is mailed and redeemed meanwhile
        Ok(match self.readers() {
            Engine::Sqlite(readers) => {
                let mut transaction = readers.begin().await?;
                let figures = figures(Engine::Sqlite(&mut *transaction)).await?;
                transaction.rollback().await?;
                figures
            }
            Engine::Postgres(readers) => {
                let mut transaction = readers.begin_with(ONE_MOMENT).await?;
                let figures = figures(Engine::Postgres(&mut *transaction)).await?;
                transaction.rollback().await?;
                figures
            }
        })
    }
}

async fn figures(
    mut connection: Engine<&mut SqliteConnection, &mut PgConnection>,
) -> Result<ReportFigures, sqlx::Error> {
    Ok(ReportFigures {
        domains: ask!(connection.again(), fetch_all, "sql/queries/people/report_domains.sql"() as Reached)?,
        courses: ask!(connection.again(), fetch_all, "sql/queries/people/report_courses.sql"() as Reached)?,
        batches: ask!(
            connection.again(),
            fetch_all,
            "sql/queries/people/report_batches.sql"() as BatchReached
        )?,
        purged: ask!(
            connection.again(),
            fetch_all,
            "sql/queries/people/report_purged.sql"() as BatchReached
        )?,
        imports: ask!(
            connection.again(),
            fetch_all,
            "sql/queries/people/report_imports.sql"() as ImportFigures
        )?,
        reminders: ask!(
            connection.again(),
            fetch_one,
            "sql/queries/mail/reminder_figures.sql"() as ReminderFigures
        )?,
        moments: ask!(connection.again(), fetch_all, "sql/queries/people/report_moments.sql"() as Happened)?,
    })
}
