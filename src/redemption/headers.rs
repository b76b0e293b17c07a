//! What every answer tells the browser: show this page, run nothing, keep nothing, tell nobody else.

use axum::Router;
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::middleware::map_response;
use axum::response::Response;

/// The same for everybody.
const ALWAYS: [(HeaderName, HeaderValue); 7] = [
    // no other site learns an address of ours, which may hold a code; under `no-referrer` browsers would hide from us,
    // too, where a form comes from, and old ones have no other way to say it (see `origin`)
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // for browsers that do not know frame-ancestors
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex, nofollow")),
];

/// The router with strict security headers on each of its answers, errors too.
///
/// `public_url` is where graduates find the page; when it is https, browsers are told to keep to https for a year
/// (RFC 6797). `seek_pass` is the base address of SEEK Pass. An answer keeps the `Cache-Control` that it has; the
/// others get `no-store`.
///
/// To be put around everything else, so that the answers of the other layers have the headers too.
pub fn strict(router: Router, public_url: &str, seek_pass: &str) -> Router {
    let mut headers = HeaderMap::from_iter(ALWAYS);
    headers.insert(header::CONTENT_SECURITY_POLICY, policy(seek_pass));
    if public_url.starts_with("https://") {
        let a_year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    router.layer(map_response(move |mut response: Response| {
        let own = response.headers_mut();
        own.extend(headers.clone());
        own.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
        std::future::ready(response)
    }))
}

/// The content security policy (W3C CSP level 3).
///
/// Chrome holds `form-action` against the redirect that answers a form, too, and nobody knows yet which host SEEK
/// Pass's links have in production: any https host. A host in clear is allowed only when SEEK Pass itself is there,
/// as the stand-in is.
fn policy(seek_pass: &str) -> HeaderValue {
    let fits = |it: char| it.is_ascii_alphanumeric() || ".-:[]".contains(it);
    let in_clear = seek_pass
        .strip_prefix("http://")
        .and_then(|rest| rest.split('/').next())
        .filter(|host| host.chars().all(fits))
        .map_or_else(String::new, |host| format!(" http://{host}"));
    let text = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https:{in_clear}; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    // cannot be: each sign of it is allowed in a header; without a policy the page would still be safe to read
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use axum::body::Body;
    use axum::http::Request;
    use axum::routing::get;
    use hyper::service::Service;
    use hyper_util::service::TowerToHyperService;

    use super::*;

    const PUBLIC: &str = "https://seekpass.uni.example/";
    const SEEK_PASS: &str = "https://app.seekpass.example/";

    /// What is answered with, of a page, of a stylesheet, and of a handler that says less than strict things.
    async fn answer(request: &str, public_url: &str, seek_pass: &str) -> Response {
        let routes = Router::new()
            .route("/", get(async || "page"))
            .route("/style.css", get(async || ([(header::CACHE_CONTROL, "max-age=3600")], "style")))
            .route("/careless", get(async || ([(header::REFERRER_POLICY, "unsafe-url")], "page")));
        let (method, path) = request.split_once(' ').unwrap();
        let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
        TowerToHyperService::new(strict(routes, public_url, seek_pass)).call(request).await.unwrap()
    }

    fn told<'a>(response: &'a Response, name: &str) -> Vec<&'a str> {
        response.headers().get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    #[tokio::test]
    async fn every_answer_has_them_errors_too() {
        for (request, status) in [("GET /", 200), ("HEAD /", 200), ("GET /nowhere", 404), ("POST /", 405)] {
            let response = answer(request, PUBLIC, SEEK_PASS).await;
            assert_eq!(response.status(), status);
            let policy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https:; \
                          base-uri 'none'; frame-ancestors 'none'";
            assert_eq!(told(&response, "content-security-policy"), [policy], "{request}");
            assert_eq!(told(&response, "cache-control"), ["no-store"], "{request}");
            assert_eq!(told(&response, "referrer-policy"), ["same-origin"], "{request}");
            assert_eq!(told(&response, "x-content-type-options"), ["nosniff"], "{request}");
            assert_eq!(told(&response, "x-frame-options"), ["DENY"], "{request}");
            assert_eq!(told(&response, "permissions-policy").len(), 1, "{request}");
            assert_eq!(told(&response, "cross-origin-opener-policy"), ["same-origin"], "{request}");
            assert_eq!(told(&response, "cross-origin-resource-policy"), ["same-origin"], "{request}");
            assert_eq!(told(&response, "x-robots-tag"), ["noindex, nofollow"], "{request}");
            assert_eq!(told(&response, "strict-transport-security"), ["max-age=31536000"], "{request}");
        }
    }

    #[tokio::test]
    async fn only_the_time_to_keep_an_answer_is_the_handlers_own() {
        assert_eq!(
            told(&answer("GET /style.css", PUBLIC, SEEK_PASS).await, "cache-control"),
            ["max-age=3600"]
        );
        assert_eq!(
            told(&answer("GET /careless", PUBLIC, SEEK_PASS).await, "referrer-policy"),
            ["same-origin"]
        );
    }

    #[tokio::test]
    async fn a_trial_in_clear_is_not_told_to_keep_to_https() {
        let response = answer("GET /", "http://127.0.0.1:8080/", SEEK_PASS).await;
        assert!(told(&response, "strict-transport-security").is_empty());
    }

    #[tokio::test]
    async fn the_form_may_lead_to_a_stand_in_in_clear() {
        let form_action = async |seek_pass| {
            let response = answer("GET /", PUBLIC, seek_pass).await;
            let policy = told(&response, "content-security-policy").concat();
            policy.split("; ").find(|it| it.starts_with("form-action")).unwrap().to_owned()
        };
        assert_eq!(
            form_action("http://127.0.0.1:9090/").await,
            "form-action 'self' https: http://127.0.0.1:9090"
        );
        assert_eq!(form_action("http://[::1]:9090/x/").await, "form-action 'self' https: http://[::1]:9090");
        assert_eq!(form_action("http://stand-in;script-src/").await, "form-action 'self' https:");
    }
}
