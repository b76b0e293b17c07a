//! Which messages to show when there are too many: those whose values are most likely to look wrong.

use std::collections::{BTreeMap, BTreeSet};

use crate::credential::Details;
use crate::store::DueMessage;

/// How many messages a preview shows.
pub const MOST: usize = 200;

/// Why a message is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Among the longest names.
    LongName,
    /// The name has letters beyond ASCII.
    Letters,
    /// The name has an apostrophe, a quote, a comma or a bracket.
    Signs,
    /// One word only.
    Mononym,
    /// No majors or no honours.
    Missing,
    /// Several qualifications in one invitation.
    Several,
    /// Graduation is awaited.
    Awaited,
    /// One of the first in its language.
    Language,
    /// Nothing odd: one of the first.
    Plain,
}

impl Reason {
    /// For the index.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::LongName => "long name",
            Self::Letters => "letters beyond ASCII",
            Self::Signs => "apostrophe, quote or comma",
            Self::Mononym => "one-word name",
            Self::Missing => "no majors or honours",
            Self::Several => "several qualifications",
            Self::Awaited => "graduation awaited",
            Self::Language => "its language",
            Self::Plain => "",
        }
    }

    /// How many are shown for this reason: together [`MOST`]; the first plain messages fill what is left.
    const fn room(self) -> usize {
        match self {
            Self::Letters | Self::Several => 35,
            Self::Signs | Self::Missing => 20,
            Self::Language => 40,
            Self::Mononym | Self::Awaited => 10,
            Self::LongName => LONGEST,
            Self::Plain => MOST,
        }
    }
}

const LONGEST: usize = 30;

/// Gathers the oddest messages while all of them pass by; what it keeps does not grow with their number.
#[derive(Default)]
pub struct Sample {
    seen: usize,
    kept: BTreeMap<Reason, Vec<DueMessage>>,
    languages: BTreeMap<String, usize>,
}

impl Sample {
    /// Looks at a message, which goes out in `language`; `usual` is that of most.
    pub fn look(&mut self, message: &DueMessage, language: &str, usual: &str) {
        self.seen += 1;
        let in_language = self.languages.entry(language.to_owned()).or_default();
        *in_language += 1;
        let first_of_language = *in_language <= 2 && language != usual;
        let why = if first_of_language { Some(Reason::Language) } else { self.reason(message) };
        for why in [why, Some(Reason::Plain)].into_iter().flatten() {
            let kept = self.kept.entry(why).or_default();
            if kept.len() < why.room() {
                kept.push(message.clone());
                break;
            }
        }
        self.keep_longest(message);
    }

    /// The first reason that has room.
    fn reason(&self, message: &DueMessage) -> Option<Reason> {
        let name = message.graduate.name.as_str();
        let mut awards = message.qualifications.iter().filter(|it| it.details == Details::Education);
        let is_missing = awards.any(|it| it.majors.is_empty() || it.honours.is_none());
        let is_awaited = message.qualifications.iter().any(|it| it.conferral.awaiting_graduation);
        let reasons = [
            (message.qualifications.len() > 1, Reason::Several),
            (is_awaited, Reason::Awaited),
            (!name.contains(' '), Reason::Mononym),
            (name.contains(['\'', '’', '"', ',', '(', '.']), Reason::Signs),
            (!name.is_ascii(), Reason::Letters),
            (is_missing, Reason::Missing),
        ];
        let has_room = |why: &Reason| self.kept.get(why).is_none_or(|kept| kept.len() < why.room());
        reasons.into_iter().filter(|(applies, _)| *applies).map(|(_, why)| why).find(has_room)
    }

    fn keep_longest(&mut self, message: &DueMessage) {
        let length = |message: &DueMessage| message.graduate.name.as_str().chars().count();
        let longest = self.kept.entry(Reason::LongName).or_default();
        let place = longest.partition_point(|kept| length(kept) >= length(message));
        if place < LONGEST {
            longest.insert(place, message.clone());
            longest.truncate(LONGEST);
        }
    }

    /// How many messages passed by.
    #[must_use]
    pub const fn seen(&self) -> usize {
        self.seen
    }

    /// The messages to show, each once: all of them where they fit, in their order, else the oddest.
    #[must_use]
    pub fn into_messages(self) -> Vec<(Reason, DueMessage)> {
        let all_fit = self.seen <= MOST;
        let mut chosen = self.into_sample();
        if all_fit {
            chosen.sort_by_key(|(_, message)| message.id);
        }
        chosen
    }

    /// The messages to show, each once, the oddest first.
    #[must_use]
    pub fn into_sample(self) -> Vec<(Reason, DueMessage)> {
        let mut taken = BTreeSet::new();
        let all_fit = self.seen <= MOST;
        self.kept
            .into_iter()
            // where all fit, the longest are all of the first 30 and no reason to name
            .filter(|(why, _)| !(all_fit && *why == Reason::LongName))
            .flat_map(|(why, messages)| messages.into_iter().map(move |message| (why, message)))
            .filter(|(_, message)| taken.insert(message.id))
            .take(MOST)
            .collect()
    }
}
