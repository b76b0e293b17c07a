//! Signs that stand for others in the language of some program, and were not turned back.

use super::{Kind, Signs};

const HTML: &str = "has an HTML entity in it (like &amp; or &#39;); export the text itself";
const TAG: &str = "has an HTML tag in it; export the text itself";
const BACKSLASH: &str = "has a backslash in it, an escape of a database or program; export the text itself";
const PERCENT: &str = "has a letter written as % and digits, as in a link; export the text itself";
const QUOTED_PRINTABLE: &str = "has a letter written as = and digits, as in an email; export the text itself";
const ENCODED_WORD: &str = "is written as in the head of an email (=?…?=); export the text itself";
const EXCEL: &str = "has a control character as Excel writes it (_x000D_); remove it";
const UTF_7: &str = "is UTF-7 (a letter written as + and signs); export it again as UTF-8";
const HZ: &str = "is Chinese in the HZ encoding; export it again as UTF-8";
const LATEX: &str = "has an accent as LaTeX writes it; export the text itself";
const JSON: &str = "is a JSON list or object; export the text itself";
const ADDRESS: &str = "has an email address in it; give the text alone";
const LINK: &str = "has a link in it; give the text alone";

/// A sign without which it is not there, what looks closer, and the problem.
type Find = (Signs, fn(&str, Kind) -> bool, &'static str);

pub(super) fn find(text: &str, kind: Kind, signs: Signs) -> Option<&'static str> {
    if !signs.have(ESCAPING) {
        return None;
    }
    let finds: [Find; 15] = [
        (Signs::EQUALS, |text, _| text.contains("=?") && text.contains("?="), ENCODED_WORD),
        (Signs::TILDE, |text, _| text.contains("~{"), HZ),
        (Signs::BACKSLASH, |text, _| text.contains("{\\") || text.contains("\\{"), LATEX),
        (Signs::BACKSLASH, has_escape, BACKSLASH),
        (Signs::AMPERSAND, |text, _| has_entity(text), HTML),
        (Signs::LESS, |text, _| has_tag(text), TAG),
        (Signs::PERCENT, |text, _| has_percent_escape(text), PERCENT),
        (Signs::EQUALS, |text, _| has_quoted_printable(text), QUOTED_PRINTABLE),
        (Signs::UNDERSCORE, |text, _| has_excel_escape(text), EXCEL),
        (Signs::PLUS, |text, _| has_utf_7(text), UTF_7),
        (Signs::AT, |text, _| text.split([' ', '<', '>', '(', ')', ',', ';']).any(is_address), ADDRESS),
        (Signs::LINK, |text, _| has_link(text), LINK),
        (Signs::BRACKET, |text, _| text.contains("CDATA["), TAG),
        (Signs::BRACKET, |text, _| text.starts_with("[\"") || text.starts_with("{\""), JSON),
        (Signs::BRACKET, |text, kind| kind == Kind::Name && text.contains(['{', '}']), LATEX),
    ];
    finds
        .iter()
        .find(|(sign, is_there, _)| signs.have(*sign) && is_there(text, kind))
        .map(|(_, _, problem)| *problem)
}

const ESCAPING: Signs = Signs::EQUALS
    .or(Signs::TILDE)
    .or(Signs::BACKSLASH)
    .or(Signs::AMPERSAND)
    .or(Signs::LESS)
    .or(Signs::PERCENT)
    .or(Signs::UNDERSCORE)
    .or(Signs::PLUS)
    .or(Signs::AT)
    .or(Signs::LINK)
    .or(Signs::BRACKET);

/// In a name any backslash; elsewhere `Arts\Law` and `Arts \ Law` can be meant.
fn has_escape(text: &str, kind: Kind) -> bool {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            continue;
        }
        let mut behind = characters.clone();
        let (first, second) = (behind.next(), behind.next());
        let is_meant = match first {
            Some(' ') => true,
            Some(first) => first.is_uppercase() && second.is_some_and(char::is_lowercase),
            None => false,
        };
        if kind == Kind::Name || !is_meant {
            return true;
        }
    }
    false
}

/// `&` and the name or number of a character, with `;` or cut off where a `;` parted majors.
fn has_entity(text: &str) -> bool {
    text.split('&').skip(1).any(|behind| {
        let end =
            behind.find(|sign: char| !sign.is_ascii_alphanumeric() && sign != '#').unwrap_or(behind.len());
        let (name, rest) = behind.split_at(end);
        let is_closed = rest.starts_with(';');
        if name.len() < 2 {
            return false;
        }
        if let Some(number) = name.strip_prefix('#') {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
            let is_hexadecimal = hexadecimal.is_some_and(|digits| {
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
            });
            return (is_number || is_hexadecimal) && (is_closed || number.len() > 1);
        }
        is_entity_name(&name.to_ascii_lowercase())
            && (is_closed || (name.len() > 2 && name != name.to_ascii_uppercase()))
    })
}

