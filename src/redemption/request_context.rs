//! One visit to the page: in which language, from which address, and the answers that there are.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU64;
use std::time::Duration;

use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, LOCATION, REFRESH, RETRY_AFTER, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use jiff::{RoundMode, Timestamp, TimestampRound, Unit};

use super::counters::Event;
use super::pages::{Message, Page, Problem, Reader};
use super::{AppState, address};
use crate::seek::Link;
use crate::store::StoreError;
use crate::submission::{Latest, SubmissionState, is_alive};

/// How often a waiting page looks again, in seconds.
const LOOKS_AGAIN: (u64, u64) = (2, 10);

/// Of what was typed as a code, so much is shown again; the field takes as much.
const LONGEST: usize = 500;

/// One visit.
pub(super) struct RequestContext<'a> {
    pub(super) app: &'a AppState,
    /// Whom limits are about: a network, never logged.
    pub(super) from: IpAddr,
    pub(super) reader: Reader<'a>,
    /// A waiting page is not to look again by itself.
    is_still: bool,
}

impl<'a> RequestContext<'a> {
    pub(super) fn new(app: &'a AppState, peer: SocketAddr, headers: &HeaderMap) -> Self {
        let from = address::client(peer.ip(), headers, &app.config.web.trusted_proxies);
        let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|wanted| wanted.to_str().ok());
        let reader = Reader { language: app.pages.language(wanted), is_chosen: false };
        Self { app, from, reader, is_still: false }
    }

    /// The same visit in the language that was chosen on a page, if there is such a one.
    pub(super) fn choosing(self, wanted: Option<&str>) -> Self {
        match wanted.and_then(|wanted| self.app.pages.choice(wanted)) {
            Some(language) => Self { reader: Reader { language, is_chosen: true }, ..self },
            None => self,
        }
    }

    /// The same visit to an address of ours with what stands behind its `?`.
    pub(super) fn with_query(self, query: Option<&str>) -> Self {
        // a second question mark is what pages of universities write behind an address that has one already
        let parts = || query.unwrap_or_default().split(['&', '?']);
        let language = parts().find_map(|part| part.strip_prefix("language="));
        let is_still = parts().any(|part| part == "still");
        Self { is_still, ..self.choosing(language) }
    }

    /// The form, in the language that was chosen.
    pub(super) fn home(&self) -> Response {
        let location = format!("{}{}", self.app.pages.base(), self.reader.query());
        (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response()
    }

    /// A page. The headers that every answer has come later.
    pub(super) fn page(&self, status: StatusCode, page: &Page<'_>) -> Response {
        match self.app.pages.render_for(self.reader, page) {
            Ok(html) => {
                let mut response = (status, [(VARY, "Accept-Language")], Html(html)).into_response();
                let headers = response.headers_mut();
                if let Ok(language) = HeaderValue::from_str(self.reader.language) {
                    headers.insert(CONTENT_LANGUAGE, language);
                }
                let refresh = self.app.pages.refresh(page).map(HeaderValue::try_from);
                if let Some(Ok(refresh)) = refresh {
                    headers.insert(REFRESH, refresh);
                }
                response
            }
            Err(error) => {
                // templates are checked whole before the service starts
                tracing::error!("{error}");
                (StatusCode::INTERNAL_SERVER_ERROR, "Something went wrong on our side.").into_response()
            }
        }
    }

    pub(super) fn form(&self, code: &str, message: Option<Message>) -> Response {
        let status = if message.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        // longer than any link with its code, shorter than a nuisance
        let code: String = code.chars().take(LONGEST).collect();
        self.page(status, &Page::Code { code: &code, message })
    }

    /// One answer for wrong, expired, revoked and unknown codes, and for wrong answers to the second question.
    pub(super) fn wrong_code(&self) -> Response {
        self.app.counters.count(Event::WrongCode);
        self.page(StatusCode::NOT_FOUND, &Page::Problem(Problem::Code))
    }

    pub(super) fn too_many(&self, wait: Duration) -> Response {
        self.app.counters.count(Event::TooMany);
        let seconds = wait.as_secs() + 1;
        // on a minute of the clock, and never too early
        let end = self.app.clock.now() + Duration::from_secs(seconds);
        let until =
            end.round(TimestampRound::new().smallest(Unit::Minute).mode(RoundMode::Ceil)).unwrap_or(end);
        let page = Page::Problem(Problem::TooMany { minutes: wait.as_secs().div_ceil(60), until });
        let mut response = self.page(StatusCode::TOO_MANY_REQUESTS, &page);
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    /// On to SEEK Pass.
    pub(super) fn link(&self, link: &Link) -> Response {
        self.app.counters.count(Event::Linked);
        match HeaderValue::from_str(link.as_str()) {
            Ok(location) => (StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response(),
            // a link is parsed as one that fits a header
            Err(_) => self.rejected(),
        }
    }

    pub(super) fn verified(&self) -> Response {
        self.app.counters.count(Event::Verified);
        self.page(StatusCode::OK, &Page::Verified)
    }

    pub(super) fn rejected(&self) -> Response {
        self.app.counters.count(Event::Rejected);
        self.page(StatusCode::CONFLICT, &Page::Problem(Problem::Rejected))
    }

    /// SEEK Pass has to be asked first, and does not answer.
    pub(super) fn silent(&self) -> Response {
        self.app.counters.count(Event::Silent);
        let mut response = self.page(StatusCode::SERVICE_UNAVAILABLE, &Page::Problem(Problem::Silent));
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("120"));
        response
    }

    pub(super) fn not_here(&self, status: StatusCode) -> Response {
        self.page(status, &Page::Problem(Problem::NotHere))
    }

    /// A fault of ours, told once in the log and kindly on the page.
    pub(super) fn fault(&self, error: &StoreError) -> Response {
        tracing::error!("the page: {error}");
        self.app.counters.count(Event::Fault);
        self.page(StatusCode::INTERNAL_SERVER_ERROR, &Page::Problem(Problem::Ours))
    }

    /// How a submission stands: the way on, or the waiting page.
    pub(super) async fn look(&self, id: i64) -> Result<Response, StoreError> {
        let app = self.app;
        let Some(latest) = app.store.latest_submission(id).await? else {
            return Ok(self.not_here(StatusCode::NOT_FOUND));
        };
        let now = app.clock.now();
        let works = latest.sent_at.is_some_and(|sent| is_alive(sent, now));
        match (latest.state, &latest.link) {
            (SubmissionState::Waiting, _) => self.waiting(&latest, now).await,
            (SubmissionState::Incomplete, Some(link)) if works => Ok(self.link(link)),
            (SubmissionState::Verified, _) => Ok(self.verified()),
            (SubmissionState::Rejected, _) => Ok(self.rejected()),
            _ => Ok(self.page(StatusCode::GONE, &Page::Problem(Problem::TooLate))),
        }
    }

    async fn waiting(&self, latest: &Latest, now: Timestamp) -> Result<Response, StoreError> {
        let app = self.app;
        let place = app.store.place_in_queue(latest.id).await?;
        let before = u64::try_from(place.before).unwrap_or(0);
        // all wait for SEEK Pass, or only this one, such as for a scope that SEEK Pass does not grant
        let put_off_until = place.put_off_until.filter(|until| *until > now);
        let paused_until = app.queue.paused_until().max(put_off_until);
        let pause =
            paused_until.map_or(0, |until| u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0));
        let seconds = before / u64::from(app.per_second.get()) + 1 + pause;
        let path = format!("{}{}", app.waiting_path(latest.id), self.reader.query());
        let page = Page::Waiting {
            path: &path,
            place: before + 1,
            seconds,
            refresh_seconds: NonZeroU64::new(seconds.clamp(LOOKS_AGAIN.0, LOOKS_AGAIN.1))
                .filter(|_| !self.is_still),
            is_seek_pass_silent: paused_until.is_some(),
        };
        app.counters.count(Event::Waiting);
        Ok(self.page(StatusCode::OK, &page))
    }
}
