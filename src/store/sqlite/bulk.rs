//! Rows by the hundred as one statement, with its values made ready by the threads that read them: the one that
//! `SQLite` works on has enough to do.

use std::sync::{Arc, LazyLock};

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{Arguments, AssertSqlSafe, Sqlite};

use crate::store::postgres::bulk::Place;
use crate::store::{Engine, Kind, StagedRow, Staging, StoreError, postgres};

/// Values of one row, as each statement has them.
const STAGED_VALUES: usize = 19;
const GRADUATE_VALUES: usize = 7;
const AWARD_VALUES: usize = 11;
const DETAILED_VALUES: usize = 12;

type Statement = Query<'static, Sqlite, SqliteArguments>;

/// Rows on their way into the staging place or an empty ledger.
#[derive(Default)]
pub struct Bulk {
    /// For a file.
    statements: Vec<Statement>,
    /// For a server.
    lines: String,
    place: Place,
    rows: usize,
}

static TO_STAGE: LazyLock<Arc<str>> = LazyLock::new(|| to_stage(Bulk::ROWS_AT_ONCE));
static TO_EMPTY_LEDGER: LazyLock<Arc<str>> = LazyLock::new(|| to_empty_ledger(Bulk::ROWS_AT_ONCE, false));

impl Bulk {
    /// Rows of one statement; `SQLite` takes 32,766 values.
    pub const ROWS_AT_ONCE: usize = 128;

    /// Rows that are to be compared with the ledger.
    #[must_use]
    pub fn to_stage(kind: Kind, rows: &[StagedRow]) -> Self {
        if let Engine::Postgres(()) = kind {
            return Self::to_server(Place::Arrival, rows);
        }
        Self::of(rows, |rows| {
            let insert =
                if rows.len() == Bulk::ROWS_AT_ONCE { Arc::clone(&TO_STAGE) } else { to_stage(rows.len()) };
            rows.iter().fold(statement(insert, rows.len() * STAGED_VALUES), bind)
        })
    }

    /// Rows for [`FirstImport`](crate::store::FirstImport): each is a graduate with one award.
    #[must_use]
    pub fn to_empty_ledger(kind: Kind, rows: &[StagedRow]) -> Self {
        if let Engine::Postgres(()) = kind {
            return Self::to_server(Place::First, rows);
        }
        Self::of(rows, |rows| {
            // few universities have documents or transcripts: nobody else pays for a value more
            let has_details = rows.iter().any(|row| row.details.is_some());
            let insert = if rows.len() == Bulk::ROWS_AT_ONCE && !has_details {
                Arc::clone(&TO_EMPTY_LEDGER)
            } else {
                to_empty_ledger(rows.len(), has_details)
            };
            let values = GRADUATE_VALUES + if has_details { DETAILED_VALUES } else { AWARD_VALUES };
            bind_in_two(statement(insert, rows.len() * values), rows, has_details)
        })
    }

    fn of(rows: &[StagedRow], statement: impl Fn(&[StagedRow]) -> Statement) -> Self {
        let statements = rows.chunks(Bulk::ROWS_AT_ONCE).map(statement).collect();
        Self { statements, rows: rows.len(), ..Self::default() }
    }

    fn to_server(place: Place, rows: &[StagedRow]) -> Self {
        let mut lines = String::with_capacity(rows.len() * 200);
        for row in rows {
            postgres::bulk::add(&mut lines, row);
        }
        Self { lines, place, rows: rows.len(), ..Self::default() }
    }

    /// Takes others along, behind its own, which go to the same place.
    pub fn append(&mut self, mut other: Self) {
        self.place = other.place;
        self.statements.append(&mut other.statements);
        self.lines.push_str(&other.lines);
        self.rows += other.rows;
    }

    /// How many rows they are.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }
}

