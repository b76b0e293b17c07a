#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::serve;
use crate::sandbox::relay::{Relay, healthy};

const MESSAGE: &str = "From: =?utf-8?q?Universit=C3=A4t?= <u@a.example>\nTo: <g@b.example>\n\
    Subject: =?utf-8?b?PHNjcmlwdD4gw6Qg5LiW?=\nMIME-Version: 1.0\n\
    Content-Type: multipart/alternative; boundary=\"b1\"\n\n--b1\n\
    Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nZo=C3=AB <b>\n\
    --b1\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
    PCFkb2N0eXBlIGh0bWw+PGh0bWw+PGhlYWQ+PHRpdGxlPng8L3RpdGxlPjwvaGVhZD48cD5ab8OrPC9wPg==\n--b1--\n";

async fn get(address: std::net::SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream
        .write_all(format!("GET {path} HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn a_message_is_shown_decoded_and_harmless() {
    let relay = Relay::start(healthy()).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let inbox = tokio::spawn(serve(listener, relay.handle()));
    assert!(get(address, "/").await.contains("Nothing has arrived yet"));

    let mut stream = TcpStream::connect(relay.address()).await.unwrap();
    let session = format!("EHLO t\nMAIL FROM:<u@a.example>\nRCPT TO:<g@b.example>\nDATA\n{MESSAGE}.\nQUIT\n");
    stream.write_all(session.replace('\n', "\r\n").as_bytes()).await.unwrap();
    stream.read_to_string(&mut String::new()).await.unwrap();

    let list = get(address, "/").await;
    assert!(list.contains("&lt;script&gt; ä 世") && list.contains("1 · to g@b.example"), "{list}");
    let shown = get(address, "/message/1").await;
    assert!(shown.contains("Universität &lt;u@a.example&gt;"), "{shown}");
    assert!(
        shown.contains("srcdoc=\"&lt;!doctype html&gt;&lt;html&gt;&lt;head&gt;&lt;base target="),
        "{shown}"
    );
    assert!(shown.contains("<pre dir=\"auto\" tabindex=\"0\">Zoë &lt;b&gt;</pre>"), "{shown}");
    let raw = get(address, "/message/1/raw").await;
    assert!(
        raw.contains("content-type: text/plain") && raw.ends_with(&MESSAGE.replace('\n', "\r\n")),
        "{raw}"
    );
    for path in ["/message/0", "/message/2", "/message/x", "/elsewhere"] {
        assert!(get(address, path).await.starts_with("HTTP/1.1 404"), "{path}");
    }
    inbox.abort();
}
