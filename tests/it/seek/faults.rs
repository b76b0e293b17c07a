//! Every fault of an add call has its outcome, and afterwards the same id leads to the one submission.

use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::credential::CredentialType;
use gradpass::sandbox::seek::{Endpoint, Fault, script};
use gradpass::seek::{Outcome, Pause};
use jiff::Timestamp;
use tokio::net::TcpListener;

use super::account::{
    Account, HASTY, NAME, PATIENT, SECRET, Server, accepted, assert_link, client, credential, reply, trouble,
};

/// What kind of outcome is meant.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Accepted,
    TryLater,
    Refused,
    Unknown,
}

fn kind<T>(outcome: &Outcome<T>) -> Kind {
    match outcome {
        Outcome::Accepted(_) => Kind::Accepted,
        Outcome::TryLater(_) => Kind::TryLater,
        Outcome::Refused(_) => Kind::Refused,
        Outcome::Unknown(_) => Kind::Unknown,
    }
}

/// The first add call meets the fault, a second one with the same id meets none.
async fn assert_fault(fault: Fault, expected: Kind, pause: Option<Pause>, made: usize) {
    let chosen = fault.clone();
    let faults = move |endpoint, count| {
        if (endpoint, count) == (Endpoint::Add, 1) { chosen.clone() } else { Fault::None }
    };
    let timeouts = if fault == Fault::Hang { HASTY } else { PATIENT };
    let account = Account::start(|settings| settings.script = script(faults), timeouts).await;
    let outcome = account.client.add("northfield-1", &credential()).await;
    assert_eq!(kind(&outcome), expected, "{fault:?}: {outcome:?}");
    if expected != Kind::Accepted {
        let trouble = trouble(outcome);
        assert_eq!(trouble.pause, pause, "{fault:?}: {trouble}");
        assert!(trouble.words.contains("/api/partner/v1/add/education.json"), "{fault:?}: {trouble}");
        if let Fault::Status(status, _) = fault {
            assert!(trouble.words.contains(&format!("{status} ")), "{trouble}");
        }
    }
    assert_eq!((account.seek.submissions(), account.calls()), (made, (1, 1)), "{fault:?}");

    let link = accepted(account.client.add("northfield-1", &credential()).await);
    assert_link(&account, "northfield-1", &link);
    assert_eq!((account.seek.submissions(), account.calls()), (1, (1, 2)), "{fault:?}");
}

#[tokio::test]
async fn a_status_decides_whether_this_one_or_everybody_waits() {
    let after = |value: &str| Some(value.to_owned());
    let seconds = |seconds| Some(Pause::For(Duration::from_secs(seconds)));
    for (status, retry_after, expected, pause) in [
        (429, None, Kind::TryLater, Some(Pause::Growing)),
        (429, after("7"), Kind::TryLater, seconds(7)),
        (429, after("Mon, 23 Nov 2026 15:01:30 GMT"), Kind::TryLater, seconds(90)),
        (429, after("Mon, 23 Nov 2026 14:59:00 GMT"), Kind::TryLater, Some(Pause::Growing)),
        (429, after("0"), Kind::TryLater, Some(Pause::Growing)),
        (429, after("in a while"), Kind::TryLater, Some(Pause::Growing)),
        (429, after("1000000"), Kind::TryLater, seconds(3600)),
        (503, None, Kind::TryLater, Some(Pause::Growing)),
        (503, after("120"), Kind::TryLater, seconds(120)),
        (500, after("120"), Kind::Unknown, None),
        (502, None, Kind::Unknown, None),
        (504, None, Kind::Unknown, None),
        (408, None, Kind::TryLater, None),
        (425, None, Kind::TryLater, None),
        (400, None, Kind::Refused, None),
        (403, None, Kind::Refused, None),
        (404, None, Kind::Refused, None),
        (409, None, Kind::Refused, None),
        (413, None, Kind::Refused, None),
        (422, after("7"), Kind::Refused, None),
        (302, None, Kind::Unknown, None),
    ] {
        assert_fault(Fault::Status(status, retry_after), expected, pause, 0).await;
    }
    assert_fault(Fault::Html502, Kind::Unknown, None, 0).await;
}

#[tokio::test]
async fn an_answer_that_never_was_is_unknown_and_the_same_id_finds_the_submission() {
    assert_fault(Fault::DropAfterReading, Kind::Unknown, None, 1).await;
    assert_fault(Fault::Hang, Kind::Unknown, None, 0).await;
}

#[tokio::test]
async fn an_answer_without_a_link_is_unknown_and_the_same_id_finds_the_submission() {
    for fault in [Fault::Truncated, Fault::Huge, Fault::Empty] {
        assert_fault(fault, Kind::Unknown, None, 1).await;
    }
}

#[tokio::test]
async fn a_slow_answer_is_an_answer() {
    assert_fault(Fault::Slow(Duration::from_millis(50)), Kind::Accepted, None, 1).await;
}

#[tokio::test]
async fn no_connection_is_no_doubt() {
    let clock = Clock::fixed(Timestamp::UNIX_EPOCH);
    // nobody listens where somebody just did
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let server = Server::answering(|_| reply("200 OK", "", "")).await;
    let without_tls = server.base_url.replace("http://", "https://");
    for (base_url, words) in
        [(format!("http://{gone}"), "Connection refused"), (without_tls, "no connection")]
    {
        let client = client(&base_url, SECRET, &clock, PATIENT).unwrap();
        let outcome = client.add("northfield-1", &credential()).await;
        assert_eq!(kind(&outcome), Kind::TryLater, "{base_url}: {outcome:?}");
        let trouble = trouble(outcome);
        assert!(trouble.words.contains(words) && trouble.pause.is_none(), "{base_url}: {trouble}");
        assert_eq!(kind(&client.sign_in(CredentialType::Education).await), Kind::TryLater, "{base_url}");
    }
}

#[tokio::test]
async fn a_refusal_names_the_members_and_none_of_their_values() {
    let body = format!(
        "{{\"error\":\"unprocessable_entity\",\"errors\":[{{\"member\":\"data.credential.full_name\",\
         \"problem\":\"is not {NAME}\"}},{{\"member\":\"{NAME}\",\"problem\":\"is wrong\"}}]}}"
    );
    let server = Server::answering(move |_| reply("422 Unprocessable Content", "", &body)).await;
    let outcome = server.client(PATIENT).add("northfield-1", &credential()).await;
    assert_eq!(kind(&outcome), Kind::Refused);
    let words = trouble(outcome).words;
    assert!(
        words.contains("(unprocessable_entity, data.credential.full_name is not …, … is wrong)"),
        "{words}"
    );
}
