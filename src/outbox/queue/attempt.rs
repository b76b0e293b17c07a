//! One try: what a submission needs before it may leave, the call, and what becomes of it in the ledger.

use std::sync::atomic::Ordering;
use std::time::Duration;

use jiff::Timestamp;

use super::{Queue, Settled, lock};
use crate::clock::after;
use crate::credential::{Credential, CredentialType};
use crate::graduate::StudentId;
use crate::seek::{Failure, Link, Outcome, Pause};
use crate::store::{Accepted, NewSubmission, StoreError, Told, Tried, Waiting};
use crate::submission::{SubmissionState, needs_another_id};

/// A submission that is ready to go, with all that it needs.
pub struct Ready {
    /// Its number in the ledger.
    pub id: i64,
    /// Its id at SEEK Pass.
    pub seek_pass_id: String,
    /// For the log.
    pub student_id: StudentId,
    /// How often it was tried.
    pub attempts: i64,
    /// What SEEK Pass is told.
    pub credential: Credential,
}

/// One that is under way, however its way ends.
struct UnderWay(Queue, i64);

impl Drop for UnderWay {
    fn drop(&mut self) {
        let is_awaited = lock(&self.0.0.line).leave(self.1);
        if is_awaited {
            self.0.wake();
        }
    }
}

