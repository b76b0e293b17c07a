//! What does not open: one answer for every reason, and none for a typing mistake.

use std::time::Duration;

use gradpass::sandbox::seek::Endpoint;
use reqwest::StatusCode;

use super::invited;
use crate::world::roster;

#[test]
fn wrong_expired_revoked_retired_withdrawn_and_unknown_look_the_same() {
    let (world, seek, codes) = invited(4);
    world.change("UPDATE invitation SET state = 'revoked' WHERE id = 1");
    world.change("UPDATE code SET retired_at = 1 WHERE invitation_id = 2");
    // the fourth is gone from the roster, with three others so that the guard lets it pass
    world.import(&roster([1, 2, 3]));
    let service = world.serve();
    let visitor = service.visitor();
    let unknown = visitor.press("0000-0000-00000");
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let mut answers = vec![visitor.press(&codes[0]), visitor.press(&codes[1]), visitor.press(&codes[3])];
    visitor.arrive(&codes[2]);
    world.clock.advance(Duration::from_hours(91 * 24));
    answers.push(visitor.press(&codes[2]));
    for answer in answers {
        assert_eq!((answer.status, &answer.body), (unknown.status, &unknown.body));
        let names = |answer: &crate::world::Answer| {
            let mut names: Vec<_> =
                answer.headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
            names.retain(|header| !header.starts_with("date"));
            names
        };
        assert_eq!(names(&answer), names(&unknown));
    }
    assert_eq!(seek.seek.calls(Endpoint::Add), 1);
}

#[test]
fn a_typing_mistake_costs_nothing_and_says_so() {
    let (world, _seek, codes) = invited(1);
    let service = world.serve();
    let visitor = service.visitor();
    let mut wrong = codes[0].clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    for _ in 0..200 {
        let answer = visitor.press(&wrong);
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(&wrong), "what was typed is still there");
    }
    assert_eq!(visitor.press("7K2M").status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(visitor.press("").status, StatusCode::UNPROCESSABLE_ENTITY);
    visitor.arrive(&codes[0]);
}

/// As they come out of a mail program, a chat, or another keyboard.
#[test]
fn what_is_pasted_with_a_code_does_not_matter() {
    let (world, seek, codes) = invited(1);
    let service = world.serve();
    let visitor = service.visitor();
    let code = &codes[0];
    let wide: String = code.chars().map(|it| char::from_u32(u32::from(it) + 0xfee0).unwrap()).collect();
    let link = visitor.arrive(code);
    for pasted in [
        format!("https://seekpass.northfield.example/r/{code}"),
        format!("Your code: “{code}”"),
        format!("\u{200b}{}\r\n", code.replace('-', "\u{200b}-\r\n")),
        format!("（{wide}）"),
    ] {
        assert_eq!(visitor.arrive(&pasted), link, "{pasted}");
    }
    assert_eq!(seek.seek.calls(Endpoint::Add), 1);
    // the field has room for it, and shows it again as it was
    let long = format!("https://seekpass.northfield.example/{}/r/typo", "long/".repeat(80));
    assert!(visitor.press(&long).body.contains(&long.replace('/', "&#x2f;")));
}

/// Phones that are some years old say it with `Origin`, or, older still, with the address of the page alone.
#[test]
fn an_old_phone_is_not_turned_away() {
    let (world, _seek, codes) = invited(1);
    let service = world.serve();
    let page = format!("https://seekpass.northfield.example/r/{}", codes[0]);
    let link = service.visitor().arrive(&codes[0]);
    for headers in [
        &[("origin", "https://seekpass.northfield.example")][..],
        &[("referer", &page)],
        &[("origin", "null"), ("referer", &page)],
        &[],
    ] {
        let phone = headers.iter().fold(service.visitor(), |phone, (name, value)| phone.with(name, value));
        assert_eq!(phone.arrive(&codes[0]), link, "{headers:?}");
    }
}

#[test]
fn who_guesses_is_stopped_and_others_are_not() {
    let (world, seek, codes) = invited(1);
    world.seek_pass_at(&seek.seek.base_url(), "trusted_proxies = [\"127.0.0.1\"]", "");
    let service = world.serve();
    let guesser = service.visitor().with("x-forwarded-for", "198.51.100.7, 203.0.113.9");
    let mut answered = 0;
    for _ in 0..100 {
        // every one a right check symbol, none a code
        match guesser.press("0000-0000-00000").status {
            StatusCode::NOT_FOUND => answered += 1,
            status => assert_eq!(status, StatusCode::TOO_MANY_REQUESTS),
        }
    }
    assert_eq!(answered, 60, "the budget of one address");
    assert_eq!(
        guesser.press("typo").status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "typing mistakes are no guesses"
    );
    let closed = guesser.press(&codes[0]);
    assert_eq!(closed.status, StatusCode::TOO_MANY_REQUESTS);
    // the clock of this test stands at two in the night
    assert!(closed.body.contains("from <strong>02:01 (AEDT, UTC+11)</strong>"), "{}", closed.body);
    assert!(closed.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() > 0);
    // what a client writes to the left of its proxy helps nobody
    let forger = service.visitor().with("x-forwarded-for", "192.0.2.1, 203.0.113.9");
    assert_eq!(forger.press(&codes[0]).status, StatusCode::TOO_MANY_REQUESTS);
    service.visitor().with("x-forwarded-for", "203.0.113.10").arrive(&codes[0]);
}
