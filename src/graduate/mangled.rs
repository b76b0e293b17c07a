//! UTF-8 that some program once read in another encoding and saved again: `Ã©`, `√©`, `├®` or `茅` for `é`.
//!
//! The characters of such a text, turned back into the bytes that they were read from, are valid UTF-8. That is so
//! rare by chance that it is nearly a proof; the rest is whether what comes out is a text (`reading`).

mod pages;
mod reading;

use std::iter;

pub(crate) use pages::is_everyday;
use pages::{EAST_ASIAN, SINGLE_BYTE, SingleBytePages};
use reading::{Neighbours, is_hidden_in_east_asian, is_hidden_in_parts, is_hidden_text};

/// Whether a part of the text is UTF-8 read as another encoding that is common where rosters come from:
/// Windows-125x and 874, ISO 8859, Mac OS Roman, those of DOS, KOI8-R, GBK, Big5, Shift JIS, EUC-KR.
#[must_use]
pub fn is_mangled(value: &str) -> bool {
    !value.is_ascii() && (was_read_byte_by_byte(value) || was_read_as_east_asian(value))
}

/// ASCII is the same in all of these, so that what is beyond it is looked at by itself; and all together, since `еђґ`
/// alone may be a word, but not beside another such.
fn was_read_byte_by_byte(value: &str) -> bool {
    let pages = &*SINGLE_BYTE;
    let mut in_every_part = u32::MAX;
    let mut rest = value;
    let mut parts = 0;
    while let Some(start) = rest.find(|character: char| !character.is_ascii()) {
        let (ahead, from) = rest.split_at(start);
        let (part, behind) =
            from.split_at(from.find(|character: char| character.is_ascii()).unwrap_or(from.len()));
        let neighbours = Neighbours { before: ahead.chars().next_back(), after: behind.chars().next() };
        let fitting = fitting(pages, part);
        if numbers(fitting).any(|page| is_hidden_text(part, &pages.bytes(page, part), neighbours)) {
            return true;
        }
        in_every_part &= fitting;
        parts += 1;
        rest = behind;
    }
    parts > 1 && numbers(in_every_part).any(|page| is_hidden_in_parts(&pages.bytes(page, value)))
}

/// The encodings in which the characters are whole characters of UTF-8. One bit for each, so that all are tried at
/// once; for a sound text none is left after a character or two.
fn fitting(pages: &SingleBytePages, part: &str) -> u32 {
    // those at the end of a character of UTF-8, and those that wait for one, two or three more bytes
    let (mut whole, mut one, mut two, mut three) = (u32::MAX, 0, 0, 0);
    for character in part.chars() {
        let class = pages.class(character);
        (whole, one, two, three) = (
            one & class.continues,
            whole & class.leads_two | two & class.continues,
            whole & class.leads_three | three & class.continues,
            whole & class.leads_four,
        );
        if whole | one | two | three == 0 {
            break;
        }
    }
    whole
}

/// The numbers of the bits that are set.
fn numbers(bits: u32) -> impl Iterator<Item = usize> {
    iter::successors(Some(bits), |left| Some(left & left.wrapping_sub(1)))
        .take_while(|left| *left != 0)
        .map(|left| left.trailing_zeros() as usize)
}

/// In these an ASCII letter may have become part of the character before it, so that bytes are parted and not
/// characters.
fn was_read_as_east_asian(value: &str) -> bool {
    if !value.chars().any(|character| character >= '\u{2e80}') {
        return false;
    }
    EAST_ASIAN.iter().filter(|page| page.may_be_hidden_in(value)).any(|page| {
        let bytes = page.bytes(value);
        if is_hidden_in_east_asian(value, &bytes, Neighbours::default()) {
            return true;
        }
        let mut parts = bytes.chunk_by(|one, next| one.is_ascii() == next.is_ascii()).peekable();
        let mut before = None;
        while let Some(part) = parts.next() {
            let after = parts.peek().and_then(|next| next.first()).copied().map(char::from);
            let is_ascii = part.is_ascii();
            if !is_ascii && is_hidden_in_east_asian(value, part, Neighbours { before, after }) {
                return true;
            }
            before = part.last().copied().filter(|_| is_ascii).map(char::from);
        }
        false
    })
}
