//! The promises, held against what the relay heard, what SEEK Pass has and what the ledger says. The only place that
//! knows them.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use gradpass::invitation::MessageState;
use gradpass::invitation::code::Code;
use gradpass::invitation::key::CodeKey;
use jiff::{SignedDuration, Timestamp};

use super::model::student;
use super::seen::Seen;
use super::{Ended, Scenario, Step};
use crate::world::process;

/// A little less than the life of a submission: so close to its end it counts as gone.
const LIFETIME: SignedDuration = SignedDuration::from_mins(48 * 60 - 5);

/// What the ledger says of its messages, and how many copies of each the relay has.
#[derive(Clone, Default)]
pub struct Ledger(BTreeMap<String, Message>);

/// A message, under the middle of its Message-ID.
#[derive(Clone)]
struct Message {
    number: usize,
    state: MessageState,
    /// Attempts of which nobody knows how they ended.
    doubts: usize,
    copies: usize,
}

impl Message {
    fn is_in_doubt(&self) -> bool {
        // what a dead process left as sending is in doubt as soon as anybody looks
        matches!(self.state, MessageState::InDoubt | MessageState::Sending)
    }
}

impl Ledger {
    /// As the help desk would read it. Before the first command there is none.
    pub fn read(scenario: &Scenario) -> Self {
        let mut copies = BTreeMap::<String, usize>::new();
        for mail in scenario.mails() {
            *copies.entry(mail.tag.clone()).or_default() += 1;
        }
        copies.retain(|tag, _| !scenario.progress.purged.contains(tag));
        let key = CodeKey::read(&scenario.world.path("code.key")).unwrap();
        let mut messages = BTreeMap::new();
        for (number, timeline) in &scenario.progress.seen.timelines {
            for message in &timeline.messages {
                let doubtful = |outcome: &Option<String>| outcome.as_deref().is_none_or(|it| it == "unknown");
                let doubts = message.attempts.iter().filter(|attempt| doubtful(&attempt.outcome)).count();
                let tag = key.message_tag(message.id, 0);
                let copies = copies.remove(&tag).unwrap_or(0);
                messages.insert(tag, Message { number: *number, state: message.state, doubts, copies });
            }
        }
        assert!(copies.is_empty(), "the relay has mails that no message of the ledger is: {copies:?}");
        Self(messages)
    }

    /// The messages of a graduate.
    pub fn tags_of(&self, number: usize) -> impl Iterator<Item = String> {
        self.0.iter().filter(move |(_, message)| message.number == number).map(|(tag, _)| tag.clone())
    }

    fn in_doubt(&self) -> BTreeSet<&str> {
        self.0.iter().filter(|(_, message)| message.is_in_doubt()).map(|(tag, _)| tag.as_str()).collect()
    }
}

/// What holds after every step; returns how the ledger is now.
pub fn hold(scenario: &Scenario, was_retry: bool) -> Ledger {
    let (before, connections) = (&scenario.progress.ledger, scenario.connections);
    let after = Ledger::read(scenario);
    let (doubts, new_doubts) = (before.in_doubt(), after.in_doubt());
    let more = new_doubts.difference(&doubts).count();
    assert!(more <= connections, "{more} more in doubt over {connections} connections");
    for tag in doubts {
        // only a retry sends them again
        let is_as_before = after.0.get(tag).is_none_or(|message| message.copies == before.0[tag].copies);
        assert!(was_retry || is_as_before, "a mail in doubt was sent again");
    }
    for (tag, message) in &after.0 {
        let Message { number, state, doubts, copies } = message;
        assert!(
            !scenario.progress.model.0[number].is_purged,
            "graduate {number} is purged, and has a message again"
        );
        assert!(*copies <= 1 + doubts, "{copies} copies for graduate {number}, and in doubt {doubts} times");
        assert!(
            *copies > 0 || *state != MessageState::Sent,
            "the mail {tag} of graduate {number} was never sent"
        );
        assert!(
            *copies == 0 || *state != MessageState::Waiting || *doubts > 0,
            "mailed, and waiting as if it were not"
        );
    }
    nobody_is_submitted_twice(scenario);
    after
}

/// From the moment that somebody is held, until whoever may release her is asked to.
pub fn nobody_held_is_mailed(scenario: &Scenario) {
    let mails = scenario.mails();
    for (number, graduate) in &scenario.progress.model.0 {
        let Some(since) = graduate.held_since else { continue };
        let is_hers = |recipient: &str| recipient.starts_with(&format!("g{number}."));
        let hers = mails[since..].iter().filter(|mail| is_hers(&mail.recipient)).count();
        assert_eq!(hers, 0, "graduate {number} is held and was mailed");
    }
}

