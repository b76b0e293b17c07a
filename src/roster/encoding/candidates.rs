//! The legacy encodings that rosters come in.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// An encoding that a file without a mark may have.
#[derive(Debug)]
pub(in crate::roster) struct Candidate {
    /// As `roster.encoding` has it.
    pub(in crate::roster) name: &'static str,
    /// What writes it.
    pub(super) used_for: &'static str,
    charset: Charset,
    /// Of Latin or Cyrillic letters: their alphabets tell it from others of this kind.
    pub(in crate::roster) is_alphabetic: bool,
    /// How much rarer than Windows-1252 it is among rosters (natural logarithm); counts among alphabetic ones.
    pub(in crate::roster) rarity: f64,
}

#[derive(Debug)]
enum Charset {
    Known(&'static Encoding),
    /// A code page of DOS: its characters from 0x80 on. Recognised to be refused, since no browser, and so not
    /// `encoding_rs`, reads it.
    Dos(&'static str),
}

impl Candidate {
    /// The encoding, if text can be read in it.
    pub(super) fn encoding(&self) -> Option<&'static Encoding> {
        match self.charset {
            Charset::Known(encoding) => Some(encoding),
            Charset::Dos(_) => None,
        }
    }

    /// The text; U+FFFD stands for what has no meaning in the encoding.
    pub(in crate::roster) fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        match self.charset {
            Charset::Known(encoding) => encoding.decode_without_bom_handling(bytes).0,
            Charset::Dos(upper) => {
                let upper: Vec<char> = upper.chars().collect();
                let decoded = bytes.iter().map(|byte| match byte.checked_sub(0x80) {
                    None => char::from(*byte),
                    Some(at) => upper.get(usize::from(at)).copied().unwrap_or('\u{fffd}'),
                });
                decoded.collect::<String>().into()
            }
        }
    }

    /// The bytes of a text, if the encoding has all its characters.
    pub(in crate::roster) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        match self.charset {
            Charset::Known(encoding) => {
                let (bytes, _, is_lossy) = encoding.encode(text);
                (!is_lossy).then(|| bytes.into_owned())
            }
            Charset::Dos(upper) => {
                let byte = |sign: char| match u8::try_from(sign) {
                    Ok(byte) if byte.is_ascii() => Some(byte),
                    _ => (0x80..=0xff).zip(upper.chars()).find(|(_, it)| *it == sign).map(|(byte, _)| byte),
                };
                text.chars().map(byte).collect()
            }
        }
    }

    /// Whether web pages are written in it, so that detectors made for these know it.
    pub(super) fn is_of_the_web(&self) -> bool {
        let files_only = [encoding_rs::MACINTOSH, encoding_rs::X_MAC_CYRILLIC, encoding_rs::ISO_8859_15];
        self.encoding().is_some_and(|encoding| !files_only.contains(&encoding))
    }

    /// Which share of the two-byte characters is among those that the standard put first for being in daily use; `None`
    /// for encodings without such an order, and when there are none.
    pub(super) fn everyday(&self, cells: &[Vec<u8>]) -> Option<f64> {
        let (letters, characters) = match self.name {
            "big5" => (0xa4..=0xa4, 0xa5..=0xc6),
            "gbk" => (0xb0..=0xb0, 0xb1..=0xd7),
            "euc-kr" => (0xb0..=0xb0, 0xb1..=0xc8),
            "euc-jp" => (0xa4..=0xa5, 0xb0..=0xcf),
            "shift_jis" => (0x82..=0x83, 0x88..=0x97),
            _ => return None,
        };
        let (mut all, mut everyday) = (0.0, 0.0);
        for cell in cells {
            let mut bytes = cell.iter();
            while let Some(lead) = bytes.find(|byte| !byte.is_ascii()) {
                bytes.next();
                all += 1.0;
                everyday += if letters.contains(lead) || characters.contains(lead) { 1.0 } else { 0.0 };
            }
        }
        (all > 0.0).then(|| everyday / all)
    }

    /// The candidate of an encoding.
    pub(super) fn of(encoding: &'static Encoding) -> Option<&'static Self> {
        // GB 18030 is read by the decoder of GBK
        let encoding = if encoding == encoding_rs::GB18030 { encoding_rs::GBK } else { encoding };
        ALL.iter().find(|candidate| candidate.encoding() == Some(encoding))
    }
}

const fn alphabetic(
    encoding: &'static Encoding,
    name: &'static str,
    used_for: &'static str,
    rarity: f64,
) -> Candidate {
    Candidate { name, used_for, charset: Charset::Known(encoding), is_alphabetic: true, rarity }
}

