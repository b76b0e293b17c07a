#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::{Act, Relay, Script, Settings, Step, healthy, script};

/// Says everything at once, as a pipelining client may, and hears the relay out.
async fn converse(relay: &Relay, lines: &str) -> String {
    let mut stream = TcpStream::connect(relay.address()).await.unwrap();
    stream.write_all(lines.replace('\n', "\r\n").as_bytes()).await.unwrap();
    stream.shutdown().await.unwrap();
    let mut heard = Vec::new();
    // a relay that hangs up on unread commands resets the connection
    let _ = timeout(Duration::from_secs(5), stream.read_to_end(&mut heard)).await.unwrap();
    String::from_utf8(heard).unwrap()
}

/// The first three characters of each answer's last line.
fn codes(heard: &str) -> Vec<&str> {
    heard.lines().filter(|line| line.as_bytes().get(3) == Some(&b' ')).map(|line| &line[..3]).collect()
}

async fn relay_with(script: Script) -> Relay {
    Relay::start(script).await.unwrap()
}

const ONE_MESSAGE: &str =
    "EHLO t\nMAIL FROM:<u@a.example>\nRCPT TO:<g@b.example>\nDATA\nSubject: x\n\n..dot\n.\nQUIT\n";

#[tokio::test]
async fn pipelined_message_is_kept_without_its_stuffing() {
    let relay = relay_with(healthy()).await;
    let heard = converse(&relay, ONE_MESSAGE).await;
    assert_eq!(codes(&heard), ["220", "250", "250", "250", "354", "250", "221"]);
    let messages = relay.messages();
    assert_eq!(messages[0].data, b"Subject: x\r\n\r\n.dot\r\n");
    assert_eq!(
        (messages[0].sender.as_str(), messages[0].recipient.join(",").as_str()),
        ("u@a.example", "g@b.example")
    );
    assert_eq!(relay.commands()[2], "1 RCPT TO:<g@b.example>");
}

#[tokio::test]
async fn each_act_does_what_it_says() {
    let reply = |text: &str| Act::Reply(text.to_owned());
    for (step, act, expected, kept) in [
        (Step::Connect, reply("554 no"), vec!["220", "554", "503", "503"], 0),
        (Step::Connect, Act::HangUp, vec![], 0),
        (Step::Ehlo, reply("250-a\r\n250 b"), vec!["220", "250", "250", "250", "354", "250", "221"], 1),
        (Step::Mail, reply("421 4.3.2 closing"), vec!["220", "250", "421"], 0),
        (Step::Recipient, reply("550 5.1.1 who?"), vec!["220", "250", "250", "550", "503", "500"], 0),
        (Step::Data, reply("451 later"), vec!["220", "250", "250", "250", "451", "500"], 0),
        (Step::Content, reply("451 later"), vec!["220", "250", "250", "250", "354", "451", "221"], 0),
        (Step::Content, Act::HangUp, vec!["220", "250", "250", "250", "354"], 0),
        (Step::Content, Act::HangUpAfterAccepting, vec!["220", "250", "250", "250", "354"], 1),
        (Step::Content, Act::Silence, vec!["220", "250", "250", "250", "354"], 0),
        (
            Step::Content,
            Act::Wait(Duration::from_millis(5)),
            vec!["220", "250", "250", "250", "354", "250", "221"],
            1,
        ),
    ] {
        let chosen = act.clone();
        let relay =
            relay_with(script(move |moment| if moment.step == step { chosen.clone() } else { Act::Accept }))
                .await;
        let heard = converse(&relay, ONE_MESSAGE).await;
        let skip = usize::from(step == Step::Connect);
        let heard = codes(&heard);
        assert!(heard.starts_with(&expected[skip.min(expected.len())..]), "{step:?} {act:?}: {heard:?}");
        assert_eq!(relay.messages().len(), kept, "{step:?} {act:?}");
    }
}

#[tokio::test]
async fn credentials_are_asked_for_and_never_written_down() {
    let settings = Settings { credentials: Some(("user".into(), "word".into())), ..Settings::default() };
    let relay = Relay::start_with(settings, healthy()).await.unwrap();
    let heard = converse(
        &relay,
        "EHLO t\nMAIL FROM:<u@a.example>\nAUTH PLAIN AHVzZXIAd3Jvbmc=\nAUTH PLAIN\nAHVzZXIAd29yZA==\nMAIL FROM:<>\nQUIT\n",
    )
    .await;
    assert_eq!(codes(&heard), ["220", "250", "530", "535", "334", "235", "250", "221"]);
    let heard = converse(&relay, "EHLO t\nAUTH LOGIN\ndXNlcg==\nd29yZA==\nQUIT\n").await;
    assert_eq!(codes(&heard), ["220", "250", "334", "334", "235", "221"]);
    let heard = converse(&relay, "EHLO t\nAUTH LOGIN dXNlcg==\nd29yZA==\nQUIT\n").await;
    assert_eq!(codes(&heard), ["220", "250", "334", "235", "221"]);
    let noted = relay.commands().join("\n");
    assert!(noted.contains("1 AUTH PLAIN ***"), "{noted}");
    assert!(!noted.contains("d29yZA"), "{noted}");
}

#[tokio::test]
async fn bounds_and_order_are_kept() {
    let relay = relay_with(healthy()).await;
    let long = "x".repeat(5000);
    let heard =
        converse(&relay, &format!("{long}\nMAIL FROM:<u@a.example>\nEHLO t\nRCPT TO:<g@b.example>\nQUIT\n"))
            .await;
    assert_eq!(codes(&heard), ["220", "500", "503", "250", "503", "221"]);
    let large = format!("{}\n", "y".repeat(900)).repeat(1200);
    let before_dot = "EHLO t\nMAIL FROM:<u@a.example>\nRCPT TO:<g@b.example>\nDATA\n";
    for (content, code) in [(large.as_str(), "552"), (long.as_str(), "554"), ("lone\rreturn", "550")] {
        let heard = converse(&relay, &format!("{before_dot}{content}\n.\nQUIT\n")).await;
        assert_eq!(codes(&heard)[5..], [code, "221"]);
    }
    assert!(relay.messages().is_empty());
}

#[tokio::test]
async fn connections_are_counted_and_end_with_the_relay() {
    let relay = relay_with(healthy()).await;
    let mut first = TcpStream::connect(relay.address()).await.unwrap();
    let mut second = TcpStream::connect(relay.address()).await.unwrap();
    let mut byte = [0];
    first.read_exact(&mut byte).await.unwrap();
    second.read_exact(&mut byte).await.unwrap();
    let handle = relay.handle();
    assert_eq!((handle.connections(), handle.peak_connections()), (2, 2));
    drop(relay);
    timeout(Duration::from_secs(5), second.read_to_end(&mut Vec::new())).await.unwrap().unwrap();
    assert!(TcpStream::connect(handle.address()).await.is_err());
}
