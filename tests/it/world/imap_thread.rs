//! The stand-in IMAP server beside the test: one mailbox, and something that goes wrong at the n-th answer.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

pub const USER: &str = "bounces@northfield.example";
pub const PASSWORD: &str = r#"right "mailbox\password"#;

/// What becomes of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is done, and the connection ends.
    CutBefore,
    /// It is done, and the connection ends without an answer.
    CutAfter,
    /// It is done, and the connection ends in the middle of the answer.
    Half,
    /// Nothing is done.
    No,
    /// The same, for a while (RFC 5530).
    NotNow,
    /// Nothing is done: the server does not understand.
    Bad,
    /// Nothing is done, and the server says goodbye.
    Bye,
    /// Nothing is done or said.
    Silence,
    /// Nothing is done, and these bytes come, then the end.
    Says(Vec<u8>),
}

/// A message, by its UID.
#[derive(Debug, Clone)]
pub struct Stored {
    pub uid: u32,
    pub bytes: Vec<u8>,
    pub flags: Vec<String>,
}

/// What the server has and does.
pub struct State {
    pub messages: Vec<Stored>,
    /// What the client said, logins left out.
    pub heard: Vec<String>,
    /// Beside `IMAP4rev1`.
    pub capabilities: &'static str,
    /// What may be changed in the mailbox, and how it opens.
    pub flags: &'static str,
    pub opens: &'static str,
    /// Answers so far: the greeting, then one a command.
    pub answers: usize,
    pub fault: Option<(usize, Fault)>,
    /// Messages that it cannot read itself.
    pub lost: Vec<u32>,
    is_over: bool,
}

/// The server.
pub struct ImapThread {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
    thread: Option<JoinHandle<()>>,
}

