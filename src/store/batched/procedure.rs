//! Several statements that the ledger takes as one: a call and its answer are two changes of thread, which cost more than
//! the statements. `SQLite` has no procedures, but it has triggers: what stands instead of an insert into a view is a
//! list of statements, and those of all rows that are inserted together are carried out, or none.

use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteConnection;

/// A view of one connection. To insert a row into it is to call it with the row's values.
pub(in crate::store) struct Procedure {
    pub(in crate::store) name: &'static str,
    pub(in crate::store) arguments: &'static [&'static str],
    /// Each as it would stand by itself, and which of the arguments are its `$1`, `$2` and so on.
    pub(in crate::store) statements: &'static [(&'static str, &'static [&'static str])],
}

impl Procedure {
    pub(in crate::store) async fn create(
        &self,
        connection: &mut SqliteConnection,
    ) -> Result<(), sqlx::Error> {
        let Self { name, arguments, statements } = self;
        let body: String =
            statements.iter().map(|(statement, given)| with(statement, given) + ";\n").collect();
        let values = vec!["NULL"; arguments.len()].join(", ");
        let arguments = arguments.join(", ");
        let procedure = format!(
            "CREATE TEMP VIEW {name} ({arguments}) AS SELECT {values};
             CREATE TEMP TRIGGER call_{name} INSTEAD OF INSERT ON {name} BEGIN {body} END"
        );
        sqlx::raw_sql(AssertSqlSafe(procedure)).execute(connection).await?;
        Ok(())
    }
}

fn with(statement: &str, given: &[&str]) -> String {
    let mut statement = statement.to_owned();
    for (number, argument) in given.iter().enumerate() {
        statement = statement.replace(&format!("${}", number + 1), &format!("NEW.{argument}"));
    }
    statement
}
