//! Subjects of the university's own, with whatever the roster holds in them.

use gradpass::credential::Qualification;
use gradpass::graduate::PersonName;
use mail_parser::MessageParser;

use super::{VALUES, csv, plain};
use crate::roster::desk::Desk;

#[test]
fn a_subject_says_names_and_courses_as_they_are() {
    let desk = Desk::new();
    desk.configure("templates = \"templates\"");
    let subject = "{{ graduate.name }}: {% for q in qualifications %}{{ q.course_name }}{% endfor %}\n";
    desk.write("templates/en/subject.txt.j2", subject);
    let long = "Ünïted ".repeat(42);
    let values = VALUES.into_iter().chain([long.trim()]);
    let mut rows = Vec::new();
    for (number, value) in values.enumerate() {
        // the name and the course, each by itself: one that is refused must not hide the other
        for column in [1, 4] {
            let mut row = plain(2 * number + column / 4);
            row[column] = value.into();
            rows.push(row);
        }
    }
    desk.import(csv(&rows));
    desk.send();
    let mails = desk.relay.messages();
    assert!(mails.len() > 8, "{} were taken", mails.len());
    for mail in &mails {
        let row = rows.iter().find(|row| mail.recipient == [row[2].as_str()]).unwrap();
        let text = String::from_utf8_lossy(&mail.data);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().all(|line| line.len() <= 78 || !line.contains("=?")), "{head}");
        assert!(head.lines().all(|line| line.len() <= 998), "{head}");
        let parsed = MessageParser::default().parse(&mail.data).unwrap();
        let (name, course) =
            (PersonName::parse(&row[1]).unwrap(), Qualification::parse_course_name(&row[4]).unwrap());
        assert_eq!(parsed.subject(), Some(format!("{}: {course}", name.as_str()).as_str()), "{head}");
        assert!(parsed.header("Bcc").is_none(), "{head}");
    }
}
