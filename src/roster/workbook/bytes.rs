//! Values in the binary formats of Excel, all little-endian.

/// Two bytes at an offset.
pub(super) fn u16_at(bytes: &[u8], offset: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(offset..)?.first_chunk()?))
}

pub(super) fn u32_at(bytes: &[u8], offset: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(offset..)?.first_chunk()?))
}

pub(super) fn f64_at(bytes: &[u8], offset: usize) -> Option<f64> {
    Some(f64::from_le_bytes(*bytes.get(offset..)?.first_chunk()?))
}

/// A number in thirty bits and two flags, `RkNumber` of [MS-XLS] 2.5.217.
pub(super) fn rk(packed: u32) -> f64 {
    let value = if packed & 2 == 0 {
        f64::from_bits(u64::from(packed & !3) << 32)
    } else {
        f64::from(packed.cast_signed() >> 2)
    };
    if packed & 1 == 0 { value } else { value / 100.0 }
}

/// A text of so many bytes in UTF-16.
pub(super) fn utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.as_chunks().0.iter().map(|unit| u16::from_le_bytes(*unit)).collect();
    String::from_utf16_lossy(&units)
}

/// The word of an error, `BErr` of [MS-XLS] 2.5.10.
pub(super) fn error_word(code: u8) -> &'static str {
    match code {
        0x00 => "#NULL!",
        0x07 => "#DIV/0!",
        0x0F => "#VALUE!",
        0x17 => "#REF!",
        0x1D => "#NAME?",
        0x24 => "#NUM!",
        0x2A => "#N/A",
        0x2B => "#GETTING_DATA",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_numbers_are_unpacked() {
        // the examples of Microsoft's documentation of RK numbers
        for (packed, value) in
            [(0x3FF0_0000, 1.0), (0x3FF0_0001, 0.01), (0x004B_5646, 1_234_321.0), (0x004B_5647, 12_343.21)]
        {
            assert!((rk(packed) - value).abs() < 1e-9);
        }
        assert!((rk((-5_i32 << 2 | 2).cast_unsigned()) + 5.0).abs() < 1e-9);
    }
}
