//! Every column of the roster with every value: the mail has the same headers and the same HTML as any other, and says
//! the value as text; so do the preview and its index; nothing of it is told in logs.

use std::collections::{BTreeMap, BTreeSet};

use gradpass::credential::Qualification;
use gradpass::graduate::PersonName;
use gradpass::sandbox::relay::Delivered;
use mail_parser::{Message, MessageParser};

use super::{COLUMNS, MARK, Spoilt, csv, misleads, odd, plain, tags, taken, unescaped};
use crate::roster::desk::Desk;
use crate::world::code;

/// The cells of the graduates by address, where an address is what it was in the roster.
fn by_address(spoilt: &Spoilt) -> BTreeMap<&str, &[String; COLUMNS]> {
    spoilt.rows.iter().map(|[first, _]| (first[2].as_str(), first)).collect()
}

/// Mails of graduates with nothing odd, with as many majors and honours as a value can make.
fn ordinary() -> Vec<std::sync::Arc<Delivered>> {
    let desk = Desk::new();
    let mut rows = Vec::new();
    for (number, (majors, honours)) in
        [("", ""), ("A", ""), ("", "First"), ("A", "First"), ("A;B", "First"), ("A;B;C", "First")]
            .into_iter()
            .enumerate()
    {
        let (mut first, mut rest) = (plain(number), plain(number));
        (first[6], first[7]) = (majors.into(), honours.into());
        (rest[3], rest[4]) = ("PLAIN".into(), "Master of Arts".into());
        rows.extend([first, rest]);
    }
    // and one who has a single award
    rows.push(plain(rows.len()));
    desk.import(csv(&rows));
    desk.send();
    desk.relay.messages()
}

fn header_names(mail: &Message<'_>) -> Vec<String> {
    mail.headers().iter().map(|header| header.name().to_owned()).collect()
}

#[test]
fn a_mail_says_it_as_text_and_has_no_header_more() {
    let ordinary = ordinary();
    let parsed = |data: &'static [u8]| MessageParser::default().parse(data).unwrap();
    let mut headers = BTreeSet::new();
    let mut pages = Vec::new();
    for mail in &ordinary {
        let mail = parsed(mail.data.clone().leak());
        headers.insert(header_names(&mail));
        pages.push(mail.body_html(0).unwrap().into_owned());
    }
    assert_eq!(headers.len(), 1);
    let shapes: BTreeSet<_> = pages.iter().map(|html| tags(html)).collect();

    let spoilt = Spoilt::new();
    let cells = by_address(&spoilt);
    let desk = Desk::new();
    let roster = spoilt.rosters(usize::MAX).next().unwrap();
    desk.import(roster);
    desk.send();
    let mails = desk.relay.messages();
    assert!(mails.len() > 400, "{} of {} were taken", mails.len(), spoilt.rows.len());
    let whole = taken(&spoilt.rows);
    for delivered in &mails {
        let text = String::from_utf8(delivered.data.clone()).unwrap();
        assert!(text.is_ascii());
        assert_eq!(text.matches(['\r', '\n']).count(), 2 * text.matches("\r\n").count(), "{text}");
        let mail = parsed(delivered.data.clone().leak());
        assert!(headers.contains(&header_names(&mail)), "{text}");
        assert!(!text.to_lowercase().contains("\nbcc"), "{text}");
        let to: Vec<_> = mail.to().unwrap().iter().collect();
        assert_eq!(to.len(), 1, "{text}");
        assert_eq!([to[0].address().unwrap()], *delivered.recipient, "{text}");
        assert_eq!(mail.subject(), Some("Your SEEK Pass invitation from Northfield University"));
        assert_eq!((mail.html_body_count(), mail.text_body_count(), mail.attachment_count()), (1, 1, 0));

        let html = mail.body_html(0).unwrap();
        assert!(shapes.contains(&tags(&html)), "{:?}: {html}", odd(&html, pages.iter().map(String::as_str)));
        let body = mail.body_text(0).unwrap();
        assert!(!body.contains(|sign| misleads(sign) && sign != '\r'), "{body}");
        // panics unless one line of the text is a code
        code(delivered);
        let Some(cells) = cells.get(delivered.recipient[0].as_str()) else { continue };
        let name = PersonName::parse(&cells[1]).unwrap();
        assert_eq!(to[0].name(), Some(name.as_str()), "{text}");
        assert!(body.contains(&format!("Hello {},", name.as_str())), "{body}");
        // where another cell spoilt the row, the plain one stands alone
        let course = Qualification::parse_course_name(&cells[4]);
        let is_taken = |course: &String| course != "Bachelor of Arts" && whole.contains(&cells[0]);
        let Some(course) = course.ok().filter(is_taken) else { continue };
        assert!(body.contains(&course), "{course}: {body}");
        assert!(unescaped(&html).contains(&course), "{course}: {html}");
    }
}

#[test]
fn the_preview_says_it_as_text() {
    let desk = Desk::new();
    desk.write("plain.csv", csv(&[plain(1)]));
    let preview = |roster| desk.gradpass(&["run", "--dry-run", "--preview", "preview", roster]);
    assert_eq!(preview("plain.csv").code, 0);
    let index = |desk: &Desk| std::fs::read_to_string(desk.path("preview/index.html")).unwrap();
    let ordinary = index(&desk);
    let mut shown = 0;
    for roster in Spoilt::new().rosters(150) {
        desk.write("roster.csv", roster);
        let ran = preview("roster.csv");
        assert!(ran.code <= 1, "{}", ran.stderr);
        let index = index(&desk);
        assert_eq!(odd(&index, [ordinary.as_str()]), [""; 0]);
        let misled: Vec<_> = index.lines().filter(|line| line.contains(misleads)).collect();
        assert!(misled.is_empty(), "{misled:?}");
        let files = std::fs::read_dir(desk.path("preview")).unwrap().count();
        let links: Vec<_> = index
            .split("href=\"")
            .skip(1)
            .map(|it| it.split('"').next().unwrap())
            .filter(|link| !link.starts_with('#') && !link.starts_with("pages/"))
            .collect();
        // and the index, the plan, and the folder of the pages
        assert_eq!(links.len() + 3, files);
        for link in links {
            let harmless = |sign: char| sign.is_ascii_alphanumeric() || "-_.".contains(sign);
            assert!(link.chars().all(harmless) && !link.contains(".."), "{link}");
            assert!(desk.path("preview").join(link).is_file(), "{link}");
        }
        shown += (files - 3) / 3;
    }
    assert!(shown > 400, "{shown} were looked at");
    assert!(!desk.path("preview").join("../../etc").exists());
}

#[test]
fn nothing_of_it_is_told() {
    let desk = Desk::new();
    for (number, roster) in Spoilt::new().rosters(usize::MAX).enumerate() {
        let name = format!("{number}.csv");
        desk.write(&name, roster);
        let commands: [&[&str]; 4] = [
            &["import", &name, "--rejects", "rejects.csv", "-vv"],
            &["run", "--dry-run", &name],
            &["--log-format", "json", "-vv", "send"],
            &["--json", "status"],
        ];
        for command in commands {
            let ran = desk.gradpass(command);
            assert!(ran.code <= 1, "{command:?}: {}", ran.stderr);
            let said = ran.stdout + &ran.stderr;
            assert!(!said.to_lowercase().contains(&MARK.to_lowercase()), "{command:?}");
            assert!(!said.contains("evil") && !said.contains("Lovelace"), "{command:?}");
            let misled: Vec<_> = said.lines().filter(|line| line.contains(misleads)).collect();
            assert!(misled.is_empty(), "{misled:?}");
        }
    }
}
