//! Both engines have the same tables, and PostgreSQL's statements are as they were described for the build.

#[path = "../../../build/statements.rs"]
#[expect(dead_code, reason = "the build uses all of it")]
mod statements;

use std::collections::{BTreeMap, BTreeSet};

use sqlx::Connection;
use sqlx::sqlite::SqliteConnection;

use crate::world::cluster::cluster;
use crate::world::process;

/// In PostgreSQL, the order of arrival of tables that `SQLite` tells apart by `rowid`.
const ARRIVAL: &str = "number";
const IN_ORDER: [&str; 3] = ["change", "submission_past", "wrong_answer"];

/// What PostgreSQL alone has, of the machines at work.
const OF_THE_CLUSTER: [&str; 9] =
    ["guess", "pace", "node", "claim", "in_hand", "mail_pace", "home", "here", "counted"];

/// Tables with their columns: name, type, and whether it may be NULL. Of views the names alone.
type Schema = BTreeMap<String, BTreeSet<(String, String, bool)>>;

fn schema(columns: Vec<(String, String, String, bool)>) -> Schema {
    let mut schema = Schema::new();
    for (table, column, kind, is_nullable) in columns {
        schema.entry(table).or_default().insert((column, kind, is_nullable));
    }
    schema
}

fn of_sqlite() -> Schema {
    let columns = process(async {
        let mut ledger = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let tables = sqlx::raw_sql(include_str!("../../../sql/migrations/0001_ledger.sql"));
        tables.execute(&mut ledger).await.unwrap();
        sqlx::query_as(
            "SELECT tables.name, columns.name, \
                 CASE WHEN tables.type = 'view' THEN '' ELSE columns.type END, \
                 tables.type = 'table' AND columns.\"notnull\" = 0 AND columns.pk = 0 \
             FROM sqlite_schema AS tables, pragma_table_xinfo(tables.name) AS columns \
             WHERE tables.type IN ('table', 'view') AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )
        .fetch_all(&mut ledger)
        .await
        .unwrap()
    });
    schema(columns)
}

fn of_postgres() -> Option<Schema> {
    let cluster = cluster()?;
    let address = cluster.database();
    let columns: Vec<(String, String, String, bool)> = process(async {
        let mut ledger = cluster.look(&address).await;
        let tables = sqlx::raw_sql(include_str!("../../../sql/postgres/migrations/0001_ledger.sql"));
        tables.execute(&mut ledger).await.unwrap();
        sqlx::query_as(
            "SELECT columns.table_name::text, column_name::text, CASE \
                 WHEN table_type = 'VIEW' THEN '' \
                 WHEN data_type = 'bigint' THEN 'INTEGER' \
                 WHEN data_type = 'bytea' THEN 'BLOB' \
                 WHEN data_type = 'text' AND collation_name = 'C' THEN 'TEXT' \
                 ELSE data_type || coalesce(' in the order of ' || collation_name, ' in the order of the database') \
             END, table_type <> 'VIEW' AND is_nullable = 'YES' \
             FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
             WHERE table_schema = 'public'",
        )
        .fetch_all(&mut ledger)
        .await
        .unwrap()
    });
    let mut schema = schema(columns);
    for table in OF_THE_CLUSTER {
        assert!(schema.remove(table).is_some(), "{table}");
    }
    for table in IN_ORDER {
        let columns = schema.get_mut(table).unwrap();
        assert!(columns.remove(&(ARRIVAL.into(), "INTEGER".into(), false)), "{table}");
    }
    Some(schema)
}

#[test]
fn both_engines_have_the_same_tables_and_columns() {
    let Some(postgres) = of_postgres() else { return };
    let sqlite = of_sqlite();
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (table, columns) in &sqlite {
        assert_eq!(columns, &postgres[table], "{table}");
    }
}

#[test]
fn statements_of_postgres_are_as_they_were_described() {
    let Some(cluster) = cluster() else { return };
    let address = cluster.database();
    let (now, wrong) = process(async {
        let (sqlite, _) = statements::of_sqlite().await.unwrap();
        statements::of_postgres(&address, &sqlite).await.unwrap()
    });
    let (known, stale) = statements::known_of_postgres().unwrap();
    assert_eq!((wrong, stale), (Vec::<String>::new(), Vec::new()));
    assert_eq!(now, known, "run: just describe");
}
