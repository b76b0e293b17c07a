//! Answers of the relay in a row, and nobody taken in between: what is the same for everybody is about us, and no graduate
//! may stand as refused for it.

use std::time::Duration;

use crate::email::reply::{About, about, alike, is_limit};
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
/// more at once; limits count by the minute, which is over behind the last, and are met only by who was taken before.
const RESTS: [Duration; 4] =
    [Duration::from_secs(1), Duration::from_secs(15), Duration::from_secs(15), Duration::from_secs(30)];

/// The latest answers that were alike.
#[derive(Debug, Default)]
pub(super) struct Streak {
    alike: String,
    /// As the relay said it last.
    reply: String,
    is_refusal: bool,
    /// To whom, each with the number of its answer.
    messages: Vec<(u64, DueMessage)>,
    /// Who was put off for a limit, each with the answer, before somebody was taken.
    put_off: Vec<(DueMessage, String)>,
    /// How many messages of the run were not taken.
    answers: u64,
    rests: usize,
    /// The relay is being left alone, or will be in a moment.
    is_resting: bool,
    /// What the others are told that were on their way when the run ended is no news.
    has_ended: bool,
}

/// What follows from an answer.
#[derive(Debug)]
pub(super) enum Verdict {
    /// Nothing yet.
    GoOn,
    /// It is tried again when the relay has had its rest, as the others are.
    Again,
    /// The relay is to be left alone, and these are tried again after it.
    Rest(String, Vec<DueMessage>),
    /// The run ends, and these stay waiting.
    Stop(String, Vec<DueMessage>),
}

impl Streak {
    /// How many messages were not taken so far, to be kept with one that is offered now.
    pub(super) const fn answers(&self) -> u64 {
        self.answers
    }

    /// The relay took a message that was offered after so many answers. It says nothing about refusals since: on another
    /// connection the relay may have changed its mind already.
    pub(super) fn accepted(&mut self, offered: u64) {
        self.rests = 0;
        if self.is_refusal {
            self.messages.retain(|(answer, _)| *answer > offered);
        } else {
            self.pass_over();
        }
    }

    /// It did not take this one, and the ledger knows. `is_late`: since it said so, it was left alone.
    pub(super) fn not_taken(&mut self, message: &DueMessage, outcome: &Outcome, is_late: bool) -> Verdict {
        let (reply, is_refusal) = match outcome {
            Outcome::Refused(reply) => (reply, true),
            Outcome::TryLater(reply) => (reply, false),
            Outcome::Accepted(_) | Outcome::Unknown(_) => return Verdict::GoOn,
        };
        self.answers += 1;
        let about = about(reply);
        if !is_refusal && about == About::Recipient {
            return Verdict::GoOn;
        }
        // a wrong address among answers that are not about addresses says nothing about those
        if about == About::Recipient && !self.messages.is_empty() && self::about(&self.reply) != about {
            return Verdict::GoOn;
        }
        if !is_refusal && (is_late || self.is_resting) {
            return Verdict::Again;
        }
        let alike = alike(reply);
        if alike != self.alike {
            self.pass_over();
            (self.alike, self.is_refusal, self.has_ended) = (alike, is_refusal, false);
        }
        self.reply.clone_from(reply);
        self.messages.push((self.answers, message.clone()));
        let most = if is_refusal { most_refusals(about) } else { POSTPONED };
        if self.messages.len() < most && !self.has_ended {
            return Verdict::GoOn;
        }
        let words = words(is_refusal, self.messages.len(), reply);
        let messages = self.take();
        if is_refusal {
            self.has_ended = true;
            return Verdict::Stop(words, messages);
        }
        self.is_resting = true;
        Verdict::Rest(words, messages)
    }

    /// For how long to leave it alone; `None` where it is not worth to wait.
    pub(super) fn next_rest(&mut self, has_sent: bool) -> Option<Duration> {
        let rest = RESTS.get(self.rests).copied().filter(|_| has_sent || self.rests == 0);
        self.rests += 1;
        rest
    }

    /// Forgets the answers, but not who may still be taken in this run.
    fn pass_over(&mut self) {
        let messages = self.take();
        if !self.is_refusal && is_limit(&self.reply) {
            self.put_off.extend(messages.into_iter().map(|message| (message, self.reply.clone())));
        }
    }

    /// Who was put off for a limit and was not tried again, each with the answer; and what to say if it is no use.
    pub(super) fn take_put_off(&mut self) -> (Vec<(DueMessage, String)>, String) {
        if !self.is_refusal {
            self.pass_over();
        }
        let put_off = std::mem::take(&mut self.put_off);
        let words = put_off.last().map(|(_, reply)| words(false, put_off.len(), reply)).unwrap_or_default();
        (put_off, words)
    }

