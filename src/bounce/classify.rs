//! What a report means for the message that it is about: by rules that stand in `rules.toml`, since providers change their
//! words and lie with their codes.

mod code;
mod rules;

pub use code::Code;
use rules::{RULES, Rule};

use super::report::{Recipient, Report, Shape};

/// What became of a message, as a notification tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The mailbox is full or busy: another day it may work.
    Soft,
    /// Tried for days; the address may be right.
    Expired,
    /// It was not delivered, and nobody can tell why.
    Unknown,
    /// The receiving system does not want us, whatever the address.
    Policy,
    /// The address cannot be used.
    Hard,
    /// Still being tried.
    Delayed,
    /// The recipient complained of it.
    Complained,
    /// A machine answered for the recipient.
    AutoReplied,
    /// A machine wants the sender to prove something.
    Challenge,
    /// Handed on, or shown.
    Delivered,
    /// Somebody wrote, or nobody can tell what it is.
    Person,
}

impl Kind {
    /// Every kind; first those that say that it was not delivered, the strongest last.
    pub const ALL: [Self; 11] = [
        Self::Soft,
        Self::Expired,
        Self::Unknown,
        Self::Policy,
        Self::Hard,
        Self::Delayed,
        Self::Complained,
        Self::AutoReplied,
        Self::Challenge,
        Self::Delivered,
        Self::Person,
    ];

    /// The word that the ledger keeps.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Soft => "soft",
            Self::Expired => "expired",
            Self::Unknown => "unknown",
            Self::Policy => "policy",
            Self::Hard => "hard",
            Self::Delayed => "delayed",
            Self::Complained => "complained",
            Self::AutoReplied => "auto_replied",
            Self::Challenge => "challenge",
            Self::Delivered => "delivered",
            Self::Person => "person",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Whether the message did not arrive.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Soft | Self::Expired | Self::Unknown | Self::Policy | Self::Hard)
    }
}

/// What a report means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// What became of the message.
    pub kind: Kind,
    /// The most telling code.
    pub code: Option<Code>,
    /// In words of ours: those of a mail system name people.
    pub reason: &'static str,
    /// It is about another address, to which ours was forwarded.
    pub is_forwarded: bool,
}

impl Verdict {
    const fn new(kind: Kind, reason: &'static str) -> Self {
        Self { kind, code: None, reason, is_forwarded: false }
    }
}

/// What a report means for a message that went to `address`.
#[must_use]
pub fn classify(report: &Report, address: &str) -> Verdict {
    match report.shape {
        Shape::Complaint => Verdict::new(Kind::Complained, "the recipient complained of the message"),
        Shape::Feedback => Verdict::new(Kind::Person, "a report about mail of ours, and no complaint"),
        Shape::Receipt => Verdict::new(Kind::Delivered, "the recipient's mail program confirms it"),
        Shape::Status => of_status(report, &address.to_lowercase()),
        Shape::Prose => of_prose(report),
    }
}

/// How a delivery status speaks of a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Action {
    Delivered,
    Delayed,
    Failed,
}

fn of_status(report: &Report, address: &str) -> Verdict {
    let is_ours = |recipient: &&Recipient| recipient.addresses.iter().any(|it| it == address);
    let ours: Vec<_> = report.recipients.iter().filter(is_ours).collect();
    let is_forwarded = ours.is_empty() && report.recipients.iter().any(|it| !it.addresses.is_empty());
    let recipients = if ours.is_empty() { report.recipients.iter().collect() } else { ours };
    let worst = recipients
        .into_iter()
        .map(|recipient| {
            let action = action(report, recipient);
            let verdict = match action {
                Action::Delivered => Verdict::new(Kind::Delivered, "handed on to the next mail system"),
                Action::Delayed => delayed(&recipient.diagnostic, &recipient.status),
                Action::Failed => failed(report, recipient, address),
            };
            (action, verdict)
        })
        .max_by_key(|(action, verdict)| (*action, verdict.kind));
    let verdict = worst.map_or(Verdict::new(Kind::Unknown, NO_REASON), |(_, verdict)| verdict);
    Verdict { is_forwarded, ..verdict }
}

const NO_REASON: &str = "not delivered; the notification does not say why";

