//! The calls of the partner API and their answers.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::rejection::{FormRejection, JsonRejection};
use axum::extract::{ConnectInfo, Path, State};
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::connection::Cut;
use super::memory::Submission;
use super::{Endpoint, Shared, page, schema};

/// The guide's limit for one status call.
const STATUS_LIMIT: usize = 30;

/// All routes of the stand-in.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/api/partner/v1/oauth/token.json", post(token))
        .route("/api/partner/v1/add/{kind}", post(add))
        .route("/api/partner/v1/submissions/{id}/status.json", get(status))
        .route("/api/partner/v1/submissions/status.json", post(statuses))
        .route("/partner/add/{kind}", get(page::landing))
        .route("/sandbox/finish", post(page::finish))
        .fallback(async || error(StatusCode::NOT_FOUND, "not_found"))
        .method_not_allowed_fallback(async || error(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed"))
        .with_state(shared)
}

type Fields = Result<Form<HashMap<String, String>>, FormRejection>;
type Body = Result<Json<Value>, JsonRejection>;

async fn token(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    fields: Fields,
) -> Response {
    let work = |shared: &Shared| {
        let fields = match fields {
            Ok(Form(fields)) => fields,
            Err(rejection) => return error(rejection.status(), "invalid_request"),
        };
        let field = |name: &str| fields.get(name).map_or("", String::as_str);
        let settings = &shared.settings;
        if field("grant_type") != "client_credentials" {
            return error(StatusCode::BAD_REQUEST, "unsupported_grant_type");
        }
        if field("client_id") != settings.client_id || field("client_secret") != settings.client_secret {
            return error(StatusCode::UNAUTHORIZED, "invalid_client");
        }
        let is_granted = |scope: &str| settings.scopes.iter().any(|granted| granted == scope);
        if field("scope").is_empty() || !field("scope").split(' ').all(is_granted) {
            return error(StatusCode::BAD_REQUEST, "invalid_scope");
        }
        let lifetime = settings.token_lifetime;
        let token = shared.memory().new_token(shared.now(), lifetime, field("scope"));
        let mut answer = json!({ "access_token": token });
        if settings.tell_expires_in {
            answer["expires_in"] = lifetime.as_secs().into();
        }
        ([(CACHE_CONTROL, "no-store")], Json(answer)).into_response()
    };
    shared.call(Endpoint::Token, &cut, work).await
}

async fn add(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    Path(kind): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let Some(kind) = kind.strip_suffix(".json").and_then(schema::Kind::of) else {
        return error(StatusCode::NOT_FOUND, "not_found");
    };
    let work = |shared: &Shared| {
        let now = shared.now();
        let body = match shared.admit(&headers, body) {
            Ok(body) => body,
            Err(refusal) => return *refusal,
        };
        if !shared.is_granted(&headers, &kind.scope()) {
            return error(StatusCode::FORBIDDEN, "insufficient_scope");
        }
        // where the year begins first: a New Year's graduate of Auckland is not of the future
        let latest = now.checked_add(SignedDuration::from_hours(14)).unwrap_or(now);
        let submitted = match schema::check(&body, kind, latest.to_zoned(jiff::tz::TimeZone::UTC).year()) {
            Ok(submitted) => submitted,
            Err(problems) => return invalid(&json!(problems)),
        };
        let mut memory = shared.memory();
        let submission = memory.add((kind, &submitted), now);
        let answer = json!({ "redirect_uri": shared.link(submission) }).to_string();
        // the service writes it so: one JSON spelling of the same link, a trap for whoever cuts text
        let answer = answer.replace('&', "\\u0026");
        (StatusCode::CREATED, [(CONTENT_TYPE, "application/json")], answer).into_response()
    };
    shared.call(Endpoint::Add, &cut, work).await
}

async fn status(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    let work = |shared: &Shared| {
        if let Some(refusal) = shared.unauthorized(&headers) {
            return refusal;
        }
        match shared.memory().submission(&id) {
            Some(submission) => Json(described(&id, submission, shared.now())).into_response(),
            None => error(StatusCode::NOT_FOUND, "not_found"),
        }
    };
    shared.call(Endpoint::Status, &cut, work).await
}

async fn statuses(
    State(shared): State<Arc<Shared>>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let work = |shared: &Shared| {
        let body = match shared.admit(&headers, body) {
            Ok(body) => body,
            Err(refusal) => return *refusal,
        };
        let ids =
            body.as_object().filter(|members| members.len() == 1).and_then(|members| members.get("ids"));
        let ids: Option<Vec<&str>> =
            ids.and_then(Value::as_array).and_then(|ids| ids.iter().map(Value::as_str).collect());
        let Some(ids) = ids.filter(|ids| ids.len() <= STATUS_LIMIT) else {
            return invalid(
                &json!([{ "member": "ids", "problem": "must be the only member, an array of up to 30 strings" }]),
            );
        };
        let (memory, now) = (shared.memory(), shared.now());
        let known = ids.iter().filter_map(|id| Some(described(id, memory.submission(id)?, now)));
        Json(json!({ "credentials": known.collect::<Vec<_>>() })).into_response()
    };
    shared.call(Endpoint::Statuses, &cut, work).await
}

impl Shared {
    /// The answer to a call without a token that is good now.
    fn unauthorized(&self, headers: &HeaderMap) -> Option<Response> {
        let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let granted = token.and_then(|token| self.memory().tokens.get(token).cloned());
        if granted.is_some_and(|granted| self.now() < granted.expires) {
            return None;
        }
        let challenge = [(WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"")];
        Some((challenge, error(StatusCode::UNAUTHORIZED, "invalid_token")).into_response())
    }

    /// Whether the token of an authorized call has the scope.
    fn is_granted(&self, headers: &HeaderMap, scope: &str) -> bool {
        let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        let granted = token.and_then(|token| self.memory().tokens.get(token).cloned());
        granted.is_some_and(|granted| granted.scopes.iter().any(|granted| granted == scope))
    }

    /// The body of an authorized call, or what answers it.
    fn admit(&self, headers: &HeaderMap, body: Body) -> Result<Value, Box<Response>> {
        if let Some(refusal) = self.unauthorized(headers) {
            return Err(Box::new(refusal));
        }
        body.map(|Json(body)| body)
            .map_err(|rejection| Box::new(error(rejection.status(), "invalid_request")))
    }
}

fn described(id: &str, submission: &Submission, now: Timestamp) -> Value {
    let (status, finalized_at) = submission.status(now);
    let finalized_at = finalized_at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    json!({ "id": id, "status": status, "finalized_at": finalized_at })
}

fn error(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

fn invalid(problems: &Value) -> Response {
    let body = json!({ "error": "unprocessable_entity", "errors": problems });
    (StatusCode::UNPROCESSABLE_ENTITY, Json(body)).into_response()
}
