//! The figures of the report, all of one moment.

use jiff::Timestamp;
use sqlx::sqlite::SqliteConnection;

use crate::store::sqlite::moment::Moment;
use crate::store::{ReminderFigures, Store, StoreError};

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
        let mut transaction = self.readers()?.begin().await?;
        let figures = figures(&mut transaction).await?;
        transaction.rollback().await?;
        Ok(figures)
    }
}

async fn figures(connection: &mut SqliteConnection) -> Result<ReportFigures, sqlx::Error> {
    Ok(ReportFigures {
        domains: sqlx::query_file_as!(Reached, "sql/queries/people/report_domains.sql")
            .fetch_all(&mut *connection)
            .await?,
        courses: sqlx::query_file_as!(Reached, "sql/queries/people/report_courses.sql")
            .fetch_all(&mut *connection)
            .await?,
        batches: sqlx::query_file_as!(BatchReached, "sql/queries/people/report_batches.sql")
            .fetch_all(&mut *connection)
            .await?,
        purged: sqlx::query_file_as!(BatchReached, "sql/queries/people/report_purged.sql")
            .fetch_all(&mut *connection)
            .await?,
        imports: sqlx::query_file_as!(ImportFigures, "sql/queries/people/report_imports.sql")
            .fetch_all(&mut *connection)
            .await?,
        reminders: sqlx::query_file_as!(ReminderFigures, "sql/queries/mail/reminder_figures.sql")
            .fetch_one(&mut *connection)
            .await?,
        moments: sqlx::query_file_as!(Happened, "sql/queries/people/report_moments.sql")
            .fetch_all(connection)
            .await?,
    })
}
