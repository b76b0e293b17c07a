//! Letters that are lost, foreign or do not go together.

use super::*;

#[test]
fn lost_letters_are_refused() {
    are_damaged(Name, &["Jos? Garc?a", "Nguy?n Th? H?ng", "?????", "Mei Ling ?", "Tr？ng", "?Tan"]);
    are_damaged(
        Title,
        &[
            "Licence de fran?ais",
            "?ducation",
            "Th? H?ng",
            "Caf?",
            "???",
            "Arts ?",
            "Cử nhân Kinh t?",
            "Kinh t?",
        ],
    );
    are_damaged(Word, &["Pr?dikat", "?"]);
    are_sound(Title, &["What Is Art?", "Wozu Geschichte?"]);
}

#[test]
fn letters_that_do_not_go_together_are_refused() {
    are_damaged(
        Name,
        &[
            "JosŽ Garc’a",
            "Jos‚",
            "JosÈ GarcÌa",
            "JosÈ",
            "£ukasz ¯ak",
            "Àííà Èâàíîâà",
            "Trýõng Vãn Ðýìc",
            "Þeyma Yýldýz",
            "ÍõÎ°",
            "³¯¤j¤å",
            "ŽR“c‘¾˜Y",
            "¡¹¡ÇÃÃ³",
            "OíBrien",
            "MŸller",
            "HÈlËne",
            "GARCíA",
            "NGUYễN",
            "JOSé",
            "Gonz谩lez",
            "JosΘ",
            "GonzаIez",
            "Gonzßlez",
            "ßlvarez",
            "Mßrquez",
            "Garc’a",
            "Mar’a",
            "Zo‘",
            "No‘l",
            "Nìmec",
            "Pavlièek",
            "Dvoøák",
            "Kamiñski",
            "Petroviæ",
            "Erdõs",
            "Ayþe",
            "Güneþ",
            "Daðcý Kýlýç",
            "Thiò",
            "хБЮМ",
            "Jos้",
            "GARCÕA",
            "RAMàN",
            "Gšran",
            "Jesœs",
            "Íõ",
            "Àíÿ",
            "Ãlvaro Tan",
            "ЕлЭнз Рбрбд",
            "ΑνΝα Παπαδοπούλου",
            "Jose´ Tan",
            "เธเธฃ",
            "เธชเธกเธเธฒเธข เนเธ",
            "ๅสมชาย ใจดี",
            "ะสมชาย ใจดี",
            "๏สมชาย๛",
        ],
    );
}

#[test]
fn a_foreign_letter_in_a_latin_word_is_refused() {
    are_damaged(
        Name,
        &["εscar Ibez", "In阺 Falc鉶", "ฦtla ลberg", "뭪la berg", "ﾆtla ﾅberg", "I､aki Mu､iz", "Franзois"],
    );
    are_sound(
        Name,
        &["李Mary", "김Kim", "CHAN陳大文", "Mary李", "Chan Tai Man 陳大文", "Kεnyo", "สมชาย Somchai"],
    );
}

#[test]
fn digits_of_other_scripts_are_in_no_name() {
    are_damaged(Name, &["Ana ٣٤ Tan", "दी२पक", "Tan ３", "ลทั๔ะ ใจดี"]);
    are_sound(Name, &["Mei Tan 2"]);
    are_sound(Title, &["บัญชี ๒"]);
}

#[test]
fn a_letter_that_became_a_space_is_seen_before_it_goes() {
    for value in ["B\u{a0}tori Eszter", "Vázquez M\u{a0}rquez"] {
        assert!(check_raw(value).is_err(), "{value:?} was taken");
    }
    for value in [
        "Mei Ling\u{a0}Tan",
        "Ana\u{a0}de la Cruz",
        "Li\u{a0}van Dam",
        "Mei\u{a0}ling",
        "J.\u{a0}Tan",
        "mei\u{a0}tan",
        "Mei Tan",
    ] {
        assert!(check_raw(value).is_ok(), "{value:?} was refused");
    }
}
