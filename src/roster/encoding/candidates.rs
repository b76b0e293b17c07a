//! The legacy encodings that rosters come in.

use std::borrow::Cow;

use encoding_rs::Encoding;

/// An encoding that a file without a mark may have.
#[derive(Debug)]
pub(super) struct Candidate {
    /// As `roster.encoding` has it.
    pub(super) name: &'static str,
    /// What writes it.
    pub(super) used_for: &'static str,
    charset: Charset,
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
    pub(super) fn decode<'a>(&self, bytes: &'a [u8]) -> Cow<'a, str> {
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

    /// The candidate of an encoding.
    pub(super) fn of(encoding: &'static Encoding) -> Option<&'static Self> {
        ALL.iter().find(|candidate| candidate.encoding() == Some(encoding))
    }
}

const fn known(encoding: &'static Encoding, name: &'static str, used_for: &'static str) -> Candidate {
    Candidate { name, used_for, charset: Charset::Known(encoding) }
}

const fn dos(upper: &'static str, name: &'static str, used_for: &'static str) -> Candidate {
    Candidate { name, used_for, charset: Charset::Dos(upper) }
}

/// The more usual before the rarer: of those that give the same text, the first is named.
pub(super) static ALL: [Candidate; 26] = [
    known(encoding_rs::WINDOWS_1252, "windows-1252", "Western European"),
    known(encoding_rs::WINDOWS_1250, "windows-1250", "Central European"),
    known(encoding_rs::WINDOWS_1251, "windows-1251", "Cyrillic"),
    known(encoding_rs::WINDOWS_874, "windows-874", "Thai"),
    known(encoding_rs::BIG5, "big5", "traditional Chinese"),
    known(encoding_rs::GBK, "gbk", "simplified Chinese"),
    known(encoding_rs::WINDOWS_1258, "windows-1258", "Vietnamese"),
    known(encoding_rs::EUC_KR, "euc-kr", "Korean"),
    known(encoding_rs::SHIFT_JIS, "shift_jis", "Japanese"),
    known(encoding_rs::EUC_JP, "euc-jp", "Japanese, of Unix"),
    known(encoding_rs::WINDOWS_1254, "windows-1254", "Turkish"),
    known(encoding_rs::MACINTOSH, "macintosh", "Western European, of old Macs and of Excel for Mac"),
    known(encoding_rs::ISO_8859_15, "iso-8859-15", "Western European, of Unix"),
    known(encoding_rs::ISO_8859_2, "iso-8859-2", "Central European, of Unix"),
    known(encoding_rs::WINDOWS_1257, "windows-1257", "Baltic"),
    known(encoding_rs::WINDOWS_1253, "windows-1253", "Greek"),
    known(encoding_rs::WINDOWS_1255, "windows-1255", "Hebrew"),
    known(encoding_rs::WINDOWS_1256, "windows-1256", "Arabic"),
    known(encoding_rs::KOI8_U, "koi8-u", "Cyrillic, of Unix"),
    known(encoding_rs::IBM866, "ibm866", "Cyrillic, of DOS"),
    known(encoding_rs::ISO_8859_5, "iso-8859-5", "Cyrillic, of Unix"),
    known(encoding_rs::X_MAC_CYRILLIC, "x-mac-cyrillic", "Cyrillic, of old Macs"),
    known(encoding_rs::ISO_8859_7, "iso-8859-7", "Greek, of Unix"),
    dos(CP850, "cp850", "Western European, of DOS"),
    dos(CP437, "cp437", "US, of DOS"),
    dos(CP852, "cp852", "Central European, of DOS"),
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
