//! What would make a mail reader or a browser load something.

/// The first place in HTML or CSS that would load something from outside, and what it is.
pub(crate) fn loads_from_outside(source: &str) -> Option<(usize, &'static str)> {
    const MARKS: [(&str, &str); 7] = [
        ("src=", "a src attribute"),
        ("srcset=", "a srcset attribute"),
        ("background=", "a background attribute"),
        ("url(", "a url() in a style"),
        ("<link", "a <link>"),
        ("@import", "an @import"),
        ("<script", "a <script>"),
    ];
    // neither case nor spaces nor the way slashes are written matter
    let mut compact = String::with_capacity(source.len());
    let mut origins = Vec::with_capacity(source.len());
    for (at, character) in source.char_indices().filter(|(_, character)| !character.is_whitespace()) {
        compact.push(character.to_ascii_lowercase());
        origins.resize(compact.len(), at);
    }
    let (mark, what) = MARKS.iter().find(|(mark, _)| compact.contains(mark))?;
    let at = compact.find(mark).and_then(|at| origins.get(at).copied()).unwrap_or_default();
    Some((at, what))
}
