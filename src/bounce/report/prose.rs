//! What a notification says to people, apart from the message that it gives back.

/// What stands above a copy of the message, in lower case.
const ABOVE: [&str; 26] = [
    "this is a copy of the message",
    "this is a copy of your message",
    "below this line is a copy",
    "copy of the message follows",
    "copy of your message",
    "copy of the original message",
    "original message follows",
    "-original message-",
    "- original message -",
    "original message header",
    "header of the original message",
    "headers of the original message",
    "message header follows",
    "message headers follow",
    "message text follows",
    "text of the message",
    "text of your message",
    "unsent message",
    "returned message follows",
    "message follows:",
    "returned mail follows",
    "the body of the message is",
    "the following is a copy",
    "begin of original message",
    "header of the mail",
    "nachricht folgt",
];

/// Headers with which a copy begins that nothing stands above.
const HEADERS: [&str; 5] =
    ["received:", "return-path:", "dkim-signature:", "mime-version:", "x-originating-ip:"];

/// The text up to the copy.
pub(super) fn before_the_copy(text: &str) -> &str {
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let said = line.trim_start_matches(['>', '|', ' ', '\t', '*']).trim_end().to_lowercase();
        let is_copy = HEADERS.iter().any(|header| said.starts_with(header));
        // the whole of a message may stand below the first line of a notification, but not in front of it
        if length > 0 && (is_copy || ABOVE.iter().any(|above| said.contains(above))) {
            break;
        }
        length += line.len();
    }
    &text[..length]
}

/// In lower case, each line with single spaces.
pub(super) fn normal(text: &str) -> String {
    text.lines().map(super::normal).collect::<Vec<_>>().join("\n")
}
