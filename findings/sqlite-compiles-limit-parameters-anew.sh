#!/usr/bin/env bash
# SQLite 3.51.3 (rusqlite 0.39.0, bundled): a prepared statement with `LIMIT ?` is compiled anew at every execution, also when the
# same value is bound again: the planner looks at the value, and so binding it makes the statement expire. `LIMIT ? + 0` and
# `LIMIT CAST(? AS BIGINT)` give the same rows from a statement that is compiled once; an OFFSET does no harm. (PostgreSQL takes all
# three; of `+ 0` it makes the parameter an INTEGER, of the others a BIGINT.) With a page a statement, as
# keyset pagination has it, that is the very statement that was prepared in order not to be compiled.
# Output when written: compiled anew in 100 executions: LIMIT ?1 100, ORDER BY a LIMIT ?1 100, LIMIT 5 OFFSET ?1 0, LIMIT ?1 + 0 0, LIMIT CAST(?1 AS BIGINT) 0
# Needs cargo and a C compiler. Exits 1 when the behaviour changes.
set -euo pipefail
dir=$(mktemp -d); trap 'rm -rf "$dir"' EXIT; cd "$dir"
mkdir src
cat > Cargo.toml <<'TOML'
[package]
name = "limits"
version = "0.1.0"
edition = "2024"
[dependencies]
rusqlite = { version = "=0.39.0", features = ["bundled"] }
TOML
cat > src/main.rs <<'RUST'
use rusqlite::{Connection, Result, StatementStatus};

fn main() -> Result<()> {
    println!("SQLite {}", rusqlite::version());
    let database = Connection::open_in_memory()?;
    database.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), (3), (4)")?;
    let compiled_anew = |limit: &str| -> Result<i32> {
        let mut statement = database.prepare(&format!("SELECT a FROM t {limit}"))?;
        for _ in 0..100 {
            let rows: Vec<i64> = statement.query_map([2], |row| row.get(0))?.collect::<Result<_>>()?;
            assert_eq!(rows.len(), 2);
        }
        Ok(statement.get_status(StatementStatus::RePrepare))
    };
    let limits = ["LIMIT ?1", "ORDER BY a LIMIT ?1", "LIMIT 5 OFFSET ?1", "LIMIT ?1 + 0", "LIMIT CAST(?1 AS BIGINT)"];
    let counts = limits.map(|limit| compiled_anew(limit).map(|count| format!("{limit} {count}")));
    let counts = counts.into_iter().collect::<Result<Vec<_>>>()?.join(", ");
    println!("compiled anew in 100 executions: {counts}");
    assert_eq!(counts, "LIMIT ?1 100, ORDER BY a LIMIT ?1 100, LIMIT 5 OFFSET ?1 0, LIMIT ?1 + 0 0, LIMIT CAST(?1 AS BIGINT) 0");
    Ok(())
}
RUST
cargo run --quiet