fn action(report: &Report, recipient: &Recipient) -> Action {
    let status = Code::last_in(&recipient.status);
    let said = match recipient.action.as_str() {
        "failed" | "failure" | "error" | "expired" | "fail" | "undeliverable" | "bounced" | "permanent" => {
            Some(Action::Failed)
        }
        "delayed" | "delay" | "deferred" | "transient" | "warning" => Some(Action::Delayed),
        "delivered" | "relayed" | "expanded" | "delivery" | "relay" | "success" | "deliverable" => {
            Some(Action::Delivered)
        }
        _ => None,
    };
    let is_over = status.is_some_and(|code| code.is("4.4.7") || code.is("5"))
        && RULES.delayed.over.found_in(&format!("{}\n{}", recipient.diagnostic, report.prose));
    match said {
        // OpenSMTPD's last word on a message is a delay
        Some(Action::Delayed) if is_over || is_expired(&report.prose) => Action::Failed,
        Some(said) => said,
        None => match status.or_else(|| Code::last_in(&recipient.diagnostic)) {
            Some(code) if code.is("2") => Action::Delivered,
            Some(code) if code.is("4") && is_still_tried(report) => Action::Delayed,
            None if is_still_tried(report) => Action::Delayed,
            _ => Action::Failed,
        },
    }
}

/// Words with which mail systems end a message's life.
fn is_expired(prose: &str) -> bool {
    prose.contains("envelope expired") || prose.contains("giving up")
}

fn is_still_tried(report: &Report) -> bool {
    let is_said =
        RULES.delayed.words.found_in(&report.prose) || RULES.delayed.subjects.found_in(&report.subject);
    is_said && !RULES.delayed.over.found_in(&report.prose)
}

fn delayed(diagnostic: &str, status: &str) -> Verdict {
    let code = Code::last_in(diagnostic).or_else(|| Code::last_in(status));
    Verdict { code, ..Verdict::new(Kind::Delayed, "not delivered yet; mail systems are still trying") }
}

/// Why a recipient of a delivery status was not reached. What the far system said comes first, then the status, then what
/// stands in the text.
fn failed(report: &Report, recipient: &Recipient, address: &str) -> Verdict {
    let mut reply = Reply::new(&recipient.diagnostic);
    if reply.code.is_none() && reply.basic.is_none() && !reply.text.is_empty() {
        // not a server's words, but the sending system's own
        reply.code = Code::last_in(&recipient.status);
    }
    if let Some(verdict) = reply.verdict() {
        return verdict;
    }
    let status = Code::last_in(&recipient.status).filter(|code| !code.says_nothing());
    if let Some(verdict) = status.and_then(|code| by_code(code, "")) {
        return verdict;
    }
    let mut named: Vec<&str> = recipient.addresses.iter().map(String::as_str).collect();
    named.push(address);
    in_prose(&report.prose, &named).unwrap_or_else(|| {
        let code = reply.code.or_else(|| Code::last_in(&recipient.status));
        match code {
            Some(code) if code.is("4") => Verdict { code: Some(code), ..EXPIRED },
            code => Verdict { code, ..reply.by_class() },
        }
    })
}

const EXPIRED: Verdict = Verdict::new(Kind::Expired, "not delivered within the time that mail systems try");

/// What a server answered.
struct Reply {
    text: String,
    code: Option<Code>,
    /// The three digits.
    basic: Option<u16>,
    /// It answered to the content, and not to the recipient.
    is_of_content: bool,
    is_of_recipient: bool,
}

impl Reply {
    fn new(text: &str) -> Self {
        // Postfix, Exim: which command it was
        let is_of = |words: &[&str]| words.iter().any(|it| text.contains(it));
        let alone = text.split("(in reply to").next().unwrap_or(text).trim();
        Self {
            // Amazon's own words stand around those of the far system
            text: alone.replace("unknown address error", ""),
            code: Code::last_in(text),
            basic: code::basic(text),
            is_of_content: is_of(&[
                "reply to end of data",
                "after end of data",
                "reply to data",
                "after data",
                "end of message",
            ]),
            is_of_recipient: is_of(&["reply to rcpt", "after rcpt", "rcpt to:"]),
        }
    }

    /// None where it says nothing.
    fn verdict(&self) -> Option<Verdict> {
        let code = self.code.filter(|code| !code.says_nothing());
        let is_temporary = code.map_or(self.basic.is_some_and(|it| it / 100 == 4), |code| code.is("4"));
        let rule = rule(&self.text, code, true);
        if is_temporary {
            // tried until the sending system gave up: whatever it was, it was not for good
            let soft = rule.filter(|rule| rule.kind == Kind::Soft && !rule.only_replies);
            return Some(Verdict { code, ..soft.map_or(EXPIRED, Rule::verdict) });
        }
        rule.map(|rule| Verdict { code, ..rule.verdict() })
    }

    /// By the three digits, which is little.
    fn by_class(&self) -> Verdict {
        match self.basic {
            Some(550 | 551 | 553) if self.is_of_recipient => Verdict::new(Kind::Hard, "no such mailbox"),
            Some(552) => Verdict::new(Kind::Soft, "the mailbox is full"),
            Some(550..=559) if self.is_of_content => {
                Verdict::new(Kind::Policy, "the receiving system refused us by its policy")
            }
            Some(550) => Verdict::new(Kind::Hard, "no such mailbox"),
            _ => Verdict::new(Kind::Unknown, NO_REASON),
        }
    }
}

