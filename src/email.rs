//! The invitation email: composed here without any I/O, from templates; previewed and sent below.

pub mod preview;
mod quoted_printable;
pub mod rate_limiter;
pub(crate) mod reply;
pub mod return_path;
pub mod schedule;
pub mod send;
pub mod session;
mod subject;
pub mod templates;

use std::time::Duration;

use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use crate::config::{Config, Institution};
use crate::credential::Qualification;
use crate::graduate::{EmailAddress, Graduate};
use crate::invitation::Occasion;
use crate::invitation::code::Code;
use templates::{Rendered, Templates, Values};

/// `=_` can stand in no quoted-printable body (RFC 2045 §6.7), so the boundary can be the same in every
/// message, and a preview equals the mail byte for byte.
const BOUNDARY: &str = "=_gradpass";

/// Mail larger than this is cut off by some readers (Gmail clips at 102 KB).
pub const LARGEST: usize = 100 * 1024;

/// Everything that one message says.
#[derive(Debug, Clone)]
pub struct MessageContent<'a> {
    /// Why it is sent.
    pub occasion: Occasion,
    /// Whom it goes to.
    pub graduate: &'a Graduate,
    /// What it lists.
    pub qualifications: &'a [Qualification],
    /// The secret in it.
    pub code: &'a Code,
    /// The middle of its Message-ID, the same at every attempt.
    pub message_tag: &'a str,
    /// The end of the address of the page on which no more reminders can be asked for.
    pub opt_out_token: &'a str,
    /// When it is sent.
    pub at: Timestamp,
}

/// A composed message.
#[derive(Clone)]
pub struct Composed {
    /// The code in it, as it is shown.
    pub code: String,
    /// The subject, for the preview.
    pub subject: String,
    /// The text part.
    pub text: String,
    /// The HTML part.
    pub html: String,
    /// The whole message as it goes over the wire, in ASCII, without the final line end of its last line (RFC 5321
    /// §4.1.1.4 counts that one to the final dot).
    pub wire: String,
}

/// A mail as a person looks at it, with made-up values.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the parts of a mail")]
pub struct SampleMail {
    pub file: String,
    /// When it is sent.
    pub title: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Why a message cannot be composed: always the templates' or the settings' fault, never one graduate's.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// A template fails with this graduate's values.
    #[error(transparent)]
    Template(#[from] templates::TemplateError),
    /// Too large to arrive whole.
    #[error("student {0}: the message is larger than {max} KB; shorten the templates", max = LARGEST / 1024)]
    TooLarge(String),
    /// lettre encodes everything, so this is a fault of ours.
    #[error("student {0}: the message came out with characters that mail cannot carry; please report it")]
    NotAscii(String),
    /// The parts do not make a message.
    #[error("student {student_id}: the message cannot be built: {source}")]
    Message {
        /// Whose.
        student_id: String,
        /// What lettre said.
        source: lettre::error::Error,
    },
}

/// Composes messages for one institution.
pub struct Composer {
    templates: Templates,
    institution: Institution,
    from: Mailbox,
    reply_to: Option<Mailbox>,
    public_url: String,
    valid_days: u16,
    has_list_unsubscribe: bool,
}

impl Composer {
    /// A composer with templates that have passed their check.
    #[must_use]
    pub fn new(templates: Templates, config: &Config) -> Self {
        Self {
            templates,
            institution: config.institution.clone(),
            from: config.mail.from.clone(),
            reply_to: config.mail.reply_to.clone(),
            public_url: config.web.public_url.clone(),
            valid_days: config.valid_days,
            has_list_unsubscribe: config.reminders.list_unsubscribe,
        }
    }

    /// When a code made at `at` stops working: the end of a day in the university's time zone.
    #[must_use]
    pub fn expiry(&self, at: Timestamp) -> Timestamp {
        let day = at.to_zoned(self.institution.time_zone.clone()).date();
        let after = day.saturating_add(jiff::Span::new().days(i64::from(self.valid_days) + 1));
        after
            .to_zoned(self.institution.time_zone.clone())
            .map_or(Timestamp::MAX, |midnight| midnight.timestamp())
    }

    /// Who every message comes from, as its header says it.
    #[must_use]
    pub const fn from(&self) -> &Mailbox {
        &self.from
    }

    /// Which language's templates a graduate gets.
    #[must_use]
    pub fn language(&self, graduate: &Graduate) -> &str {
        self.templates.language(graduate.language.as_ref())
    }

    /// Composes one message. Pure: the same message gives the same bytes.
    ///
    /// # Errors
    /// [`ComposeError`] when a template fails or the result could not arrive whole.
    pub fn compose(&self, content: &MessageContent<'_>) -> Result<Composed, ComposeError> {
        self.addressed(content, to(content.graduate), "")
    }

    /// The same message as a specimen for somebody else: its subject begins with `[Specimen]`.
    ///
    /// # Errors
    /// As [`Composer::compose`].
    pub fn specimen(
        &self,
        content: &MessageContent<'_>,
        to: &EmailAddress,
    ) -> Result<Composed, ComposeError> {
        self.addressed(content, Mailbox::new(None, to.address().clone()), "[Specimen] ")
    }

