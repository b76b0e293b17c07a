//! What the relay offers, as its answer to EHLO has it (RFC 5321 §4.1.1.1).

use lettre::transport::smtp::response::Response;

/// What of it matters here.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Offers {
    /// It takes commands in groups (PIPELINING, RFC 2920).
    pub(super) pipelining: bool,
    /// It can be told how to notify (DSN, RFC 3461).
    pub(super) notifies: bool,
    /// How large a message may be (SIZE, RFC 1870), where it says so; 0 there means any size.
    pub(super) size: Option<usize>,
    /// The connection can be protected (STARTTLS, RFC 3207).
    pub(super) starttls: bool,
    /// How a client may log in (AUTH, RFC 4954), in capitals.
    pub(super) mechanisms: Vec<String>,
}

impl Offers {
    pub(super) fn of(reply: &Response) -> Self {
        let mut offers = Self::default();
        // the first line is the relay's name
        for line in reply.message().skip(1) {
            let line = line.to_ascii_uppercase();
            // servers of before RFC 2554 wrote AUTH=LOGIN
            let mut words = line.split([' ', '\t', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("PIPELINING") => offers.pipelining = true,
                Some("DSN") => offers.notifies = true,
                Some("STARTTLS") => offers.starttls = true,
                Some("SIZE") => {
                    let size = words.next().and_then(|size| size.parse().ok());
                    offers.size = size.filter(|size| *size > 0);
                }
                Some("AUTH") => offers.mechanisms.extend(words.map(ToOwned::to_owned)),
                _ => {}
            }
        }
        offers
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn offers(lines: &[&str]) -> Offers {
        Offers::of(&format!("250-{}\r\n250 \r\n", lines.join("\r\n250-")).parse().unwrap())
    }

    #[test]
    fn offers_are_found_however_they_are_written() {
        let all = offers(&[
            "relay.example",
            "PIPELINING",
            "size 1000",
            "StartTLS",
            "DSN",
            "AUTH PLAIN login",
            "AUTH=XOAUTH2",
        ]);
        let mechanisms = ["PLAIN", "LOGIN", "XOAUTH2"].map(str::to_owned).to_vec();
        let expected =
            Offers { pipelining: true, notifies: true, size: Some(1000), starttls: true, mechanisms };
        assert_eq!(all, expected);
        for nothing in
            [&[""][..], &["DSN"], &["relay.example", "SIZE"], &["relay.example", "SIZE 0", "SIZE lots", ""]]
        {
            assert_eq!(offers(nothing), Offers::default(), "{nothing:?}");
        }
    }
}
