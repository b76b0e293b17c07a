//! One SMTP session: what RFC 5321 expects, unless the script says otherwise.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::AsyncWriteExt;
use tokio::net::tcp::OwnedWriteHalf;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::lines::Lines;
use super::{Act, Answers, Delivered, RelayHandle, Step};

/// Whether the session goes on.
pub(super) type Goes = io::Result<bool>;

pub(super) struct Session {
    pub(super) relay: RelayHandle,
    pub(super) lines: Lines,
    pub(super) greeted: bool,
    pub(super) authenticated: bool,
    pub(super) envelope: Option<Envelope>,
    number: usize,
    writer: OwnedWriteHalf,
    /// Answers that are held back.
    unsaid: String,
    refused: bool,
    taken: usize,
}

/// What was said of the next message.
pub(super) struct Envelope {
    pub(super) sender: String,
    pub(super) recipients: Vec<String>,
    pub(super) smtp_utf8: bool,
    pub(super) parameters: [String; 2],
}

/// Counts a connection as open as long as it lives, however the session ends.
struct Open(RelayHandle);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.memory().open -= 1;
    }
}

/// Takes connections until it is aborted; the sessions end with the set that holds them.
pub(super) async fn accept(listener: TcpListener, relay: RelayHandle) {
    let mut sessions = JoinSet::new();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                sessions.spawn(run(stream, relay.clone()));
            }
            Err(error) => {
                // most likely out of file descriptors: give sessions a moment to end
                tracing::warn!(%error, "the stand-in relay could not take a connection");
                crate::sandbox::pause(Duration::from_millis(50)).await;
            }
        }
        while sessions.try_join_next().is_some() {}
    }
}

/// Serves one client until it quits, leaves or is hung up on.
async fn run(stream: TcpStream, relay: RelayHandle) {
    let number = {
        let mut memory = relay.memory();
        memory.connections += 1;
        memory.open += 1;
        memory.peak = memory.peak.max(memory.open);
        memory.connections
    };
    let open = Open(relay.clone());
    let nodelay = stream.set_nodelay(true);
    let (reader, writer) = stream.into_split();
    let mut session = Session {
        relay,
        lines: Lines::new(reader),
        greeted: false,
        authenticated: false,
        envelope: None,
        number,
        writer,
        unsaid: String::new(),
        refused: false,
        taken: 0,
    };
    let served = nodelay.and(session.serve().await);
    drop(open);
    let left = session.leave().await;
    if let Err(error) = served.and(left) {
        tracing::debug!(session = number, %error, "the client of the stand-in relay broke off");
    }
}

impl Session {
    async fn serve(&mut self) -> io::Result<()> {
        let mut welcome = false;
        let greeting = "220 sandbox.invalid ESMTP gradpass stand-in";
        let mut goes = self.step(Step::Connect, "", greeting, |_| welcome = true).await?;
        self.refused = !welcome;
        while goes {
            goes = match self.lines.command().await? {
                None => false,
                Some(Err(refusal)) => self.say(refusal).await?,
                Some(Ok(line)) => self.command(&line).await?,
            };
        }
        Ok(())
    }

    async fn command(&mut self, line: &str) -> Goes {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let verb = verb.to_ascii_uppercase();
        let rest = rest.trim();
        if verb != "AUTH" {
            // what AUTH carries is a password, it keeps its own notes
            self.note(line);
        }
        match verb.as_str() {
            "QUIT" => self.step(Step::Quit, "", "221 2.0.0 goodbye", |_| {}).await.map(|_| false),
            _ if self.refused => self.say("503 5.5.1 only QUIT is left to say").await,
            "EHLO" | "HELO" | "LHLO" => self.hello(&verb, rest).await,
            "AUTH" => self.auth(rest).await,
            "MAIL" => self.mail(rest).await,
            "RCPT" => self.recipient(rest).await,
            "DATA" => self.data().await,
            "RSET" => {
                self.step(Step::Reset, "", "250 2.0.0 forgotten", |session| session.envelope = None).await
            }
            "NOOP" => self.say("250 2.0.0 still here").await,
            "VRFY" => self.say("252 2.5.0 send some mail and see").await,
            _ => self.say("500 5.5.2 command not known").await,
        }
    }

