//! One token for all: fetched once, renewed before it expires, replaced once when it is refused.

use std::time::Duration;

use gradpass::credential::CredentialType;
use gradpass::sandbox::seek::{Endpoint, Fault, Settings, script};
use gradpass::seek::{Outcome, Pause};
use jiff::SignedDuration;

use super::account::{
    Account, HASTY, PATIENT, SECRET, Server, accepted, client, credential, reply, together, trouble,
};

fn on(endpoint: Endpoint, fault: Fault) -> impl Fn(Endpoint, usize) -> Fault + Send + Sync + 'static {
    move |called, _| if called == endpoint { fault.clone() } else { Fault::None }
}

#[tokio::test]
async fn a_token_is_renewed_before_it_expires() {
    for tell_expires_in in [true, false] {
        let change = |settings: &mut Settings| {
            settings.token_lifetime = SignedDuration::from_mins(20);
            settings.tell_expires_in = tell_expires_in;
        };
        let account = Account::start(change, PATIENT).await;
        // minute 0, 18, 19, 37, 38: renewed a minute early, so never refused
        for (minutes, tokens) in [(0, 1), (18, 1), (1, 2), (18, 2), (1, 3)] {
            account.clock.advance(Duration::from_mins(minutes));
            accepted(account.client.add("a", &credential()).await);
            assert_eq!(account.seek.calls(Endpoint::Token), tokens, "{minutes} {tell_expires_in}");
        }
        assert_eq!(account.seek.calls(Endpoint::Add), 5, "{tell_expires_in}");
    }
}

#[tokio::test]
async fn revoked_tokens_cost_one_new_one_for_all() {
    let account = Account::new().await;
    accepted(account.client.add("a", &credential()).await);
    account.seek.revoke_tokens();
    let credential = credential();
    for link in together((0..20).map(|_| account.client.add("a", &credential))).await {
        accepted(link);
    }
    assert_eq!((account.seek.calls(Endpoint::Token), account.seek.submissions()), (2, 1));
}

#[tokio::test]
async fn a_second_401_in_a_row_makes_everybody_wait() {
    let account = Account::with(on(Endpoint::Add, Fault::Status(401, None))).await;
    let outcome = account.client.add("a", &credential()).await;
    assert!(matches!(outcome, Outcome::TryLater(_)), "{outcome:?}");
    let trouble = trouble(outcome);
    assert_eq!(trouble.pause, Some(Pause::Growing));
    assert!(trouble.words.contains("refuses the partner account"), "{trouble}");
    assert_eq!(account.calls(), (2, 2));
    accepted(account.client.sign_in(CredentialType::Education).await);
}

#[tokio::test]
async fn a_wrong_secret_is_about_the_account_and_not_about_the_graduate() {
    let account = Account::new().await;
    let wrong = client(&account.seek.base_url(), "wrong-secret", &account.clock, PATIENT).unwrap();
    let outcome = wrong.add("a", &credential()).await;
    assert!(matches!(outcome, Outcome::TryLater(_)), "{outcome:?}");
    let added = trouble(outcome);
    assert_eq!(added.pause, Some(Pause::Growing));
    assert!(added.words.contains("refuses client_id or client_secret; check [seek_pass]"), "{added}");
    assert!(!added.words.contains("wrong-secret"), "{added}");
    let outcome = wrong.sign_in(CredentialType::Education).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    assert_eq!(trouble(outcome), added);
    assert_eq!(account.calls(), (2, 0));
}

/// Only those of its type wait.
const OF_TYPE: Option<Pause> = Some(Pause::OfType(Duration::from_mins(1)));

