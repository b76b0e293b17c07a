//! Pages that between them walk through every branch of a template.

use std::num::NonZeroU64;

use jiff::Timestamp;

use super::{Item, ItemState, Message, News, Page, Problem};
use crate::credential::{Conferral, CredentialType, Details, Qualification};
use crate::wording::values::TAG;

pub(super) const CODE: &str = "7K2M-9QXT-R4WPH";

const OPTING_OUT: &str = "opt-out/7-3kq9z1m2n4p5r6st";

/// What may come instead of a code, by way of a link: a space ends a value without quotes, a tag one without escapes.
const ODD: &str = "7K2M <roster>";

/// A test and a course, with this text wherever a roster's stands.
fn of_other_types(text: &str) -> [Qualification; 2] {
    let qualification = |of, details: &str| {
        let details = Details::of_stored(of, Some(details)).unwrap_or_default();
        Qualification {
            course_code: None,
            course_name: details.title().unwrap_or_default().to_owned(),
            conferral: Conferral { year: None, date: details.day(), awaiting_graduation: false },
            majors: Vec::new(),
            honours: None,
            details,
            attached: None,
        }
    };
    let result = format!(
        r#"{{"full_name":"","test_provider":"Example Tests Ltd{text}","test_name":"Example English Test{text}",
        "completion_date":"2026-05-02","expiry_date":"2028-05-02","test_scores":{{"cefr_scores":{{"combined":"C1{text}"}},
        "overall":{{"score":"7.5{text}","scale":"9"}}}}}}"#
    );
    let course = format!(
        r#"{{"full_name":"","microcredential_name":"Data Literacy{text}","issue_date":"2026-06-30",
        "assessment_result":"85%{text}"}}"#
    );
    [qualification(CredentialType::English, &result), qualification(CredentialType::Microcredential, &course)]
}

/// Awards with and without majors, honours and a year; a test and a course.
pub(super) fn qualifications() -> [Qualification; 5] {
    let award = |majors: &[&str], honours: Option<&str>, year| Qualification {
        course_code: None,
        course_name: format!("Bachelor of Engineering {TAG}"),
        conferral: Conferral { year, date: None, awaiting_graduation: false },
        majors: majors.iter().map(|major| format!("{major} {TAG}")).collect(),
        honours: honours.map(|honours| format!("{honours} {TAG}")),
        details: Details::Education,
        attached: None,
    };
    let [test, course] = of_other_types(TAG);
    [
        award(&["Civil & Structural", "Français"], Some("First Class Honours"), Some(2026)),
        award(&["History"], None, Some(2026)),
        award(&[], None, None),
        test,
        course,
    ]
}

/// A page as a person looks at it: with values as they are in life.
pub(super) struct Shown<'a> {
    /// For its file.
    pub(super) name: &'static str,
    /// When graduates see it.
    pub(super) title: &'static str,
    pub(super) page: Page<'a>,
}

/// Awards as they are in life.
pub(super) fn plain_qualifications() -> [Qualification; 3] {
    let award = |name: &str, majors: &[&str], honours: Option<&str>, year| Qualification {
        course_code: None,
        course_name: name.into(),
        conferral: Conferral { year, date: None, awaiting_graduation: year.is_none() },
        majors: majors.iter().map(|major| (*major).to_owned()).collect(),
        honours: honours.map(str::to_owned),
        details: Details::Education,
        attached: None,
    };
    [
        award("Bachelor of Engineering", &["Civil Engineering"], Some("First Class Honours"), Some(2026)),
        award("Bachelor of Arts", &["History", "Français"], None, Some(2024)),
        award("Diploma of Languages", &[], None, None),
    ]
}