    async fn data(&mut self) -> Goes {
        if self.envelope.as_ref().is_none_or(|envelope| envelope.recipients.is_empty()) {
            return self.say("503 5.5.1 a recipient first").await;
        }
        let mut proceed = false;
        let goes =
            self.step(Step::Data, "", "354 end with a dot on a line of its own", |_| proceed = true).await?;
        if !(goes && proceed) {
            return Ok(goes);
        }
        let content = self.lines.content(self.relay.0.settings.size).await?;
        let (Some(content), Some(envelope)) = (content, self.envelope.take()) else {
            return Ok(false);
        };
        let data = match content {
            Ok(data) => data,
            Err(refusal) => return self.say(refusal).await,
        };
        let answer = format!("250 2.0.0 queued as SANDBOX-{}-{}", self.number, self.taken + 1);
        let argument = envelope.recipients.join(" ");
        self.step(Step::Content, &argument, &answer, |session| {
            let Envelope { sender, recipients: recipient, parameters, .. } = envelope;
            session.taken += 1;
            let delivered = Delivered { sender, recipient, parameters, data, session: session.number };
            session.relay.memory().messages.push(Arc::new(delivered));
        })
        .await
    }

    /// Lets the script decide; `effect` is what the step does to the session once the answer is a positive one.
    pub(super) async fn step(
        &mut self,
        step: Step,
        argument: &str,
        answer: &str,
        effect: impl FnOnce(&mut Self) + Send,
    ) -> Goes {
        let act = self.relay.decide(step, self.number, argument);
        if let Act::Wait(span) = act {
            crate::sandbox::pause(span).await;
        }
        let answer = match &act {
            Act::Accept | Act::Wait(_) | Act::HangUpAfterAccepting => answer,
            Act::Reply(text) => text.as_str(),
            Act::HangUp => return Ok(false),
            Act::Silence => {
                self.say_all().await?;
                return self.lines.drain().await.map(|()| false);
            }
        };
        if answer.starts_with(if step == Step::Data { '3' } else { '2' }) {
            effect(self);
        }
        if act == Act::HangUpAfterAccepting { Ok(false) } else { self.say(answer).await }
    }

    pub(super) async fn say(&mut self, answer: &str) -> Goes {
        let settings = &self.relay.0.settings;
        let has_more = self.lines.has_more();
        let answer =
            if has_more && !settings.pipelining { "421 5.5.0 answers are to be waited for" } else { answer };
        if settings.answers == Answers::Bare {
            self.unsaid.push_str(&bare(answer));
        } else {
            self.unsaid.push_str(answer);
        }
        self.unsaid.push_str("\r\n");
        if !(has_more && settings.answers == Answers::Together) {
            self.say_all().await?;
        }
        Ok(!answer.starts_with("421"))
    }

    /// Sends the answers that are held back.
    async fn say_all(&mut self) -> io::Result<()> {
        let unsaid = std::mem::take(&mut self.unsaid);
        self.relay.memory().writes += usize::from(!unsaid.is_empty());
        if self.relay.0.settings.answers == Answers::InPieces {
            for byte in unsaid.as_bytes() {
                self.writer.write_all(std::slice::from_ref(byte)).await?;
                tokio::task::yield_now().await;
            }
            return Ok(());
        }
        self.writer.write_all(unsaid.as_bytes()).await
    }

    /// Closes so that the client still gets what was said: a connection that is closed over unread commands is reset,
    /// and what is on its way is lost.
    async fn leave(mut self) -> io::Result<()> {
        self.say_all().await?;
        self.writer.shutdown().await?;
        self.lines.drain().await
    }

    pub(super) fn note(&self, line: &str) {
        self.relay.memory().commands.push(format!("{} {line}", self.number));
    }
}

/// The same answer with the code alone in its last line; what several lines say is kept.
fn bare(answer: &str) -> String {
    let (before, last) = answer.rsplit_once("\r\n").map_or(("", answer), |(before, last)| (before, last));
    let (code, text) = (last.get(..3).unwrap_or(last), last.get(4..).unwrap_or_default());
    if before.is_empty() { code.to_owned() } else { format!("{before}\r\n{code}-{text}\r\n{code}") }
}
