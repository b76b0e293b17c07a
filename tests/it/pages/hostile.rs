//! Whatever comes from outside is text on the page.

use gradpass::config::Question;
use gradpass::redemption::pages::{ItemState, Message, Page, Pages};

use super::{award, institution, item, load, shown, web};

const HOSTILE: &str = "\"><script>alert('1')</script><input value='{{ code }}{% raw %} &amp;";
const ESCAPED: &str = "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;&#x2f;script&gt;&lt;input \
                       value=&#x27;{{ code }}{% raw %} &amp;amp;";

#[test]
fn a_code_is_text_in_its_field() {
    for message in [None, Some(Message::Symbol), Some(Message::AnswerShape)] {
        let html = shown(Question::StudentId, &Page::Code { code: HOSTILE, message });
        assert!(html.contains(&format!("value=\"{ESCAPED}\" required")), "{html}");
        assert!(!html.contains("<script"), "{html}");
        assert_eq!(html.matches(ESCAPED).count(), 1, "the field alone repeats it");
    }
}

#[test]
fn ten_kilobytes_are_text_too() {
    let code = HOSTILE.repeat(10_240 / HOSTILE.len());
    let html = shown(Question::None, &Page::Code { code: &code, message: None });
    assert!(html.contains(&ESCAPED.repeat(10_240 / HOSTILE.len())) && !html.contains("<script"));
}

#[test]
fn what_the_roster_and_the_form_say_is_text() {
    let mut award = award(HOSTILE, Some(2024));
    award.majors = vec![HOSTILE.into(), HOSTILE.into()];
    award.honours = Some(HOSTILE.into());
    let items = [ItemState::Addable, ItemState::Added].map(|state| item(&award, HOSTILE, state)).to_vec();
    let html = shown(Question::DateOfBirth, &Page::Qualifications { code: HOSTILE, answer: HOSTILE, items });
    assert!(!html.contains("<script") && !html.contains("<input value"), "{html}");
    // twice name, two majors, honours; twice three hidden fields
    assert_eq!(html.matches(ESCAPED).count(), 2 * (4 + 3), "{html}");
}

#[test]
fn what_the_configuration_says_is_text() {
    let mut institution = institution();
    institution.name = HOSTILE.into();
    let web = web("https://northfield.example/a&b/", Question::None);
    let pages = Pages::load(None, &institution, &web).unwrap();
    let html = pages.render("en", &Page::Verified).unwrap();
    assert!(!html.contains("<script") && html.contains("href=\"/a&amp;b/style.css\""), "{html}");
}

#[test]
fn debug_output_holds_no_page() {
    let said = format!("{:?}", load(None, Question::None).unwrap());
    assert!(said.starts_with("Pages") && !said.contains("<form"), "{said}");
}
