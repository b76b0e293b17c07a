//! Which language the pages are in: the browser's, until the graduate chooses another. Choosing changes nothing else.

use gradpass::config::Question;
use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::seek::{Fault, healthy, script};
use reqwest::{Method, StatusCode};

use super::{ALL, parts, switch_on};
use crate::roster::desk::Desk;
use crate::world::{Answer, roster};

const TWO: &str = "\
student_id,full_name,email,course_code,course_name,conferral_year
s1,Mira Tan,mira@mailbox.example,BA,Bachelor of Arts,2023
s1,Mira Tan,mira@mailbox.example,MSC,Master of Science,2024
";

fn lang(answer: &Answer) -> String {
    let of_header = answer.headers["content-language"].to_str().unwrap().to_owned();
    let of_page = answer.body.split_once("<html lang=\"").unwrap().1.split_once('"').unwrap().0;
    assert_eq!(of_header, of_page);
    of_header
}

#[test]
fn the_browsers_language_is_found_among_all() {
    let (_, pages) = parts(&ALL, Question::None).unwrap();
    for (header, language) in [
        ("th-TH,th;q=0.9,en;q=0.8", "th"),
        ("en;q=0.2, vi;q=0.9", "vi"),
        ("id,en-US;q=0.7", "id"),
        ("in-ID", "id"),
        ("ms-MY,ms;q=0.9", "ms"),
        ("zh-TW,zh;q=0.9,en-US;q=0.8", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-CN,zh;q=0.9", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-TW;q=0.5,zh-CN;q=0.6", "zh-Hans"),
        ("de-DE,de;q=0.9", "en"),
        ("de, th;q=0", "en"),
        ("*", "en"),
        ("th;q=nonsense", "en"),
    ] {
        assert_eq!(pages.language(Some(header)), language, "{header}");
    }
    let (_, pages) = parts(&["vi", "en"], Question::None).unwrap();
    for (header, language) in [(None, "vi"), (Some("de"), "vi"), (Some("th,en;q=0.1"), "en")] {
        assert_eq!(pages.language(header), language, "{header:?}");
    }
}

/// In what a run says, and in the preview.
#[test]
fn a_language_of_the_roster_that_is_not_switched_on_is_told() {
    let desk = Desk::new();
    desk.configure("");
    switch_on(&desk, &["vi", "zh-Hans"]);
    let rows = ["th", "th", "zh-TW", "zh-CN", "vi-VN", "Thai", "en-Smith", ""];
    let lines = rows.iter().enumerate().map(|(at, language)| {
        format!("s{at},Mira Tan {at},m{at}@mailbox.example,BA,Bachelor of Arts,2023,{language}\n")
    });
    let header = "student_id,full_name,email,course_code,course_name,conferral_year,language\n";
    desk.write("roster.csv", format!("{header}{}", lines.collect::<String>()));
    let told = [
        "language \"en\": not switched on below institution.languages, so 1 row gets the words of \"vi\"\n",
        "language \"th\": not switched on below institution.languages, so 3 rows get the words of \"vi\"\n",
        "language \"zh-TW\": not switched on below institution.languages, so 1 row gets the words of \"vi\"\n",
    ]
    .concat();
    let dry = desk.gradpass(&["run", "--dry-run", "--preview", "preview", "roster.csv"]);
    assert!(dry.code == 0 && dry.stderr.contains(&told), "{dry:?}");
    let index = std::fs::read_to_string(desk.path("preview/index.html")).unwrap();
    assert!(index.contains("so 3 rows get the words of"), "{index}");
    let ran = desk.gradpass(&["run", "roster.csv"]);
    assert!(ran.code == 0 && ran.stderr.contains(&told) && !ran.stderr.contains("Smith"), "{ran:?}");
}

#[test]
fn one_language_alone_offers_no_choice() {
    let (_, pages) = parts(&["th"], Question::None).unwrap();
    let pages = pages.samples("th", crate::world::NIGHT.parse().unwrap()).unwrap();
    assert!(pages.iter().all(|(_, _, html)| !html.contains("<nav") && html.contains("lang=\"th\"")));
}

