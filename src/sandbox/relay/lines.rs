//! Reads commands and message content, never more than a bounded amount of either.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::net::tcp::OwnedReadHalf;

/// The longest command line, with its line end.
const COMMAND_LIMIT: usize = 2 * 1024;
/// The longest line of a message, with its line end (RFC 5321, 4.5.3.1.6).
const TEXT_LINE_LIMIT: usize = 1000;

/// One line as it came, its line end included.
struct Line {
    bytes: Vec<u8>,
    too_long: bool,
}

/// What was read, or the answer that refuses it.
pub(super) type Heard<T> = Result<T, &'static str>;

/// The reading side of a session.
pub(super) struct Lines(BufReader<OwnedReadHalf>);

impl Lines {
    pub(super) fn new(half: OwnedReadHalf) -> Self {
        Self(BufReader::new(half))
    }

    /// Whether something has come already that was not read yet.
    pub(super) fn has_more(&self) -> bool {
        !self.0.buffer().is_empty()
    }

    /// The next command without its line end; `None` when the client has left.
    pub(super) async fn command(&mut self) -> io::Result<Option<Heard<String>>> {
        let Some(line) = self.line(COMMAND_LIMIT).await? else {
            return Ok(None);
        };
        if line.too_long {
            return Ok(Some(Err("500 5.5.2 command line too long")));
        }
        let text = String::from_utf8(line.bytes).map_err(|_| "500 5.5.2 command line is not UTF-8");
        Ok(Some(text.map(|text| text.trim_end_matches(['\r', '\n']).to_owned())))
    }

    /// A message up to its final dot, stuffed dots removed, of at most so many bytes; `None` when the client left before the
    /// dot.
    pub(super) async fn content(&mut self, limit: usize) -> io::Result<Option<Heard<Vec<u8>>>> {
        let mut data = Vec::new();
        let mut refusal = None;
        loop {
            let Some(line) = self.line(TEXT_LINE_LIMIT).await? else {
                return Ok(None);
            };
            if line.bytes == b".\r\n" && !line.too_long {
                return Ok(Some(refusal.map_or(Ok(data), Err)));
            }
            let text = line.bytes.strip_prefix(b".").unwrap_or(&line.bytes);
            if line.too_long {
                refusal = refusal.or(Some("554 5.6.0 message line longer than 1000 bytes"));
            } else if text.strip_suffix(b"\r\n").is_none_or(|text| text.contains(&b'\r')) {
                // a receiver that forgives these lets one message smuggle a second one in
                refusal = refusal.or(Some("550 5.5.2 bare carriage return or line feed"));
            } else if data.len() + text.len() > limit {
                refusal = refusal.or(Some("552 5.3.4 message larger than announced by SIZE"));
            }
            if refusal.is_none() {
                data.extend_from_slice(text);
            }
        }
    }

    /// Reads and forgets until the client leaves.
    pub(super) async fn drain(&mut self) -> io::Result<()> {
        tokio::io::copy_buf(&mut self.0, &mut tokio::io::sink()).await.map(|_| ())
    }

    /// Reads up to a line feed but keeps no more than `limit` bytes; a last line without its end is no line.
    async fn line(&mut self, limit: usize) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut too_long = false;
        loop {
            let mut bounded = (&mut self.0).take(u64::try_from(limit).unwrap_or(u64::MAX));
            let taken = bounded.read_until(b'\n', &mut bytes).await?;
            if bytes.ends_with(b"\n") {
                return Ok(Some(Line { bytes, too_long }));
            }
            if taken < limit {
                return Ok(None);
            }
            too_long = true;
            bytes.clear();
        }
    }
}
