//! The wire of IMAP (RFC 3501): TLS, one response after the other, no longer than what was asked for, and a command with all
//! that is answered to it. The grammar is `imap-proto`'s.

use std::io;
use std::sync::Arc;

use imap_proto::{Outcome, Response, ResponseCode, Status};
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use rustls_platform_verifier::ConfigVerifierExt;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;

use crate::bounce::report::LARGEST;
use crate::config::MailboxUrl;

/// So long is a line with the numbers of a million messages, in bytes.
const LONGEST_LINE: u64 = 8 * 1024 * 1024;

/// What is asked for here is not nested deeper; the grammar would follow a server to any depth.
const DEEPEST: usize = 16;

/// Codes of what passes by itself (RFC 5530 §3).
const FOR_A_WHILE: [&str; 4] = ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"];

/// Why there is no answer, and no connection any more.
pub(super) struct Lost(pub(super) String);

impl From<io::Error> for Lost {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self("the server ended the connection".to_owned()),
            _ => Self(error.to_string()),
        }
    }
}

/// How a command ended. The server's words are not kept: they may name a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    /// It was carried out.
    Yes,
    /// The same, and the mailbox that it opened cannot be changed.
    ReadOnly,
    /// It was not, which will pass, as the server says itself (RFC 5530).
    NotNow,
    /// It was not.
    No,
}

trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

pub(super) struct Connection {
    stream: BufReader<Box<dyn Stream>>,
    /// Commands so far.
    commands: u32,
}

impl Connection {
    pub(super) async fn open(url: &MailboxUrl) -> Result<Self, Lost> {
        let stream = TcpStream::connect((url.host.as_str(), url.port)).await?;
        stream.set_nodelay(true)?;
        let stream: Box<dyn Stream> = if url.is_encrypted {
            let tls = |error: &dyn std::fmt::Display| Lost(format!("TLS cannot be set up: {error}"));
            let config = ClientConfig::with_platform_verifier().map_err(|error| tls(&error))?;
            let name = ServerName::try_from(url.host.clone()).map_err(|error| tls(&error))?;
            let connector = TlsConnector::from(Arc::new(config));
            Box::new(connector.connect(name, stream).await.map_err(|error| tls(&error))?)
        } else {
            Box::new(stream)
        };
        Ok(Self { stream: BufReader::new(stream), commands: 0 })
    }

    /// What the server says before it is asked: whether it knows us already, as it may by other means than a login.
    pub(super) async fn greeting(&mut self) -> Result<bool, Lost> {
        match parse(&self.response().await?) {
            Some(Response::Data { status: Status::Ok, .. }) => Ok(false),
            Some(Response::Data { status: Status::PreAuth, .. }) => Ok(true),
            Some(Response::Data { status: Status::Bye, .. }) => Err(goodbye()),
            _ => Err(Lost("what answers is no IMAP server".to_owned())),
        }
    }

    /// Sends a command, what belongs `behind` it once the server asks for that, and hears all that it answers; none is an
    /// answer that the grammar does not know.
    pub(super) async fn command(
        &mut self,
        command: &str,
        mut behind: Option<&str>,
        mut hear: impl FnMut(Option<Response<'_>>),
    ) -> Result<Done, Lost> {
        self.commands += 1;
        let tag = format!("g{}", self.commands);
        self.write(&format!("{tag} {command}\r\n")).await?;
        loop {
            let response = self.response().await?;
            match parse(&response) {
                Some(Response::Done { tag: of, status, outcome }) if of.0 == tag => {
                    return Ok(done(&status, &outcome));
                }
                Some(Response::Data { status: Status::Bye, .. }) => return Err(goodbye()),
                Some(Response::Continue(_)) => {
                    // whatever else it wants to know: nothing
                    let line = behind.take().unwrap_or("*");
                    self.write(&format!("{line}\r\n")).await?;
                }
                response => hear(response),
            }
        }
    }

    async fn write(&mut self, text: &str) -> Result<(), Lost> {
        self.stream.write_all(text.as_bytes()).await?;
        Ok(self.stream.flush().await?)
    }

    /// One response: a line, and in data about a message the literals that its lines announce.
    async fn response(&mut self) -> Result<Vec<u8>, Lost> {
        let mut bytes = Vec::new();
        let mut nested = 0;
        loop {
            let start = bytes.len();
            (&mut self.stream).take(LONGEST_LINE).read_until(b'\n', &mut bytes).await?;
            let line = &bytes[start..];
            if !line.ends_with(b"\n") {
                let is_long = line.len() as u64 == LONGEST_LINE;
                return Err(if is_long {
                    unasked()
                } else {
                    io::Error::from(io::ErrorKind::UnexpectedEof).into()
                });
            }
            if !is_about_a_message(&bytes) {
                // words for people, which the grammar's parser cuts as if they were ASCII
                bytes.iter_mut().filter(|byte| !byte.is_ascii()).for_each(|byte| *byte = b'?');
                return Ok(bytes);
            }
            nested += memchr::memchr_iter(b'(', line).count();
            let length = literal(line);
            if nested > DEEPEST
                || length.is_some_and(|length| length.saturating_add(bytes.len()) > 2 * LARGEST)
            {
                return Err(unasked());
            }
            let Some(length) = length else { return Ok(bytes) };
            let start = bytes.len();
            bytes.resize(start + length, 0);
            self.stream.read_exact(&mut bytes[start..]).await?;
        }
    }
}

fn parse(response: &[u8]) -> Option<Response<'_>> {
    Response::parse(response).ok().map(|(_, response)| response)
}

/// `* 12 FETCH …`
fn is_about_a_message(response: &[u8]) -> bool {
    response.strip_prefix(b"* ").and_then(<[u8]>::first).is_some_and(u8::is_ascii_digit)
}

/// How many bytes follow a line that ends in `{12}`.
fn literal(line: &[u8]) -> Option<usize> {
    let line = line.strip_suffix(b"}\r\n")?;
    let digits = &line[line.iter().rposition(|byte| *byte == b'{')? + 1..];
    std::str::from_utf8(digits).ok()?.parse().ok()
}

fn done(status: &Status, outcome: &Outcome<'_>) -> Done {
    let words = outcome.information.as_deref().unwrap_or_default();
    let code = words.strip_prefix('[').and_then(|words| words.split([']', ' ']).next()).unwrap_or_default();
    match (status, &outcome.code) {
        (Status::Ok, Some(ResponseCode::ReadOnly)) => Done::ReadOnly,
        (Status::Ok, _) => Done::Yes,
        _ if FOR_A_WHILE.iter().any(|known| known.eq_ignore_ascii_case(code)) => Done::NotNow,
        _ => Done::No,
    }
}

fn goodbye() -> Lost {
    Lost("the server ends the connection (BYE)".to_owned())
}

fn unasked() -> Lost {
    Lost("the server answers with more than it was asked for".to_owned())
}
