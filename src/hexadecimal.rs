//! Bytes as hexadecimal digits, where they go through text.

pub(crate) fn digits(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // a String takes everything
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}
