//! Which language a browser gets.

use gradpass::config::Question;
use gradpass::redemption::pages::Page;

use super::load;
use super::own::{folder, language};

fn chosen(tags: &[&str], accept_language: &[&str]) -> Vec<String> {
    let files: Vec<_> = tags.iter().flat_map(|tag| language(tag)).collect();
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let pages = load(Some(folder.path()), Question::None).unwrap();
    accept_language.iter().map(|header| pages.language(Some(header)).to_owned()).collect()
}

#[test]
fn the_heaviest_language_that_there_is() {
    for (header, language) in [
        ("vi", "vi"),
        ("VI-vn", "vi"),
        ("vi-VN,vi;q=0.9,en;q=0.8", "vi"),
        ("en;q=0.8,vi;q=0.9", "vi"),
        ("en,vi", "en"),
        ("vi,en", "vi"),
        ("de, fr;q=0.9, vi;q=0.1", "vi"),
        ("de;q=1.000 , th ; q=0.5,vi;Q=0.501", "vi"),
        ("zh-Hans-CN,zh;q=0.9", "zh-Hans"),
        ("zh-TW,vi;q=0.2", "vi"),
        ("vi;q=0,en", "en"),
        ("vi;q=0", "en"),
        ("*", "en"),
        ("*;q=0.5,vi;q=0.1", "vi"),
        ("de", "en"),
    ] {
        assert_eq!(chosen(&["vi", "zh-Hans", "th"], &[header]), [language], "{header}");
    }
}

/// RFC 9110 §12.4.2: a weight is 0 to 1 with up to three decimals; what is none says nothing.
#[test]
fn garbage_is_english() {
    let long = "vi-".repeat(5000);
    let garbage = [
        "",
        ",",
        ";;;",
        ";q=1",
        "vi;q=2",
        "vi;q=1.5",
        "vi;q=-1",
        "vi;q=0.1234",
        "vi;q=",
        "vi;q=+1",
        "vi;q",
        "vi;level=1",
        "vi;q=NaN",
        "\u{0}",
        "../en",
        "-vi",
        "vi/../../etc",
        &long[1..],
    ];
    assert_eq!(chosen(&["vi"], &garbage), ["en"; 18]);
    assert_eq!(load(None, Question::None).unwrap().language(None), "en");
}

#[test]
fn a_page_says_which_language_it_is_in() {
    let html = load(None, Question::None).unwrap().render("en", &Page::Verified).unwrap();
    assert!(html.contains("<html lang=\"en\""), "{html}");
    let files = language("vi");
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    let pages = load(Some(folder.path()), Question::None).unwrap();
    assert_eq!(pages.languages(), ["en", "vi"]);
    let html = pages.render("vi", &Page::Verified).unwrap();
    assert_eq!(html, "vi: <h1>Northfield University</h1>\n");
}
