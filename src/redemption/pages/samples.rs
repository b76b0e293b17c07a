//! Pages that between them walk through every branch of a template.

use std::num::NonZeroU64;

use jiff::Timestamp;

use super::{Item, ItemState, Message, Page, Problem};
use crate::graduate::{Conferral, Qualification};
use crate::wording::values::TAG;

pub(super) const CODE: &str = "7K2M-9QXT-R4WPH";

/// What may come instead of a code, by way of a link: a space ends a value without quotes, a tag one without escapes.
const ODD: &str = "7K2M <roster>";

/// Awards with and without majors, honours and a year.
pub(super) fn qualifications() -> [Qualification; 3] {
    let award = |majors: &[&str], honours: Option<&str>, year| Qualification {
        course_code: None,
        course_name: format!("Bachelor of Engineering {TAG}"),
        conferral: Conferral { year, date: None, awaiting_graduation: false },
        majors: majors.iter().map(|major| format!("{major} {TAG}")).collect(),
        honours: honours.map(|honours| format!("{honours} {TAG}")),
    };
    [
        award(&["Civil & Structural", "Français"], Some("First Class Honours"), Some(2026)),
        award(&["History"], None, Some(2026)),
        award(&[], None, None),
    ]
}

pub(super) fn pages(qualifications: &[Qualification]) -> Vec<Page<'_>> {
    let mut pages = vec![Page::Verified];
    let messages =
        [Message::Length, Message::Symbol, Message::Mistyped, Message::AnswerMissing, Message::AnswerShape];
    for message in [None].into_iter().chain(messages.map(Some)) {
        pages.extend(["", CODE, ODD].map(|code| Page::Code { code, message }));
    }
    let states =
        [ItemState::Addable, ItemState::Waiting, ItemState::Added, ItemState::Verified, ItemState::Rejected];
    let items = |awaiting, states: &[ItemState]| -> Vec<Item<'_>> {
        let each = states.iter().flat_map(|state| qualifications.iter().map(move |it| (it, *state)));
        each.map(|(qualification, state)| Item { qualification, awaiting, key: ODD, state }).collect()
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
