//! The follow-up: asks SEEK Pass how submissions ended. Take what is unfinished → ask → write down what happened.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::clock::{Clock, after};
use crate::outbox::rate_limiter::RateLimiter;
use crate::seek::{MOST_IDS, Outcome, Pause, SeekPass, Status, UnknownStatus};
use crate::shutdown::Shutdown;
use crate::store::{Ended, Store, StoreError, Unfinished, Writer};
use crate::submission::{LIFETIME, SubmissionState, ran_out};

/// What a follow-up found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In SEEK Pass now.
    pub verified: i64,
    /// Declined by the graduate.
    pub canceled: i64,
    /// Not finished within 48 hours.
    pub lapsed: i64,
    /// Taken back after they were in SEEK Pass.
    pub revoked: i64,
    /// No longer shared by the graduate after they were in SEEK Pass.
    pub unshared: i64,
    /// Still to be finished, as it stands in the ledger.
    pub incomplete: i64,
    /// How many submissions SEEK Pass says each word of that nobody knows.
    pub unknown: BTreeMap<UnknownStatus, i64>,
    /// Types of credentials that wait, since the account has no scope for them: a sentence each.
    pub withheld: Vec<String>,
    /// Why it stopped before it had asked for all, if it did.
    pub stopped: Option<String>,
}

impl Found {
    /// Counts all but the verified ones, of which the ledger knows whether they are new.
    fn count(&mut self, submission: &str, end: &Ended) {
        match end {
            Ended::Verified(_) | Ended::NotYet => {}
            Ended::Otherwise(SubmissionState::Canceled) => self.canceled += 1,
            Ended::Otherwise(_) => self.lapsed += 1,
            Ended::Gone(SubmissionState::Unshared, _) => self.unshared += 1,
            Ended::Gone(..) => self.revoked += 1,
            Ended::Unknown(word) => {
                tracing::warn!(
                    submission,
                    "SEEK Pass says \"{word}\" of it, which this program does not know; it stays as it is"
                );
                *self.unknown.entry(word.clone()).or_default() += 1;
            }
        }
    }
}

/// Asks for every submission whose end is not known, 30 a call, at the pace of the settings.
///
/// # Errors
/// [`StoreError`] when the ledger cannot be used; what was found until then is written down.
pub async fn follow_up(
    store: &Store,
    writer: &Writer,
    seek_pass: &SeekPass,
    limiter: &RateLimiter,
    clock: &Clock,
    shutdown: &Shutdown,
) -> Result<Found, StoreError> {
    let in_use = store.types_in_use().await?;
    let types = in_use.len();
    seek_pass.uses(in_use);
    let mut found = ask_all(store, writer, (seek_pass, limiter), clock, shutdown).await?;
    // what waits in the queue of the service would wait in vain, and nobody reads its log
    if found.stopped.is_none() {
        let mut troubles = Vec::new();
        for of in store.waiting_types().await? {
            if let Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble) =
                seek_pass.sign_in(of).await
            {
                match trouble.pause {
                    Some(Pause::OfType(_)) => found.withheld.push(trouble.words),
                    _ => troubles.push(trouble.words),
                }
            }
        }
        if found.withheld.len() == types {
            // nothing is left that goes on
            troubles.append(&mut found.withheld);
        }
        found.stopped = Some(troubles.join("; ")).filter(|words| !words.is_empty());
    }
    found.incomplete = store.incomplete_submissions().await?;
    Ok(found)
}

async fn ask_all(
    store: &Store,
    writer: &Writer,
    (seek_pass, limiter): (&SeekPass, &RateLimiter),
    clock: &Clock,
    shutdown: &Shutdown,
) -> Result<Found, StoreError> {
    let mut found = Found::default();
    let mut after = 0;
    loop {
        let unfinished = store.unfinished_submissions(after, i64::try_from(MOST_IDS).unwrap_or(1)).await?;
        let Some(last) = unfinished.last() else { return Ok(found) };
        after = last.id;
        if shutdown.is_requested() {
            found.stopped = Some("it was asked to stop".into());
            return Ok(found);
        }
        limiter.wait().await;
        let ids: Vec<_> = unfinished.iter().map(|submission| submission.seek_pass_id.clone()).collect();
        let told = match seek_pass.statuses(&ids).await {
            Outcome::Accepted(told) => told,
            Outcome::Refused(trouble) if ids.len() > 1 => {
                tracing::warn!("{}; asking for each by itself", trouble.words);
                match one_by_one(seek_pass, limiter, &ids).await {
                    Ok(told) => told,
                    Err(words) => {
                        found.stopped = Some(words);
                        return Ok(found);
                    }
                }
            }
            Outcome::TryLater(trouble) | Outcome::Refused(trouble) | Outcome::Unknown(trouble) => {
                found.stopped = Some(trouble.words);
                return Ok(found);
            }
        };
        let now = clock.now();
        let ends: Vec<_> = unfinished.iter().map(|it| (it.id, ended(it, &told, now))).collect();
        for (submission, (_, end)) in unfinished.iter().zip(&ends) {
            found.count(&submission.seek_pass_id, end);
        }
        found.verified += writer.record_ends(ends, now).await?;
    }
}

/// One id that SEEK Pass does not like must not hide the others: nobody knows what it answers to an unknown one. When
/// it refuses them all, it is not about the ids, and the error has its words.
async fn one_by_one(
    seek_pass: &SeekPass,
    limiter: &RateLimiter,
    ids: &[String],
) -> Result<BTreeMap<String, Status>, String> {
    let mut told = BTreeMap::new();
    let mut refused = None;
    let mut is_any_told = false;
    for id in ids {
        limiter.wait().await;
        match seek_pass.statuses(std::slice::from_ref(id)).await {
            Outcome::Accepted(one) => {
                is_any_told = true;
                told.extend(one);
            }
            Outcome::Refused(trouble) => {
                tracing::warn!(submission = id, "{}", trouble.words);
                refused = Some(trouble.words);
            }
            Outcome::TryLater(trouble) | Outcome::Unknown(trouble) => return Err(trouble.words),
        }
    }
    match refused {
        Some(words) if !is_any_told => Err(words),
        _ => Ok(told),
    }
}

/// What the statuses say of a submission at `now`. One that SEEK Pass leaves out is gone once its 48
/// hours are over, and unknown words decide nothing.
#[must_use]
pub fn ended(submission: &Unfinished, statuses: &BTreeMap<String, Status>, now: Timestamp) -> Ended {
    let sent_at = submission.sent_at;
    let canceled = |at: Timestamp| {
        Ended::Otherwise(if ran_out(sent_at, at) {
            SubmissionState::Lapsed
        } else {
            SubmissionState::Canceled
        })
    };
    let time = |at: &Option<Timestamp>| at.unwrap_or(now);
    match statuses.get(&submission.seek_pass_id) {
        Some(Status::Verified { at }) => Ended::Verified(time(at)),
        Some(Status::Canceled { at }) => canceled(time(at)),
        Some(Status::Revoked { at }) => Ended::Gone(SubmissionState::Revoked, time(at)),
        Some(Status::Unshared { at }) => Ended::Gone(SubmissionState::Unshared, time(at)),
        Some(Status::Unknown(word)) => Ended::Unknown(word.clone()),
        None if sent_at.is_some_and(|sent| now >= after(sent, LIFETIME)) => {
            Ended::Otherwise(SubmissionState::Lapsed)
        }
        Some(Status::Incomplete) | None => Ended::NotYet,
    }
}
