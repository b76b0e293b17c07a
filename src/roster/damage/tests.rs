//! What must be refused, and what must pass.

mod generated;
mod letters;
mod spreadsheets;

use super::{Kind, check_raw, damage_of_an_id, find};
use Kind::{Name, Title, Word};

#[track_caller]
fn are_damaged(kind: Kind, texts: &[&str]) {
    let sound: Vec<_> = texts.iter().filter(|text| find(text, kind).is_none()).collect();
    assert!(sound.is_empty(), "taken for {kind:?}: {sound:#?}");
}

#[track_caller]
fn are_sound(kind: Kind, texts: &[&str]) {
    let refused: Vec<_> = texts.iter().filter_map(|text| find(text, kind).map(|why| (text, why))).collect();
    assert!(refused.is_empty(), "refused as {kind:?}: {refused:#?}");
}

#[test]
fn signs_that_are_in_no_name_are_refused() {
    are_damaged(
        Name,
        &[
            "Jos√© Garc√≠a",
            "Jos├® Garc├¡a",
            "Bj¶rn Âkesson",
            "Tan™",
            "Tan ©",
            "J§rg",
            "¿Ana",
            "K³os",
            "Tan½",
            "M\u{e000}ller",
            "Ta\u{378}n",
            "\u{301}Ana",
            "An a \u{301}",
            "Müller\u{308}",
            "Tan_Mei_Ling",
            "*Mei Ling Tan",
            "Mei Ling Tan;",
            "Mei Ling Tan|",
            "Mei Ling Tan,",
            "Suharto -",
            "- Suharto",
            "Suharto .",
            "s0001234",
            "Tan 0012345",
            "12345",
            "....",
            "-",
            "Mei ♥ Tan",
            "Mei 😀",
            "Soﬁa",
            "Tan$",
            "Tan^",
            "~Tan",
            "Tan…",
            "Tan‚",
            "M·rquez",
            "Mu—oz",
            "Mu–oz",
            "ƒlodie",
            "Jˆrg",
            "Mⁿller",
        ],
    );
    are_damaged(
        Title,
        &[
            "√ducation",
            "├ëtudes",
            "¶tudes",
            "Educaci¢n",
            "£ódŸ Studies",
            "Educa‡Æo",
            "12345",
            "2026-06-30",
            "0",
            "--",
            "K³ka",
        ],
    );
    are_sound(
        Title,
        &[
            "Certificate in Xero®",
            "CO₂ Capture",
            "H₂O Studies",
            "360° Design",
            "Law × Arts",
            "Finance • Law",
            "Arts – Law",
            "Law—Honours",
            "¿Qué es el arte?",
            "2ª Licenciatura",
            "m² and more",
            "€ 5 Economics",
            "Informática… y más",
            "§ 12 Law",
            "Études «avancées»",
            "Íþróttafræði",
            "Orðaforðaþekking",
        ],
    );
}

#[test]
fn quotes_and_brackets_come_in_pairs() {
    are_damaged(
        Name,
        &[
            "“Bob King",
            "Bob” King",
            "Robert \"Bob King",
            "“Person A Tan”",
            "\"Mei Tan\"",
            "Mei (Lily Tan",
            "Mei Lily) Tan",
            "Mei [Lily) Tan",
            "„Bob King",
            "«Bob King",
            "（Bob",
        ],
    );
    are_damaged(Title, &["“Bachelor of Arts”", "Bachelor of \"Arts", "Arts (Honours", "Arts Honours)"]);
    are_sound(
        Name,
        &[
            "Robert \"Bob\" King",
            "“Bob” King",
            "Robert „Bob“ King",
            "Robert „Bob” King",
            "Robert ”Bob” King",
            "Иван «Ваня» Ким",
            "Robert »Bob« King",
            "陳大文 (CHAN Tai Man)",
            "Mei (Lily) Tan",
            "陳大文（Chan）",
            "כ\"ץ",
            "Mei [Lily] Tan",
        ],
    );
    are_sound(
        Title,
        &["Bachelor of \"Fine\" Arts", "1) Finance", "a) Law b) Arts", "Arts (Honours) [Online]"],
    );
}

#[test]
fn right_names_that_look_odd_pass() {
    are_sound(
        Name,
        &[
            "McDonald",
            "DeShawn",
            "LeÁnne",
            "DeÁndre Mac",
            "McÉvoy",
            "Ó hÓgáin",
            "O´Brien",
            "O`Brien",
            "Vãn",
            "Quì",
            "Trần Quì",
            "Æ Ø Å",
            "Þ Ö",
            "Ai·Weiwei",
            "МакКензи",
            "เนตรเนศ เธียรชัย",
            "อะตอม",
            "GROßMANN WEIß",
            "Janßen",
            "Gänßler",
            "Marcel·lí",
            "Gal·la",
            "阿不都·热合曼",
            "阿不都•热合曼",
            "ジャン＝ポール",
            "ǃGawaxab",
            "!Gawaxab",
            "Tan Ah Kow @ Tan Siew Lan",
            "Lim Ah Moi@Lim Mei",
            "Raju S/O Maniam",
            "Mª José",
            "M.ª Ángeles",
            "Hage G.",
            "K:son",
            "X Æ",
            "É",
            "Öö",
            "Eyþór",
            "Friðþjófur",
            "Aƒenyo",
            "OluwaṢeun",
            "IfeỌluwa",
            "Henry VIII",
            "Smith 3rd",
            "A",
            "Tiuⁿ",
            "‘Ala’",
            "'Abd",
            "’t Hooft",
            "Smith–Jones",
            "Ji–woo",
            "李",
            "Josēphs",
            "Nguyễn Thị Hồng",
            "TRẦN",
            "true",
            "True",
            "Müller, Jörg",
            "Jr., Tan",
            "МакКартни",
            "О’Коннор",
            "Tan & Lim",
            "Anna - Maria Holm",
        ],
    );
}