/// Every page that a graduate can meet, once.
pub(super) fn shown(qualifications: &[Qualification], now: Timestamp) -> Vec<Shown<'_>> {
    let states =
        [ItemState::Addable, ItemState::Waiting, ItemState::Added, ItemState::Verified, ItemState::Rejected];
    let list = |states: &[ItemState], awaiting| {
        let each = states.iter().zip(qualifications.iter().cycle());
        let item = |(state, qualification): (&ItemState, _)| Item {
            qualification,
            awaiting,
            key: "1",
            news: None,
            state: *state,
        };
        Page::Qualifications { code: CODE, answer: "", items: each.map(item).collect() }
    };
    let code = |code, message| Page::Code { code, message };
    let waiting = |place, seconds, is_seek_pass_silent| Page::Waiting {
        path: "waiting/4f1d",
        place,
        seconds,
        refresh_seconds: NonZeroU64::new(5),
        is_seek_pass_silent,
    };
    let until = now + std::time::Duration::from_mins(12);
    let problem = Page::Problem;
    let mut pages = Vec::new();
    let mut add = |name, title, page| pages.push(Shown { name, title, page });
    add("code", "Home: the form for the code", code("", None));
    add("code-from-link", "From the link in the email", code(CODE, None));
    add("code-length", "A code of the wrong length", code("7K2M-9QXT", Some(Message::Length)));
    add("code-symbol", "A sign that no code has", code("7K2M-9QXT-R4WPU", Some(Message::Symbol)));
    add("code-mistyped", "A mistyped code", code("7K2M-9QXT-R4WPJ", Some(Message::Mistyped)));
    add("answer-missing", "The question without an answer", code(CODE, Some(Message::AnswerMissing)));
    add("answer-shape", "An answer that cannot be", code(CODE, Some(Message::AnswerShape)));
    add("qualifications", "Several qualifications, in every state", list(&states, false));
    add("qualification", "One qualification", list(&states[..1], false));
    add("qualification-awaited", "One whose graduation is awaited", list(&states[..1], true));
    for (name, title, news) in [
        ("qualification-conferred", "One that is conferred now", News::Conferred),
        ("qualification-corrected", "One that was corrected", News::Corrected),
    ] {
        let mut page = list(&states[..1], false);
        if let Page::Qualifications { items, .. } = &mut page {
            for item in items {
                item.news = Some(news);
            }
        }
        add(name, title, page);
    }
    add("waiting", "In the queue", waiting(1, 4, false));
    add("waiting-long", "In a long queue", waiting(900, 900, false));
    add("waiting-silent", "While SEEK Pass does not answer", waiting(12, 60, true));
    add("verified", "Everything is in SEEK Pass", Page::Verified);
    add("opt-out", "From the link for no more reminders", Page::OptOut { path: OPTING_OUT, is_done: false });
    add("opted-out", "No more reminders", Page::OptOut { path: OPTING_OUT, is_done: true });
    add("problem-code", "A code that does not work", problem(Problem::Code));
    add("problem-too-many", "Too many wrong codes", problem(Problem::TooMany { minutes: 12, until }));
    add("problem-rejected", "SEEK Pass did not take it", problem(Problem::Rejected));
    add("problem-other-site", "A form of another site", problem(Problem::OtherSite));
    add("problem-not-here", "Nothing at this address", problem(Problem::NotHere));
    add("problem-too-late", "A waiting page whose time is over", problem(Problem::TooLate));
    add("problem-silent", "SEEK Pass has to be asked and is silent", problem(Problem::Silent));
    add("problem-ours", "A fault of ours", problem(Problem::Ours));
    add("problem-too-large", "A request that is too large", problem(Problem::TooLarge));
    pages
}

pub(super) fn pages(qualifications: &[Qualification]) -> Vec<Page<'_>> {
    let mut pages = vec![Page::Verified];
    pages.extend([false, true].map(|is_done| Page::OptOut { path: OPTING_OUT, is_done }));
    let messages =
        [Message::Length, Message::Symbol, Message::Mistyped, Message::AnswerMissing, Message::AnswerShape];
    for message in [None].into_iter().chain(messages.map(Some)) {
        pages.extend(["", CODE, ODD].map(|code| Page::Code { code, message }));
    }
    let states =
        [ItemState::Addable, ItemState::Waiting, ItemState::Added, ItemState::Verified, ItemState::Rejected];
    let items = |awaiting, states: &[ItemState]| -> Vec<Item<'_>> {
        let each = states.iter().flat_map(|state| qualifications.iter().map(move |it| (it, *state)));
        // each kind of news with each state
        let news = [None, Some(News::Conferred), Some(News::Corrected)].into_iter().cycle();
        let item = |((qualification, state), news)| Item { qualification, awaiting, key: ODD, news, state };
        each.zip(news).map(item).collect()
    };
    for answer in ["", "27/03/1999"] {
        for awaiting in [false, true] {
            pages.push(Page::Qualifications { code: CODE, answer, items: items(awaiting, &states) });
            pages.extend(states.map(|state| {
                let items = items(awaiting, &[state]).into_iter().take(1).collect();
                Page::Qualifications { code: CODE, answer, items }
            }));
        }
    }
    for is_seek_pass_silent in [false, true] {
        for (place, seconds) in [(1, 1), (2, 60), (900, 900), (200_000, 20_000)] {
            pages.extend([None, NonZeroU64::new(5)].map(|refresh_seconds| {
                let path = "waiting/4f1d";
                Page::Waiting { path, place, seconds, refresh_seconds, is_seek_pass_silent }
            }));
        }
    }
    let problems = [
        Problem::Code,
        Problem::TooMany { minutes: 1, until: Timestamp::UNIX_EPOCH },
        Problem::TooMany { minutes: 12, until: Timestamp::UNIX_EPOCH },
        Problem::Rejected,
        Problem::OtherSite,
        Problem::NotHere,
        Problem::TooLate,
        Problem::Ours,
        Problem::Silent,
        Problem::TooLarge,
    ];
    pages.extend(problems.map(Page::Problem));
    pages
}
