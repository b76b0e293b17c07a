//! Templates of the university over those that are built in.

use crate::roster::desk::{Desk, line, roster_of};

/// A desk with these files in its folder of templates.
pub fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    std::fs::create_dir_all(desk.path("templates")).unwrap();
    for (name, text) in files {
        desk.write(&format!("templates/{name}"), text);
    }
    desk
}

/// The files of a language whose mails say `greeting`.
pub fn language(tag: &str, greeting: &str) -> Vec<(String, String)> {
    let subject = format!("{greeting}: {{{{ institution.name }}}}");
    let text = format!("{greeting} {{{{ graduate.name }}}}\n\n{{{{ code }}}}\n\n{{{{ link }}}}\n");
    let html =
        format!("<p>{greeting} {{{{ graduate.name }}}}</p><p>{{{{ code }}}}</p><p>{{{{ link }}}}</p>\n");
    vec![
        (format!("{tag}/subject.txt.j2"), subject.clone()),
        (format!("{tag}/body.txt.j2"), text.clone()),
        (format!("{tag}/body.html.j2"), html.clone()),
        (format!("{tag}/reminder/subject.txt.j2"), subject),
        (format!("{tag}/reminder/body.txt.j2"), format!("{text}\n{{{{ opt_out }}}}\n")),
        (format!("{tag}/reminder/body.html.j2"), format!("{html}<p>{{{{ opt_out }}}}</p>\n")),
    ]
}

/// Subject, text and HTML of the mail that went to an address.
pub fn mail_to(desk: &Desk, address: &str) -> [String; 3] {
    let messages = desk.relay.messages();
    let message = messages.iter().find(|message| message.recipient == [address]).unwrap();
    let parsed = mail_parser::MessageParser::default().parse(&message.data).unwrap();
    [
        parsed.subject().unwrap().to_owned(),
        parsed.body_text(0).unwrap().replace("\r\n", "\n"),
        parsed.body_html(0).unwrap().replace("\r\n", "\n"),
    ]
}

#[test]
fn only_the_subject_is_the_universitys_own() {
    let desk = desk(&[("en/subject.txt.j2", "Your award, verified, from {{ institution.name }}\n")]);
    desk.import(roster_of([line(1).as_str()]));
    assert_eq!(desk.send().sent, 1);
    let [subject, text, html] = mail_to(&desk, "s0000001@mailbox.example");
    assert_eq!(subject, "Your award, verified, from Northfield University");
    assert!(text.contains("What happens next\n-----") && html.contains("What happens next</h2>"));
}

#[test]
fn an_empty_folder_changes_nothing() {
    let (own, built_in) = (desk(&[("en/.gitkeep", ""), (".DS_Store", "x")]), Desk::new());
    for desk in [&own, &built_in] {
        desk.import(roster_of([line(1).as_str()]));
        desk.send();
    }
    assert!(own.relay.messages()[0].data == built_in.relay.messages()[0].data);
}

#[test]
fn what_the_roster_says_is_text_in_the_html() {
    let desk = Desk::new();
    // what looks like HTML is refused at import; what is left must still be text
    let row = "s1,\"Mira & \"\"Em\"\" O'Neil\",mira@post.example,BA,Arts & Crafts,2026,A&B,,";
    desk.import(roster_of([row]));
    assert_eq!(desk.send().sent, 1);
    let [_, text, html] = mail_to(&desk, "mira@post.example");
    assert!(text.contains("Hello Mira & \"Em\" O'Neil,"), "{text}");
    assert!(text.contains("* Arts & Crafts"), "{text}");
    for escaped in ["Mira &amp; &quot;Em&quot; O&#x27;Neil", "Arts &amp; Crafts", "A&amp;B"] {
        assert!(html.contains(escaped), "{escaped} in {html}");
    }
}

#[test]
fn own_html_is_escaped_like_the_built_in() {
    let html = "<p>{{ graduate.name }}</p>{% for q in qualifications %}<p>{{ q.course_name }}</p>{% endfor %}\
                <p>{{ code }}</p><p>{{ link }}</p>";
    let desk = desk(&[("en/body.html.j2", html)]);
    desk.import(roster_of(["s1,A & B,mira@post.example,BA,\"Arts \"\"& so\"\"\",2026,,,"]));
    desk.send();
    let [_, _, html] = mail_to(&desk, "mira@post.example");
    assert!(html.contains("<p>A &amp; B</p><p>Arts &quot;&amp; so&quot;</p>"), "{html}");
}