/// The account is good, but not for this: that is another call to SEEK Pass than a wrong secret is.
#[tokio::test]
async fn a_scope_that_is_not_granted_is_told_as_that() {
    let change = |settings: &mut Settings| settings.scopes = vec!["write.microcredential".to_owned()];
    let account = Account::start(change, PATIENT).await;
    let outcome = account.client.sign_in(CredentialType::Education).await;
    assert!(matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
    let trouble = trouble(outcome);
    assert_eq!(trouble.pause, OF_TYPE, "whatever is of another type goes on");
    assert!(
        trouble.words.starts_with(
            "SEEK Pass does not grant this account the scope write.education; ask SEEK Pass to add it: SEEK Pass \
             answered 400 Bad Request to /api/partner/v1/oauth/token.json (invalid_scope)"
        ),
        "{trouble}"
    );
    let outcome = account.client.add("a", &credential()).await;
    assert!(matches!(outcome, Outcome::TryLater(_)), "nobody's fault but the account's: {outcome:?}");
}

#[tokio::test]
async fn a_refusal_of_the_token_is_told_as_what_it_is() {
    let (scope, secret) = ("does not grant this account the scope", "refuses client_id or client_secret");
    for (status, body, told) in [
        (400, "{\"error\":\"invalid_scope\"}", scope),
        (
            401,
            "{\"error\":\"invalid_scope\",\"error_description\":\"The requested scope is invalid.\"}",
            scope,
        ),
        (403, "{\"error\":{\"code\":\"insufficient_scope\"}}", scope),
        (422, "{\"errors\":[\"invalid_scope\"]}", scope),
        (400, "{\"error\":\"unauthorized_client\"}", "does not let this account ask for tokens"),
        (400, "{\"error\":\"unsupported_grant_type\"}", "gives no tokens for client_credentials"),
        (401, "{\"error\":\"invalid_client\"}", secret),
        (422, "{\"error\":\"invalid_client\"}", secret),
        (401, "", secret),
    ] {
        let account = Account::with(on(Endpoint::Token, Fault::Refusal(status, body.to_owned()))).await;
        let outcome = account.client.sign_in(CredentialType::Education).await;
        assert!(matches!(outcome, Outcome::Refused(_)), "{status} {body}: {outcome:?}");
        let trouble = trouble(outcome);
        assert!(
            trouble.words.contains(told)
                && trouble.pause == if told == scope { OF_TYPE } else { Some(Pause::Growing) },
            "{status} {body}: {trouble}"
        );
        assert_eq!(told == secret, trouble.words.contains("client_secret"), "{trouble}");
    }
}

#[tokio::test]
async fn every_fault_of_the_token_has_its_outcome_and_nothing_is_submitted() {
    let growing = Some(Pause::Growing);
    let seven = Some(Pause::For(Duration::from_secs(7)));
    for (fault, pause, refused) in [
        (Fault::Status(400, None), growing, true),
        (Fault::Status(401, None), growing, true),
        (Fault::Status(403, None), growing, true),
        (Fault::Status(404, None), growing, true),
        (Fault::Status(302, None), growing, true),
        (Fault::Status(429, Some("7".to_owned())), seven, false),
        (Fault::Status(429, Some("Mon, 23 Nov 2026 15:00:07 GMT".to_owned())), seven, false),
        (Fault::Status(503, None), growing, false),
        (Fault::Status(500, None), growing, false),
        (Fault::Status(408, None), None, false),
        (Fault::Html502, growing, false),
        (Fault::Hang, None, false),
        (Fault::DropAfterReading, None, false),
        (Fault::Truncated, growing, false),
        (Fault::Huge, growing, false),
        (Fault::Empty, growing, false),
    ] {
        let timeouts = if fault == Fault::Hang { HASTY } else { PATIENT };
        let faults = script(on(Endpoint::Token, fault.clone()));
        let account = Account::start(|settings| settings.script = faults, timeouts).await;
        let outcome = account.client.add("a", &credential()).await;
        assert!(matches!(outcome, Outcome::TryLater(_)), "{fault:?}: {outcome:?}");
        let trouble = trouble(outcome);
        assert_eq!(trouble.pause, pause, "{fault:?}: {trouble}");
        assert!(trouble.words.contains("/api/partner/v1/oauth/token.json"), "{fault:?}: {trouble}");
        let signed_in = account.client.sign_in(CredentialType::Education).await;
        assert_eq!(matches!(signed_in, Outcome::Refused(_)), refused, "{fault:?}: {signed_in:?}");
        assert_eq!(account.calls(), (2, 0), "{fault:?}");
    }
    let account = Account::with(on(Endpoint::Token, Fault::Slow(Duration::from_millis(50)))).await;
    accepted(account.client.sign_in(CredentialType::Education).await);
}

#[tokio::test]
async fn a_failure_is_shared_by_those_who_waited_and_by_nobody_after() {
    let first_fails = |endpoint, count| {
        if (endpoint, count) == (Endpoint::Token, 1) { Fault::Html502 } else { Fault::None }
    };
    let account = Account::with(first_fails).await;
    let credential = credential();
    for outcome in together((0..20).map(|_| account.client.add("a", &credential))).await {
        assert!(matches!(outcome, Outcome::TryLater(_)), "{outcome:?}");
    }
    assert_eq!(account.calls(), (1, 0));
    accepted(account.client.add("a", &credential).await);
    assert_eq!(account.calls(), (2, 1));
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_the_token_to_the_next() {
    let first_hangs =
        |endpoint, count| if (endpoint, count) == (Endpoint::Token, 1) { Fault::Hang } else { Fault::None };
    let account = Account::with(first_hangs).await;
    let called = async {
        while account.seek.calls(Endpoint::Token) == 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        answer = account.client.sign_in(CredentialType::Education) => panic!("nobody answered, but {answer:?}"),
        () = called => {}
    }
    accepted(account.client.add("a", &credential()).await);
}

#[tokio::test]
async fn a_refusal_of_the_token_repeats_no_secret() {
    let body = format!("{{\"error\":\"invalid_client\",\"error_description\":\"{SECRET} is wrong\"}}");
    let server = Server::refusing_tokens(reply("401 Unauthorized", "", &body)).await;
    let outcome = server.client(PATIENT).sign_in(CredentialType::Education).await;
    let words = trouble(outcome).words;
    assert!(words.contains("(invalid_client, … is wrong)"), "{words}");
}

#[tokio::test]
async fn a_call_that_is_repeated_waits_for_its_turn_again() {
    for (refused, turns) in [(0, 0), (1, 1), (2, 1)] {
        let account = Account::with(move |endpoint, count| match endpoint {
            Endpoint::Add if count <= refused => Fault::Status(401, None),
            _ => Fault::None,
        })
        .await;
        let taken = std::cell::Cell::new(0);
        let turn = || {
            taken.set(taken.get() + 1);
            std::future::ready(())
        };
        let outcome = account.client.add_in_turn("a", &credential(), turn).await;
        assert_eq!(matches!(outcome, Outcome::Accepted(_)), refused < 2);
        assert_eq!(taken.get(), turns, "{refused} refused");
    }
}
