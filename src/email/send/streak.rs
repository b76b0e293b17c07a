//! Answers of the relay in a row, and nobody taken in between: what is the same for everybody is about us, and no graduate
//! may stand as refused for it.

use std::time::Duration;

use super::reply::{About, about, alike};
use crate::invitation::Outcome;
use crate::store::DueMessage;

/// Refusals in a row after which they are taken to be about us. A roster may be full of old addresses.
const fn most_refusals(about: About) -> usize {
    match about {
        About::Us => 5,
        About::Unclear => 10,
        About::Recipient => 100,
    }
}

/// Postponements in a row, not of one recipient each, after which the relay is left alone for a while.
const POSTPONED: usize = 5;

/// For how long, each time that nobody was taken since the last: a relay that screens new clients wants to be called once
/// more at once; limits count by the minute, and are met only by who was taken before.
const RESTS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(15), Duration::from_secs(61)];

/// The latest answers that were alike.
#[derive(Debug, Default)]
pub(super) struct Streak {
    alike: String,
    /// As the relay said it last.
    reply: String,
    is_refusal: bool,
    messages: Vec<DueMessage>,
    rests: usize,
    /// What the others are told that were on their way when the run ended is no news.
    has_ended: bool,
}

/// What follows from an answer.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Nothing yet.
    GoOn,
    /// These are tried again, after a rest.
    Rest(Duration, Vec<DueMessage>),
    /// The run ends, and these stay waiting.
    Stop(String, Vec<DueMessage>),
}

impl Streak {
    /// The relay took a message.
    pub(super) fn accepted(&mut self) {
        *self = Self::default();
    }

    /// It did not take this one, and the ledger knows.
    pub(super) fn not_taken(&mut self, message: &DueMessage, outcome: &Outcome, has_sent: bool) -> Verdict {
        let (reply, is_refusal) = match outcome {
            Outcome::Refused(reply) => (reply, true),
            Outcome::TryLater(reply) => (reply, false),
            Outcome::Accepted(_) | Outcome::Unknown(_) => return Verdict::GoOn,
        };
        let about = about(reply);
        if !is_refusal && about == About::Recipient {
            return Verdict::GoOn;
        }
        let alike = alike(reply);
        if alike != self.alike {
            *self = Self { alike, is_refusal, rests: self.rests, ..Self::default() };
        }
        self.reply.clone_from(reply);
        self.messages.push(message.clone());
        let most = if is_refusal { most_refusals(about) } else { POSTPONED };
        if self.messages.len() < most && !self.has_ended {
            return Verdict::GoOn;
        }
        let count = self.messages.len();
        let messages = std::mem::take(&mut self.messages);
        if !is_refusal && let Some(rest) = self.next_rest(has_sent) {
            return Verdict::Rest(rest, messages);
        }
        self.has_ended = true;
        Verdict::Stop(self.words(count), messages)
    }

    /// It takes nothing from the sender at the moment; `None` where it is not worth to wait.
    pub(super) fn next_rest(&mut self, has_sent: bool) -> Option<Duration> {
        let rest = RESTS.get(self.rests).copied().filter(|_| has_sent || self.rests == 0);
        self.rests += 1;
        rest
    }

    /// What the last answers of a run come to; `nobody`: it took nobody at all, and refused so many.
    pub(super) fn at_the_end(&mut self, nobody: Option<usize>) -> Verdict {
        let count = self.messages.len();
        let is_for_all = nobody == Some(count) && count > 1;
        let is_about_us = match about(&self.reply) {
            About::Us => true,
            About::Unclear => is_for_all,
            About::Recipient => false,
        };
        if !self.is_refusal || count == 0 || !is_about_us {
            return Verdict::GoOn;
        }
        Verdict::Stop(self.words(count), std::mem::take(&mut self.messages))
    }

    fn words(&self, count: usize) -> String {
        let did = if self.is_refusal { "refused" } else { "put off" };
        let messages = if count == 1 { "a message".to_owned() } else { format!("{count} messages in a row") };
        format!(
            "the relay {did} {messages} for a reason that is about the sender and not about the graduates: {}; they all \
             stay waiting. Show the answer to whoever runs the relay",
            self.reply
        )
    }
}
