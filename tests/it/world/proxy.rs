//! Stands between gradpass and PostgreSQL, and reads along (PostgreSQL's documentation, Frontend/Backend Protocol, Message
//! Formats) far enough to see each statement and each commit pass: there the plan of a scenario cuts the connection, before the server sees it
//! or after it stood.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread::{self, JoinHandle};

use tempfile::TempDir;

use crate::scenario::fault_plan::{Commit, FaultPlan, Line};

/// The name of the socket of port 5432 in its folder.
const SOCKET: &str = ".s.PGSQL.5432";

/// What such a wish holds in place of a version.
const SSL_REQUEST: [u8; 4] = 80_877_103_u32.to_be_bytes();

/// A proxy at work; ends with this.
pub struct Proxy {
    folder: TempDir,
    is_over: Arc<AtomicBool>,
    listens: Option<JoinHandle<()>>,
}

impl Proxy {
    /// Before the server whose socket stands in this folder.
    pub fn start(server: &Path, faults: Arc<FaultPlan>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let (is_over, server) = (Arc::new(AtomicBool::new(false)), server.join(SOCKET));
        let over = Arc::clone(&is_over);
        let listens = thread::spawn(move || {
            for client in listener.incoming() {
                if over.load(SeqCst) {
                    return;
                }
                let (server, faults) = (server.clone(), Arc::clone(&faults));
                let client = client.unwrap();
                thread::spawn(move || carry(&client, &server, &faults));
            }
        });
        Self { folder, is_over, listens: Some(listens) }
    }

    /// The folder of its socket.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, SeqCst);
        // it looks up
        let woken = UnixStream::connect(self.folder.path().join(SOCKET));
        if let (Ok(_), Some(listens)) = (woken, self.listens.take()) {
            let _ = listens.join();
        }
    }
}

/// One connection, until either side ends it. It counts as open until the server has done with it.
fn carry(client: &UnixStream, server: &Path, faults: &FaultPlan) {
    let held = faults.held();
    if held.is_some() && faults.is_away() {
        return;
    }
    let server = UnixStream::connect(server).unwrap();
    let is_unheard = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            // whoever is gone has been told by the end of the connection
            let _ = answers(&server, client, &is_unheard);
            let _ = client.shutdown(Shutdown::Both);
        });
        let plan = held.as_ref().map(|_| faults);
        if asks(client, &server, plan, &is_unheard).unwrap_or(Line::IsCut) == Line::IsCut {
            let _ = client.shutdown(Shutdown::Both);
        }
        let _ = server.shutdown(Shutdown::Write);
    });
}

/// What the server says, until a commit of which nobody is to hear: its answer ends with "ready for query".
fn answers(mut server: &UnixStream, mut client: &UnixStream, is_unheard: &AtomicBool) -> io::Result<()> {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let read = server.read(&mut bytes)?;
        if read == 0 {
            return Ok(());
        }
        if !is_unheard.load(SeqCst) {
            // one that hears no more does not keep the server from its end
            let _ = client.write_all(&bytes[..read]);
        } else if bytes[..read].ends_with(b"Z\0\0\0\x05I") {
            client.shutdown(Shutdown::Both)?;
        }
    }
}

/// What gradpass says.
fn asks(
    mut client: &UnixStream,
    mut server: &UnixStream,
    plan: Option<&FaultPlan>,
    is_unheard: &AtomicBool,
) -> io::Result<Line> {
    let mut commits = HashSet::new();
    // the first message has no kind, and neither has a wish for encryption in front of it
    let mut message = length_and_rest(client, Vec::new())?;
    while message[4..] == SSL_REQUEST {
        server.write_all(&message)?;
        message = length_and_rest(client, Vec::new())?;
    }
    loop {
        server.write_all(&message)?;
        let mut kind = [0];
        if client.read(&mut kind)? == 0 {
            return Ok(Line::Holds);
        }
        message = length_and_rest(client, kind.to_vec())?;
        let Some(plan) = plan else { continue };
        let is_commit = match message[0] {
            // Parse: the name of a statement, and its text
            b'P' => {
                let mut texts = message[5..].split(|byte| *byte == 0);
                let (name, text) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
                if text == b"COMMIT" {
                    commits.insert(name.to_vec());
                } else {
                    commits.remove(name);
                }
                continue;
            }
            // Bind: the name of a portal, and of its statement
            b'B' => commits.contains(message[5..].split(|byte| *byte == 0).nth(1).unwrap_or_default()),
            // Query
            b'Q' => message[5..].starts_with(b"COMMIT"),
            _ => continue,
        };
        if plan.states() == Line::IsCut {
            return Ok(Line::IsCut);
        }
        if is_commit {
            match plan.commits() {
                Commit::Stands => {}
                Commit::Fails => return Ok(Line::IsCut),
                Commit::IsUnknown => is_unheard.store(true, SeqCst),
            }
        }
    }
}

/// Adds the rest of a message to what is read of it: its length, which counts itself, and as many bytes.
fn length_and_rest(mut client: &UnixStream, mut message: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut length = [0; 4];
    client.read_exact(&mut length)?;
    message.extend(length);
    let rest = u32::from_be_bytes(length) - 4;
    client.take(u64::from(rest)).read_to_end(&mut message)?;
    Ok(message)
}
