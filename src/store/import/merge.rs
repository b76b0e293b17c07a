//! The staged roster goes into the ledger: a diff in the order of the student ids, in short transactions, so
//! that a redemption never waits long for the write lock. A merge that dies is continued by the next import.

use jiff::Timestamp;

use crate::store::moment::Moment;
use crate::store::sqlite::write_gate::{WriteGate, WriteGuard};
use crate::store::{Batch, BatchBegun, Connection, Engine, Kept, Staging, StoreError, import::batch};

/// Students (or graduates) of one transaction.
const CHUNK: i64 = 1000;

/// The same on a server, for which a statement is dearer than a row.
const SERVER_CHUNK: i64 = 20_000;

/// The same while graduates redeem: a transaction of a few milliseconds.
const SMALL_CHUNK: i64 = 200;

/// So many of these, about 4 MB, and the log is brought into the ledger's file.
const STEPS_IN_LOG: u32 = 20;

/// What an import did, in rows of the roster; withdrawn: qualifications that the roster no longer lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the words of the design, all explained above")]
pub struct Merged {
    pub new: i64,
    pub unchanged: i64,
    pub changed: i64,
    pub withdrawn: i64,
}

/// The batch into which a roster is merged.
#[derive(Debug, Clone, Copy)]
pub struct BatchScope {
    /// Its number.
    pub batch: i64,
    /// When.
    pub now: Timestamp,
    /// The roster lists everybody, and is no addition.
    pub is_whole: bool,
    /// One of its files is a file of rejected rows that come again, corrected or not.
    pub has_corrections_file: bool,
}

