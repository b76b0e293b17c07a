//! An import that dies is continued by the next one, and the ledger does not show it.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll};

use gradpass::import::ImportError;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection};

use crate::roster::desk::{Desk, Heard, line, roster_of};
use crate::world::anything_goes;
use crate::world::{process, runtime};

/// More than two transactions' worth of students.
const STUDENTS: usize = 2100;

fn roster(numbers: impl IntoIterator<Item = usize>) -> String {
    let lines: Vec<_> = numbers.into_iter().map(line).collect();
    roster_of(lines.iter().map(String::as_str))
}

fn first() -> String {
    roster(1..=STUDENTS)
}

/// Some are gone, some moved, all changed, some are new.
fn second() -> String {
    let text = roster((1..=STUDENTS + 50).filter(|number| number % 50 != 0));
    text.replace("11@mailbox", "11@post").replace("BA,Bachelor of Arts,2026", "BA,Bachelor of Arts,2025")
}

fn execute(desk: &Desk, sql: String) {
    let ledger = desk.ledger();
    process(async move {
        let options = SqliteConnectOptions::new().filename(ledger);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    });
}

/// What the two rosters leave where nothing happens.
fn undisturbed() -> (Vec<String>, Vec<String>) {
    let desk = Desk::new();
    desk.import(first());
    let after_first = desk.everything();
    desk.import(second());
    (after_first, desk.everything())
}

/// Lets the import die at a write; returns how many graduates it left.
fn die_at(desk: &Desk, path: &PathBuf, table: &str, event: &str, when: &str) -> String {
    let trigger = format!(
        "CREATE TRIGGER die BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    );
    execute(desk, trigger);
    let died = desk.import_with(std::slice::from_ref(path), &anything_goes(), &mut Heard::default());
    assert!(matches!(died, Err(ImportError::Store(_))), "{table}: {died:?}");
    execute(desk, "DROP TRIGGER die".into());
    desk.query("SELECT count(*) || ' ' || coalesce(sum(email LIKE '%@post%'), 0) FROM graduate").remove(0)
}

#[test]
fn an_import_that_dies_at_a_write_is_continued() {
    let (after_first, after_second) = undisturbed();
    let desk = Desk::new();
    desk.write("roster.csv", roster(1..=1));
    // the tables have to be there for the triggers
    assert_eq!(desk.gradpass(&["import", "roster.csv", "--strict"]).code, 0);
    execute(&desk, "DELETE FROM qualification; DELETE FROM message; DELETE FROM invitation; DELETE FROM graduate; DELETE FROM batch; DELETE FROM sqlite_sequence".into());

    let path = desk.write("roster.csv", first());
    // the first roster comes whole or not at all
    assert_eq!(die_at(&desk, &path, "graduate", "INSERT", "new.student_id = 's0000500'"), "0 0");
    assert_eq!(die_at(&desk, &path, "qualification", "INSERT", "new.graduate_id = 2050"), "0 0");
    assert_eq!(die_at(&desk, &path, "invitation", "INSERT", "new.id = 2100"), "0 0");
    assert_eq!(die_at(&desk, &path, "message", "INSERT", "new.invitation_id = 1500"), "0 0");
    assert_eq!(die_at(&desk, &path, "batch", "UPDATE", "new.finished_at IS NOT NULL"), "2100 0");
    desk.import_with(std::slice::from_ref(&path), &anything_goes(), &mut Heard::default()).unwrap();
    assert!(desk.everything() == after_first);

    let path = desk.write("roster.csv", second());
    assert_eq!(die_at(&desk, &path, "graduate", "UPDATE", "new.student_id = 's0001511'"), "2100 11");
    assert_eq!(die_at(&desk, &path, "invitation", "INSERT", "1"), "2100 21");
    die_at(&desk, &path, "qualification", "UPDATE", "new.withdrawn_at IS NOT NULL");
    die_at(&desk, &path, "message", "UPDATE", "new.state = 'canceled'");
    die_at(&desk, &path, "batch", "UPDATE", "new.finished_at IS NOT NULL");
    desk.import_with(&[path], &anything_goes(), &mut Heard::default()).unwrap();
    assert!(desk.everything() == after_second);
}

/// Asks a future so many times how far it is, and then drops it, as the end of a process would.
async fn only_so_far<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(move |context: &mut Context<'_>| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

#[test]
fn an_import_that_is_dropped_anywhere_is_continued() {
    let (_, after_second) = undisturbed();
    let desk = Desk::new();
    let paths = [desk.write("first.csv", first()), desk.write("second.csv", second())];
    // the batches keep the names of their files
    let expected: Vec<_> = after_second
        .iter()
        .map(|row| {
            row.replace("batch [1,\"roster.csv", "batch [1,\"first.csv")
                .replace("batch [2,\"roster.csv", "batch [2,\"second.csv")
        })
        .collect();
    let mut half_done = 0;
    for path in &paths {
        let mut polls = 40;
        let mut heard = Heard::default();
        let paths = std::slice::from_ref(path);
        let options = anything_goes();
        while runtime()
            .block_on(only_so_far(polls, desk.importing(paths, &options, &mut heard)))
            .transpose()
            .unwrap()
            .is_none()
        {
            polls += 1 + polls / 12;
            if desk.ledger().exists() {
                let count = "SELECT count(*) || '' FROM sqlite_master WHERE name = 'batch'";
                let known = desk.query(count) == ["1"];
                half_done += usize::from(
                    known && desk.query("SELECT 'x' FROM batch WHERE finished_at IS NULL") == ["x"],
                );
            }
        }
    }
    assert!(half_done > 0, "no import was dropped in the middle of its merge");
    assert!(desk.everything() == expected);
}
