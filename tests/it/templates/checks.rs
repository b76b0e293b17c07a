//! A template that cannot work is refused before anything is imported or sent: file, line, what is wrong.

use super::own::{desk, language};
use crate::roster::desk::{line, roster_of};

const TEXT: &str = "{{ code }}\n{{ link }}\n";
const HTML: &str = "<p>{{ code }}</p>\n<p>{{ link }}</p>\n";

/// Runs with these files; returns what was said behind `error: template templates/`.
pub fn refusal(files: &[(&str, &str)]) -> String {
    let desk = desk(files);
    desk.write("roster.csv", roster_of([line(1).as_str()]));
    let mut said = String::new();
    for arguments in [
        ["run", "roster.csv"].as_slice(),
        &["send"],
        &["run", "--dry-run", "--preview", "preview", "roster.csv"],
    ] {
        let ran = desk.gradpass(arguments);
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{files:?}: {}", ran.stderr);
        said = ran.stderr;
    }
    let check = desk.gradpass(&["check"]);
    assert_eq!(check.code, 2, "{files:?}");
    assert!(check.stdout.contains(said.trim().strip_prefix("error: ").unwrap()), "{}", check.stdout);
    // one connection of `check`, which named nobody
    assert!(desk.relay.messages().is_empty());
    assert!(!desk.relay.commands().iter().any(|command| command.ends_with("DATA")));
    assert!(!desk.ledger().exists() && !desk.path("preview").exists());
    said.strip_prefix("error: template templates/").unwrap_or(&said).trim_end().to_owned()
}

const PLACEHOLDERS: &str = "there are: occasion, institution.name, institution.support_email, graduate.name, qualifications, \
                            qualification.course_name, qualification.majors, qualification.honours, \
                            qualification.conferral_year, qualification.awaiting_graduation, qualification.kind, \
                            qualification.result, qualification.issuer, qualification.date, qualification.expiry, kind, \
                            code, link, page, valid_until, university_address, language";

#[test]
fn a_placeholder_that_does_not_exist_is_named_with_its_line() {
    for (text, line, name) in [
        ("{{ nickname }}\n", 3, "nickname"),
        ("{% if university_address %}\n{{ nickname }}\n{% endif %}\n", 4, "nickname"),
        ("{% if language == 'xx' %}\n\n{{ nickname }}\n{% endif %}\n", 5, "nickname"),
        ("{% for q in qualifications %}\n{{ nickname }}\n{% endfor %}\n", 4, "nickname"),
        ("{% if nickname %}\n{% endif %}\n", 3, "nickname"),
        ("{{ graduate.nickname }}\n", 3, "graduate.nickname"),
        ("{% if language == 'xx' %}{{ graduate.nickname }}{% endif %}\n", 3, "graduate.nickname"),
        ("{% for q in qualifications %}\n{{ q.nickname }}\n{% endfor %}\n", 4, "q.nickname"),
        (
            "{% for q in qualifications %}{% if q.majors %}\n\n{{ q.nickname }}{% endif %}{% endfor %}\n",
            5,
            "q.nickname",
        ),
    ] {
        let expected = format!("en/body.txt.j2:{line}: there is no placeholder {name}; {PLACEHOLDERS}");
        assert_eq!(refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]), expected, "{text}");
    }
}

#[test]
fn a_syntax_error_is_named_with_its_line() {
    for (text, line) in [
        ("{% if code %}\n{{ code }}\n", 4),
        ("\n{{ code \n", 4),
        ("{% endif %}\n", 3),
        ("\n{% whatever %}\n", 4),
        ("{{ code | no_such_filter }}\n", 3),
    ] {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.starts_with(&format!("en/body.txt.j2:{line}: ")), "{text}: {said}");
    }
}

#[test]
fn what_would_spoil_the_mail_is_refused() {
    let missing = "missing; a language needs all six templates, three of them in reminder";
    let alone = "the code must stand alone on a line of its own: {{ code }}";
    let outside = "would load something from outside, which mail readers block as tracking";
    for (file, text, problem) in [
        (
            "en/subject.txt.j2",
            "Code {{ code }}",
            "the code must not stand in the subject: phones show subjects on locked screens",
        ),
        (
            "en/subject.txt.j2",
            "See {{ link }}",
            "the code must not stand in the subject: phones show subjects on locked screens",
        ),
        ("en/subject.txt.j2", " \n", "the subject must be one line of text"),
        ("en/subject.txt.j2", "one\ntwo", "the subject must be one line of text"),
        ("en/body.txt.j2", "Code: {{ code }}\n{{ link }}\n", alone),
        ("en/body.txt.j2", "{{ code }}.\n{{ link }}\n", alone),
        ("en/body.txt.j2", "{{ link }}\n", alone),
        (
            "en/body.txt.j2",
            "{{ code }}\nGo to {{ link }}\n",
            "the link must stand alone on a line of its own: {{ link }}",
        ),
        ("en/body.html.j2", "<p>{{ code }}</p>", "the link is missing: {{ link }}"),
        ("en/html.j2", HTML, "not a template; their names are subject.txt.j2, body.txt.j2, body.html.j2"),
        ("en/body.txt", TEXT, "not a template; their names are subject.txt.j2, body.txt.j2, body.html.j2"),
        ("english/body.txt.j2", TEXT, ""),
        ("vi/body.txt.j2", TEXT, ""),
    ] {
        let said = refusal(&[(file, text)]);
        match file {
            "english/body.txt.j2" => {
                assert_eq!(said, "english: its name is not a language tag such as en, vi or zh-Hans");
            }
            "vi/body.txt.j2" => assert_eq!(said, format!("vi/subject.txt.j2: {missing}")),
            _ => assert_eq!(said, format!("{file}: {problem}"), "{text}"),
        }
    }
    for (html, what) in [
        ("<img src=\"https://x.example/logo.png\">", "a src attribute"),
        ("<IMG SRC='cid:logo'>", "a src attribute"),
        ("<p style=\"background:url(https://x.example/a.png)\">", "a url() in a style"),
        ("<link rel=\"stylesheet\" href=\"https://x.example/a.css\">", "a <link>"),
        ("<style>@import 'https://x.example/a.css';</style>", "an @import"),
        ("<script>1</script>", "a <script>"),
    ] {
        let said = refusal(&[("en/body.html.j2", &format!("{HTML}{html}"))]);
        assert_eq!(said, format!("en/body.html.j2: {what} {outside}"));
    }
}

#[test]
fn one_of_six_files_missing_is_named() {
    for missing in 0..6 {
        let mut files = language("vi", "Xin chào");
        let (name, _) = files.remove(missing);
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(
            refusal(&files),
            format!("{name}: missing; a language needs all six templates, three of them in reminder")
        );
    }
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let desk = desk(&[]);
    desk.configure("templates = \"elsewhere\"");
    let ran = desk.gradpass(&["send"]);
    assert_eq!(ran.code, 2);
    let error = "error: template elsewhere: cannot be read: No such file or directory (os error 2)\n";
    assert_eq!(ran.stderr, error);
}

#[test]
fn a_template_that_is_not_utf8_is_named() {
    let desk = desk(&[]);
    desk.write("templates/en/subject.txt.j2", b"Invitation from Universit\xe9");
    let ran = desk.gradpass(&["send"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("en/subject.txt.j2: cannot be read as UTF-8"), "{}", ran.stderr);
}