impl Staging {
    /// Begins a batch, or goes on with an unfinished one.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn begin_batch(&mut self, begun: &BatchBegun<'_>) -> Result<i64, StoreError> {
        let latest = ask!(
            &mut self.connection,
            fetch_optional,
            "sql/queries/import/batch_latest_of_type.sql"(self.credential_type) as Batch
        )?;
        if let Some(latest) = latest
            && !latest.is_finished
            && latest.sha256 == begun.sha256
        {
            return Ok(latest.id);
        }
        Ok(batch::begin(&mut self.connection, begun, self.credential_type).await?)
    }

    /// Before anybody of the batch can be mailed: holds whom the roster holds, keeps its rejected rows for the help desk,
    /// and gives qualifications, and what was corrected of them, their new code or name. One transaction, or a part of the first import's.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn prepare(
        &mut self,
        scope: BatchScope,
        is_first: bool,
        kept: &[Kept],
    ) -> Result<(), StoreError> {
        let BatchScope { batch, now, is_whole, has_corrections_file } = scope;
        let _guard = if is_first {
            self.connection.go_on_alone().await?;
            None
        } else {
            self.begin_step().await?
        };
        let (connection, of) = (&mut self.connection, self.credential_type);
        let holds_of = of.unwrap_or_default();
        run!(connection, "sql/queries/import/hold_insert.sql"(Moment(now), holds_of))?;
        run!(connection, "sql/queries/import/rejected_row_forget.sql"(is_whole, has_corrections_file, of))?;
        run!(connection, "sql/queries/import/rejected_row_insert.sql"(batch, of))?;
        if ask!(connection, fetch_one, "sql/queries/import/staged_pair_count.sql"() as _)? > 0 {
            run!(connection, "sql/queries/import/pair_submissions.sql"())?;
            run!(connection, "sql/queries/import/pair_changes.sql"())?;
            run!(connection, "sql/queries/import/pair_qualifications.sql"())?;
        }
        for Kept { student_id, from, to, .. } in kept {
            run!(connection, "sql/queries/people/correction_rename.sql"(student_id, from, to))?;
        }
        if !is_first {
            self.commit().await?;
        }
        Ok(())
    }

    /// Merges all staged rows on top of what is merged already, and withdraws what is no longer listed if `withdraw`
    /// says so, and gives way to whoever waits for the write lock; beside a service it takes smaller steps.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; what was merged until then stands.
    pub async fn merge(
        &mut self,
        BatchScope { batch, now, is_whole, .. }: BatchScope,
        mut merged: Merged,
        withdraw: bool,
        beside_a_service: bool,
    ) -> Result<Merged, StoreError> {
        let size = match (beside_a_service, self.connection.kind()) {
            (true, _) => SMALL_CHUNK,
            (false, Engine::Sqlite(())) => CHUNK,
            (false, Engine::Postgres(())) => SERVER_CHUNK,
        };
        // SQLite's own waiting would sleep for up to a tenth of a second each time that the service was faster
        self.of_file("PRAGMA busy_timeout = 0").await?;
        // 8 MB, since each statement of a step goes over the pages of the one before
        self.of_file("PRAGMA main.cache_size = -8000").await?;
        if beside_a_service {
            // within a commit, graduates would wait for it
            self.of_file("PRAGMA wal_autocheckpoint = 0").await?;
        }
        let (mut steps, mut steps_in_log) = (0_u64, 0);
        let last = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/import/staged_last_student.sql"() as { student_id: Option<String> }
        )?;
        let mut low = String::new();
        while let Some(last) = last.student_id.as_deref().filter(|last| **last > *low) {
            let end = ask!(
                &mut self.connection,
                fetch_optional,
                "sql/queries/import/staged_chunk_end.sql"(low, size) as { student_id: String }
            )?;
            let high = end.map_or_else(|| last.to_owned(), |row| row.student_id);
            let chunk = Chunk { low: &low, high: &high, batch, now: Moment(now), of: self.credential_type };
            let done = chunk.merge(&mut self.connection, self.write_gate.as_ref()).await?;
            merged.new += done.new;
            merged.changed += done.changed;
            merged.unchanged += done.unchanged;
            low = high;
            steps += 1;
            steps_in_log += 1;
            // after the 1st, the 4th, the 16th and so on
            if steps.is_power_of_two() && steps.ilog2().is_multiple_of(2) {
                self.count_rows_of_server().await?;
            }
            if beside_a_service && steps_in_log == STEPS_IN_LOG {
                self.shorten_log().await?;
                steps_in_log = 0;
            }
        }
        if withdraw {
            merged.withdrawn = self.withdraw(Moment(now), beside_a_service).await?;
        }
        self.close_done_invitations().await?;
        let _guard = self.begin_step().await?;
        // only now is everything of the roster in the ledger that a released graduate may be mailed
        let holds_of = self.credential_type.unwrap_or_default();
        run!(&mut self.connection, "sql/queries/import/hold_release.sql"(is_whole, holds_of))?;
        batch::finish(&mut self.connection, batch, now, &merged).await?;
        self.commit().await?;
        Ok(merged)
    }

    /// A server plans a step by what it last counted, which for a first import is nothing.
    async fn count_rows_of_server(&mut self) -> Result<(), sqlx::Error> {
        if let Engine::Postgres(connection) = &mut self.connection {
            sqlx::raw_sql("ANALYZE graduate, invitation, qualification, message").execute(connection).await?;
        }
        Ok(())
    }

    /// A transaction between those of a service, which must be given the time to write before the next.
    async fn begin_step(&mut self) -> Result<Option<WriteGuard>, sqlx::Error> {
        begin_alone(&mut self.connection, self.write_gate.as_ref()).await
    }

    /// Between two steps, when nobody waits for it. The log begins anew only when all of it is in the file, so that once
    /// more is for what the service wrote meanwhile.
    async fn shorten_log(&mut self) -> Result<(), sqlx::Error> {
        self.of_file("PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(PASSIVE)").await
    }

    /// An invitation whose last unverified award was withdrawn is done. Found without the write lock: there are few.
    async fn close_done_invitations(&mut self) -> Result<(), StoreError> {
        let done = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/done_invitations.sql"() as { id: i64 }
        )?;
        for invitation in done {
            let _guard = self.begin_step().await?;
            run!(&mut self.connection, "sql/queries/import/done_invitation.sql"(invitation.id))?;
            run!(&mut self.connection, "sql/queries/import/done_messages.sql"(invitation.id))?;
            self.commit().await?;
        }
        Ok(())
    }

    async fn withdraw(&mut self, now: Moment, beside_a_service: bool) -> Result<i64, StoreError> {
        let size = if beside_a_service { SMALL_CHUNK } else { CHUNK };
        let mut withdrawn = 0;
        let mut low = 0_i64;
        loop {
            let end = ask!(
                &mut self.connection,
                fetch_optional,
                "sql/queries/import/withdraw_chunk_end.sql"(low, size) as { graduate_id: i64 }
            )?;
            let high = end.as_ref().map_or(i64::MAX, |row| row.graduate_id);
            let _guard = self.begin_step().await?;
            let gone =
                run!(&mut self.connection, "sql/queries/import/withdraw_qualifications.sql"(low, high, now))?;
            if gone > 0 {
                run!(&mut self.connection, "sql/queries/import/withdraw_invitations.sql"(low, high))?;
                run!(&mut self.connection, "sql/queries/import/withdraw_messages.sql"(low, high))?;
            }
            self.commit().await?;
            withdrawn += gone.cast_signed();
            if end.is_none() {
                return Ok(withdrawn);
            }
            low = high;
        }
    }
}

