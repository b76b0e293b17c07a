//! The same cells on the real page, in the form that it sends back, and at SEEK Pass.

use gradpass::sandbox::seek::healthy;
use reqwest::StatusCode;
use serde_json::Value;

use super::{Spoilt, VALUES, csv, misleads, odd, tags, taken, unescaped};
use crate::roster::desk::Desk;
use crate::world::code;

#[test]
fn the_page_says_it_as_text_and_its_form_sends_it_back() {
    let desk = Desk::new();
    let seek = desk.seek_pass(healthy());
    // nothing else of a roster is on a page
    let spoilt = Spoilt::new();
    let whole = taken(&spoilt.rows);
    let is_taken = |cells: &[String; 10]| whole.contains(&cells[0]);
    // the bare values of these columns
    let number = |column: usize| column * 2 * VALUES.len();
    let of = |column| spoilt.rows[number(column)..number(column + 1)].iter().step_by(2);
    let rows = [3, 4, 6, 7].into_iter().flat_map(of).filter(|[first, _]| is_taken(first));
    desk.import(csv(rows.flatten()));
    desk.send();
    let mails = desk.relay.messages();
    assert!(mails.len() > 20, "{}", mails.len());
    let service = desk.serve();
    let visitor = service.visitor().with("sec-fetch-site", "same-origin");
    let mut ordinary = None;
    let mut sent = 0;
    for mail in &mails {
        let code = code(mail);
        let page = visitor.press(&code);
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(!page.body.contains("Lovelace") && !page.body.contains(misleads), "{}", page.body);
        let ordinary = ordinary.get_or_insert_with(|| page.body.clone());
        assert_eq!(odd(&page.body, [ordinary.as_str()]), [""; 0], "{}", page.body);
        let keys: Vec<_> = tags_with(&page.body, "name=\"qualification\"");
        assert_eq!(keys.len(), 2, "{}", page.body);
        assert_eq!(tags(&page.body).iter().filter(|tag| tag.starts_with("<form")).count(), 2);
        // as many as may go at once, since the clock stands still: those whose course is spoilt
        let course = number(4)..number(5);
        let graduate: usize = mail.recipient[0][1..].split('@').next().unwrap().parse().unwrap();
        if course.contains(&graduate) {
            let key = keys.iter().map(|tag| value(tag)).find(|key| !key.starts_with("plain|")).unwrap();
            let link = visitor.arrive_with(&[("code", &code), ("qualification", &key)]);
            assert!(link.starts_with("http://127.0.0.1"), "{link}");
            sent += 1;
        }
    }
    let courses: Vec<_> = seek.seek.ids().iter().filter_map(|id| seek.seek.credential(id)).collect();
    assert_eq!(courses.len(), sent);
    let of = |credential: &Value| credential["course_name"].as_str().unwrap().to_owned();
    assert!(courses.iter().map(of).any(|course| course.contains("javascript:alert(1)")), "{courses:?}");
    assert!(!courses.iter().map(of).any(|course| course.contains(misleads)));
}

/// The tags with this attribute.
fn tags_with<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    html.split('<').filter(|tag| tag.contains(attribute)).collect()
}

/// What a browser sends of a field.
fn value(tag: &str) -> String {
    unescaped(tag.split("value=\"").nth(1).unwrap().split('"').next().unwrap())
}
