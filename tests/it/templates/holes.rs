//! Templates that would fail, or spoil the mail, later and in the middle of a run.

use super::checks::refusal;
use super::own::{desk, language, mail_to};
use crate::roster::desk::{line, roster_of};

const TEXT: &str = "{{ code }}\n{{ link }}\n";
const HTML: &str = "<p>{{ code }}</p>\n<p>{{ link }}</p>\n";

/// No sample has six majors, a graduate may: the run would end there, exit 2, with half of the mails sent.
#[test]
fn a_placeholder_in_a_branch_that_no_sample_walks_is_found() {
    for text in [
        "{% for q in qualifications %}{% if q.majors | length > 5 %}\n{{ q.nickname }}{% endif %}{% endfor %}\n",
        "{% if valid_until == 'never' %}\n{{ code.nickname }}{% endif %}\n",
        "{% if valid_until == 'never' %}\n{{ qualification.course_name }}{% endif %}\n",
        "{% set g = graduate %}{% if valid_until == 'never' %}\n{{ g.nickname }}{% endif %}\n",
    ] {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.starts_with("en/body.txt.j2:4: "), "{text}: {said}");
    }
}

#[test]
fn the_line_is_the_placeholders_own() {
    let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{{{{ graduate.name }}}}\n\n{{{{ name }}}}\n"))]);
    assert!(said.starts_with("en/body.txt.j2:5: there is no placeholder name;"), "{said}");
}

/// The link has the code in it, so the check for the code never finds it missing.
#[test]
fn html_without_the_code_is_refused() {
    let said = refusal(&[("en/body.html.j2", "<p><a href=\"{{ link }}\">{{ link }}</a></p>")]);
    assert!(said.starts_with("en/body.html.j2: the code "), "{said}");
}

#[test]
fn nothing_from_outside_however_it_is_written() {
    for html in [
        "<td background=\"https://x.example/a.png\">",
        "<img srcset=\"https://x.example/a.png 2x\">",
        "<img src = \"https://x.example/a.png\">",
    ] {
        let said = refusal(&[("en/body.html.j2", &format!("{HTML}{html}"))]);
        assert!(said.contains("would load something from outside"), "{html}: {said}");
    }
}

/// A template beside the folders of the languages is taken by nobody and missed by its author.
#[test]
fn a_template_outside_the_folder_of_a_language_is_named() {
    let said = refusal(&[("subject.txt.j2", "Your invitation")]);
    assert!(said.starts_with("subject.txt.j2: "), "{said}");
}

/// RFC 4647 §3.4: the tag is shortened from its end, one part at a time.
#[test]
fn a_language_loses_its_region_before_its_script() {
    let files = language("zh-Hans", "您好");
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let desk = desk(&files);
    desk.import(roster_of([format!("{}zh-Hans-CN", line(1)).as_str()]));
    desk.send();
    let [subject, ..] = mail_to(&desk, "s0000001@mailbox.example");
    assert_eq!(subject, "您好: Northfield University");
}
