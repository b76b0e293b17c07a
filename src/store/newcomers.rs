//! The larger part of a new year's roster: students whom the ledger does not know. There is nothing to compare them with,
//! so that each step of a merge that holds nobody else is one statement.

use sqlx::sqlite::SqliteConnection;

use super::procedure::Procedure;
use super::writer::BusyRetry;

/// What becomes of the staged rows of the students above `low` up to `high`.
pub(super) const NEWCOMERS: Procedure = Procedure {
    name: "newcomers",
    arguments: &["low", "high", "batch", "now"],
    statements: &[
        (include_str!("../../sql/queries/merge_graduates.sql"), &["low", "high"]),
        (include_str!("../../sql/queries/newcomer_invitations.sql"), &["low", "now"]),
        (include_str!("../../sql/queries/newcomer_qualifications.sql"), &["low"]),
        (include_str!("../../sql/queries/newcomer_messages.sql"), &["low", "batch", "now"]),
    ],
};

/// Takes them into the ledger and invites them.
pub(super) async fn invite(
    connection: &mut SqliteConnection,
    (low, high): (&str, &str),
    (batch, now): (i64, i64),
) -> Result<(), sqlx::Error> {
    let mut patience = BusyRetry::default();
    loop {
        let call = sqlx::query("INSERT INTO newcomers VALUES ($1, $2, $3, $4)");
        let call = call.bind(low).bind(high).bind(batch).bind(now);
        match call.execute(&mut *connection).await {
            Err(error) if patience.is_left(&error).await => {}
            invited => return invited.map(|_| ()),
        }
    }
}

#[cfg(test)]
mod tests {
    /// As those of a turn, the statements go past the check at build time.
    #[test]
    fn each_statement_fits_the_schema() {
        let _ = sqlx::query_file!("sql/queries/newcomer_invitations.sql", "", 1_i64);
        let _ = sqlx::query_file!("sql/queries/newcomer_qualifications.sql", "");
        let _ = sqlx::query_file!("sql/queries/newcomer_messages.sql", "", 1_i64, 1_i64);
    }
}