/// An encoding whose script is in no other, or in few.
const fn script(encoding: &'static Encoding, name: &'static str, used_for: &'static str) -> Candidate {
    Candidate { name, used_for, charset: Charset::Known(encoding), is_alphabetic: false, rarity: 0.0 }
}

const fn dos(upper: &'static str, name: &'static str, used_for: &'static str, rarity: f64) -> Candidate {
    Candidate { name, used_for, charset: Charset::Dos(upper), is_alphabetic: true, rarity }
}

/// The more usual before the rarer: of those that give the same text, the first is named.
pub(in crate::roster) static ALL: [Candidate; 26] = [
    alphabetic(encoding_rs::WINDOWS_1252, "windows-1252", "Western European", 0.0),
    alphabetic(encoding_rs::WINDOWS_1250, "windows-1250", "Central European", 0.5),
    alphabetic(encoding_rs::WINDOWS_1251, "windows-1251", "Cyrillic", 0.5),
    script(encoding_rs::WINDOWS_874, "windows-874", "Thai"),
    script(encoding_rs::BIG5, "big5", "traditional Chinese"),
    script(encoding_rs::GBK, "gbk", "simplified Chinese"),
    alphabetic(encoding_rs::WINDOWS_1258, "windows-1258", "Vietnamese", 0.5),
    script(encoding_rs::EUC_KR, "euc-kr", "Korean"),
    script(encoding_rs::SHIFT_JIS, "shift_jis", "Japanese"),
    script(encoding_rs::EUC_JP, "euc-jp", "Japanese, of Unix"),
    alphabetic(encoding_rs::WINDOWS_1254, "windows-1254", "Turkish", 1.0),
    alphabetic(
        encoding_rs::MACINTOSH,
        "macintosh",
        "Western European, of old Macs and of Excel for Mac",
        2.0,
    ),
    alphabetic(encoding_rs::ISO_8859_15, "iso-8859-15", "Western European, of Unix", 2.0),
    alphabetic(encoding_rs::ISO_8859_2, "iso-8859-2", "Central European, of Unix", 2.0),
    alphabetic(encoding_rs::WINDOWS_1257, "windows-1257", "Baltic", 2.0),
    script(encoding_rs::WINDOWS_1253, "windows-1253", "Greek"),
    script(encoding_rs::WINDOWS_1255, "windows-1255", "Hebrew"),
    script(encoding_rs::WINDOWS_1256, "windows-1256", "Arabic"),
    alphabetic(encoding_rs::KOI8_U, "koi8-u", "Cyrillic, of Unix", 2.0),
    alphabetic(encoding_rs::IBM866, "ibm866", "Cyrillic, of DOS", 3.0),
    alphabetic(encoding_rs::ISO_8859_5, "iso-8859-5", "Cyrillic, of Unix", 3.0),
    alphabetic(encoding_rs::X_MAC_CYRILLIC, "x-mac-cyrillic", "Cyrillic, of old Macs", 4.0),
    script(encoding_rs::ISO_8859_7, "iso-8859-7", "Greek, of Unix"),
    dos(CP850, "cp850", "Western European, of DOS", 3.0),
    dos(CP437, "cp437", "US, of DOS", 4.0),
    dos(CP852, "cp852", "Central European, of DOS", 4.0),
];

const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
                     ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";
const CP437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
                     αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}";
const CP852: &str = "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
                     ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_and_dos_pages_are_whole() {
        for candidate in &ALL {
            match candidate.charset {
                Charset::Known(encoding) => {
                    assert_eq!(Encoding::for_label(candidate.name.as_bytes()), Some(encoding));
                }
                Charset::Dos(upper) => assert_eq!(upper.chars().count(), 128, "{}", candidate.name),
            }
        }
        let decode = |name, bytes| {
            let candidate = ALL.iter().find(|candidate| candidate.name == name);
            candidate.map(|candidate| candidate.decode(bytes).into_owned())
        };
        assert_eq!(
            decode("cp850", b"Jos\x82 Garc\xa1a \xe0\xfe\xff").as_deref(),
            Some("José García Ó■\u{a0}")
        );
        assert_eq!(decode("cp437", b"M\x81ller \xe1\xfe").as_deref(), Some("Müller ß■"));
        assert_eq!(decode("cp852", b"\x9dukasz \xbdak \xfd").as_deref(), Some("Łukasz Żak ř"));
    }
}
