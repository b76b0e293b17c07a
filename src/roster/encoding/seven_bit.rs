//! Encodings that write everything in ASCII, so that they are valid UTF-8 and mean something else: UTF-7 (RFC 2152), HZ
//! (RFC 1843) and ISO-2022-JP, -KR and -CN (RFC 1468, 1557, 1922).

/// The encoding, if the text, which is ASCII, has its shift sequences around what can be a name.
pub(super) fn recognise(text: &[u8]) -> Option<&'static str> {
    let has = |sequence: &[u8]| memchr::memmem::find(text, sequence).is_some();
    if has(b"\x1b$B") || has(b"\x1b$@") || has(b"\x1b(J") {
        return Some("ISO-2022-JP");
    }
    if has(b"\x1b$)C") {
        return Some("ISO-2022-KR");
    }
    if has(b"\x1b$)A") || has(b"\x1b$)G") {
        return Some("ISO-2022-CN");
    }
    if has(b"~{") && has(b"~}") {
        return Some("HZ-GB-2312");
    }
    let cells = text.split(|byte| b",;\t\"\r\n".contains(byte)).filter(|cell| !cell.contains(&b'@'));
    cells.into_iter().any(is_utf7).then_some("UTF-7")
}

/// Whether a plus sign in the cell begins letters: one beyond ASCII inside a word of Latin letters, or several of another
/// script.
fn is_utf7(cell: &[u8]) -> bool {
    let mut rest = cell;
    let mut found = false;
    while let Some(plus) = memchr::memchr(b'+', rest) {
        let run = &rest[plus + 1..];
        let length = run.iter().take_while(|byte| sextet(**byte).is_some()).count();
        let is_latin_word = plus > 0 || run.get(length) == Some(&b'-');
        let letters = letters(&run[..length]);
        found = match letters.as_deref() {
            Some(letters) if letters.iter().all(|it| matches!(it, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')) => {
                is_latin_word
            }
            Some(letters) if letters.iter().all(|it| matches!(it, '\u{370}'..='\u{e5b}' | '\u{3040}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')) => {
                letters.len() > 1 && plus == 0 && run[..length].iter().any(u8::is_ascii_lowercase)
            }
            _ => false,
        };
        if !found {
            return false;
        }
        rest = &run[length..];
    }
    found
}

/// The UTF-16 that a run of modified Base64 stands for, if it is whole.
fn letters(run: &[u8]) -> Option<Vec<char>> {
    let (mut bits, mut held, mut units) = (0_u32, 0, Vec::new());
    for byte in run {
        bits = bits << 6 | sextet(*byte)?;
        held += 6;
        if held >= 16 {
            held -= 16;
            units.push(u16::try_from(bits >> held & 0xffff).ok()?);
            bits &= (1 << held) - 1;
        }
    }
    let is_whole = held < 6 && bits == 0 && !units.is_empty();
    is_whole.then(|| char::decode_utf16(units).collect::<Result<_, _>>().ok()).flatten()
}

fn sextet(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shift_sequences_are_recognised() {
        for (text, expected) in [
            (&b"s1,Jos+AOk Garc+AO0-a,a@b.example"[..], "UTF-7"),
            (b"s1,+lnNZJ2WH,a@b.example", "UTF-7"),
            (b"s1,~{MuN0~},a@b.example", "HZ-GB-2312"),
            (b"s1,\x1b$B;3ED\x1b(B,a@b.example", "ISO-2022-JP"),
        ] {
            assert_eq!(recognise(text), Some(expected));
        }
    }

    #[test]
    fn plus_signs_and_tildes_of_rosters_are_none() {
        let text = b"s1,Mei Tan,mei+AOk@b.example,Arts+Law,C++,+61412345678,A+,Arts + Law,~5,+Law,BSc+BA,Music+Dance";
        assert_eq!(recognise(text), None);
    }
}
