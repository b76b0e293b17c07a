//! What a message in the bounce mailbox says: bytes in, facts out. Nothing is believed yet, and nothing is kept: a bounce
//! holds the invitation with its code.
//!
//! RFC 3464 (delivery status), RFC 5965 (complaints), RFC 8098 (receipts), and whatever mail systems write instead.

mod clues;
mod fields;
mod prose;

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};

use clues::clues_in;
pub use clues::{Clue, Clues};
use fields::Fields;

/// A longer message is cut off here: what a bounce says stands in front of what it returns.
pub const LARGEST: usize = 1024 * 1024;

/// Of a part, so much is looked at.
const PART: usize = 64 * 1024;

/// So many parts are looked at, those of returned messages too; each has a content type.
const PARTS: usize = 100;

/// So deep are messages within messages looked at.
const DEPTH: usize = 8;

/// So many recipients of a notification are looked at.
const RECIPIENTS: usize = 100;

/// What a message says.
#[derive(Debug, Default)]
pub struct Report {
    /// What it is by its structure.
    pub shape: Shape,
    /// Whom a delivery status is about.
    pub recipients: Vec<Recipient>,
    /// Where a proof may be that it is about a message of ours.
    pub clues: Clues,
    /// The text for people, without the returned message; in lower case, with single spaces, a line each.
    pub prose: String,
    /// In lower case.
    pub subject: String,
    /// The address and the name in From, in lower case.
    pub sender: String,
    /// The envelope's sender was empty, as far as a header tells.
    pub has_null_sender: bool,
    /// A header says that a machine answered.
    pub is_automatic: bool,
}

/// What a message is by its structure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Shape {
    /// A delivery status (RFC 3464), or what stood for it before.
    Status,
    /// A complaint of the recipient (RFC 5965).
    Complaint,
    /// A feedback report that is none, as of failed authentication.
    Feedback,
    /// Tells that it was shown, or deleted (RFC 8098).
    Receipt,
    /// Only words.
    #[default]
    Prose,
}

/// One recipient of a delivery status.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Final-Recipient and Original-Recipient, in lower case, as far as they are addresses.
    pub addresses: Vec<String>,
    /// The first word of Action, in lower case.
    pub action: String,
    /// Status, as it stands there.
    pub status: String,
    /// Diagnostic-Code without its type, in lower case with single spaces.
    pub diagnostic: String,
}

/// Reads a message; `recipients` is what is known of whom its envelope named. `None` for what is no message at all.
#[must_use]
pub fn read(bytes: &[u8], recipients: &[String]) -> Option<Report> {
    let bytes = bounded(bytes);
    let message = MessageParser::default().parse(bytes.as_slice())?;
    let mut report = Report::default();
    for recipient in recipients {
        clues_in(recipient, &mut report.clues.envelope);
    }
    report.headers(&message);
    report.walk(&message, 0);
    // what no part shows: cut off, or too deep
    clues_in(&String::from_utf8_lossy(&bytes), &mut report.clues.elsewhere);
    if report.shape == Shape::Prose {
        report.status_in_prose();
    }
    report.mentions();
    let is_anything = !message.headers().is_empty() || !report.prose.is_empty();
    is_anything.then_some(report)
}

/// No longer than [`LARGEST`], with as many parts as are looked at, without an mbox line in front, and in lines.
fn bounded(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = &bytes[..bytes.len().min(LARGEST)];
    for from in [b"From ".as_slice(), b">From "] {
        if bytes.starts_with(from) {
            let end = bytes.iter().position(|byte| *byte == b'\n' || *byte == b'\r').unwrap_or(bytes.len());
            bytes = bytes[end..].trim_ascii_start();
        }
    }
    // a part within a part within a part costs a call each, and this many calls fit on no stack
    let lower = bytes.to_ascii_lowercase();
    let parts = memchr::memmem::find_iter(&lower, b"content-type:");
    if let Some(end) = parts.take(PARTS + 1).nth(PARTS) {
        bytes = &bytes[..end];
    }
    let mut bytes = bytes.to_vec();
    if !bytes.contains(&b'\n') {
        for byte in &mut bytes {
            if *byte == b'\r' {
                *byte = b'\n';
            }
        }
    }
    bytes
}

