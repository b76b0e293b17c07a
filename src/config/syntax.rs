//! What the TOML parser says, for people: with its place, and without the values, which may be passwords.

use toml::de::Error;

use super::{EXAMPLE, Mistake};

/// Quotes as word processors and chats write them; TOML has straight ones only.
const TYPOGRAPHIC: &str = "“”„‟‘’‚‛«»";

/// Everything that keeps a text from being TOML.
pub(super) fn mistakes(text: &str, errors: &[Error]) -> Vec<Mistake> {
    let quoted = "has typographic quotes, as word processors write them; write straight ones: \"…\"";
    let mut mistakes: Vec<Mistake> = Vec::new();
    for error in errors {
        let place = error.span().map(|span| place(text, span.start));
        let (line, column) = place.unzip();
        let is_typographic =
            line.and_then(|line| text.lines().nth(line - 1)).is_some_and(has_typographic_quotes);
        // one of a line is enough: what follows on it is said of the rest of a broken value
        if mistakes.iter().any(|other| other.line == line) {
            continue;
        }
        let is_open = !is_typographic && error.message().contains("array elements");
        let problem = match without_value(error.message()) {
            _ if is_typographic => quoted.to_owned(),
            said if is_open => format!("{said}; is a ] missing above?"),
            said => said,
        };
        let column = column.filter(|_| !is_typographic);
        let key = line.and_then(|line| key_of(text, line));
        mistakes.push(Mistake { line, column, key: key.filter(|_| !is_open), problem });
        if is_open {
            // the rest of the file was taken for more of it
            break;
        }
    }
    mistakes.sort_by_key(|mistake| mistake.line);
    mistakes
}

/// The key to which a line gives a value, with its table. Only those that the example has: a broken line may be the rest
/// of a password.
fn key_of(text: &str, line: usize) -> Option<String> {
    let lines: Vec<&str> = text.lines().take(line).collect();
    let (key, _) = lines.last()?.split_once('=')?;
    let table = lines.iter().rev().find_map(|line| line.trim().strip_prefix('[')?.split(']').next())?;
    let is_known = EXAMPLE.contains(&format!("{} = ", key.trim())) && EXAMPLE.contains(&format!("[{table}]"));
    is_known.then(|| format!("{table}.{}", key.trim()))
}

/// Whether these mistakes leave the other lines as they are meant.
pub(super) fn is_all_typographic(text: &str, mistakes: &[Mistake]) -> bool {
    let line = |mistake: &Mistake| text.lines().nth(mistake.line? - 1);
    mistakes.iter().all(|mistake| line(mistake).is_some_and(has_typographic_quotes))
}

fn has_typographic_quotes(line: &str) -> bool {
    line.contains(|character| TYPOGRAPHIC.contains(character))
}

/// Line and column of a place, from 1.
pub(super) fn place(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    (line, before.rsplit('\n').next().unwrap_or_default().chars().count() + 1)
}

/// ``invalid type: integer `20002`, expected a string`` as `is a whole number, and should be text in quotes`.
pub(super) fn without_value(message: &str) -> String {
    let tells_it =
        ["invalid type: ", "invalid value: ", "unknown variant "].iter().any(|it| message.starts_with(it));
    match message.rsplit_once(", expected ") {
        Some((found, expected)) if tells_it => {
            let found = found.split(['`', '"']).next().unwrap_or_default().trim_end();
            match found.strip_prefix("invalid type: ") {
                Some(kind) => format!("is {}, and should be {}", in_words(kind), in_words(expected)),
                None => format!("should be {}", in_words(expected)),
            }
        }
        _ if message == "invalid socket address syntax" => "write it like 127.0.0.1:8080".to_owned(),
        _ => message.to_owned(),
    }
}

/// A type, or what is expected, for somebody who writes no programs.
fn in_words(kind: &str) -> &str {
    match kind {
        "string" | "a string" | "str" => "text in quotes",
        "boolean" | "a boolean" | "bool" => "true or false",
        "integer" | "an integer" => "a whole number",
        "floating point" => "a number with a point",
        "f64" | "f32" => "a number",
        "u16" => "a whole number up to 65535",
        "u32" | "u64" | "usize" => "a whole number, and not below 0",
        "a nonzero u16" | "a nonzero u32" | "a nonzero u64" | "a nonzero usize" => "a whole number above 0",
        "sequence" | "a sequence" => "a list in square brackets",
        "map" | "a map" => "a table",
        other => other,
    }
}