impl Queue {
    /// A token is at hand before the pace lets anybody go: those who waited for one would all leave with it.
    pub(super) async fn sign_in(&self, of: CredentialType) -> Result<(), Failure> {
        match self.0.seek_pass.sign_in(of).await {
            Outcome::Accepted(()) => Ok(()),
            Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
                self.0.counters.try_later.fetch_add(1, Ordering::Relaxed);
                Err(Failure { pause: trouble.pause.or(Some(Pause::Growing)), ..trouble })
            }
        }
    }

    /// Loads what waits; one that cannot go as it is, is written down as such.
    pub(super) async fn ready(&self, id: i64) -> Result<Option<Ready>, StoreError> {
        let shared = &self.0;
        let now = shared.clock.now();
        let waiting = match shared.store.waiting_submission(id).await {
            Ok(Some(waiting)) => waiting,
            Ok(None) => return Ok(None),
            // one row that cannot be read must not stop those behind it
            Err(StoreError::Database(
                sqlx::Error::Decode(problem) | sqlx::Error::ColumnDecode { source: problem, .. },
            )) => {
                tracing::error!(submission = id, "the ledger's row cannot be sent: {problem}");
                shared.writer.tried(id, Tried::Rejected(problem.to_string()), now).await?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        if !waiting.is_open {
            let trouble = Some("withdrawn or revoked before it was sent".to_owned());
            shared.writer.end_submission(id, SubmissionState::Canceled, trouble, now).await?;
            return Ok(None);
        }
        let Waiting { seek_pass_id, digest, attempts, sent_at, student_id, .. } = waiting;
        let credential = match self.credential(&waiting.name, &waiting.qualification) {
            Ok(credential) => credential,
            Err(problem) => {
                self.reject(id, &seek_pass_id, &student_id, problem.0).await?;
                return Ok(None);
            }
        };
        if needs_another_id(sent_at, &digest, &credential.digest(), now) {
            let new = NewSubmission {
                graduate_id: waiting.graduate_id,
                course_key: waiting.course_key,
                seek_pass_id: self.new_id(),
                digest: credential.digest().to_vec(),
                told: Told::new(&waiting.name, &waiting.qualification, self.today()),
                asked_at: waiting.asked_at,
                due_at: now,
                instead_of: Some((id, SubmissionState::Replaced)),
            };
            shared.writer.replace_submission(new).await?;
            return Ok(None);
        }
        Ok(Some(Ready { id, seek_pass_id, student_id, attempts, credential }))
    }

    /// One try, from the first byte to the ledger.
    pub(super) async fn attempt(self, ready: Ready, is_probe: bool) {
        let shared = &self.0;
        let _under_way = UnderWay(self.clone(), ready.id);
        let began = shared.clock.now();
        let turn = || self.another_turn();
        let outcome = shared.seek_pass.add_in_turn(&ready.seek_pass_id, &ready.credential, turn).await;
        let written = match outcome {
            Outcome::Accepted(link) => self.accept(&ready, link, began, is_probe).await,
            Outcome::Refused(trouble) => {
                shared.counters.refused.fetch_add(1, Ordering::Relaxed);
                if self.learn(move |breaker| breaker.refused(is_probe, began)).await {
                    self.reject(ready.id, &ready.seek_pass_id, &ready.student_id, trouble.words).await
                } else {
                    let words = format!("it refuses one after the other: {}", trouble.words);
                    self.put_off(&ready, Failure { words, pause: Some(Pause::Growing) }, None, is_probe).await
                }
            }
            Outcome::TryLater(trouble) => {
                shared.counters.try_later.fetch_add(1, Ordering::Relaxed);
                self.put_off(&ready, trouble, None, is_probe).await
            }
            Outcome::Unknown(trouble) => {
                shared.counters.unknown.fetch_add(1, Ordering::Relaxed);
                self.put_off(&ready, trouble, Some(began), is_probe).await
            }
        };
        if let Err(error) = written {
            // nothing is lost: it still waits in the ledger, and is sent again under the same id
            tracing::error!(submission = ready.seek_pass_id, "{error}");
            let now = shared.clock.now();
            self.learn(move |breaker| breaker.failed(Some(&Pause::Growing), is_probe, now)).await;
            lock(&shared.line).put_behind();
        }
    }

    async fn accept(
        &self,
        ready: &Ready,
        link: Link,
        began: Timestamp,
        is_probe: bool,
    ) -> Result<(), StoreError> {
        let shared = &self.0;
        if self.learn(move |breaker| breaker.accepted(is_probe)).await {
            tracing::info!("SEEK Pass answers again");
        }
        shared.counters.accepted.fetch_add(1, Ordering::Relaxed);
        tracing::info!(student_id = %ready.student_id, submission = ready.seek_pass_id, "SEEK Pass has it");
        let at = shared.clock.now();
        let accepted = Accepted { id: ready.id, link: link.clone(), sent_at: began, at };
        let written = shared.writer.accepted(accepted).await;
        // even if it is not written: the same id would only give the same link again
        if !matches!(written, Ok(false)) {
            self.settle(&ready.seek_pass_id, &Settled::Linked(link));
        }
        written.map(|_| ())
    }

    pub(super) async fn put_off(
        &self,
        ready: &Ready,
        trouble: Failure,
        sent_at: Option<Timestamp>,
        is_probe: bool,
    ) -> Result<(), StoreError> {
        let shared = &self.0;
        let now = shared.clock.now();
        // what is about everybody costs this one nothing, not even its place; but whatever fails alone, as a probe
        // does, lets another go first the next time, lest one that can never succeed stop all the others
        let due_at = match trouble.pause {
            Some(Pause::OfType(rest)) => after(now, rest),
            Some(_) if !is_probe => now,
            _ => after(now, rest_after(ready.attempts)),
        };
        let words = trouble.words;
        tracing::debug!(student_id = %ready.student_id, submission = ready.seek_pass_id, "put off: {words}");
        let pause = trouble.pause;
        if let Some(until) = self.learn(move |breaker| breaker.failed(pause.as_ref(), is_probe, now)).await {
            tracing::warn!("SEEK Pass: {words}; all submissions wait until {until:.0}");
        }
        lock(&shared.line).put_behind();
        shared.writer.tried(ready.id, Tried::PutOff { due_at, trouble: words, sent_at }, now).await
    }

    async fn reject(
        &self,
        id: i64,
        seek_pass_id: &str,
        student_id: &StudentId,
        words: String,
    ) -> Result<(), StoreError> {
        tracing::error!(%student_id, submission = seek_pass_id, "rejected: {words}; mend it, then gradpass retry");
        self.0.writer.tried(id, Tried::Rejected(words), self.0.clock.now()).await?;
        self.settle(seek_pass_id, &Settled::Rejected);
        Ok(())
    }
}

/// How long one that failed by itself rests: doubling from a second to a minute.
fn rest_after(attempts: i64) -> Duration {
    Duration::from_secs(2_u64.pow(u32::try_from(attempts.clamp(0, 6)).unwrap_or(0)).min(60))
}
