//! Bytes as hexadecimal digits, where they go through text.

use serde::Serializer;

pub(crate) fn digits(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // a String takes everything
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// For `#[serde(serialize_with)]`.
pub(crate) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&digits(bytes))
}
