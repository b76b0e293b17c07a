//! The header of the subject. A text that already holds `=?…?=`, from a name for instance, would be decoded by the
//! reader's program (RFC 2047 §2) into who knows what; lettre sends such a text as it is, so that it is encoded here.

use std::fmt::Write as _;

use lettre::message::header::{HeaderName, HeaderValue};

/// Bytes of an encoded word, so that the first one still fits behind `Subject: ` in a line of 76.
const LONGEST: usize = 64;

/// The header for a subject of one line.
pub(super) fn header(subject: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    if !subject.contains("=?") {
        return HeaderValue::new(name, subject.to_owned());
    }
    HeaderValue::dangerous_new_pre_encoded(name, subject.to_owned(), encoded(subject))
}

/// The `Q` encoding of RFC 2047 §4.2 with every sign in it but ASCII letters and digits escaped: nothing of the text is
/// left that could mean something in a header. White space between encoded words is not shown.
fn encoded(text: &str) -> String {
    let mut words = vec![String::new()];
    for sign in text.chars() {
        let mut escaped = String::new();
        for byte in sign.to_string().bytes() {
            if byte.is_ascii_alphanumeric() {
                escaped.push(byte.into());
            } else {
                // writing to a text never fails
                let _ = write!(escaped, "={byte:02X}");
            }
        }
        let fits = |word: &String| "=?utf-8?q??=".len() + word.len() + escaped.len() <= LONGEST;
        match words.last_mut().filter(|word| fits(word)) {
            Some(word) => word.push_str(&escaped),
            None => words.push(escaped),
        }
    }
    words.iter().map(|word| format!("=?utf-8?q?{word}?=")).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoded_word_in_a_text_is_text() {
        assert_eq!(encoded("=?a?= é1"), "=?utf-8?q?=3D=3Fa=3F=3D=20=C3=A91?=");
        let long = encoded(&"é\r\n".repeat(30));
        assert!(long.split("\r\n ").all(|word| word.len() <= LONGEST && word.starts_with("=?utf-8?q?=")));
        assert!(!long.replace("\r\n ", "").contains(['\r', '\n']));
    }
}
