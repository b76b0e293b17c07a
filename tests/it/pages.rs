//! The pages that a graduate sees, whole, as snapshots; below: hostile values, languages, the university's own.

mod hostile;
mod languages;
mod misbehaving;
mod own;
mod refused;

use std::num::NonZeroU64;
use std::path::Path;

use gradpass::config::{Institution, Question, WebSettings};
use gradpass::credential::{Conferral, Details, Qualification};
use gradpass::graduate::Language;
use gradpass::redemption::pages::{Item, ItemState, Message, Page, Pages, Problem};
use gradpass::wording::TemplateError;
use insta::assert_snapshot;
use jiff::Timestamp;
use jiff::tz::TimeZone;

const CODE: &str = "7K2M-9QXT-R4WPH";

const END: Timestamp = Timestamp::constant(1_795_352_580, 0);

const TOO_MANY: Problem = Problem::TooMany { minutes: 12, until: END };

fn institution() -> Institution {
    Institution {
        name: "Northfield University".into(),
        support_email: "graduations@northfield.example".into(),
        time_zone: jiff::tz::TimeZone::UTC,
        domains: vec!["northfield.example".into()],
        languages: vec![Language::parse("en").unwrap()],
    }
}

fn web(public_url: &str, question: Question) -> WebSettings {
    let listen = "127.0.0.1:8080".parse().unwrap();
    WebSettings { listen, public_url: public_url.into(), trusted_proxies: Vec::new(), question }
}

fn load(folder: Option<&Path>, question: Question) -> Result<Pages, TemplateError> {
    Pages::load(folder, &institution(), &web("https://seekpass.northfield.example/", question))
}

/// An English page of ours.
fn shown(question: Question, page: &Page<'_>) -> String {
    load(None, question).unwrap().render("en", page).unwrap()
}

fn award(course_name: &str, year: Option<i16>) -> Qualification {
    Qualification {
        course_code: None,
        course_name: course_name.into(),
        conferral: Conferral { year, date: None, awaiting_graduation: false },
        majors: Vec::new(),
        honours: None,
        details: Details::Education,
        attached: None,
    }
}

const fn item<'a>(qualification: &'a Qualification, key: &'a str, state: ItemState) -> Item<'a> {
    Item { qualification, awaiting: false, key, news: None, state }
}

const fn waiting(place: u64, seconds: u64, refresh_seconds: Option<NonZeroU64>) -> Page<'static> {
    Page::Waiting { path: "waiting/4f1d", place, seconds, refresh_seconds, is_seek_pass_silent: false }
}

#[test]
fn the_form() {
    assert_snapshot!("form", shown(Question::None, &Page::Code { code: "", message: None }));
    assert_snapshot!("form_from_the_link", shown(Question::None, &Page::Code { code: CODE, message: None }));
}

#[test]
fn the_form_after_a_typing_mistake() {
    for (name, code, message) in [
        ("form_length", "7K2M-9QXT", Message::Length),
        ("form_symbol", "7K2M-9QXT-R4WPU", Message::Symbol),
        ("form_mistyped", "7K2M-9QXT-R4WPX", Message::Mistyped),
    ] {
        assert_snapshot!(name, shown(Question::None, &Page::Code { code, message: Some(message) }));
    }
}

#[test]
fn the_form_with_a_question() {
    for (name, question, message) in [
        ("form_date_of_birth", Question::DateOfBirth, None),
        ("form_date_of_birth_missing", Question::DateOfBirth, Some(Message::AnswerMissing)),
        ("form_date_of_birth_shape", Question::DateOfBirth, Some(Message::AnswerShape)),
        ("form_student_id", Question::StudentId, None),
        ("form_student_id_missing", Question::StudentId, Some(Message::AnswerMissing)),
        ("form_student_id_shape", Question::StudentId, Some(Message::AnswerShape)),
    ] {
        assert_snapshot!(name, shown(question, &Page::Code { code: CODE, message }));
    }
}