    /// A mail on each occasion in a language, with made-up values, as files: the file's name, when it is sent, its
    /// subject, and its parts.
    ///
    /// # Errors
    /// [`ComposeError`] when a template fails.
    pub fn samples(&self, language: &str, at: Timestamp) -> Result<Vec<SampleMail>, ComposeError> {
        let last = (self.expiry(at) - Duration::from_secs(1)).to_zoned(self.institution.time_zone.clone());
        let valid_until = self.templates.moment(language, &last)?;
        let mails = Values::shown(self, language, &valid_until, last.year());
        let sample = |(name, title, values)| {
            let Rendered { subject, text, html } = self.templates.render(&values)?;
            Ok(SampleMail { file: format!("mail-{language}-{name}.html"), title, subject, text, html })
        };
        mails.into_iter().map(sample).collect()
    }

    /// The language of those whose own is not among them.
    #[must_use]
    pub fn usual_language(&self) -> &str {
        self.templates.language(None)
    }

    /// Which languages mails can be in; the first is the usual one.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        self.templates.languages()
    }

    fn addressed(
        &self,
        content: &MessageContent<'_>,
        to: Mailbox,
        before_subject: &str,
    ) -> Result<Composed, ComposeError> {
        let student_id = || content.graduate.student_id.to_string();
        // its end is a midnight, which people take for that of the day before
        let last = self.expiry(content.at) - Duration::from_secs(1);
        let last = last.to_zoned(self.institution.time_zone.clone());
        let today = content.at.to_zoned(self.institution.time_zone.clone()).date();
        let valid_until = self.templates.moment(self.language(content.graduate), &last)?;
        let values = Values::new(self, content, valid_until, today);
        let rendered = self.templates.render(&values)?;
        let subject = format!("{before_subject}{}", rendered.subject);
        let part = |content_type, body: &str| {
            let body = quoted_printable::encode(body);
            SinglePart::builder()
                .header(content_type)
                .body(Body::dangerous_pre_encoded(body, ContentTransferEncoding::QuotedPrintable))
        };
        let failed = |source| ComposeError::Message { student_id: student_id(), source };
        let envelope =
            Envelope::new(Some(self.from.email.clone()), vec![to.email.clone()]).map_err(failed)?;
        let mut builder = Message::builder()
            .from(self.from.clone())
            .to(to)
            .raw_header(subject::header(&subject))
            .date(content.at.into())
            // or lettre reads it out of the headers again
            .envelope(envelope)
            .message_id(Some(format!("<{}@{}>", content.message_tag, self.from.email.domain())))
            // RFC 3834: no answering machine answers, and no loop can begin
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".into(),
            ));
        if self.has_list_unsubscribe && matches!(content.occasion, Occasion::Reminder { .. }) {
            let header = |name| HeaderName::new_from_ascii_str(name);
            // RFC 8058 §3.1; the relay's DKIM signature has to cover both (§4)
            builder = builder
                .raw_header(HeaderValue::new(
                    header("List-Unsubscribe"),
                    format!("<{}>", self.opt_out(content)),
                ))
                .raw_header(HeaderValue::new(
                    header("List-Unsubscribe-Post"),
                    "List-Unsubscribe=One-Click".into(),
                ));
        }
        if let Some(reply_to) = &self.reply_to {
            builder = builder.reply_to(reply_to.clone());
        }
        let message = builder
            .multipart(
                MultiPart::alternative()
                    .boundary(BOUNDARY)
                    .singlepart(part(ContentType::TEXT_PLAIN, &rendered.text))
                    .singlepart(part(ContentType::TEXT_HTML, &rendered.html)),
            )
            .map_err(failed)?;
        let wire =
            String::from_utf8(message.formatted()).map_err(|_| ComposeError::NotAscii(student_id()))?;
        let mut wire = folded(wire);
        if wire.len() > LARGEST {
            return Err(ComposeError::TooLarge(student_id()));
        }
        if !wire.is_ascii() {
            // a relay without 8BITMIME or SMTPUTF8 would refuse it
            return Err(ComposeError::NotAscii(student_id()));
        }
        wire.truncate(wire.trim_end().len());
        Ok(Composed { code: content.code.grouped(), subject, text: rendered.text, html: rendered.html, wire })
    }

    /// Where no more reminders can be asked for.
    pub(crate) fn opt_out(&self, content: &MessageContent<'_>) -> String {
        format!("{}opt-out/{}", self.public_url, content.opt_out_token)
    }

    /// Where graduates type the code.
    pub(crate) fn page(&self) -> &str {
        &self.public_url
    }

    pub(crate) const fn institution(&self) -> &Institution {
        &self.institution
    }
}

/// A header line with an encoded word has at most 76 characters (RFC 2047 §2); lettre leaves the address on
/// the line of the name's last word.
fn folded(message: String) -> String {
    let (headers, _) = message.split_once("\r\n\r\n").unwrap_or((&message, ""));
    if !headers.split("\r\n").any(is_to_be_folded) {
        return message;
    }
    let fold =
        |line: &str| if is_to_be_folded(line) { line.replace("?= <", "?=\r\n <") } else { line.to_owned() };
    let folded: Vec<_> = headers.split("\r\n").map(fold).collect();
    folded.join("\r\n") + &message[headers.len()..]
}

fn is_to_be_folded(line: &str) -> bool {
    line.len() > 76 && line.contains("?= <")
}

fn to(graduate: &Graduate) -> Mailbox {
    Mailbox::new(Some(graduate.name.as_str().to_owned()), EmailAddress::address(&graduate.email).clone())
}