/// A file has a gate, at which others pass between two steps; a server serves whoever waits in the order of coming.
async fn begin_alone(
    connection: &mut Connection,
    write_gate: Option<&WriteGate>,
) -> Result<Option<WriteGuard>, sqlx::Error> {
    let passing = write_gate.map(WriteGate::enter_alone);
    connection.begin().await?;
    Ok(passing)
}

/// The staged rows of the students above `low` up to `high`.
struct Chunk<'a> {
    low: &'a str,
    high: &'a str,
    batch: i64,
    now: Moment,
    /// The type of the rows, as the ledger has it.
    of: Option<&'static str>,
}

impl Chunk<'_> {
    async fn merge(
        &self,
        connection: &mut Connection,
        write_gate: Option<&WriteGate>,
    ) -> Result<Merged, sqlx::Error> {
        let count = ask!(
            connection,
            fetch_one,
            "sql/queries/import/merge_count.sql"(self.low, self.high) as {
                rows: i64, known: i64, held: i64, changed: i64,
            }
        )?;
        let new = count.rows - count.held;
        if new > 0 || count.changed > 0 {
            let _guard = begin_alone(connection, write_gate).await?;
            if count.held > 0 {
                self.change(connection).await?;
            }
            if count.known > 0 {
                self.void_old_addresses(connection).await?;
            }
            let Self { low, high, .. } = *self;
            run!(connection, "sql/queries/import/merge_graduates.sql"(low, high))?;
            if count.known > 0 {
                self.mail(connection).await?;
            }
            if new > 0 {
                self.invite(connection).await?;
            }
            connection.commit().await?;
        }
        Ok(Merged { new, changed: count.changed, unchanged: count.held - count.changed, withdrawn: 0 })
    }

    /// What the roster now says of known awards; who was withdrawn and is back is open again.
    async fn change(&self, connection: &mut Connection) -> Result<(), sqlx::Error> {
        let Self { low, high, batch, now, .. } = *self;
        run!(connection, "sql/queries/import/merge_note_changes.sql"(low, high, now))?;
        run!(connection, "sql/queries/import/merge_untold.sql"(low, high, batch, now))?;
        run!(connection, "sql/queries/import/merge_changes.sql"(low, high))?;
        run!(connection, "sql/queries/import/merge_reopen_invitations.sql"(low, high))?;
        run!(connection, "sql/queries/import/merge_doubt_again.sql"(low, high))?;
        Ok(())
    }

    /// Before the new addresses are written over the old ones: what went to those works no longer.
    async fn void_old_addresses(&self, connection: &mut Connection) -> Result<(), sqlx::Error> {
        let Self { low, high, now, of, .. } = *self;
        run!(connection, "sql/queries/import/merge_keep_addresses.sql"(low, high, of))?;
        run!(connection, "sql/queries/import/merge_retire_codes.sql"(low, high, now))?;
        run!(connection, "sql/queries/import/merge_end_submissions.sql"(low, high, now))?;
        run!(connection, "sql/queries/import/merge_cancel_messages.sql"(low, high))?;
        Ok(())
    }

    /// New awards join the invitation that is still to be mailed, else a new one.
    async fn invite(&self, connection: &mut Connection) -> Result<(), sqlx::Error> {
        let Self { low, high, now, of, .. } = *self;
        run!(connection, "sql/queries/import/merge_invitations.sql"(low, high, now))?;
        self.mail(connection).await?;
        run!(connection, "sql/queries/import/merge_qualifications.sql"(low, high, of))?;
        Ok(())
    }

    /// A message for every invitation that needs one.
    async fn mail(&self, connection: &mut Connection) -> Result<(), sqlx::Error> {
        let Self { low, high, batch, now, .. } = *self;
        run!(connection, "sql/queries/import/merge_messages.sql"(low, high, batch, now))?;
        Ok(())
    }
}