#[test]
fn a_choice_holds_from_the_link_to_the_queue_and_changes_nothing_by_itself() {
    let desk = Desk::new();
    let seek = desk.seek_pass(script(|_, _| Fault::None));
    switch_on(&desk, &ALL);
    let codes = desk.invite(TWO);
    let code = codes[0].as_str();
    let service = desk.serve();
    let graduate = service.visitor().with("accept-language", "en");

    let before = desk.everything();
    let form = graduate.get(&format!("/r/{code}"));
    assert_eq!(lang(&form), "en");
    assert!(
        form.body.contains("<a href=\"?language=th\" lang=\"th\" hreflang=\"th\" rel=\"nofollow\">ไทย</a>")
    );
    assert!(!form.body.contains("name=\"language\""), "nobody chose yet");
    let thai = graduate.get(&format!("/r/{code}?language=th"));
    assert_eq!(lang(&thai), "th");
    assert!(thai.body.contains("<input type=\"hidden\" name=\"language\" value=\"th\">"));
    assert!(thai.body.contains(&format!("value=\"{code}\"")), "the code is still there");
    for path in
        ["/?language=TH", "/redeem?language=th", "/nowhere?language=th", "/wait/1-x?language=th&still"]
    {
        let answer = graduate.get(path);
        match answer.status {
            StatusCode::SEE_OTHER => assert_eq!(answer.link(), "/?language=th"),
            _ => assert_eq!(lang(&answer), "th", "{path}"),
        }
    }
    assert_eq!(desk.everything(), before, "looking changes nothing");

    let wrong = graduate.submit(&[("code", "7K2M-9QXT-R4WPJ"), ("language", "th")]);
    assert_eq!((wrong.status, lang(&wrong).as_str()), (StatusCode::UNPROCESSABLE_ENTITY, "th"));
    let list = graduate.submit(&[("code", code), ("language", "th")]);
    assert_eq!(lang(&list), "th");
    assert_eq!(list.body.matches("<input type=\"hidden\" name=\"language\" value=\"th\">").count(), 2);
    let vietnamese = "<button type=\"submit\" name=\"language\" value=\"vi\" lang=\"vi\">Tiếng Việt</button>";
    assert!(list.body.contains(vietnamese), "{}", list.body);
    // what that button sends
    let list = graduate.submit(&[("code", code), ("language", "vi")]);
    assert_eq!((list.status, lang(&list).as_str()), (StatusCode::OK, "vi"));
    assert_eq!((seek.seek.submissions(), desk.count("SELECT count(*) FROM submission")), (0, 0));
    let link = graduate.follow_with(&[("code", code), ("qualification", "ba"), ("language", "vi")]);
    assert!(link.link().starts_with("http"));
}

#[test]
fn the_waiting_page_looks_again_in_the_chosen_language() {
    let desk = Desk::new();
    let _seek = desk.seek_pass(script(|_, _| Fault::Status(503, Some("300".into()))));
    switch_on(&desk, &ALL);
    let codes = desk.invite(&roster(1..=1));
    let service = desk.serve();
    let graduate = service.visitor();
    let waiting = graduate.submit(&[("code", &codes[0]), ("language", "zh-Hant")]);
    assert_eq!((waiting.status, lang(&waiting).as_str()), (StatusCode::OK, "zh-Hant"));
    let refresh = waiting.headers["refresh"].to_str().unwrap();
    let path = refresh.split_once("url=").unwrap().1;
    assert!(path.ends_with("?language=zh-Hant"), "{refresh}");
    assert_eq!(lang(&graduate.get(path)), "zh-Hant");
    let still = format!("{path}&still");
    assert!(waiting.body.contains(&format!("href=\"{}\"", still.replace('&', "&amp;"))), "{}", waiting.body);
    // as a page of a university that knows nothing of languages has it
    for still in [still, format!("{path}?still")] {
        let answer = graduate.get(&still);
        assert!(!answer.headers.contains_key("refresh") && lang(&answer) == "zh-Hant", "{still}");
    }
}

#[test]
fn the_page_for_opting_out_keeps_the_choice_before_and_after_its_button() {
    let desk = Desk::new();
    let _seek = desk.seek_pass(healthy());
    switch_on(&desk, &["en", "th"]);
    desk.invite(&roster(1..=1));
    let key = CodeKey::read(&desk.config().key_file).unwrap();
    let path = format!("/opt-out/{}", key.opt_out_token(desk.count("SELECT id FROM invitation")));
    let [english, thai] = ["en", "th"].map(|tag| format!("{path}?language={tag}"));
    let service = desk.serve();
    let graduate = service.visitor().with("accept-language", "en");

    let before = desk.everything();
    let asked = graduate.get(&path);
    assert_eq!(lang(&asked), "en");
    assert!(asked.body.contains("<a href=\"?language=th\" lang=\"th\""), "{}", asked.body);
    let asked = graduate.get(&thai);
    assert_eq!(lang(&asked), "th");
    assert!(asked.body.contains(&format!("<form method=\"post\" action=\"{thai}\">")), "{}", asked.body);
    assert_eq!(desk.everything(), before, "looking changes nothing");

    let done = graduate.method(Method::POST, &thai);
    assert_eq!((done.status, lang(&done).as_str()), (StatusCode::OK, "th"));
    // a link would lead back to the question
    assert!(done.body.contains("<form method=\"post\" action=\"?language=en\">"), "{}", done.body);
    assert!(!done.body.contains("<a href=\"?language"), "{}", done.body);
    let done = graduate.method(Method::POST, &english);
    assert_eq!(lang(&done), "en");
    assert!(done.body.contains("We will send you no more reminders."), "{}", done.body);
}

#[test]
fn what_is_no_language_of_ours_is_passed_over() {
    let desk = Desk::new();
    let _seek = desk.seek_pass(healthy());
    switch_on(&desk, &["en", "th"]);
    let service = desk.serve();
    let graduate = service.visitor().with("accept-language", "th");
    for wanted in ["vi", "", "../en", "%22%3E%3Cb%3E", "th%0d%0aX-Own: 1", "th-TH"] {
        let answer = graduate.get(&format!("/?language={wanted}"));
        assert_eq!((answer.status, lang(&answer).as_str()), (StatusCode::OK, "th"), "{wanted}");
        assert!(!answer.body.contains("name=\"language\""), "{wanted}");
    }
    let answer = graduate.method(Method::PUT, "/?language=en");
    assert_eq!((answer.status, lang(&answer).as_str()), (StatusCode::METHOD_NOT_ALLOWED, "en"));
}
