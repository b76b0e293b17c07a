//! `POST /redeem`, the only thing that acts: a code becomes a link to SEEK Pass.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;

use super::AppState;
use super::counters::Event;
use super::guess_limiter::Lock;
use super::origin;
use super::pages::{Item, ItemState, Message, News, Page, Problem};
use super::question::Answer;
use super::request_context::RequestContext;
use crate::clock::after;
use crate::credential::Credential;
use crate::follow_up;
use crate::invitation::code::Code;
use crate::outbox::queue::{Listener, Ready, Settled};
use crate::seek::Outcome;
use crate::store::{Award, Ended, NewSubmission, Redeemable, StoreError, Submitted, Told, Unfinished};
use crate::submission::{Latest, RedemptionState, SubmissionState};

/// How long a graduate looks at nothing before she gets the waiting page; a little more than the second of silence
/// with which the pace begins.
const PATIENCE: Duration = Duration::from_millis(1500);

/// How often meanwhile she is looked for in a ledger that several services share.
const LOOKS: u32 = 6;

/// How long a look at an old submission's status may take while a graduate waits.
const STATUS_PATIENCE: Duration = Duration::from_secs(3);

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Fields {
    code: String,
    answer: String,
    qualification: Option<String>,
    language: Option<String>,
}

pub(super) async fn redeem(
    State(app): State<Arc<AppState>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
    fields: Result<Form<Fields>, FormRejection>,
) -> Response {
    let visit = RequestContext::new(&app, peer, &headers);
    if !origin::is_ours(&headers, &app.config.web.public_url) {
        app.counters.count(Event::OtherSite);
        return visit.page(StatusCode::FORBIDDEN, &Page::Problem(Problem::OtherSite));
    }
    let fields = match fields {
        Ok(Form(fields)) => fields,
        Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            return visit.page(StatusCode::PAYLOAD_TOO_LARGE, &Page::Problem(Problem::TooLarge));
        }
        // not what our form sends
        Err(_) => return visit.form("", Some(Message::Length)),
    };
    let visit = visit.choosing(fields.language.as_deref());
    visit.redeem(&fields).await.unwrap_or_else(|error| visit.fault(&error))
}

fn digest(credential: Option<&Credential>) -> Vec<u8> {
    credential.map(|credential| credential.digest().to_vec()).unwrap_or_default()
}