#[test]
fn several_qualifications_each_with_its_state() {
    let bachelor = Qualification {
        majors: vec!["History".into(), "Civil & Structural Studies".into()],
        honours: Some("First Class Honours".into()),
        ..award("Bachelor of Arts", Some(2024))
    };
    let awaited =
        Qualification { majors: vec!["Français".into()], ..award("Master of Teaching", Some(2026)) };
    let others = [
        award("Graduate Certificate in Data", None),
        award("Diploma of Languages", Some(2023)),
        award("เกียรติบัตร", Some(2025)),
    ];
    let items = vec![
        item(&bachelor, "1", ItemState::Addable),
        Item { awaiting: true, ..item(&awaited, "2", ItemState::Waiting) },
        item(&others[0], "3", ItemState::Added),
        item(&others[1], "4", ItemState::Verified),
        item(&others[2], "5", ItemState::Rejected),
    ];
    let page = Page::Qualifications { code: CODE, answer: "27/03/1999", items };
    assert_snapshot!("qualifications", shown(Question::DateOfBirth, &page));
}

#[test]
fn one_qualification_that_cannot_be_added_now() {
    let bachelor = award("Bachelor of Arts", Some(2024));
    let items = vec![item(&bachelor, "1", ItemState::Rejected)];
    let page = Page::Qualifications { code: CODE, answer: "", items };
    assert_snapshot!("qualification_rejected", shown(Question::None, &page));
}

#[test]
fn the_waiting_page() {
    let five = NonZeroU64::new(5);
    assert_snapshot!("waiting", shown(Question::None, &waiting(812, 41, five)));
    assert_snapshot!("waiting_still", shown(Question::None, &waiting(812, 41, None)));
    let silent = Page::Waiting {
        path: "waiting/4f1d",
        place: 3,
        seconds: 1,
        refresh_seconds: five,
        is_seek_pass_silent: true,
    };
    assert_snapshot!("waiting_silent", shown(Question::None, &silent));
}

#[test]
fn how_long_it_takes_is_said_in_words() {
    for (place, seconds, words) in [
        (1, 0, "You are next.</strong></p>\n<p>It will take less than a minute."),
        (2, 59, "You are number 2 in the queue.</strong></p>\n<p>It will take less than a minute."),
        (2, 60, "about 1 minute."),
        (2, 61, "about 2 minutes."),
        (9, 7140, "about 119 minutes."),
        (9, 7141, "about 2 hours."),
        (9, 20_000, "about 6 hours."),
    ] {
        let html = shown(Question::None, &waiting(place, seconds, None));
        assert!(html.contains(words), "{words}: {html}");
    }
}

/// What the page says of its refreshing is what the server is told to send.
#[test]
fn the_waiting_page_refreshes_by_a_header() {
    let pages = load(None, Question::None).unwrap();
    let page = waiting(812, 41, NonZeroU64::new(5));
    assert_eq!(pages.refresh(&page).as_deref(), Some("5; url=/waiting/4f1d"));
    assert!(pages.render("en", &page).unwrap().contains("looks again by itself every 5 seconds"));
    assert_eq!(pages.refresh(&waiting(812, 41, None)), None);
    assert_eq!(pages.refresh(&Page::Verified), None);
}

#[test]
fn all_is_done() {
    assert_snapshot!("verified", shown(Question::None, &Page::Verified));
}

#[test]
fn what_goes_wrong() {
    for (name, problem) in [
        ("problem_code", Problem::Code),
        ("problem_too_many", TOO_MANY),
        ("problem_rejected", Problem::Rejected),
        ("problem_other_site", Problem::OtherSite),
        ("problem_not_here", Problem::NotHere),
        ("problem_too_late", Problem::TooLate),
        ("problem_ours", Problem::Ours),
        ("problem_silent", Problem::Silent),
        ("problem_too_large", Problem::TooLarge),
    ] {
        assert_snapshot!(name, shown(Question::None, &Page::Problem(problem)));
    }
    let asked = shown(Question::StudentId, &Page::Problem(Problem::Code));
    assert!(asked.contains("or your answer is not what we have on record"), "{asked}");
    for minutes in [0, 1] {
        let page = shown(Question::None, &Page::Problem(Problem::TooMany { minutes, until: END }));
        assert!(page.contains("</strong>, in a minute."), "{page}");
    }
}