impl Report {
    fn headers(&mut self, message: &Message<'_>) {
        self.subject = normal(message.subject().unwrap_or_default());
        for (name, value) in message.headers_raw() {
            let value = normal(value);
            match name.to_ascii_lowercase().as_str() {
                "from" => self.sender.clone_from(&value),
                "return-path" => self.has_null_sender = value == "<>" || value.contains("mailer-daemon"),
                "auto-submitted" => self.is_automatic |= !value.starts_with("no"),
                "precedence" => {
                    self.is_automatic |=
                        ["bulk", "junk", "auto_reply", "auto-reply"].contains(&value.as_str());
                }
                "x-autoreply"
                | "x-autorespond"
                | "x-auto-response-suppress"
                | "x-autoreply-from"
                | "x-mail-autoreply"
                | "x-autoresponder"
                | "x-vacation" => self.is_automatic = true,
                "x-failed-recipients" => {
                    let addresses: Vec<_> =
                        value.split([',', ' ']).filter_map(address_in).take(RECIPIENTS).collect();
                    self.clues.mentioned.extend(addresses.clone());
                    if self.recipients.is_empty() {
                        self.shape = Shape::Status;
                        self.recipients.push(Recipient { addresses, ..Recipient::default() });
                    }
                }
                _ => {}
            }
            match name.to_ascii_lowercase().as_str() {
                "message-id" => {}
                // what it answers to
                "references" | "in-reply-to" => clues_in(&value, &mut self.clues.returned),
                _ => clues_in(&value, &mut self.clues.envelope),
            }
        }
        let content = message.content_type();
        let report_type = content.and_then(|content| content.attribute("report-type"));
        self.shape_of(&report_type.unwrap_or_default().to_ascii_lowercase());
    }

    fn shape_of(&mut self, kind: &str) {
        match kind {
            "disposition-notification" => self.shape = Shape::Receipt,
            "feedback-report" if self.shape != Shape::Feedback => self.shape = Shape::Complaint,
            _ => {}
        }
    }

    /// Every part of a message, and of those in it.
    fn walk(&mut self, message: &Message<'_>, depth: usize) {
        let is_returned = depth > 0;
        for part in message.parts.iter().take(PARTS) {
            let kind = part.content_type().map(|content| {
                format!("{}/{}", content.ctype(), content.subtype().unwrap_or_default()).to_ascii_lowercase()
            });
            let kind = kind.as_deref().unwrap_or_default();
            if let PartType::Message(inner) = &part.body {
                self.returned(inner);
                if depth < DEPTH {
                    self.walk(inner, depth + 1);
                }
                continue;
            }
            let text = match &part.body {
                PartType::Text(text) => text.clone(),
                PartType::Html(html) => {
                    let html = until(html, PART);
                    clues_in(html, &mut self.clues.elsewhere);
                    mail_parser::decoders::html::html_to_text(html).into()
                }
                PartType::Binary(bytes) | PartType::InlineBinary(bytes) if is_readable(kind) => {
                    String::from_utf8_lossy(&bytes[..bytes.len().min(PART)])
                }
                _ => continue,
            };
            let text = until(&text, PART);
            match kind {
                "message/delivery-status" | "message/global-delivery-status" if !is_returned => {
                    self.delivery_status(text);
                }
                "message/feedback-report" if !is_returned => self.feedback(text),
                "message/disposition-notification" | "message/global-disposition-notification"
                    if !is_returned =>
                {
                    self.shape = Shape::Receipt;
                }
                "text/rfc822-headers"
                | "text/rfc822-header"
                | "message/rfc822-headers"
                | "text/rfc822"
                | "message/global-headers"
                | "message/global"
                | "message/rfc822" => self.returned_text(text),
                _ if !is_returned && self.prose.len() < PART => {
                    let said = prose::before_the_copy(text);
                    self.prose.push_str(&prose::normal(said));
                    self.prose.push('\n');
                    self.returned_text(&text[said.len()..]);
                    clues_in(said, &mut self.clues.elsewhere);
                }
                _ => clues_in(text, &mut self.clues.elsewhere),
            }
        }
    }

    /// The headers of a message that came back.
    fn returned(&mut self, message: &Message<'_>) {
        for (name, value) in message.headers_raw() {
            let words = match name.to_ascii_lowercase().as_str() {
                "message-id" => &mut self.clues.returned,
                _ => &mut self.clues.elsewhere,
            };
            clues_in(value, words);
        }
    }

    /// The same where they are only text, perhaps marked as a quotation.
    fn returned_text(&mut self, text: &str) {
        for line in text.lines() {
            let line = line.trim_start_matches(['>', '|', ' ', '\t', '*']);
            let is_id = line.get(..11).is_some_and(|name| name.eq_ignore_ascii_case("message-id:"));
            clues_in(line, if is_id { &mut self.clues.returned } else { &mut self.clues.elsewhere });
        }
    }

