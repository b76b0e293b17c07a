//! The connection: commands as they are written, replies as they come.
//!
//! The reader is ours: lettre's wants a space behind every code, and a reply may be the code alone (RFC 5321 §4.2). What
//! a reply says is parsed by lettre.

use std::fmt::Display;

use lettre::transport::smtp::response::Response;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

use super::answers::{Failure, text_of};

/// The longest reply that is read, in bytes.
const LONGEST: usize = 64 * 1024;

/// What bytes go over, protected or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {
    /// Lets the other side know at once that what was read has arrived.
    fn acknowledge(&self) {}
}

impl Stream for TcpStream {
    fn acknowledge(&self) {
        // where it cannot be had, it is only slower
        #[cfg(target_os = "linux")]
        let _ = self.set_quickack(true);
    }
}

impl<S: Stream> Stream for TlsStream<S> {
    fn acknowledge(&self) {
        self.get_ref().0.acknowledge();
    }
}

impl Stream for Box<dyn Stream> {
    fn acknowledge(&self) {
        (**self).acknowledge();
    }
}

/// A connection to the relay.
pub(super) struct Connection(BufReader<Box<dyn Stream>>);

impl Connection {
    pub(super) fn new(stream: impl Stream + 'static) -> Self {
        Self(BufReader::new(Box::new(stream)))
    }

    /// What it goes over, to be protected. None where the relay has said more than it was asked: read later, what came
    /// in clear would pass for something said under protection.
    pub(super) fn into_stream(self) -> Option<Box<dyn Stream>> {
        self.0.buffer().is_empty().then(|| self.0.into_inner())
    }

    /// Writes a command, or several in one piece, and reads one reply.
    pub(super) async fn command(&mut self, command: impl Display) -> Result<Response, Failure> {
        self.0.write_all(command.to_string().as_bytes()).await?;
        self.0.flush().await?;
        self.next().await
    }

    /// One more reply to what was written, as a failure where it is a 4xx or 5xx.
    ///
    /// Some relays write each reply of a group by itself, and hold back the second until the first is acknowledged (RFC 896). The
    /// kernel waits 40 ms with that for something to send (RFC 1122 §4.2.3.2), and there is nothing.
    pub(super) async fn reply(&mut self) -> Result<Response, Failure> {
        if self.0.buffer().is_empty() {
            self.0.get_ref().acknowledge();
        }
        self.next().await
    }

    async fn next(&mut self) -> Result<Response, Failure> {
        let mut reply = String::new();
        loop {
            let line = self.line(LONGEST.saturating_sub(reply.len())).await?;
            let (code, rest) = line.split_at_checked(3).ok_or_else(malformed)?;
            if !code.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(malformed());
            }
            reply.push_str(&line);
            if rest.is_empty() {
                reply.push(' ');
            }
            reply.push_str("\r\n");
            if !rest.starts_with('-') {
                break;
            }
        }
        let reply: Response = reply.parse().map_err(|_| malformed())?;
        if reply.is_positive() {
            Ok(reply)
        } else {
            Err(Failure::Reply(reply.code().into(), text_of(&reply)))
        }
    }

    /// A line without its end, of at most so many bytes. What is not UTF-8 in it is some server's language, and nothing
    /// that a code depends on.
    async fn line(&mut self, most: usize) -> Result<String, Failure> {
        let mut line = Vec::new();
        (&mut self.0).take(most as u64).read_until(b'\n', &mut line).await?;
        if line.ends_with(b"\n") {
            Ok(String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned())
        } else if line.len() < most {
            Err(Failure::Lost("the relay closed the connection".into()))
        } else {
            Err(Failure::Lost("an answer that is too long".into()))
        }
    }
}

fn malformed() -> Failure {
    Failure::Lost("an answer that SMTP does not know".into())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use tokio::io::{DuplexStream, duplex};

    use super::*;

    impl Stream for DuplexStream {}

    /// What a relay that says this is understood to say: code and text, or why there is no answer.
    async fn heard(said: &[u8]) -> (u16, String) {
        let (ours, mut relay) = duplex(2 * LONGEST);
        relay.write_all(said).await.unwrap();
        drop(relay);
        match Connection::new(ours).reply().await {
            Ok(reply) => (reply.code().into(), text_of(&reply)),
            Err(Failure::Reply(code, text)) => (code, text),
            Err(Failure::Lost(why)) => (0, why),
        }
    }

    #[tokio::test]
    async fn a_reply_is_whatever_the_standard_lets_it_be() {
        let unknown = (0, "an answer that SMTP does not know");
        let closed = (0, "the relay closed the connection");
        for (said, expected) in [
            (&b"250 ok\r\n"[..], (250, "250 ok")),
            (b"250\r\n", (250, "250")),
            (b"250 \r\n", (250, "250")),
            (b"354\r\n", (354, "354")),
            (b"451\r\n", (451, "451")),
            (b"550\r\n", (550, "550")),
            (b"250-relay.example\r\n250\r\n", (250, "250 relay.example")),
            (b"250-relay.example\r\n250-\r\n250 DSN\r\n", (250, "250 relay.example DSN")),
            (b"550-5.1.1 no\r\n550 5.1.1 such user\r\n", (550, "550 5.1.1 no such user")),
            // not the standard's, and clear all the same
            (b"250 ok\n", (250, "250 ok")),
            (b"550 utilisateur inconnu \xe9\r\n", (550, "550 utilisateur inconnu \u{fffd}")),
            // one reply after another
            (b"250\r\n550\r\n", (250, "250")),
            (b"", closed),
            (b"250", closed),
            (b"250-one\r\n", closed),
            (b"\r\n", unknown),
            (b"25\r\n", unknown),
            (b"hello-there\r\n", unknown),
            (b"2500\r\n", unknown),
            (b"250ok\r\n", unknown),
            (b"650 ok\r\n", unknown),
            (b"250-one\r\n550 two\r\n", unknown),
            (b"250-one\r\n550\r\n", unknown),
            ("25\u{e9}\r\n".as_bytes(), unknown),
        ] {
            let said_as_text = String::from_utf8_lossy(said);
            assert_eq!(heard(said).await, (expected.0, expected.1.to_owned()), "{said_as_text:?}");
        }
    }

    #[tokio::test]
    async fn no_reply_fills_the_memory() {
        for said in ["250 ".to_owned() + &"x".repeat(LONGEST), "250-x\r\n".repeat(LONGEST / 7 + 1)] {
            assert_eq!(heard(said.as_bytes()).await, (0, "an answer that is too long".to_owned()));
        }
    }

    #[tokio::test]
    async fn what_was_said_in_clear_is_not_taken_along() {
        for (said, is_clean) in [(&b"220 go ahead\r\n"[..], true), (b"220 go ahead\r\n250 x\r\n", false)] {
            let (ours, mut relay) = duplex(1024);
            relay.write_all(said).await.unwrap();
            let mut connection = Connection::new(ours);
            assert!(connection.reply().await.is_ok());
            assert_eq!(connection.into_stream().is_some(), is_clean);
        }
    }
}
