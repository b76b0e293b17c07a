use super::*;

#[test]
fn words_for_an_empty_cell_are_none_in_any_case() {
    for word in [
        "",
        "  ",
        "NULL",
        "\\N",
        "(null)",
        "N/A",
        "#N/A",
        "n.a.",
        "None",
        "nil",
        "NaN",
        "-",
        "--",
        "Not Applicable",
        "—",
        "N / A",
        "None.",
        "(n.a.)",
        "- -",
        "<NULL>",
        "not stated",
    ] {
        assert!(is_nothing(word), "{word}");
    }
    for word in ["Nilsson", "Nan Li", "Null-Modem", "0", "No", "TBA", "Anna"] {
        assert!(!is_nothing(word), "{word}");
    }
}

#[test]
fn a_name_is_told_from_a_word_for_none_where_anybody_can() {
    for word in ["Na", "Nan", "Nil", "Null", "X", "Xx", "Nana", "Blank", "N. Abu", "Nonem", "Li", "无忌"] {
        assert_eq!(name_word(word), NameWord::Name, "{word}");
    }
    for word in ["", "N/A", "#N/A", "-", "--", ".", "(none)", "(null)", "\\N", "not applicable", "FNU", "ไม่มี"]
    {
        assert_eq!(name_word(word), NameWord::Nothing, "{word}");
    }
    for word in ["NULL", "None", "NaN", "nan", "NA", "null", "x", "XX", "N.A.", "N. A.", "unknown", "(Na)"] {
        assert_eq!(name_word(word), NameWord::Unclear, "{word}");
    }
}

#[test]
fn what_is_not_known_yet_is_not_taken_for_a_word() {
    assert!(is_not_yet("TBA") && is_not_yet("(to be confirmed)") && is_not_yet("Not Found"));
    assert!(!is_not_yet("Tba Studies") && !is_not_yet("Law") && !is_not_yet(""));
}

#[test]
fn honours_know_a_closed_vocabulary() {
    let own = OwnHonours::new();
    for word in [
        "First Class",
        "first class honours",
        "H1",
        "Upper Second",
        "2:1",
        "2.1",
        "IIA",
        "II/A",
        "with Honours",
        "Honours",
        "yes",
        "Hons",
        "Second Class Upper",
        "Second Class Honours (Upper Division)",
        "Honours Class 1",
        "H2B",
        "Third Class Honors",
        "2A",
        "1",
        "1.0",
        "First",
        "Class II Division 1",
        "Second Class Honours Division A",
        "II:1",
        "First Class Honours (H1)",
        "Upper 2nd",
        "H 1",
        "2:1 (Upper Second)",
        "Upper Second (2:1)",
        "II Upper",
    ] {
        assert_eq!(honours(word, &own), Ok(true), "{word}");
    }
    for word in [
        "",
        "Pass",
        "Ordinary",
        "Unclassified",
        "Without Honours",
        "No",
        "Non-Honours",
        "N/A",
        "0",
        "0.0",
        "Not awarded",
        "none",
        "FALSE",
        ".",
        "Keine",
        "No Honours",
        "Pass degree",
        "Ordinary Degree",
        "Tidak",
        "Không",
        "ไม่มี",
        "无",
        "Honours not awarded",
    ] {
        assert_eq!(honours(word, &own), Ok(false), "{word}");
    }
    for word in [
        "Merit",
        "Distinction",
        "TBA",
        "Honours Pass",
        "2",
        "Fail",
        "Cum Laude",
        "First pass",
        "Aegrotat",
        "with",
        "Class",
        "First Class?",
        "Hons?",
        "Division 1",
        "Level 1",
        "Degree I",
        "First Degree",
    ] {
        assert!(honours(word, &own).is_err(), "{word}");
    }
}

#[test]
fn the_university_says_what_its_own_words_mean() {
    let own = OwnHonours::from([("distinction".to_owned(), false), ("pass".to_owned(), true)]);
    assert_eq!(honours(" Distinction ", &own), Ok(false));
    assert_eq!(honours("PASS", &own), Ok(true));
    let composed = OwnHonours::from([(fold("Xuất sắc"), true)]);
    assert_eq!(honours("Xua\u{302}\u{301}t sa\u{306}\u{301}c", &composed), Ok(true));
}

#[test]
fn placeholders_are_told_from_mailboxes() {
    let is_placeholder = |text| EmailAddress::parse(text).map(|address| is_placeholder(&address));
    for text in [
        "noemail@northfield.example",
        "no.email@uni.example",
        "NULL@post.example",
        "noreply@northfield.example",
        "none@none.none",
        "xxx.quin@post.example",
        "rae@post.example.invalid",
        "sol@localhost.localdomain",
        "test1@uni.example",
        "no-email-123@uni.example",
        "no_email_q00103@uni.example",
        "student@noemail.example",
        "nil@uni.example",
        "tba@uni.example",
        "n/a@uni.example",
        "aaa@aaa.aaa",
        "xxxxx@uni.example",
    ] {
        assert_eq!(is_placeholder(text), Ok(true), "{text}");
    }
    for text in [
        "nan@uni.example",
        "o'gil@post.example",
        "na@uni.example",
        "nobodyknows@uni.example",
        "testa@uni.example",
        "noe.maillard@uni.example",
        "null.c@uni.example",
        "aaa@uni.example",
        "nilsson@uni.example",
    ] {
        assert_eq!(is_placeholder(text), Ok(false), "{text}");
    }
}

#[test]
fn a_word_about_a_student_is_no_name() {
    for name in [
        "DECEASED",
        "Anna Holm (Deceased)",
        "Mei Ling Tan (withheld)",
        "Test Student",
        "ZZTEST DO NOT USE",
        "TBA TBA",
        "Unknown Unknown",
        "Full Name",
        "test test",
        "Ana Tan DECEASED",
        "Ana Tan - deceased",
        "Ana NULL",
        "Ana NULL Tan",
        "Ana TBA",
        "Ana Unknown",
        "N/A Tan",
        "Tan, N/A",
        "NULL, Ana",
    ] {
        assert!(is_no_person(name), "{name}");
    }
    for name in [
        "Anna Holm",
        "陳大文 (CHAN Tai Man)",
        "Testa Rossi",
        "Robert (Bob) King",
        "Tess Testud",
        "Ada Test",
        "Chris Null",
        "CHRIS NULL",
        "Li Nan",
    ] {
        assert!(!is_no_person(name), "{name}");
    }
}

#[test]
fn yes_and_no_are_known_in_the_words_of_spreadsheets() {
    for (word, meaning) in
        [("Y", true), ("TRUE", true), ("1.0", true), ("ya", true), ("N", false), ("0", false), ("ไม่", false)]
    {
        assert_eq!(yes_or_no(word), Ok(meaning), "{word}");
    }
    assert!(yes_or_no("maybe").is_err());
}

#[test]
fn nothing_at_nothing_is_no_mailbox_and_zeros_are_no_id() {
    for address in ["na@na.na", "nil@nil.com", "None@none.none"] {
        assert!(EmailAddress::parse(address).is_ok_and(|it| is_placeholder(&it)), "{address} is taken");
    }
    for address in ["na.li@na.example", "an@na.na", "lee@lee.com"] {
        assert!(EmailAddress::parse(address).is_ok_and(|it| !is_placeholder(&it)), "{address} is refused");
    }
    assert!(is_no_id("00000000") && is_no_id("0") && !is_no_id("00000001"));
}
