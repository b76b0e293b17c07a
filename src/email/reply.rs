//! Whom a relay's "no" is about: the graduate whose address was named, or us.
//!
//! The enhanced code says it best (RFC 3463); where there is none, or it says only that a policy is against it, the words
//! do. What neither tells is judged by how it comes: the same answer to everybody is about us
//! (`email/send/streak.rs`).

/// Whom an answer is about, as far as the answer itself tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum About {
    /// The sender: relaying denied, a block list, a login that may not use the address, a limit.
    Us,
    /// It may be either.
    Unclear,
    /// This recipient: an address that does not exist, a full mailbox, greylisting.
    Recipient,
}

/// Words about the recipient, in lower case.
const OF_RECIPIENTS: &[&str] = &[
    "user unknown",
    "unknown user",
    "no such user",
    "no such recipient",
    "no such mailbox",
    "no mailbox",
    "recipient unknown",
    "unknown recipient",
    "recipient not found",
    "user not found",
    "mailbox not found",
    "mailbox unavailable",
    "mailbox full",
    "mailbox is full",
    "over quota",
    "does not exist",
    "doesn't exist",
    "invalid recipient",
    "invalid mailbox",
    "account is disabled",
    "account disabled",
    "undeliverable address",
    "greylist",
    "graylist",
    "grey-list",
];

/// Words about how much we send.
const OF_LIMITS: &[&str] = &["too many", "too much", "rate limit", "limit exceeded", "quota"];

/// Words about the sender, its host or its login.
const OF_US: &[&str] = &[
    "relay",
    "sender address rejected",
    "sender rejected",
    "not owned by",
    "sendas",
    "send as",
    "helo",
    "ehlo",
    "authenticat",
    "blocked",
    "blacklist",
    "block list",
    "blocklist",
    "spamhaus",
    "dnsbl",
    "rbl",
    "reputation",
    "ptr",
    "reverse dns",
    "client host",
    "too large",
    "too big",
    "exceeds size",
    "message size",
    "banned",
    "spf",
    "dkim",
    "dmarc",
    "not permitted",
    "not allowed to send",
];

/// Whom the answer is about.
pub(crate) fn about(reply: &str) -> About {
    let by_code = enhanced(reply).map_or(About::Unclear, |(subject, detail)| match (subject, detail) {
        // the address, the mailbox, the way to it
        (1, 1..=3 | 6 | 10) | (2, 0 | 1 | 2 | 4) | (4, 1 | 4) => About::Recipient,
        // the sender's address; a size, a system, a protocol, a content
        (1, 7 | 8) | (2, 3) | (3 | 5 | 6, _) => About::Us,
        _ => About::Unclear,
    });
    if by_code != About::Unclear {
        return by_code;
    }
    let reply = reply.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| reply.contains(word));
    if has(OF_RECIPIENTS) {
        About::Recipient
    } else if has(OF_US) || has(OF_LIMITS) {
        About::Us
    } else {
        About::Unclear
    }
}

/// Whether it is about us and about how much we send, which changes within minutes.
pub(crate) fn is_limit(reply: &str) -> bool {
    let words = reply.to_lowercase();
    about(reply) == About::Us && OF_LIMITS.iter().any(|limit| words.contains(limit))
}

/// Subject and detail of the enhanced code behind the code (RFC 2034); x.0.0 says nothing.
fn enhanced(reply: &str) -> Option<(u16, u16)> {
    let mut parts = reply.split(' ').nth(1)?.split('.');
    let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
    let (subject, detail) = (subject.parse().ok()?, detail.parse().ok()?);
    let is_one = matches!(class, "4" | "5") && parts.next().is_none() && (subject, detail) != (0, 0);
    is_one.then_some((subject, detail))
}

/// What answers have in common that differ in an address, a number or a name in brackets only.
pub(crate) fn alike(reply: &str) -> String {
    let code_and_words = reply.split_whitespace().enumerate();
    let is_common = |(at, word): &(usize, &str)| {
        *at < 2 || !word.contains(['@', '<', '…']) && !word.bytes().any(|byte| byte.is_ascii_digit())
    };
    code_and_words.filter(is_common).map(|(_, word)| word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_about_us_are_told_from_answers_about_a_recipient() {
        for (reply, expected) in [
            ("550 5.1.1 <…> User unknown", About::Recipient),
            ("550 No such user here", About::Recipient),
            ("550 5.4.1 Recipient address rejected: Access denied", About::Recipient),
            ("552 5.2.2 Mailbox full", About::Recipient),
            ("451 4.7.1 Greylisting in action, please come back later", About::Recipient),
            ("450 4.2.0 <…> Recipient address rejected: Greylisted", About::Recipient),
            ("554 5.7.1 <…> Relay access denied", About::Us),
            ("550 relay not permitted", About::Us),
            ("553 5.7.1 <…> Sender address rejected: not owned by user registry", About::Us),
            ("550 5.7.60 SMTP; Client does not have permissions to send as this sender", About::Us),
            ("554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked for abuse", About::Us),
            ("550 5.7.0 <registry>: Helo command rejected: need fully-qualified hostname", About::Us),
            ("552 5.2.3 Message length exceeds administrative limit", About::Us),
            ("552 5.3.4 Message size exceeds fixed limit", About::Us),
            ("452 4.5.3 Too many recipients: Too many messages sent", About::Us),
            ("450 4.7.1 Error: too many recipients from 192.0.2.7", About::Us),
            ("530 5.7.0 Authentication required", About::Us),
            ("550 5.1.8 Sender's domain does not exist", About::Us),
            ("550 5.7.1 links to that site are not wanted", About::Unclear),
            ("451 4.7.1 Service unavailable - try again later", About::Unclear),
            ("550 5.0.0 no", About::Unclear),
            ("550", About::Unclear),
        ] {
            assert_eq!(about(reply), expected, "{reply}");
        }
    }

    #[test]
    fn answers_to_different_recipients_are_alike() {
        let one = alike("554 5.7.1 <ana@uni.example>: Relay access denied (id 4F2A17)");
        assert_eq!(one, alike("554 5.7.1 <…> Relay access denied (id 7C0B99)"));
        assert_ne!(one, alike("554 5.7.1 <…> Client host blocked"));
        assert_eq!(alike("550"), "550");
    }
}
