//! Addresses that a person should look at before mail goes there: likely slips in well-known domains, mailboxes of an
//! office instead of a person, and what stands for no mailbox.

use std::collections::HashMap;

use crate::graduate::EmailAddress;
use crate::roster::vocabulary::is_placeholder;

/// Providers of mailboxes with many graduates. One that is short is missing: too many real domains are one sign away.
const PROVIDERS: [&str; 25] = [
    "gmail.com",
    "googlemail.com",
    "hotmail.com",
    "hotmail.co.uk",
    "hotmail.com.au",
    "hotmail.fr",
    "outlook.com",
    "outlook.com.au",
    "yahoo.com",
    "yahoo.com.au",
    "yahoo.co.uk",
    "yahoo.co.in",
    "yahoo.fr",
    "icloud.com",
    "live.com.au",
    "bigpond.com",
    "bigpond.net.au",
    "optusnet.com.au",
    "iinet.net.au",
    "protonmail.com",
    "fastmail.com",
    "rocketmail.com",
    "naver.com",
    "hanmail.net",
    "rediffmail.com",
];

/// Domains that are one sign away from a provider's and somebody else's.
const OTHERS: [&str; 5] = ["ymail.com", "mail.com", "email.com", "fmail.com", "yahoo.ca"];

/// Mailboxes that several people read (RFC 2142, and the offices of a university).
const ROLES: [&str; 28] = [
    "accounts",
    "admin",
    "admissions",
    "alumni",
    "billing",
    "careers",
    "contact",
    "enquiries",
    "graduations",
    "hello",
    "help",
    "helpdesk",
    "hr",
    "info",
    "library",
    "mail",
    "marketing",
    "office",
    "postmaster",
    "principal",
    "reception",
    "registrar",
    "registry",
    "sales",
    "secretary",
    "students",
    "support",
    "webmaster",
];

/// What is odd about an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// Its domain looks like a slip for this one.
    Misspelt(&'static str),
    /// Several people read it.
    Role,
    /// It stands for no mailbox.
    Placeholder,
}

impl Oddity {
    /// What is odd about an address, if anything is.
    #[must_use]
    pub fn of(address: &EmailAddress, slips: &mut Slips) -> Option<Self> {
        let local = address.as_str().rsplit_once('@').map_or("", |(local, _)| local).to_ascii_lowercase();
        if is_placeholder(address) {
            Some(Self::Placeholder)
        } else if ROLES.contains(&local.as_str()) {
            Some(Self::Role)
        } else {
            slips.of(address.domain()).map(Self::Misspelt)
        }
    }

    /// For the index.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Misspelt(meant) => format!("probably {meant}"),
            Self::Role => "read by an office, and not by one person".into(),
            Self::Placeholder => "stands for no mailbox".into(),
        }
    }
}

/// The domains that were looked at: there are few of them, and each is compared with all providers once.
#[derive(Debug, Default)]
pub struct Slips(HashMap<String, Option<&'static str>>);

impl Slips {
    /// So many are remembered.
    const MOST: usize = 10_000;

    fn of(&mut self, domain: &str) -> Option<&'static str> {
        if let Some(known) = self.0.get(domain) {
            return *known;
        }
        let meant = misspelt(domain);
        if self.0.len() < Self::MOST {
            self.0.insert(domain.to_owned(), meant);
        }
        meant
    }
}

/// The well-known domain that is probably meant: one sign is missing, too much, another, or two have changed places.
#[must_use]
pub fn misspelt(domain: &str) -> Option<&'static str> {
    if PROVIDERS.contains(&domain) || OTHERS.contains(&domain) {
        return None;
    }
    // a provider has domains in many countries: yahoo.com.ar is no slip for yahoo.com.au
    let in_country = |known: &str| {
        let is_long = domain.matches('.').count() > 1;
        is_long && domain.rsplit('.').next() != known.rsplit('.').next()
    };
    PROVIDERS.into_iter().find(|known| strsim::osa_distance(known, domain) == 1 && !in_country(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_domains_that_there_are() {
        for (slip, meant) in [
            ("gmial.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gamil.com", "gmail.com"),
            ("hotmial.com", "hotmail.com"),
            ("yaho.com", "yahoo.com"),
            ("outlok.com", "outlook.com"),
            ("bigpond.ent.au", "bigpond.net.au"),
        ] {
            assert_eq!(misspelt(slip), Some(meant), "{slip}");
        }
        for real in [
            "gmail.com",
            "ymail.com",
            "mail.com",
            "yahoo.com.ar",
            "yahoo.co.id",
            "hotmail.de",
            "five.com",
            "qq.com",
        ] {
            assert_eq!(misspelt(real), None, "{real}");
        }
    }

    #[test]
    fn offices_are_told_from_people() {
        let of = |address| {
            EmailAddress::parse(address).ok().and_then(|address| Oddity::of(&address, &mut Slips::default()))
        };
        assert_eq!(of("Info@college.example"), Some(Oddity::Role));
        assert_eq!(of("no.email@college.example"), Some(Oddity::Placeholder));
        assert_eq!(of("infante@college.example"), None);
    }
}