/// Graduates are all over the world, and a time without its zone is another time.
#[test]
fn the_end_of_a_lock_is_told_by_the_clock_of_the_university() {
    for (zone, end) in [
        ("Australia/Melbourne", "00:03 (AEDT, UTC+11)"),
        ("Australia/Adelaide", "23:33 (ACDT, UTC+10:30)"),
        ("Asia/Singapore", "21:03 (UTC+8)"),
        ("Asia/Manila", "21:03 (PST, UTC+8)"),
        ("America/St_Johns", "09:33 (NST, UTC-3:30)"),
        ("UTC", "13:03 (UTC)"),
    ] {
        let institution = Institution { time_zone: TimeZone::get(zone).unwrap(), ..institution() };
        let web = web("https://seekpass.northfield.example/", Question::None);
        let pages = Pages::load(None, &institution, &web).unwrap();
        let html = pages.render("en", &Page::Problem(TOO_MANY)).unwrap();
        assert!(
            html.contains(&format!("try again from <strong>{end}</strong>, in about 12 minutes")),
            "{html}"
        );
        assert!(!html.contains("network"), "{html}");
    }
}

/// Below a path prefix, behind a proxy that the university shares with its other pages.
#[test]
fn links_work_below_a_path() {
    let web = web("https://www.northfield.example/seekpass/", Question::None);
    let pages = Pages::load(None, &institution(), &web).unwrap();
    assert_eq!(pages.base(), "/seekpass/");
    let form = pages.render("en", &Page::Code { code: CODE, message: None }).unwrap();
    for part in [
        "href=\"/seekpass/style.css\"",
        "action=\"/seekpass/redeem\"",
        ">https://www.northfield.example/seekpass/</strong>",
    ] {
        assert!(form.contains(part), "{part} in {form}");
    }
    let problem = pages.render("en", &Page::Problem(Problem::NotHere)).unwrap();
    assert!(problem.contains("href=\"/seekpass/\""), "{problem}");
    let page = waiting(812, 41, NonZeroU64::new(5));
    assert_eq!(pages.refresh(&page).as_deref(), Some("5; url=/seekpass/waiting/4f1d"));
    assert!(pages.render("en", &page).unwrap().contains("href=\"/seekpass/waiting/4f1d\""));
}

/// Bookmarks, history and a screen reader's first words tell the pages apart.
#[test]
fn titles_are_distinct_and_a_mistake_shows_in_them() {
    let title = |html: &str| {
        let (_, rest) = html.split_once("<title>").unwrap();
        rest.split_once("</title>").unwrap().0.to_owned()
    };
    let award = award("Bachelor of Arts", Some(2024));
    let items = vec![item(&award, "1", ItemState::Addable)];
    let form = |message| Page::Code { code: "", message };
    let mut titles: Vec<_> = [
        form(None),
        form(Some(Message::Mistyped)),
        Page::Qualifications { code: CODE, answer: "", items },
        waiting(1, 1, None),
        Page::Verified,
    ]
    .into_iter()
    .chain(
        [
            Problem::Code,
            TOO_MANY,
            Problem::Rejected,
            Problem::OtherSite,
            Problem::NotHere,
            Problem::TooLate,
            Problem::Ours,
            Problem::Silent,
            Problem::TooLarge,
        ]
        .map(Page::Problem),
    )
    .map(|page| title(&shown(Question::None, &page)))
    .collect();
    assert_eq!(titles[0], "Add to SEEK&nbsp;Pass · Northfield University");
    assert_eq!(titles[1], format!("Error: {}", titles[0]));
    let count = titles.len();
    titles.sort();
    titles.dedup();
    assert_eq!(titles.len(), count, "{titles:?}");
}
