//! Every table of a ledger, those that others point at first.

/// A table, and how its rows are put in order where that means something.
pub(super) struct Table {
    pub(super) name: &'static str,
    /// Rows are told apart by their order of arrival alone: `rowid` in `SQLite`, a column in PostgreSQL.
    pub(super) is_in_order: bool,
    /// Its numbers are never given again: they stand in mails, or at SEEK Pass.
    pub(super) keeps_numbers: bool,
    /// It has numbers of its own at all.
    pub(super) has_numbers: bool,
}

const fn plain(name: &'static str) -> Table {
    Table { name, is_in_order: false, keeps_numbers: false, has_numbers: false }
}

const fn numbered(name: &'static str) -> Table {
    Table { has_numbers: true, ..plain(name) }
}

/// All of them; a test holds this list against the ledger's tables.
pub(super) const TABLES: [Table; 25] = [
    numbered("batch"),
    numbered("graduate"),
    numbered("invitation"),
    plain("qualification"),
    Table { is_in_order: true, ..plain("change") },
    numbered("rejected_row"),
    plain("hold"),
    plain("correction"),
    plain("plan"),
    numbered("audit"),
    plain("audit_student"),
    Table { keeps_numbers: true, ..numbered("message") },
    plain("attempt"),
    plain("code"),
    plain("code_key"),
    plain("mail_day"),
    plain("sending"),
    plain("restoration"),
    plain("bounce"),
    Table { keeps_numbers: true, ..numbered("submission") },
    Table { is_in_order: true, ..plain("submission_past") },
    Table { is_in_order: true, ..plain("wrong_answer") },
    plain("purged_count"),
    plain("purged_reach"),
    plain("purged_award"),
];

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::collections::BTreeSet;

    use sqlx::Connection;
    use sqlx::sqlite::SqliteConnection;

    use super::*;

    #[tokio::test]
    async fn no_table_is_left_behind() {
        let mut ledger = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::migrate!("sql/migrations").run(&mut ledger).await.unwrap();
        let all: Vec<(String, bool, bool)> = sqlx::query_as(
            "SELECT name, sql LIKE '%AUTOINCREMENT%', sql LIKE '%id %INTEGER PRIMARY KEY%' FROM sqlite_schema \
             WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> '_sqlx_migrations'",
        )
        .fetch_all(&mut ledger)
        .await
        .unwrap();
        let known = TABLES.iter().map(|it| (it.name.to_owned(), it.keeps_numbers, it.has_numbers));
        assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), known.collect());
    }
}