    fn delivery_status(&mut self, text: &str) {
        for group in fields::groups(text).take(RECIPIENTS + 1) {
            for id in group.all("original-envelope-id") {
                self.clues.envelope_ids.push(id.to_ascii_lowercase());
            }
            if let Some(recipient) = recipient(&group) {
                // what a header said of it is not as good
                if self.shape != Shape::Status || self.recipients.iter().all(|it| it.action.is_empty()) {
                    self.recipients.clear();
                }
                self.shape = Shape::Status;
                self.recipients.push(recipient);
            }
        }
        clues_in(text, &mut self.clues.elsewhere);
    }

    fn feedback(&mut self, text: &str) {
        let kinds: Vec<_> = fields::groups(text)
            .filter_map(|group| group.first("feedback-type"))
            .map(|it| normal(&it))
            .collect();
        let complaints =
            ["abuse", "fraud", "opt-out", "opt-out-list", "virus", "miscategorized", "not-spam", "other"];
        let is_complaint = kinds.iter().all(|kind| complaints.contains(&kind.as_str()));
        self.shape = if is_complaint { Shape::Complaint } else { Shape::Feedback };
        clues_in(text, &mut self.clues.elsewhere);
    }

    /// A delivery status that somebody wrote into the text.
    fn status_in_prose(&mut self) {
        if !self.prose.contains("final-recipient:") && !self.prose.contains("original-recipient:") {
            return;
        }
        let text = self.prose.clone();
        let found: Vec<_> =
            fields::groups(&text).filter_map(|group| recipient(&group)).take(RECIPIENTS).collect();
        let found: Vec<_> = found.into_iter().filter(|it| !it.action.is_empty()).collect();
        if !found.is_empty() {
            self.shape = Shape::Status;
            self.recipients = found;
        }
    }

    fn mentions(&mut self) {
        let of_recipients = self.recipients.iter().flat_map(|recipient| recipient.addresses.iter().cloned());
        let in_prose = self.prose.split_whitespace().filter_map(address_in);
        let found: Vec<_> = of_recipients.chain(in_prose).take(RECIPIENTS).collect();
        self.clues.mentioned.extend(found);
        self.clues.mentioned.sort_unstable();
        self.clues.mentioned.dedup();
    }
}

/// Whether a part that is no text to the parser is text all the same.
fn is_readable(kind: &str) -> bool {
    kind.starts_with("message/") || kind.starts_with("text/")
}

/// A group of fields that tells of a recipient.
fn recipient(group: &Fields) -> Option<Recipient> {
    let addresses: Vec<_> = ["final-recipient", "original-recipient", "x-actual-recipient"]
        .iter()
        .flat_map(|name| group.all(name))
        .filter_map(|value| address_in(&value.to_lowercase()))
        .collect();
    let action = group.first("action").unwrap_or_default().to_lowercase();
    let action = action.split(|it: char| !it.is_ascii_alphabetic()).next().unwrap_or_default().to_owned();
    let status = group.first("status").unwrap_or_default();
    let diagnostic =
        group.all("diagnostic-code").map(|it| normal(&without_type(&it))).collect::<Vec<_>>().join(" ");
    let is_any = group.first("final-recipient").is_some() || !action.is_empty() || !addresses.is_empty();
    is_any.then_some(Recipient { addresses, action, status, diagnostic })
}

/// `smtp; 550 …` without its first word.
fn without_type(value: &str) -> String {
    match value.split_once(';') {
        Some((kind, rest)) if kind.trim().chars().all(|it| it.is_ascii_alphanumeric() || it == '-') => {
            rest.to_owned()
        }
        _ => value.to_owned(),
    }
}

/// The address in a word or a field such as `rfc822; <somebody@somewhere.example>`.
fn address_in(text: &str) -> Option<String> {
    let word = text
        .split([';', ' ', ',', '<', '>', '(', ')', '"', '\'', '[', ']'])
        .find(|word| word.contains('@'))?;
    let word = word.trim_matches(|it: char| !it.is_alphanumeric());
    let (local, domain) = word.rsplit_once('@')?;
    (!local.is_empty() && domain.contains('.') && word.len() <= 254).then(|| word.to_owned())
}

/// Lower case, single spaces, plain apostrophes.
pub(super) fn normal(text: &str) -> String {
    let text = text.to_lowercase().replace(['\u{2019}', '\u{2018}'], "'");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a text, up to a character's end.
fn until(text: &str, length: usize) -> &str {
    &text[..text.floor_char_boundary(length)]
}