/// The named characters of HTML 4 that can come from names and titles, in lower case, and `apos`.
fn is_entity_name(name: &str) -> bool {
    const ACCENTS: [&str; 11] =
        ["acute", "grave", "circ", "uml", "tilde", "ring", "cedil", "slash", "caron", "lig", "ogon"];
    const OTHERS: [&str; 50] = [
        "amp", "lt", "gt", "quot", "apos", "nbsp", "iexcl", "cent", "pound", "curren", "yen", "brvbar",
        "sect", "copy", "ordf", "ordm", "laquo", "raquo", "shy", "reg", "macr", "deg", "plusmn", "sup1",
        "sup2", "sup3", "micro", "para", "middot", "frac12", "frac14", "frac34", "iquest", "times", "divide",
        "eth", "thorn", "szlig", "ndash", "mdash", "lsquo", "rsquo", "sbquo", "ldquo", "rdquo", "bdquo",
        "hellip", "bull", "euro", "trade",
    ];
    let is_accented =
        |accent: &str| name.strip_suffix(accent).is_some_and(|letter| (1..=2).contains(&letter.len()));
    OTHERS.contains(&name) || ACCENTS.iter().any(|accent| is_accented(accent))
}

fn has_tag(text: &str) -> bool {
    text.split('<').skip(1).any(|behind| {
        let behind = behind.strip_prefix('/').unwrap_or(behind);
        behind.starts_with(|sign: char| sign.is_ascii_alphabetic() || sign == '!')
    })
}

/// `%` and two hexadecimal digits, of one case; behind a number (`100%Design`) twice.
fn has_percent_escape(text: &str) -> bool {
    let is_escape = |behind: &&str| {
        behind.as_bytes().first_chunk().is_some_and(|[high, low]: &[u8; 2]| {
            high.is_ascii_hexdigit()
                && low.is_ascii_hexdigit()
                && !(high.is_ascii_uppercase() && low.is_ascii_lowercase())
                && !(high.is_ascii_lowercase() && low.is_ascii_uppercase())
        })
    };
    let escapes = text.split('%').skip(1).filter(is_escape).count();
    let is_behind_a_number =
        text.split('%').next().is_some_and(|ahead| ahead.ends_with(|sign: char| sign.is_ascii_digit()));
    escapes > usize::from(is_behind_a_number)
}

/// `=` and two hexadecimal digits of a byte beyond ASCII, or of `=` itself (RFC 2045 §6.7).
fn has_quoted_printable(text: &str) -> bool {
    text.split('=').skip(1).any(|behind| {
        behind.as_bytes().first_chunk().is_some_and(|[high, low]: &[u8; 2]| {
            matches!(high, b'8' | b'9' | b'A'..=b'F') && matches!(low, b'0'..=b'9' | b'A'..=b'F')
                || (*high == b'3' && *low == b'D')
        })
    })
}

/// `_x` and four hexadecimal digits (`ST_Xstring`, ISO/IEC 29500-1 §22.9.2.19).
fn has_excel_escape(text: &str) -> bool {
    text.split("_x").skip(1).any(|behind| {
        behind.as_bytes().first_chunk().is_some_and(|digits: &[u8; 5]| {
            digits[..4].iter().all(u8::is_ascii_hexdigit) && digits[4] == b'_'
        })
    })
}

/// `+`, Base64 of UTF-16 and mostly a `-` (RFC 2152). Base64 of letters that no `-` closes can be a word.
fn has_utf_7(text: &str) -> bool {
    text.split('+').skip(1).any(|behind| {
        let is_base64 = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'/';
        let length = behind.bytes().take_while(|byte| is_base64(byte)).count();
        let is_closed = behind[length..].starts_with('-');
        utf_16_of(&behind.as_bytes()[..length]).is_some_and(|letters| {
            let is_accented = |letter: &u16| matches!(letter, 0xc0..=0x17f);
            let is_letter = |letter: &u16| matches!(letter, 0xc0..=0x24f | 0x370..=0x6ff | 0xe00..=0xe7f | 0x1e00..=0x1eff | 0x2018 | 0x2019 | 0x3040..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3);
            letters.iter().all(is_accented) || (is_closed && letters.iter().all(is_letter))
        })
    })
}

/// The units of UTF-16 in Base64 without padding, if it is that to the last bit.
fn utf_16_of(base64: &[u8]) -> Option<Vec<u16>> {
    let mut units = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for sign in base64 {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            _ => 63,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 16 {
            count -= 16;
            units.push((bits >> count & 0xffff) as u16);
            bits &= (1 << count) - 1;
        }
    }
    (!units.is_empty() && count < 6 && bits == 0).then_some(units)
}

/// Of `Lim Ah Kow@Lim Kow` the `@` joins two names: an address has a dot behind it.
fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(local, domain)| {
        let domain = domain.trim_end_matches('.');
        !local.is_empty() && domain.find('.').is_some_and(|dot| dot > 0)
    })
}

fn has_link(text: &str) -> bool {
    let folded = text.to_ascii_lowercase();
    ["://", "www.", "mailto:"].iter().any(|link| folded.contains(link))
}
