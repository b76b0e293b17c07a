//! What each sample is, and that nothing that somebody writes makes the reader fall.

use gradpass::bounce::classify::{Kind, classify};
use gradpass::bounce::report::{self, LARGEST};
use proptest::prelude::*;

use super::samples;

const ADDRESS: &str = "g1@mailbox.example";

fn kind(bytes: &[u8]) -> Option<Kind> {
    report::read(bytes, &[]).map(|report| classify(&report, ADDRESS).kind)
}

#[test]
fn every_sample_is_what_it_is() {
    for (word, path) in samples() {
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(kind(&bytes).map(Kind::word), Some(word.as_str()), "{}", path.display());
        let crlf = String::from_utf8(bytes).unwrap().replace('\n', "\r\n");
        assert_eq!(
            kind(crlf.as_bytes()).map(Kind::word),
            Some(word.as_str()),
            "{} with CRLF",
            path.display()
        );
        let mbox = format!("From MAILER-DAEMON Mon Nov 23 02:00:05 2026\n{crlf}");
        assert_eq!(kind(mbox.as_bytes()).map(Kind::word), Some(word.as_str()), "{} as mbox", path.display());
    }
}

#[test]
fn every_sample_says_which_message_it_is_about() {
    for (_, path) in samples() {
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("TOKEN", "4k2abcdefghjkmn").replace("MESSAGETAG", "0123456789");
        let clues = report::read(text.as_bytes(), &[]).unwrap().clues;
        assert!(clues.envelope.iter().any(|clue| clue.word == "4k2abcdefghjkmn"), "{}", path.display());
        if text.contains("0123456789") {
            let mut all = clues.returned.iter().chain(&clues.elsewhere);
            assert!(all.any(|clue| clue.word == "0123456789"), "{}", path.display());
        }
    }
}

#[test]
fn a_reply_that_names_our_address_is_not_taken_for_one_about_another() {
    let sample =
        samples().into_iter().find(|(_, path)| path.ends_with("hard/opensmtpd-forwarded.eml")).unwrap();
    let report = report::read(&std::fs::read(sample.1).unwrap(), &[]).unwrap();
    assert!(classify(&report, ADDRESS).is_forwarded);
    assert!(!classify(&report, "elsewhere@other.example").is_forwarded);
}

/// Megabytes of the smallest things that a message can have.
#[test]
fn what_is_huge_deep_or_many_is_bounded() {
    for (head, unit) in [
        ("", "Content-Type: message/rfc822\n\n"),
        ("", "Content-Type: multipart/mixed; boundary=a\n\n--a\n"),
        ("Content-Type: multipart/digest; boundary=a\n\n--a\n", "--a\n\n"),
        (
            "Content-Type: message/delivery-status\n\n",
            "Final-Recipient: rfc822; a@b.example\nAction: failed\n\n",
        ),
        ("Content-Type: text/html\n\n", "<a href='x@y'><b>"),
        ("\n", "abcdefghij@x "),
        ("\n", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
        ("", "X: y\n"),
        ("", "\r"),
        ("", "From \n"),
    ] {
        let text = format!("From: a@b.example\n{head}{}", unit.repeat(2 * LARGEST / unit.len()));
        let report = report::read(text.as_bytes(), &[]);
        assert!(
            report.is_none_or(|report| report.recipients.len() <= 101 && report.prose.len() < 200_000),
            "{unit}"
        );
    }
}

proptest! {
    /// Bytes of samples, put together anew: whatever it is, it is something.
    #[test]
    fn nobody_falls_over_a_message(cuts in prop::collection::vec((0_usize..70, 0_usize..=1000, 0_usize..=1000, any::<u8>()), 1..6)) {
        let samples = samples();
        let mut bytes = Vec::new();
        for (sample, from, to, byte) in cuts {
            let text = std::fs::read(&samples[sample % samples.len()].1).unwrap();
            let place = |mille: usize| text.len() * mille / 1000;
            bytes.extend(&text[place(from.min(to))..place(from.max(to))]);
            bytes.push(byte);
        }
        let _ = kind(&bytes);
    }
}