    /// What the relay said last to who was not taken.
    pub(super) fn reply(&self) -> &str {
        &self.reply
    }

    /// It has had its rest.
    pub(super) const fn rested(&mut self) {
        self.is_resting = false;
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
        Verdict::Stop(words(true, count, &self.reply), self.take())
    }

    fn take(&mut self) -> Vec<DueMessage> {
        std::mem::take(&mut self.messages).into_iter().map(|(_, message)| message).collect()
    }
}

fn words(is_refusal: bool, count: usize, reply: &str) -> String {
    let did = if is_refusal { "refused" } else { "put off" };
    let messages = if count == 1 { "a message".to_owned() } else { format!("{count} messages in a row") };
    format!(
        "the relay {did} {messages} for a reason that is about the sender and not about the graduates: {reply}; they all \
         stay waiting. Show the answer to whoever runs the relay"
    )
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::graduate::{EmailAddress, Graduate, PersonName, StudentId};
    use crate::invitation::Occasion;

    fn message(id: i64) -> DueMessage {
        let graduate = Graduate {
            student_id: StudentId::parse(&format!("s{id}")).unwrap(),
            name: PersonName::parse("Ana Ruiz").unwrap(),
            email: EmailAddress::parse("ana@mailbox.example").unwrap(),
            date_of_birth: None,
            language: None,
        };
        let occasion = Occasion::Invitation;
        DueMessage { id, invitation_id: id, occasion, attempts: 0, graduate, qualifications: Vec::new() }
    }

    #[test]
    fn what_was_put_off_beside_others_is_tried_again_with_them() {
        let later = Outcome::TryLater("450 4.7.1 Error: too many recipients from 192.0.2.7".into());
        let mut streak = Streak::default();
        for id in 1..=4 {
            assert!(matches!(streak.not_taken(&message(id), &later, false), Verdict::GoOn));
        }
        let rest = streak.not_taken(&message(5), &later, false);
        assert!(matches!(rest, Verdict::Rest(_, messages) if messages.len() == POSTPONED));
        // of the other connections: one while the relay has its rest, one behind it, and somebody is taken in between
        assert!(matches!(streak.not_taken(&message(6), &later, false), Verdict::Again));
        streak.accepted(streak.answers());
        assert!(matches!(streak.not_taken(&message(7), &later, false), Verdict::Again));
        streak.rested();
        assert!(matches!(streak.not_taken(&message(8), &later, true), Verdict::Again));
        assert!(matches!(streak.not_taken(&message(9), &later, false), Verdict::GoOn));
    }

    #[test]
    fn who_was_offered_before_a_refusal_and_is_taken_after_it_changes_nothing() {
        let quota = Outcome::Refused("550 5.7.1 daily sending quota exceeded".into());
        let mut streak = Streak::default();
        let offered = streak.answers();
        for id in 1..=4 {
            assert!(matches!(streak.not_taken(&message(id), &quota, false), Verdict::GoOn));
            streak.accepted(offered);
        }
        let stop = streak.not_taken(&message(5), &quota, false);
        assert!(matches!(stop, Verdict::Stop(_, messages) if messages.len() == 5));
        // who is on its way when the run ends is taken back, too, whatever else is taken meanwhile
        streak.accepted(offered);
        let late = streak.not_taken(&message(6), &quota, false);
        assert!(matches!(late, Verdict::Stop(_, messages) if messages.len() == 1));
        // one that was offered after a refusal is another matter
        let mut streak = Streak::default();
        for id in 1..=40 {
            assert!(matches!(streak.not_taken(&message(id), &quota, false), Verdict::GoOn));
            // three are always on their way
            streak.accepted(streak.answers().saturating_sub(3));
        }
    }

    #[test]
    fn rests_grow_and_end() {
        let mut streak = Streak::default();
        let rests: Vec<_> = (0..=RESTS.len()).map(|_| streak.next_rest(true)).collect();
        assert!(rests.is_sorted_by_key(|rest| rest.unwrap_or(Duration::MAX)) && rests[RESTS.len()].is_none());
        streak.accepted(streak.answers());
        assert_eq!(streak.next_rest(true), Some(RESTS[0]));
        // who was never taken is called once more, and that is all
        streak.accepted(streak.answers());
        assert_eq!([streak.next_rest(false), streak.next_rest(false)], [Some(RESTS[0]), None]);
    }
}