/// Of the mails from this place on: nobody is reminded who opted out, was revoked, or has something at SEEK Pass that is not over.
pub fn reminders_are_wanted(scenario: &Scenario, from: usize) {
    let mails = scenario.mails();
    let now = scenario.world.clock.now();
    for (place, mail) in mails.iter().enumerate().skip(from).filter(|(_, mail)| mail.is_reminder) {
        let number = mail.recipient[1..].split('.').next().unwrap().parse().unwrap();
        let graduate = &scenario.progress.model.0[&number];
        assert!(graduate.opted_out_since.is_none_or(|since| place < since), "graduate {number} opted out");
        assert!(!graduate.is_revoked && !graduate.is_purged, "graduate {number}: {graduate:?}");
        let latest = scenario.ids_of(number).last().and_then(|id| scenario.seek.seek.made_at(id));
        let is_over = |at: Timestamp| {
            now.duration_since(at) >= LIFETIME || graduate.given_up.iter().any(|given_up| *given_up >= at)
        };
        assert!(latest.is_none_or(is_over), "graduate {number} is reminded of what she has just asked for");
    }
}

/// Whatever the roster says, until it says the same; and no longer.
pub fn corrections_stand(scenario: &Scenario) {
    for (&number, graduate) in &scenario.progress.model.0 {
        let is_none = scenario.progress.seen.corrections.of(student(number).as_str()).is_empty();
        let is_certain = scenario.progress.pending.is_none();
        assert!(!is_certain || is_none == graduate.corrected.is_none(), "graduate {number}: {graduate:?}");
        let Some(year) = graduate.corrected.filter(|_| graduate.is_listed) else { continue };
        let known = scenario.world.look(async |store| store.correctable(&student(number)).await.unwrap());
        let years: Vec<_> = known.unwrap().1.iter().map(|it| it.conferral.year).collect();
        assert_eq!(years, [Some(year.cast_signed())], "the correction of graduate {number} is gone");
    }
}

/// One submission per credential and 48 hours, unless it was given up for a reason.
fn nobody_is_submitted_twice(scenario: &Scenario) {
    for (&number, graduate) in &scenario.progress.model.0 {
        let made: Vec<_> =
            scenario.ids_of(number).iter().map(|id| scenario.seek.seek.made_at(id).unwrap()).collect();
        for pair in made.windows(2) {
            let given_up = graduate.given_up.iter().any(|at| (pair[0]..=pair[1]).contains(at));
            let gap = pair[1].duration_since(pair[0]);
            // the 48 hours run from the first time that it may have reached SEEK Pass
            let is_older = |at: &Timestamp| {
                (SignedDuration::ZERO..LIFETIME).contains(&pair[0].duration_since(*at))
                    && pair[1].duration_since(*at) >= LIFETIME
            };
            let given_up = given_up || scenario.progress.deaths.iter().any(is_older);
            assert!(given_up || gap >= LIFETIME, "graduate {number}: two submissions within {gap:#}");
        }
    }
}

/// What holds at the end: in health, everything that was left over is done, and every promise is kept.
pub fn fulfilled(scenario: &mut Scenario) {
    if let Some(step) = scenario.progress.pending.clone() {
        scenario.does(&step);
    }
    let held = scenario.progress.model.0.iter().filter(|(_, graduate)| graduate.held_since.is_some());
    for number in held.map(|(number, _)| *number).collect::<Vec<_>>() {
        scenario.does(&Step::Release(number));
    }
    everybody_is_mailed(scenario);
    nobody_has_too_many(scenario);
    codes_work_as_they_must(scenario);
    every_graduate_gets_her_link(scenario);
    nothing_readable_is_at_rest(scenario);
    assert_eq!(scenario.takes(&Step::Send, None), Ended::Well, "and nothing is left to do");
    let damage = scenario.world.look(async |store| store.integrity_check().await.unwrap());
    assert_eq!(damage, None);
}