impl ImapThread {
    /// With these messages, all unread, from UID 11 on.
    pub fn start(messages: impl IntoIterator<Item = Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let stored = |(uid, bytes)| Stored { uid, bytes, flags: Vec::new() };
        let state = State {
            messages: (11..).zip(messages).map(stored).collect(),
            heard: Vec::new(),
            capabilities: "AUTH=PLAIN SASL-IR",
            flags: r"\Answered \Flagged \Seen \*",
            opens: "READ-WRITE",
            answers: 0,
            fault: None,
            lost: Vec::new(),
            is_over: false,
        };
        let state = Arc::new(Mutex::new(state));
        let shared = Arc::clone(&state);
        let thread = thread::spawn(move || {
            for stream in listener.incoming() {
                if shared.lock().unwrap().is_over {
                    return;
                }
                let shared = Arc::clone(&shared);
                // a client that goes away ends it
                thread::spawn(move || serve(stream.unwrap(), &shared));
            }
        });
        Self { address, state, thread: Some(thread) }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// Its mailbox, as a configuration has it.
    pub fn url(&self) -> String {
        format!("imap://{USER}@{}/INBOX", self.address)
    }

    /// The flags of each message, in order.
    pub fn flags(&self) -> Vec<String> {
        self.state().messages.iter().map(|message| message.flags.join(" ")).collect()
    }
}

impl Drop for ImapThread {
    fn drop(&mut self) {
        self.state().is_over = true;
        let _ = TcpStream::connect(self.address);
        // nobody listens there any more when this returns
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(ended.is_none_or(|ended| ended.is_ok()) || thread::panicking());
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut lines = BufReader::new(stream.try_clone().ok()?);
    let mut stream = stream;
    let mut command = None;
    loop {
        let mut line = String::new();
        if command.is_some() && lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let (tag, rest) = match line.trim_end().split_once(' ') {
            Some((tag, rest)) => (tag.to_owned(), rest.to_owned()),
            None => ("*".to_owned(), String::new()),
        };
        let is_secret = rest.starts_with("LOGIN") || rest.starts_with("AUTHENTICATE");
        let fault = {
            let mut state = state.lock().unwrap();
            state.heard.push(if is_secret { "a login".to_owned() } else { rest.clone() });
            state.answers += 1;
            let at = state.answers - 1;
            state.fault.take_if(|(wanted, _)| *wanted == at).map(|(_, fault)| fault)
        };
        let instead = |words: &str| Some(format!("{tag} {words} of {USER}\r\n").into_bytes());
        let instead = match &fault {
            Some(Fault::CutBefore) => return None,
            Some(Fault::Silence) => {
                // until the client goes
                let _ = lines.read_line(&mut line);
                return None;
            }
            Some(Fault::Says(bytes)) => {
                stream.write_all(bytes).ok()?;
                return None;
            }
            Some(Fault::No) => instead("NO because"),
            Some(Fault::NotNow) => instead("NO [UNAVAILABLE] because"),
            Some(Fault::Bad) => instead("BAD because"),
            Some(Fault::Bye) => {
                stream.write_all(b"* BYE for now\r\n").ok()?;
                return None;
            }
            _ => None,
        };
        let answer = match instead {
            Some(instead) => instead,
            None if command.is_none() => b"* OK [ALERT] r\xc3\xa9ady\r\n".to_vec(),
            None => {
                let mut more = || {
                    stream.write_all(b"+ \r\n").ok()?;
                    let mut line = String::new();
                    lines.read_line(&mut line).ok()?;
                    Some(line.trim_end().to_owned())
                };
                done(&mut state.lock().unwrap(), &tag, &rest, &mut more)?
            }
        };
        match fault {
            Some(Fault::CutAfter) => return None,
            Some(Fault::Half) => {
                stream.write_all(&answer[..answer.len() / 2]).ok()?;
                return None;
            }
            _ => stream.write_all(&answer).ok()?,
        }
        command = Some(rest);
    }
}

/// Carries out a command.
fn done(
    state: &mut State,
    tag: &str,
    command: &str,
    more: &mut dyn FnMut() -> Option<String>,
) -> Option<Vec<u8>> {
    let mut answer = Vec::new();
    let mut ends = "OK done";
    let words: Vec<_> = command.splitn(4, ' ').collect();
    match words.as_slice() {
        ["CAPABILITY"] => {
            write!(answer, "* CAPABILITY IMAP4rev1 {}\r\n", state.capabilities).ok()?;
        }
        ["AUTHENTICATE", "PLAIN", at_once @ ..] => {
            let said = match at_once {
                [said] => (*said).to_owned(),
                _ => more()?,
            };
            if said != BASE64_STANDARD.encode(format!("\0{USER}\0{PASSWORD}")) {
                ends = "NO [AUTHENTICATIONFAILED] not bounces@northfield.example";
            }
        }
        ["LOGIN", ..] => {
            let escaped = PASSWORD.replace('\\', r"\\").replace('"', "\\\"");
            if command != format!("LOGIN \"{USER}\" \"{escaped}\"") {
                ends = "NO not bounces@northfield.example";
            }
        }
        ["SELECT", "\"INBOX\""] => {
            write!(answer, "* {} EXISTS\r\n* FLAGS (\\Seen)\r\n", state.messages.len()).ok()?;
            write!(answer, "* OK [PERMANENTFLAGS ({})] limited\r\n", state.flags).ok()?;
            write!(answer, "{tag} OK [{}] done\r\n", state.opens).ok()?;
            return Some(answer);
        }
        ["SELECT", ..] => ends = "NO [NONEXISTENT] none",
        ["UID", "SEARCH", "UNSEEN"] => {
            let is_unread = |message: &&Stored| !message.flags.iter().any(|flag| flag == "\\Seen");
            write!(answer, "* SEARCH").ok()?;
            for message in state.messages.iter().filter(is_unread) {
                write!(answer, " {}", message.uid).ok()?;
            }
            write!(answer, "\r\n").ok()?;
        }
        ["UID", "FETCH", set, "(UID RFC822.SIZE)"] => {
            for (number, message) in state.asked(set) {
                let (uid, size) = (message.uid, message.bytes.len());
                write!(answer, "* {number} FETCH (UID {uid} RFC822.SIZE {size})\r\n").ok()?;
            }
        }
        ["UID", "FETCH", set, what] => {
            let most = what.strip_prefix("(UID BODY.PEEK[]<0.")?.strip_suffix(">)")?.parse().ok()?;
            for (number, message) in state.asked(set) {
                if state.lost.contains(&message.uid) {
                    ends = "NO [SERVERBUG] it is gone";
                    break;
                }
                let bytes = &message.bytes[..message.bytes.len().min(most)];
                // what the server has to tell comes in between
                write!(answer, "* {number} FETCH (FLAGS (\\Recent))\r\n* OK still here\r\n").ok()?;
                write!(answer, "* {number} FETCH (UID {} BODY[]<0> {{{}}}\r\n", message.uid, bytes.len())
                    .ok()?;
                answer.extend(bytes);
                write!(answer, ")\r\n").ok()?;
            }
        }
        ["UID", "STORE", set, flags] => {
            let flags = flags.strip_prefix("+FLAGS.SILENT (")?.strip_suffix(')')?.to_owned();
            let uids: Vec<u32> = state.asked(set).map(|(_, message)| message.uid).collect();
            for message in state.messages.iter_mut().filter(|message| uids.contains(&message.uid)) {
                message.flags = flags.split(' ').map(ToOwned::to_owned).collect();
            }
        }
        ["LOGOUT"] => write!(answer, "* BYE\r\n").ok()?,
        _ => ends = "BAD what?",
    }
    write!(answer, "{tag} {ends}\r\n").ok()?;
    Some(answer)
}

impl State {
    fn asked<'a>(&'a self, set: &str) -> impl Iterator<Item = (usize, &'a Stored)> + use<'a> {
        let uids: Vec<u32> = set.split(',').map(|uid| uid.parse().unwrap()).collect();
        (1..).zip(&self.messages).filter(move |(_, message)| uids.contains(&message.uid))
    }
}
