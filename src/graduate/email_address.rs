//! An address that a relay will take, checked at import rather than at 2 a.m.

use std::borrow::Cow;
use std::fmt;

use super::{Problem, text};

/// A plain ASCII address with its domain in lower-case punycode (RFC 5321 §4.1.2, RFC 5890).
///
/// Narrower than the grammar on purpose: no quoted local part, no address literal, a dot in the domain, at
/// most 64 octets before the `@` and 254 in all (RFC 5321 §4.5.3.1, RFC 3696 erratum 1690).
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(lettre::Address);

impl EmailAddress {
    /// Reads an address.
    ///
    /// # Errors
    /// A [`Problem`] that says what is wrong without repeating the address.
    pub fn parse(value: &str) -> Result<Self, Problem> {
        let value = text::clean(value)?;
        let problem = |words: &str| Err(Problem::new(words));
        if value.is_empty() {
            return problem("missing; without an address nobody can be invited");
        }
        let Some((local, domain)) = value.rsplit_once('@') else {
            return problem("has no @; write it as name@domain");
        };
        if local.is_empty() {
            return problem("has nothing before the @");
        }
        if domain.is_empty() {
            return problem("has nothing after the @");
        }
        if local.contains('@') {
            return problem("has more than one @; give one address only");
        }
        if value.contains([' ', ',', ';', '"', '<', '>', '(', ')', '[', ']', '\\']) {
            return problem("has a space, quote, bracket, comma or semicolon in it; give one plain address");
        }
        if !local.is_ascii() {
            return problem(
                "has an accented letter before the @, which needs SMTPUTF8 at every relay; give a plain one",
            );
        }
        if !local.starts_with(|first: char| first.is_ascii_alphanumeric() || "_-+".contains(first))
            || local.contains('%')
        {
            return problem("begins with a sign, or has a % in it; give the plain address");
        }
        if local.ends_with('\'') || domain.ends_with('\'') {
            return problem("has a quote at its end; give the plain address");
        }
        let Ok(domain) = ascii(domain) else {
            return problem("has a domain that cannot exist; check the part after the @");
        };
        if !domain.contains('.') {
            return problem("has no dot after the @; give the whole domain");
        }
        if domain.rsplit('.').next().is_some_and(|ending| ending.bytes().all(|byte| byte.is_ascii_digit())) {
            return problem("has a number after the @; give the name of the domain");
        }
        if local.len() > 64 || local.len() + 1 + domain.len() > 254 {
            return problem("is longer than an address may be (64 before the @, 254 in all)");
        }
        match lettre::Address::new(local, &*domain) {
            Ok(address) => Ok(Self(address)),
            Err(_) => problem("is not an address; check its dots and signs"),
        }
    }

    /// The whole address: personal, never for a log.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_ref()
    }

    /// The part after the `@`, in lower-case ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.domain()
    }

    /// For the envelope and the header.
    #[must_use]
    pub fn address(&self) -> &lettre::Address {
        &self.0
    }

    /// The address as a log may show it: `m…@u…`.
    #[must_use]
    pub fn masked(&self) -> String {
        let first = |text: &str| text.chars().next().unwrap_or('…');
        format!("{}…@{}…", first(self.0.user()), first(self.0.domain()))
    }
}

/// The domain in lower-case punycode. One of plain labels stays as it is; the rules are for the others.
fn ascii(domain: &str) -> Result<Cow<'_, str>, idna::Errors> {
    let is_plain = |label: &[u8]| {
        (1..=63).contains(&label.len())
            && label.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
    };
    if domain.len() <= 253 && domain.as_bytes().split(|byte| *byte == b'.').all(is_plain) {
        return Ok(Cow::Borrowed(domain));
    }
    idna::domain_to_ascii_strict(domain).map(Cow::Owned)
}

/// Debug output ends up in logs and panics, so it shows the masked address.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_a_relay_takes() {
        for (given, kept) in [
            ("mira.tan@uni.example", "mira.tan@uni.example"),
            (" Mira+x@UNI.Example ", "Mira+x@uni.example"),
            ("o'brien@uni.example", "o'brien@uni.example"),
            ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ] {
            assert_eq!(EmailAddress::parse(given).map(|it| it.as_str().to_owned()), Ok(kept.to_owned()));
        }
    }

    #[test]
    fn addresses_that_it_would_refuse_are_refused_without_being_repeated() {
        let long = format!("{}@uni.example", "a".repeat(65));
        for given in [
            "",
            "no-at-sign.example",
            "two@@uni.example",
            "trailing@",
            "@uni.example",
            "space in@uni.example",
            "a@b@c.example",
            "dot..dot@uni.example",
            "name@nodot",
            "quote\"@uni.example",
            "\"a b\"@uni.example",
            "a@[127.0.0.1]",
            "a@exam_ple.org",
            "a@xn--a.org",
            "zoë@uni.example",
            ".a@uni.example",
            "a.@uni.example",
            "Mira <mira@uni.example>",
            "a@uni.example,b@uni.example",
            "a@-uni.example",
            "a@uni..example",
            "a@uni.example\r\nBcc: b@evil.example",
            "'ben@post.example",
            "'cy@post.example'",
            "#a@uni.example",
            "a@1.2.3.4",
            "ty%post.example@relay.example",
            "mailto:di@post.example",
            "lou@post.example>",
            "jo@post.example/",
            "ola@post.example?subject=hi",
            long.as_str(),
        ] {
            let problem = EmailAddress::parse(given).err();
            let words = problem.map(|problem| problem.0);
            assert!(words.is_some(), "{given:?} was taken");
            assert!(given.len() < 4 || words.is_some_and(|words| !words.contains(given)));
        }
    }

    #[test]
    fn debug_output_is_masked() {
        assert_eq!(EmailAddress::parse("mira@uni.example").map(|it| format!("{it:?}")), Ok("m…@u…".into()));
    }
}
