//! What must be true of each graduate, from what was done and said alone. It knows nothing of the ledger.

use std::collections::BTreeMap;
use std::fmt::Write;

use gradpass::graduate::StudentId;
use jiff::Timestamp;
use jiff::civil::Date;

/// What a roster says of a graduate: where she is mailed, and the year of her award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    pub address: u8,
    pub year: u16,
}

/// The year of an award that is conferred on a day of its own, and awaited until then.
pub const AWAITED: u16 = 2026;

/// That day.
pub const CONFERRED: Date = jiff::civil::date(2026, 12, 20);

/// Its beginning, at the university.
fn conferred_at() -> Timestamp {
    CONFERRED.in_tz("Australia/Melbourne").unwrap().timestamp()
}

/// Who is in it, by number.
pub type Roster = BTreeMap<usize, Entry>;

/// So many graduates at their first address.
pub fn listing(numbers: impl IntoIterator<Item = usize>) -> Roster {
    numbers.into_iter().map(|number| (number, Entry { address: 0, year: 2024 })).collect()
}

pub fn student_id(number: usize) -> String {
    format!("s{number:04}")
}

pub fn student(number: usize) -> StudentId {
    StudentId::parse(&student_id(number)).unwrap()
}

pub fn name(number: usize) -> String {
    format!("Graduate {number}")
}

pub fn address(number: usize, address: u8) -> String {
    format!("g{number}.{address}@mailbox.example")
}

pub fn csv(roster: &Roster) -> String {
    let mut text = "student_id,full_name,email,course_name,conferral_year,conferral_date\n".to_owned();
    for (&number, entry) in roster {
        let (id, name, address) = (student_id(number), name(number), address(number, entry.address));
        let day = if entry.year == AWAITED { CONFERRED.to_string() } else { String::new() };
        writeln!(text, "{id},{name},{address},Bachelor of Arts,{},{day}", entry.year).unwrap();
    }
    text
}

/// One graduate.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and most go together")]
pub struct Graduate {
    pub entry: Entry,
    pub is_listed: bool,
    pub is_revoked: bool,
    /// She has finished at SEEK Pass, whether or not we have heard of it.
    pub has_finished: bool,
    /// Her data are gone; a roster that still lists her invites her no more.
    pub is_purged: bool,
    /// Codes of mails before this place in the relay's book work no longer.
    pub void_before: usize,
    /// So many different mails she may have got, and not one more, but for reminders.
    pub most_mails: usize,
    /// When a submission of hers was over before its 48 hours: canceled, or given up for a reason.
    pub given_up: Vec<Timestamp>,
    /// Somebody holds her, since the relay had so many mails: none of those behind is hers.
    pub held_since: Option<usize>,
    /// She asked for no more reminders, when the relay had so many mails.
    pub opted_out_since: Option<usize>,
    /// The year of her award that stands over the roster, until that says the same.
    pub corrected: Option<u16>,
}

impl Graduate {
    /// Whether a code that a mail at this place of the relay's book took to this address must work; `None` where both
    /// would be right, since we may not have heard yet that she has finished.
    pub fn has_working(&self, number: usize, place: usize, recipient: &str) -> Option<bool> {
        if self.is_purged {
            return Some(false);
        }
        let is_hers = place >= self.void_before && recipient == address(number, self.entry.address);
        (!self.has_finished).then_some(self.is_listed && !self.is_revoked && is_hers)
    }

    /// Whether she must have a code that works in the end.
    pub const fn is_owed_a_code(&self) -> bool {
        self.is_listed && !self.is_revoked && !self.has_finished && !self.is_purged
    }
}

/// All graduates that any roster held.
#[derive(Debug, Clone, Default)]
pub struct Model(pub BTreeMap<usize, Graduate>);

