//! Cleaning of a cell's text: one Unicode form, no invisible characters, and a refusal of damaged text.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;

use super::Problem;
use super::mangled::is_mangled;

/// The text of a cell: NFC, trimmed, runs of white space as one space, zero-width and direction marks gone.
///
/// # Errors
/// A [`Problem`] for control characters, line breaks, and characters lost or mangled in an earlier conversion.
pub fn clean(value: &str) -> Result<Cow<'_, str>, Problem> {
    if is_plain(value) {
        return Ok(Cow::Borrowed(without_spaces_around(value)));
    }
    if is_ordinary(value) {
        let trimmed = without_spaces_around(value);
        let text = ComposingNormalizerBorrowed::new_nfc().normalize(trimmed);
        return if is_mangled(trimmed) || is_mangled(&text) { Err(mangled()) } else { Ok(text) };
    }
    if value.contains('\0') {
        return Err(Problem::new("contains a NUL character; export the roster again as text"));
    }
    // before anything is trimmed: a no-break space may be half of a letter, a control character too
    if is_mangled(value) {
        return Err(mangled());
    }
    let trimmed = value.trim();
    if trimmed.contains(['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        return Err(Problem::new(
            "contains a line break; write it on one line (or close the quote before it)",
        ));
    }
    if trimmed.contains('\u{fffd}') {
        return Err(Problem::new("contains a character that was lost in an earlier conversion (\u{fffd})"));
    }
    if trimmed.chars().any(|character| character.is_control() && character != '\t') {
        return Err(Problem::new("contains a control character; remove it"));
    }
    let visible = strip_invisible(trimmed);
    let composed = ComposingNormalizerBorrowed::new_nfc().normalize(&visible);
    let text = composed.split_whitespace().collect::<Vec<_>>().join(" ");
    // also after composing, so that a text which was accepted once is always accepted
    if is_mangled(&text) {
        return Err(mangled());
    }
    Ok(Cow::Owned(text))
}

fn mangled() -> Problem {
    Problem::new("was damaged by an earlier conversion (like Ã© for é); export it again as UTF-8")
}

/// Whether there is nothing to clean but spaces at the ends: most cells, so that they cost one look at their bytes.
fn is_plain(value: &str) -> bool {
    // counted without a way out early: so the compiler looks at many bytes at once
    value.bytes().filter(|byte| !matches!(byte, b' '..=b'~')).count() == 0 && !has_double_space(value)
}

/// Whether there is nothing to clean but spaces at the ends and the form of the letters: they are of scripts in which
/// nothing is invisible, and no other space than the ordinary one.
fn is_ordinary(value: &str) -> bool {
    let fits = |character| {
        matches!(
            character,
            ' '..='~'
                | '\u{c0}'..='\u{24f}'
                | '\u{370}'..='\u{58f}'
                | '\u{e01}'..='\u{e4e}'
                | '\u{1e00}'..='\u{1eff}'
                | '\u{2018}'..='\u{201f}'
                | '\u{4e00}'..='\u{9fff}'
        )
    };
    value.chars().all(fits) && !has_double_space(value)
}

/// Most cells have none, which two bytes tell.
fn without_spaces_around(value: &str) -> &str {
    if value.starts_with(' ') || value.ends_with(' ') { value.trim_matches(' ') } else { value }
}

fn has_double_space(value: &str) -> bool {
    let pairs = value.bytes().zip(value.bytes().skip(1));
    pairs.filter(|pair| *pair == (b' ', b' ')).count() > 0
}

/// Refuses text of more than `most` characters.
pub(crate) fn at_most(value: &str, most: usize) -> Result<(), Problem> {
    if value.len() > most && value.chars().count() > most {
        return Err(Problem::new(format!("longer than {most} characters; is a quote left open?")));
    }
    Ok(())
}

/// Zero-width characters and direction marks go. The joiners stay between letters of scripts that need
/// them to be spelt right (Persian, Sinhala, Malayalam …).
fn strip_invisible(value: &str) -> String {
    let mut kept = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        let stays = match character {
            '\u{200c}' | '\u{200d}' => {
                let before = kept.chars().next_back().is_some_and(joins);
                before && characters.peek().is_some_and(|next| joins(*next) && next.is_alphabetic())
            }
            '\u{ad}'
            | '\u{200b}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{feff}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}'
            // tags, by which a text can hide in another
            | '\u{e0000}'..='\u{e007f}' => false,
            _ => true,
        };
        if stays {
            kept.push(character);
        }
    }
    kept
}

/// Letters and signs of the scripts whose letters take another shape beside a joiner.
const fn joins(character: char) -> bool {
    matches!(character, '\u{600}'..='\u{61b}' | '\u{61d}'..='\u{1cff}' | '\u{a800}'..='\u{abff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn invisible_characters_go_and_accents_are_composed() {
        assert_eq!(clean("\u{feff} Zoe\u{308}\u{200b}  Mu\u{308}ller\u{a0}").as_deref(), Ok("Zoë Müller"));
        assert_eq!(clean("a\u{200d}b\u{202e}").as_deref(), Ok("ab"));
        assert_eq!(clean("می\u{200c}خواهم").as_deref(), Ok("می\u{200c}خواهم"));
    }

    proptest::proptest! {
        /// An invisible character before it makes a text go the long way.
        #[test]
        fn an_ordinary_text_is_as_it_would_be_after_every_look(
            text in "[ -~À-ɏͰ-֏ก-๎Ḁ-ỿ‘-‟一-鿿]{0,6}[ a·;Ãé©“]{0,4}[\u{37e}\u{387}é ]{0,2}"
        ) {
            let looked_at = format!("\u{ad}{text}");
            proptest::prop_assert_eq!(clean(&text), clean(&looked_at));
        }
    }

    #[test]
    fn mangled_text_is_told_from_accents() {
        let double = [
            "TrÆ°Æ¡ng",
            "Ion ÈšÄƒranu",
            "ìž„ì\u{a0}•í˜„",
            "Ã\u{a0}",
            "Jos√©",
            "Jos├®",
            "Josรฉ",
            "Jos茅",
            "Josﾃｩ",
        ];
        for damaged in
            ["JosÃ©", "MÃ¼ller", "Nguyá»…n", "æ\u{9d}Ž", "Oâ€™Brien", "ZoÃ« B."].into_iter().chain(double)
        {
            assert!(is_mangled(damaged), "{damaged} is damaged");
        }
        for sound in ["José", "JOÃO", "Çelik", "É", "CAFÉ»", "Łukasz", "Weiß", "Søren Åkesson", "李", "“Ñ”"]
        {
            assert!(!is_mangled(sound), "{sound} is sound");
        }
    }
}