impl Staging {
    /// Writes rows where they are to go.
    ///
    /// # Errors
    /// [`StoreError`] when that cannot be written.
    pub async fn write(&mut self, bulk: Bulk) -> Result<(), StoreError> {
        match &mut self.connection {
            Engine::Sqlite(connection) => {
                for statement in bulk.statements {
                    statement.execute(&mut *connection).await?;
                }
            }
            Engine::Postgres(connection) => postgres::bulk::copy(connection, bulk.place, &bulk.lines).await?,
        }
        Ok(())
    }
}

fn to_stage(rows: usize) -> Arc<str> {
    of_many_rows(include_str!("../../../sql/queries/sqlite/staged_row_insert.sql"), STAGED_VALUES, rows)
        .into()
}

/// All graduates, then all their awards.
fn to_empty_ledger(rows: usize, with_details: bool) -> Arc<str> {
    let graduates = of_many_rows(
        include_str!("../../../sql/queries/sqlite/first_graduate_insert.sql"),
        GRADUATE_VALUES,
        rows,
    );
    let awards = if with_details {
        of_many_rows(
            include_str!("../../../sql/queries/sqlite/first_detailed_insert.sql"),
            DETAILED_VALUES,
            rows,
        )
    } else {
        of_many_rows(
            include_str!("../../../sql/queries/sqlite/first_qualification_insert.sql"),
            AWARD_VALUES,
            rows,
        )
    };
    format!("{graduates};{awards}").into()
}

/// With room for all its values.
fn statement(text: Arc<str>, values: usize) -> Statement {
    let mut arguments = SqliteArguments::default();
    arguments.reserve(values, 0);
    sqlx::query_with(AssertSqlSafe(text), arguments)
}

/// The statement that inserts one row, for `rows` of them.
fn of_many_rows(insert: &str, columns: usize, rows: usize) -> String {
    let head = insert.rsplit_once("VALUES").map_or(insert, |(head, _)| head);
    let one = format!("({})", vec!["?"; columns].join(","));
    format!("{head}VALUES {}", vec![one.as_str(); rows].join(","))
}

fn bind(statement: Statement, row: &StagedRow) -> Statement {
    let statement = bind_graduate(statement.bind(row.record).bind(row.line), row);
    let statement = bind_award(statement.bind(text(&row.course_key)), row);
    statement.bind(some_text(row.details.as_ref())).bind(row.shares_address).bind(row.fingerprint)
}

fn bind_in_two(statement: Statement, rows: &[StagedRow], with_details: bool) -> Statement {
    let graduates = |statement: Statement, row: &StagedRow| bind_graduate(statement.bind(row.record), row);
    let awards = |statement: Statement, row: &StagedRow| {
        let statement = statement.bind(row.record).bind(text(&row.course_key)).bind(row.record);
        let statement = bind_award(statement, row).bind(row.fingerprint);
        if with_details { statement.bind(some_text(row.details.as_ref())) } else { statement }
    };
    rows.iter().fold(rows.iter().fold(statement, graduates), awards)
}

fn bind_graduate(statement: Statement, row: &StagedRow) -> Statement {
    statement
        .bind(text(&row.student_id))
        .bind(text(&row.full_name))
        .bind(text(&row.email))
        .bind(some_text(row.date_of_birth.as_ref()))
        .bind(some_text(row.language.as_ref()))
        .bind(row.priority)
}

fn bind_award(statement: Statement, row: &StagedRow) -> Statement {
    statement
        .bind(some_text(row.course_code.as_ref()))
        .bind(text(&row.course_name))
        .bind(row.conferral_year)
        .bind(some_text(row.conferral_date.as_ref()))
        .bind(row.awaiting_graduation)
        .bind(text(&row.majors))
        .bind(some_text(row.honours.as_ref()))
}

/// One allocation, where a `String` would be two that another thread gives back.
fn text(value: &str) -> Arc<str> {
    value.into()
}

fn some_text(value: Option<&String>) -> Option<Arc<str>> {
    value.map(|value| text(value))
}
