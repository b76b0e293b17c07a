//! Quoted-printable text (RFC 2045 §6.7), byte for byte as lettre makes it, which it does a character at a time:
//! most of a mail's way through the processor was this.

/// The longest line, without its line end.
const LONGEST: usize = 76;

/// Encodes text; its lines end with a line feed, or as mail wants it.
pub(super) fn encode(text: &str) -> Vec<u8> {
    let mut encoded = Vec::with_capacity(text.len() + text.len() / 8);
    let mut rest = text.as_bytes();
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let line = &rest[..end];
        encode_line(line.strip_suffix(b"\r").unwrap_or(line), &mut encoded);
        encoded.extend_from_slice(b"\r\n");
        rest = &rest[end + 1..];
    }
    // the carriage return of a last line without its line feed is none
    encode_line(rest, &mut encoded);
    encoded
}

fn encode_line(mut line: &[u8], encoded: &mut Vec<u8>) {
    let mut room = LONGEST;
    while let Some((&byte, rest)) = line.split_first() {
        let plain = plain(&line[..line.len().min(room)]);
        if plain == line.len() && !line.ends_with(b" ") && !line.ends_with(b"\t") {
            return encoded.extend_from_slice(line);
        }
        // what the line holds for certain, whatever comes behind it
        let certain = plain.min(room.saturating_sub(2)).min(line.len() - 1);
        if certain > 0 {
            encoded.extend_from_slice(&line[..certain]);
            (line, room) = (&line[certain..], room - certain);
            continue;
        }
        let is_last = rest.is_empty();
        // white space at the end of a line would be lost on the way
        let literal = is_plain(byte) && !(is_last && matches!(byte, b' ' | b'\t'));
        let width = if literal { 1 } else { 3 };
        // the soft line break needs a place, too
        if width + usize::from(!is_last) > room {
            encoded.extend_from_slice(b"=\r\n");
            room = LONGEST;
        }
        if literal {
            encoded.push(byte);
        } else {
            encoded.extend([b'=', digit(byte >> 4), digit(byte & 15)]);
        }
        (line, room) = (rest, room - width);
    }
}

/// How many bytes at the beginning stand for themselves. Blocks are looked at as a whole, in one step of the processor.
fn plain(line: &[u8]) -> usize {
    let (blocks, _) = line.as_chunks::<16>();
    let all = |block: &&[u8; 16]| !block.iter().fold(false, |special, byte| special | !is_plain(*byte));
    let certain = 16 * blocks.iter().take_while(all).count();
    certain + line[certain..].iter().take_while(|byte| is_plain(**byte)).count()
}

/// All of ASCII that can be seen but `=`. Said as ranges, it would not become one step for a block.
const fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') < 0x5f && byte != b'=') || byte == b'\t'
}

const fn digit(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'A' - 10 + value }
}

#[cfg(test)]
mod tests {
    use lettre::message::Body;
    use lettre::message::header::ContentTransferEncoding::QuotedPrintable;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn it_is_what_lettre_makes(text in "([ -~]{0,40}|[=\\t é李ไ\r]{0,9}|[a =]{70,80}|\n|\r\n){0,12}") {
            let theirs = Body::new_with_encoding(text.clone(), QuotedPrintable);
            let theirs = theirs.map(Body::into_vec).map_err(|_| TestCaseError::reject("lettre wants base64"))?;
            let ours = encode(&text);
            prop_assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
        }
    }
}
