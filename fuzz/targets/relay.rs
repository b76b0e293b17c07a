//! What a relay says, from its greeting on: every message ends in a known outcome, told in harmless words.
#![no_main]

use std::path::Path;
use std::time::Duration;

use gradpass::clock::Clock;
use gradpass::config::{Config, EXAMPLE};
use gradpass::email::return_path::Sender;
use gradpass::email::session::{Client, ConnectError, Offer, Timeouts};
use gradpass::graduate::EmailAddress;
use gradpass::invitation::Outcome;
use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::runtime::Builder;

const SPAN: Duration = Duration::from_secs(2);
const TIMEOUTS: Timeouts = Timeouts {
    greeting: SPAN,
    another: SPAN,
    command: SPAN,
    behind: SPAN,
    data: SPAN,
    content: SPAN,
    quit: SPAN,
};

fn harmless(words: &str) {
    assert!(words.chars().count() < 400 && !words.contains(char::is_control), "{words}");
    assert!(!words.contains('@'), "{words}");
}

fn told(outcome: &Outcome) {
    match outcome {
        Outcome::Accepted(words) | Outcome::TryLater(words) | Outcome::Refused(words) | Outcome::Unknown(words) => {
            harmless(words);
        }
    }
}

fuzz_target!(|said: &[u8]| {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    tokio::task::LocalSet::new().block_on(&runtime, async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let said = said.to_vec();
        tokio::task::spawn_local(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let said = said.clone();
                tokio::task::spawn_local(async move {
                    // all of it at once: the client takes one answer after the other from it
                    let _ = stream.write_all(&said).await;
                    let _ = stream.shutdown().await;
                    let mut heard = [0; 4096];
                    while let Ok(1..) = stream.read(&mut heard).await {}
                });
            }
        });
        let text = EXAMPLE.replace("localhost:25", &format!("127.0.0.1:{port}"));
        let settings = Config::parse(&text, Path::new("gradpass.toml")).unwrap().mail;
        let clock = Clock::fixed("2026-11-23T15:00:00Z".parse::<Timestamp>().unwrap());
        let client = Client::new(&settings, &clock, TIMEOUTS).unwrap();
        let mut session = match client.connect().await {
            Ok(session) => session,
            Err(ConnectError { words, .. }) => return harmless(&words),
        };
        let sender = Sender { address: settings.from.email.clone(), id: None };
        let recipient = EmailAddress::parse("zaphod@mailbox.example").unwrap();
        match session.offer(&sender, recipient.address()).await {
            Offer::Taken => told(&session.content("Subject: a\r\n\r\n7K2M-9QXT-R4WPH\r\n.\r\nend", None).await),
            Offer::Answered(outcome) => told(&outcome),
            Offer::Lost(words) | Offer::Unheard(words) | Offer::Later(words) | Offer::NotWelcome(words) => harmless(&words),
        }
        session.reset().await;
        session.quit().await;
    });
});