impl RequestContext<'_> {
    async fn redeem(&self, fields: &Fields) -> Result<Response, StoreError> {
        let app = self.app;
        let code = match Code::parse(&fields.code) {
            Ok(code) => code,
            Err(typo) => {
                app.counters.count(Event::Typo);
                return Ok(self.form(&fields.code, Some(typo.into())));
            }
        };
        let answer = match Answer::parse(app.config.web.question, &fields.answer) {
            Ok(answer) => answer,
            Err(message) => {
                app.counters.count(Event::Typo);
                return Ok(self.form(&fields.code, Some(message)));
            }
        };
        if let Some(wait) = app.guesses.closed(&app.key, self.from, None).await? {
            return Ok(self.too_many(wait));
        }
        let now = app.clock.now();
        let Some(redeemable) = app.store.redeemable(&app.key.hash(&code), now).await? else {
            return Ok(match app.guesses.failed(&app.key, self.from).await? {
                Ok(()) => self.wrong_code(),
                Err(wait) => self.too_many(wait),
            });
        };
        let lock = Lock { invitation: redeemable.invitation_id, unlocked: redeemable.last_unlock };
        // others may have guessed in the meantime: asked twice, the limit is exact
        if let Some(wait) = app.guesses.closed(&app.key, self.from, Some(lock)).await? {
            return Ok(self.too_many(wait));
        }
        if !answer.fits(&redeemable) {
            return match app.guesses.wrong_answer(&app.key, self.from, lock).await? {
                Ok(closed) => {
                    let until = closed.map(|wait| after(now, wait));
                    app.writer.wrong_answer(lock.invitation, now, until).await?;
                    Ok(self.wrong_code())
                }
                Err(wait) => Ok(self.too_many(wait)),
            };
        }
        self.open(&redeemable, fields).await
    }

    /// A valid code, and the right answer to the second question.
    async fn open(&self, redeemable: &Redeemable, fields: &Fields) -> Result<Response, StoreError> {
        let standings: Vec<_> =
            redeemable.awards.iter().map(|award| self.standing(redeemable, award)).collect();
        let mut choices = redeemable.awards.iter().zip(&standings);
        let chosen = match (&fields.qualification, &redeemable.awards[..]) {
            (Some(key), _) => choices.find(|(award, _)| award.is_meant_by(key, &redeemable.awards)),
            // what is to be added again says why before it is
            (None, [award]) if award.superseded.is_none() => choices.next(),
            (None, _) => None,
        };
        if standings.iter().all(|standing| matches!(standing, RedemptionState::Verified)) {
            return Ok(self.verified());
        }
        match chosen {
            Some((award, standing)) => self.add(redeemable, award, standing, fields).await,
            None => self.list(redeemable, &standings, fields).await,
        }
    }

    fn standing(&self, redeemable: &Redeemable, award: &Award) -> RedemptionState {
        let Some(latest) = &award.latest else { return RedemptionState::Addable };
        let credential = self.app.queue.credential(&redeemable.name, &award.qualification).ok();
        RedemptionState::of(Some(latest), &digest(credential.as_ref()), self.app.clock.now())
    }

    async fn add(
        &self,
        redeemable: &Redeemable,
        award: &Award,
        standing: &RedemptionState,
        fields: &Fields,
    ) -> Result<Response, StoreError> {
        match standing {
            RedemptionState::Linked(link) => Ok(self.link(link)),
            RedemptionState::Waiting(latest) => self.join(latest.id, &latest.seek_pass_id).await,
            RedemptionState::Verified => {
                let standings: Vec<_> =
                    redeemable.awards.iter().map(|award| self.standing(redeemable, award)).collect();
                self.list(redeemable, &standings, fields).await
            }
            RedemptionState::Rejected => Ok(self.rejected()),
            RedemptionState::Addable => self.submit(redeemable, award, None).await,
            RedemptionState::Changed(latest) => {
                self.instead(redeemable, award, latest, SubmissionState::Replaced, fields).await
            }
            RedemptionState::Overdue(latest) => {
                self.instead(redeemable, award, latest, SubmissionState::Lapsed, fields).await
            }
        }
    }

    /// A new submission in place of an old one, unless the graduate has finished that one in the meantime: better ask
    /// than add a credential twice.
    async fn instead(
        &self,
        redeemable: &Redeemable,
        award: &Award,
        latest: &Latest,
        state: SubmissionState,
        fields: &Fields,
    ) -> Result<Response, StoreError> {
        let Some(ended) = self.ask_about(latest).await else { return Ok(self.silent()) };
        let is_verified = matches!(ended, Ended::Verified(_));
        if ended != Ended::NotYet {
            self.app.writer.record_ends(vec![(latest.id, ended)], self.app.clock.now()).await?;
        }
        if is_verified {
            // from the beginning, with what is known now
            return Box::pin(self.redeem(fields)).await;
        }
        self.submit(redeemable, award, Some((latest.id, state))).await
    }

    /// How a submission ended, if SEEK Pass tells in time.
    async fn ask_about(&self, latest: &Latest) -> Option<Ended> {
        let app = self.app;
        let now = app.clock.now();
        if app.queue.paused_until().is_some_and(|until| now < until) {
            return None;
        }
        let unfinished =
            Unfinished { id: latest.id, seek_pass_id: latest.seek_pass_id.clone(), sent_at: latest.sent_at };
        let ids = [latest.seek_pass_id.clone()];
        let asking = async {
            app.status_limiter.wait().await;
            app.seek_pass.statuses(&ids).await
        };
        match tokio::time::timeout(STATUS_PATIENCE, asking).await {
            Ok(Outcome::Accepted(statuses)) => Some(follow_up::ended(&unfinished, &statuses, now)),
            // it knows no such id
            Ok(Outcome::Refused(_)) => Some(Ended::NotYet),
            Ok(Outcome::TryLater(_) | Outcome::Unknown(_)) | Err(_) => None,
        }
    }

    /// Makes a durable submission, then waits a moment for its answer.
    async fn submit(
        &self,
        redeemable: &Redeemable,
        award: &Award,
        instead_of: Option<(i64, SubmissionState)>,
    ) -> Result<Response, StoreError> {
        let app = self.app;
        let now = app.clock.now();
        let seek_pass_id = app.queue.new_id();
        let listener = app.queue.listen(&seek_pass_id);
        // what SEEK Pass would refuse has no digest: the queue finds it out, and tells the operator
        let credential = app.queue.credential(&redeemable.name, &award.qualification).ok();
        let new = NewSubmission {
            graduate_id: redeemable.graduate_id,
            course_key: award.course_key.clone(),
            seek_pass_id: seek_pass_id.clone(),
            digest: digest(credential.as_ref()),
            told: Told::new(&redeemable.name, &award.qualification, app.queue.today()),
            asked_at: now,
            due_at: now,
            instead_of,
        };
        match app.writer.submit(redeemable.invitation_id, new).await? {
            Submitted::Submission { id, seek_pass_id: theirs } if theirs == seek_pass_id => {
                let student_id = redeemable.student_id.clone();
                tracing::info!(%student_id, submission = seek_pass_id, "redeemed");
                match credential {
                    Some(credential) => {
                        app.queue.go(Ready { id, seek_pass_id, student_id, attempts: 0, credential });
                    }
                    None => app.queue.wake(),
                }
                self.wait(id, listener).await
            }
            Submitted::Submission { id, seek_pass_id: theirs } => {
                drop(listener);
                self.join(id, &theirs).await
            }
            Submitted::Gone => Ok(self.wrong_code()),
        }
    }

    /// Waits for a submission that somebody asked for before.
    async fn join(&self, id: i64, seek_pass_id: &str) -> Result<Response, StoreError> {
        let listener = self.app.queue.listen(seek_pass_id);
        // it may have been answered before anybody listened
        let latest = self.app.store.latest_submission(id).await?;
        if latest.is_some_and(|latest| latest.state != SubmissionState::Waiting) {
            return self.look(id).await;
        }
        // another process may have put it back into the queue
        self.app.queue.wake();
        self.wait(id, listener).await
    }

    async fn wait(&self, id: i64, mut listener: Listener) -> Result<Response, StoreError> {
        let looks = if self.app.store.is_shared() { LOOKS } else { 1 };
        for _ in 0..looks {
            // a wait for a person, in a person's time
            match tokio::time::timeout(PATIENCE / looks, listener.settled()).await {
                Ok(Some(Settled::Linked(link))) => return Ok(self.link(&link)),
                Ok(Some(Settled::Rejected)) => return Ok(self.rejected()),
                Ok(None) => break,
                Err(_) => {}
            }
            // another service may have sent it
            let is_waiting = |latest: Latest| latest.state == SubmissionState::Waiting;
            if looks > 1 && !self.app.store.latest_submission(id).await?.is_some_and(is_waiting) {
                break;
            }
        }
        self.look(id).await
    }

    /// Several qualifications: each with its state, added one by one.
    async fn list(
        &self,
        redeemable: &Redeemable,
        standings: &[RedemptionState],
        fields: &Fields,
    ) -> Result<Response, StoreError> {
        let app = self.app;
        let now = app.clock.now();
        if !redeemable.was_opened {
            app.writer.open_invitation(redeemable.invitation_id, now).await?;
            tracing::info!(student_id = %redeemable.student_id, "opened");
        }
        let today = now.to_zoned(app.config.institution.time_zone.clone()).date();
        let items = redeemable
            .awards
            .iter()
            .zip(standings)
            .map(|(award, standing)| Item {
                qualification: &award.qualification,
                awaiting: award.qualification.conferral.is_awaited(today),
                key: &award.course_key,
                news: award.superseded.map(|superseded| {
                    if superseded.was_awaited && !award.qualification.conferral.is_awaited(today) {
                        News::Conferred
                    } else {
                        News::Corrected
                    }
                }),
                state: match standing {
                    RedemptionState::Addable | RedemptionState::Changed(_) | RedemptionState::Overdue(_) => {
                        ItemState::Addable
                    }
                    RedemptionState::Waiting(_) => ItemState::Waiting,
                    RedemptionState::Linked(_) => ItemState::Added,
                    RedemptionState::Verified => ItemState::Verified,
                    RedemptionState::Rejected => ItemState::Rejected,
                },
            })
            .collect();
        let page = Page::Qualifications { code: &fields.code, answer: &fields.answer, items };
        app.counters.count(Event::Opened);
        Ok(self.page(StatusCode::OK, &page))
    }
}
