//! Which language a browser wants.

use crate::wording::Wording;

/// The first language that there is, by weight and then by order (RFC 9110 §12.5.4). `*` says nothing that
/// the default does not say (RFC 4647 §3.4).
pub(super) fn best<'a>(wording: &'a Wording, accept_language: &str) -> &'a str {
    let mut wanted: Vec<_> = accept_language.split(',').filter_map(range).collect();
    // a stable sort: those of one weight stay in their order
    wanted.sort_by_key(|(_, weight)| std::cmp::Reverse(*weight));
    wanted.into_iter().find_map(|(tag, _)| wording.lookup(tag)).unwrap_or_else(|| wording.usual())
}

/// A language range and its weight in thousandths; none for a weight of zero, which means "not this one".
fn range(text: &str) -> Option<(&str, u16)> {
    let (tag, weight) = match text.split_once(';') {
        None => (text, 1000),
        Some((tag, parameter)) => {
            let (name, value) = parameter.split_once('=')?;
            (tag, thousandths(value).filter(|_| name.trim().eq_ignore_ascii_case("q"))?)
        }
    };
    let tag = tag.trim();
    (!tag.is_empty() && weight > 0).then_some((tag, weight))
}

/// `qvalue` of RFC 9110 §12.4.2: 0 to 1 with up to three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let text = text.trim();
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let is_number = decimals.len() <= 3 && decimals.bytes().all(|byte| byte.is_ascii_digit());
    let decimals: u16 = format!("{decimals:0<3}").parse().ok().filter(|_| is_number)?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}
