//! Whether graduates would find the page: `serve`, through the proxy in front of it.

use std::time::Duration;

use reqwest::{Client, Response, StatusCode};

/// What `serve` answers a look at its health with.
const WELL: &[u8] = b"ok\n";

/// Whether `serve` is there, or what is instead. It is looked at once, for so long at most.
pub(crate) async fn look(public_url: &str, patience: Duration) -> Result<(), String> {
    if leads_nowhere(public_url) {
        return Err("names that end in .example lead nowhere".into());
    }
    let looking = tokio::time::timeout(patience, ask(public_url)).await;
    looking.unwrap_or_else(|_| Err(format!("no answer within {} seconds", patience.as_secs_f32())))
}

/// RFC 6761 §6.5: nobody has such a name, and nobody needs to be asked for it.
fn leads_nowhere(url: &str) -> bool {
    reqwest::Url::parse(url).is_ok_and(|url| url.host_str().is_some_and(|host| host.ends_with(".example")))
}

async fn ask(public_url: &str) -> Result<(), String> {
    let client = Client::builder().user_agent(concat!("gradpass/", env!("CARGO_PKG_VERSION")));
    // the proxy of the environment leads out of the campus and not to this machine
    let client = if public_url.starts_with("http://") { client.no_proxy() } else { client };
    let client = client.build().map_err(root)?;
    let answer = client.get(format!("{public_url}healthz")).send().await.map_err(root)?;
    match answer.status() {
        StatusCode::SERVICE_UNAVAILABLE => Err("serve answers, but cannot read the ledger".to_owned()),
        StatusCode::OK if is_well(answer).await => Ok(()),
        status => Err(format!("something else than serve answers there ({status} at healthz)")),
    }
}

async fn is_well(mut answer: Response) -> bool {
    matches!(answer.chunk().await, Ok(Some(piece)) if piece == WELL)
}

/// The cause at the bottom of an error; what stands above it only says that a request failed, and where to.
fn root(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut cause: &dyn std::error::Error = &error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[tokio::test]
    async fn who_never_answers_is_not_waited_for() {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let silent = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let url = format!("http://{}/", silent.local_addr().unwrap());
        let said = look(&url, Duration::from_millis(20)).await;
        assert_eq!(said, Err("no answer within 0.02 seconds".to_owned()));
    }
}