/// Runs, and then retries, until nothing is left.
fn everybody_is_mailed(scenario: &mut Scenario) {
    for round in 0.. {
        scenario.does(&Step::Send);
        let left = scenario.progress.seen.mail;
        if left.waiting + left.deferred == 0 {
            if left.in_doubt + left.refused == 0 {
                break;
            }
            scenario.does(&Step::Retry);
        }
        assert!(round < 20, "the mails come to no end: {left:?}");
        scenario.world.clock.advance(Duration::from_hours(24));
    }
    let ledger = &scenario.progress.ledger;
    let [unfinished, messages, purged] = scenario.world.counts([
        "SELECT count(*) FROM message WHERE state <> 'sent' AND state <> 'canceled'",
        "SELECT count(*) FROM message",
        "SELECT coalesce(sum(number), 0) FROM purged_count WHERE what = 'message' AND state = 'sent' AND batch_id > 0",
    ]);
    assert_eq!(unfinished, 0, "every message is at an end");
    assert_eq!(usize::try_from(messages), Ok(ledger.0.len()), "every message is somebody's");
    let sent = ledger.0.values().filter(|message| message.state == MessageState::Sent);
    assert!(sent.clone().all(|message| message.copies > 0));
    let counted = scenario.progress.seen.by_state.get(&MessageState::Sent).copied().unwrap_or(0);
    assert_eq!(i64::try_from(sent.count()), Ok(counted - purged), "status counts what the relay has");
    for (number, graduate) in &scenario.progress.model.0 {
        let is_forgotten = graduate.is_owed_a_code() && scenario.working_code(*number).is_none();
        assert!(!is_forgotten, "graduate {number} is forgotten: {graduate:?}");
    }
}

/// And each that brought something new is followed by two reminders, and by as many more as nobody knows whether they arrived.
fn nobody_has_too_many(scenario: &Scenario) {
    let mails = scenario.mails();
    let reminders: BTreeSet<_> = mails.iter().filter(|it| it.is_reminder).map(|it| it.tag.as_str()).collect();
    for (number, graduate) in &scenario.progress.model.0 {
        let hers = scenario.progress.ledger.0.iter().filter(|(_, it)| it.number == *number && it.copies > 0);
        let (reminders, mails): (Vec<_>, Vec<_>) =
            hers.partition(|(tag, _)| reminders.contains(tag.as_str()));
        let (reminded, mails) = (reminders.len(), mails.len());
        assert!(mails <= graduate.most_mails, "graduate {number} got {mails} mails: {graduate:?}");
        let doubts: usize = reminders.iter().map(|(_, message)| message.doubts).sum();
        assert!(
            reminded <= 2 * mails + doubts,
            "graduate {number} was reminded {reminded} times: {graduate:?}"
        );
    }
}

/// All that must work work, and those that must not do not.
fn codes_work_as_they_must(scenario: &Scenario) {
    let key = CodeKey::read(&scenario.world.path("code.key")).unwrap();
    let now = scenario.world.clock.now();
    let mails = scenario.mails();
    let open = scenario.world.look(async |store| {
        let mut open = Vec::new();
        for mail in &mails {
            let hash = key.hash(&Code::parse(&mail.code).unwrap());
            open.push(store.redeemable(&hash, now).await.unwrap().is_some());
        }
        open
    });
    for (place, (mail, works)) in mails.iter().zip(open).enumerate() {
        let number = mail.recipient[1..].split('.').next().unwrap().parse().unwrap();
        let graduate = &scenario.progress.model.0[&number];
        let must = graduate.has_working(number, place, &mail.recipient).unwrap_or(works);
        assert_eq!(works, must, "the code of mail {place}, to graduate {number}: {graduate:?}");
    }
}

fn every_graduate_gets_her_link(scenario: &mut Scenario) {
    if !scenario.seek.seek.ids().is_empty() {
        // it may have refused some, and others may wait for their next try
        scenario.does(&Step::Retry);
        scenario.world.clock.advance(Duration::from_hours(1));
        scenario.does(&Step::FollowUp);
    }
    let numbers: Vec<_> = scenario.progress.model.0.keys().copied().collect();
    let answers = process(async {
        let ledger = scenario.world.open().await.unwrap();
        scenario.follow(&ledger, &numbers).await
    });
    for (number, answer) in answers {
        let link = answer.link();
        let links: Vec<_> =
            scenario.ids_of(number).iter().filter_map(|id| scenario.seek.seek.redirect_uri(id)).collect();
        assert_eq!(links.last().map(String::as_str), Some(link), "graduate {number} is led to her own");
    }
    scenario.progress.seen = Seen::of(scenario).unwrap();
    nobody_is_submitted_twice(scenario);
}

/// No code in clear in any file of the ledger, or in any row.
fn nothing_readable_is_at_rest(scenario: &Scenario) {
    let text = scenario.world.at_rest().to_uppercase();
    let known = scenario.progress.model.0.iter().find(|(_, graduate)| !graduate.is_purged);
    let finds = |(number, _): (&usize, _)| text.contains(&student(*number).as_str().to_uppercase());
    assert!(known.is_none_or(finds), "the search finds what is there");
    for mail in scenario.mails() {
        let code = &mail.code;
        let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
        assert!(!text.contains(code) && !text.contains(&bare), "a code is readable in the ledger");
    }
}