impl Model {
    /// A roster is in the ledger, or may be for a part. `mails` were there when it was tried first.
    pub fn imports(&mut self, roster: &Roster, mails: usize, now: Timestamp) {
        for (&number, &entry) in roster {
            let graduate = self.0.entry(number).or_insert_with(|| Graduate {
                entry,
                is_listed: true,
                is_revoked: false,
                has_finished: false,
                is_purged: false,
                void_before: 0,
                most_mails: 1,
                // what is awaited is another submission from its day on
                given_up: vec![conferred_at()],
                held_since: None,
                opted_out_since: None,
                corrected: None,
            });
            if graduate.entry.address != entry.address {
                graduate.void_before = mails;
                graduate.most_mails += 1;
            }
            if graduate.entry != entry {
                graduate.given_up.push(now);
            }
            graduate.entry = entry;
        }
        for (number, graduate) in &mut self.0 {
            graduate.is_listed = roster.contains_key(number);
        }
    }

    pub fn revokes(&mut self, number: usize, mails: usize, now: Timestamp) {
        let graduate = self.0.get_mut(&number).unwrap();
        if graduate.is_listed {
            graduate.is_revoked = true;
            graduate.void_before = mails;
            graduate.given_up.push(now);
        }
    }

    /// Whether or not it comes to its end, it may have made another mail.
    pub fn tries_to_reissue(&mut self, number: usize) {
        self.0.get_mut(&number).unwrap().most_mails += 1;
    }

    pub fn has_reissued(&mut self, number: usize) {
        let graduate = self.0.get_mut(&number).unwrap();
        // nothing is issued to whoever is held
        graduate.is_revoked &= !graduate.is_listed || graduate.held_since.is_some();
    }

    /// Whether or not it comes to its end, it may have made another mail, and what she adds next is another submission.
    pub fn tries_again(&mut self, number: usize, now: Timestamp) {
        let graduate = self.0.get_mut(&number).unwrap();
        graduate.most_mails += 1;
        graduate.given_up.push(now);
    }

    /// She can add it again: with a new code alone, where `void_before` says so.
    pub fn can_add_again(&mut self, number: usize, void_before: Option<usize>) {
        let graduate = self.0.get_mut(&number).unwrap();
        graduate.has_finished = false;
        graduate.void_before = void_before.unwrap_or(graduate.void_before);
    }

    /// Whether or not it comes to its end, it may have invited again whoever has finished what was awaited and is conferred by now.
    pub fn may_confer(&mut self, now: Timestamp) {
        let is_over = now >= conferred_at();
        let awaited = self.0.values_mut().filter(|it| is_over && it.has_finished && it.entry.year == AWAITED);
        for graduate in awaited {
            graduate.most_mails += 1;
            graduate.given_up.push(now);
        }
    }

    pub fn has_opted_out(&mut self, number: usize, mails: usize) {
        self.0.get_mut(&number).unwrap().opted_out_since.get_or_insert(mails);
    }

    /// A roster is in the ledger, for good.
    pub fn has_imported(&mut self, roster: &Roster) {
        for (number, entry) in roster {
            let corrected = &mut self.0.get_mut(number).unwrap().corrected;
            *corrected = corrected.filter(|year| *year != entry.year);
        }
    }

    /// Whether or not it comes to its end, what she has submitted may be another now.
    pub fn tries_to_correct(&mut self, number: usize, now: Timestamp) {
        self.0.get_mut(&number).unwrap().given_up.push(now);
    }

    pub fn has_corrected(&mut self, number: usize, year: u16) {
        let graduate = self.0.get_mut(&number).unwrap();
        // of whom the ledger lists nothing, nothing is corrected, and what was before stands
        if graduate.is_listed && !graduate.is_purged {
            graduate.corrected = Some(year);
        }
    }

    pub fn has_held(&mut self, number: usize, mails: usize) {
        self.0.get_mut(&number).unwrap().held_since = Some(mails);
    }

    /// Whether or not it comes to its end.
    pub fn tries_to_release(&mut self, number: usize) {
        self.0.get_mut(&number).unwrap().held_since = None;
    }

    pub fn purges(&mut self, number: usize) {
        let graduate = self.0.get_mut(&number).unwrap();
        (graduate.held_since, graduate.corrected) = (None, None);
        assert!(!graduate.is_owed_a_code(), "graduate {number} is purged and owed a code: {graduate:?}");
        graduate.is_purged = true;
    }

    pub fn finishes(&mut self, number: usize) {
        self.0.get_mut(&number).unwrap().has_finished = true;
    }

    pub fn declines(&mut self, number: usize, now: Timestamp) {
        self.0.get_mut(&number).unwrap().given_up.push(now);
    }
}
