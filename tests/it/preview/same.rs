//! The previews are the mails, byte for byte but the code, the date and the Message-ID.

use clap::Parser;
use gradpass::cli::Cli;
use gradpass::command;
use gradpass::config::Environment;
use gradpass::report::Exit;
use gradpass::sandbox::relay::Delivered;

use super::{files, index, mails};
use crate::roster::desk::{Desk, line, roster_of, sample};
use crate::world::{code, process};

/// A dry run under the desk's clock, so that the previews and the mails are of the same day.
fn dry_run(desk: &Desk, roster: &str) -> Exit {
    let path = |name: &str| desk.path(name).display().to_string();
    let (config, preview, roster) = (path("gradpass.toml"), path("preview"), path(roster));
    let arguments =
        ["gradpass", "--config", &config, "--json", "run", "--dry-run", "--preview", &preview, &roster];
    process(command::execute(
        Cli::parse_from(arguments),
        desk.clock.clone(),
        "officer".into(),
        Environment::default(),
    ))
}

/// A mail without the code, the date and the Message-ID; every code becomes one of the same length, unfolded.
fn plain(bytes: &[u8], code: &str) -> String {
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    let headers = ["Date: ", "Message-ID: "];
    let kept: Vec<_> =
        text.lines().filter(|line| !headers.iter().any(|header| line.starts_with(header))).collect();
    // a code holds nothing that quoted-printable would encode, but a soft line end may stand in the middle of it
    let joined = kept.join("\n").replace("=\n", "");
    assert!(joined.contains(code), "no code in {joined}");
    joined.replace(code, "the code")
}

/// Student id and plain mail, by address.
fn previews(desk: &Desk) -> Vec<(String, String)> {
    let mut shown: Vec<_> = mails(desk)
        .into_iter()
        .map(|name| {
            let data = std::fs::read(desk.path("preview").join(name)).unwrap();
            mail(&data)
        })
        .collect();
    shown.sort();
    shown
}

fn mail(data: &[u8]) -> (String, String) {
    let parsed = mail_parser::MessageParser::default().parse(data).unwrap();
    let to = parsed.to().unwrap().first().unwrap().address().unwrap().to_owned();
    let delivered = Delivered {
        sender: String::new(),
        recipient: Vec::new(),
        parameters: Default::default(),
        data: data.to_vec(),
        session: 1,
    };
    (to, plain(data, &code(&delivered)))
}

fn sent(desk: &Desk) -> Vec<(String, String)> {
    let mut mails: Vec<_> = desk.relay.messages().iter().map(|message| mail(&message.data)).collect();
    mails.sort();
    mails
}

#[test]
fn the_real_run_sends_what_the_dry_run_showed() {
    let desk = Desk::new();
    std::fs::copy(sample("graduates.csv"), desk.path("graduates.csv")).unwrap();
    assert_eq!(dry_run(&desk, "graduates.csv"), Exit::Done);
    let expected = previews(&desk);
    assert_eq!(expected.len(), 10);
    assert!(desk.relay.messages().is_empty());
    desk.import(std::fs::read(sample("graduates.csv")).unwrap());
    assert_eq!(desk.send().sent, 10);
    assert!(sent(&desk) == expected);
}

#[test]
fn so_it_is_with_a_ledger_that_was_there_before() {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    desk.write("templates/en/subject.txt.j2", "{{ institution.name }}: “{{ qualifications | length }}”");
    desk.import(roster_of([line(1).as_str(), &line(2), &line(3)]));
    desk.send();
    let diploma = line(1).replace("BA,Bachelor of Arts", "DIP,Diploma of Languages");
    let roster = roster_of([line(1).as_str(), &diploma, &line(2).replace("@mailbox", "@post"), &line(4)]);
    desk.write("second.csv", &roster);
    assert_eq!(dry_run(&desk, "second.csv"), Exit::Done);
    let expected = previews(&desk);
    assert_eq!(expected.len(), 3);
    desk.import(roster);
    assert_eq!(desk.send().sent, 3);
    let real = sent(&desk);
    assert!(expected.iter().all(|mail| real.contains(mail)));
    assert_eq!(real.len(), 6);
}

#[test]
fn text_and_html_beside_the_mail_are_its_parts() {
    let desk = Desk::new();
    std::fs::copy(sample("graduates.csv"), desk.path("graduates.csv")).unwrap();
    dry_run(&desk, "graduates.csv");
    let names = files(&desk);
    assert_eq!(names.len(), 41);
    for name in mails(&desk) {
        let read = |kind: &str| std::fs::read(desk.path("preview").join(name.replace("eml", kind))).unwrap();
        let data = read("eml");
        assert!(data.ends_with(b"\r\n") && !data.ends_with(b"\r\n\r\n"));
        let parsed = mail_parser::MessageParser::default().parse(&data).unwrap();
        let part = |text: &str| text.replace("\r\n", "\n").trim_end().to_owned();
        assert_eq!(part(&parsed.body_text(0).unwrap()), part(&String::from_utf8(read("txt")).unwrap()));
        assert_eq!(part(&parsed.body_html(0).unwrap()), part(&String::from_utf8(read("html")).unwrap()));
    }
    // no code of a preview would work
    assert!(!desk.ledger().exists());
    assert!(index(&desk).contains("The codes in these emails are samples and do not work."));
}