/// The first rule that fits.
fn rule(text: &str, code: Option<Code>, is_reply: bool) -> Option<&'static Rule> {
    RULES.causes.iter().filter(|rule| is_reply || !rule.only_replies).find(|rule| rule.fits(text, code))
}

fn by_code(code: Code, text: &str) -> Option<Verdict> {
    if code.is("4") {
        let soft = rule(text, Some(code), true).filter(|rule| rule.kind == Kind::Soft);
        return Some(Verdict { code: Some(code), ..soft.map_or(EXPIRED, Rule::verdict) });
    }
    rule(text, Some(code), true).map(|rule| Verdict { code: Some(code), ..rule.verdict() })
}

/// A cause in the text for people: lines that look like a server's answer first, then what follows an address, then all of it.
fn in_prose(prose: &str, addresses: &[&str]) -> Option<Verdict> {
    let lines: Vec<_> = prose.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let answers = lines.iter().enumerate().filter(|(_, line)| code::is_answer(line)).map(|(at, _)| {
        // an answer goes on in the next line
        lines[at..lines.len().min(at + 3)].join(" ")
    });
    let answers: Vec<_> = answers.collect();
    let about = |answer: &&String| addresses.iter().any(|address| answer.contains(address));
    let about_us = answers.iter().filter(about).chain(answers.iter());
    for answer in about_us {
        if let Some(verdict) = Reply::new(answer).verdict() {
            return Some(verdict);
        }
    }
    let text = lines.join(" ");
    for address in addresses {
        let Some(at) = text.find(address) else { continue };
        let end = text.floor_char_boundary(at + address.len() + 300);
        let after = &text[at + address.len()..end];
        if let Some(rule) = rule(after, None, false) {
            return Some(rule.verdict());
        }
    }
    let code = Code::last_in(&text).filter(|code| !code.says_nothing() && !code.is("2"));
    if let Some(rule) = rule(&text, None, false) {
        return Some(Verdict { code, ..rule.verdict() });
    }
    if let Some(code) = code {
        return by_code(code, "");
    }
    answers
        .first()
        .map(|answer| Reply::new(answer).by_class())
        .filter(|verdict| verdict.kind != Kind::Unknown)
}

/// A message that is only words. Whoever writes so may be a mail system, a machine that answers for somebody, or somebody.
fn of_prose(report: &Report) -> Verdict {
    // answering machines, too, write with an empty sender
    let is_daemon = is_daemon(report);
    let is_machine = is_daemon || report.has_null_sender;
    let subject = report.subject.as_str();
    let is_answer = subject.starts_with("re:") || subject.starts_with("fwd:") || subject.starts_with("fw:");
    let is_failure_subject = !is_answer && RULES.failure.subjects.found_in(subject);
    let is_failure_text = RULES.failure.words.found_in(&report.prose)
        || is_machine && code::has_answer(&report.prose)
        || is_failure_subject && RULES.failure.below_a_subject.found_in(&report.prose);
    let is_auto_subject = !is_answer && RULES.auto_reply.subjects.found_in(subject);
    let is_auto_text = RULES.auto_reply.words.found_in(&report.prose);
    let points = [is_machine, is_failure_subject, is_failure_text].into_iter().filter(|it| *it).count();
    let is_answered = is_machine && code::has_answer(&report.prose);
    let challenge = &RULES.challenge;
    if challenge.words.found_in(&report.prose)
        || !is_answered && challenge.without_an_answer.found_in(&report.prose)
    {
        return Verdict::new(Kind::Challenge, "asks the sender to confirm the message");
    }
    if (is_machine || report.is_automatic) && is_still_tried(report) {
        return Verdict { code: Code::last_in(&report.prose), ..delayed("", "") };
    }
    if (is_auto_subject || report.is_automatic && is_auto_text) && points < 3 {
        return Verdict::new(Kind::AutoReplied, "an answering machine replied");
    }
    if points >= 2 && (is_daemon || is_failure_subject || is_answered) {
        return in_prose(&report.prose, &[])
            .or_else(|| rule(subject, None, false).map(Rule::verdict))
            .unwrap_or(Verdict::new(Kind::Unknown, NO_REASON));
    }
    if report.is_automatic || is_auto_text {
        return Verdict::new(Kind::AutoReplied, "an answering machine replied");
    }
    Verdict::new(Kind::Person, "somebody wrote back")
}

/// Whether a mail system wrote it.
fn is_daemon(report: &Report) -> bool {
    let sender = report.sender.as_str();
    sender.is_empty()
        || RULES.daemon.senders.iter().any(|name| {
            sender.match_indices(name.as_str()).any(|(at, _)| {
                // as a whole word
                let before = sender[..at].chars().next_back();
                let after = sender[at + name.len()..].chars().next();
                !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
            })
        })
}
