//! Templates that would never end, eat the memory, read what is none of theirs, or give away what they must not.

use std::os::unix::fs::symlink;
use std::process::Command;

use super::checks::refusal;
use super::own::desk;

const TEXT: &str = "{{ code }}\n{{ link }}\n";
const HTML: &str = "<p>{{ code }}</p>\n<p>{{ link }}</p>\n";

#[test]
fn a_template_that_would_not_end_is_refused() {
    let loops: Vec<_> = (0..12).map(|number| format!("{{% for a{number} in institution.name %}}")).collect();
    let loops = loops.concat();
    let ends = "{% endfor %}".repeat(12);
    for text in [
        format!("{loops}{ends}"),
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}".into(),
        "{% for a in [[[[]]]] recursive %}{{ loop(a) }}{{ loop([a]) }}{% endfor %}".into(),
        "{% for a in 'x' * 50000 %}{% for b in 'x' * 50000 %}{% endfor %}{% endfor %}".into(),
    ] {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.starts_with("en/body.txt.j2") && said.len() < 300, "{text}: {said}");
    }
    let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{loops}{ends}"))]);
    assert!(said.contains("takes too many steps; is there a loop in a loop"), "{said}");
    for text in ["{% include \"body.txt.j2\" %}", "{% extends \"body.txt.j2\" %}"] {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.starts_with("en/body.txt.j2"), "{text}: {said}");
    }
}

#[test]
fn a_template_that_says_too_much_is_refused() {
    for text in
        ["{{ 'x' * 60000 }}", "{{ 'x' * 2000000000 }}", "{% for a in 'x' * 99999 %}xxxxxxxxxx{% endfor %}"]
    {
        let said = refusal(&[("en/body.html.j2", &format!("{HTML}{text}"))]);
        assert!(said.starts_with("en/body.html.j2") && said.len() < 300, "{text}: {said}");
    }
    let said = refusal(&[("en/body.html.j2", &format!("{HTML}{}", " ".repeat(1 << 20)))]);
    assert_eq!(said, "en/body.html.j2: larger than 1 MB; a template is text");
}

#[test]
fn a_template_reads_no_other_file() {
    for text in [
        "{% include \"../../gradpass.toml\" %}",
        "{% include \"/etc/passwd\" %}",
        "{% import \"../code.key\" as key %}{{ key }}",
        "{% from \"../vi/subject.txt.j2\" import x %}",
        "{% extends \"../../code.key\" %}",
        "{% include [\"../code.key\", \"/etc/passwd\"] %}",
    ] {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.starts_with("en/body.txt.j2:3: "), "{text}: {said}");
        assert!(!said.contains("root:") && !said.contains("0707"), "{said}");
    }
}

#[test]
fn a_template_says_only_what_it_is_given() {
    for text in
        ["{{ debug() }}", "{{ self }}{{ graduate.email }}", "{{ graduate.date_of_birth }}", "{{ context }}"]
    {
        let said = refusal(&[("en/body.txt.j2", &format!("{TEXT}{text}"))]);
        assert!(said.contains("there is no placeholder"), "{text}: {said}");
    }
}

#[test]
fn what_is_no_file_is_not_waited_for() {
    for name in ["en/subject.txt.j2", "en/pages/style.css", "en/pages/verified.html.j2"] {
        for target in ["/dev/zero", "/dev/stdin", "pipe", "."] {
            let desk = desk(&[("en/.keep", "")]);
            let path = desk.path("templates").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let pipe = desk.path("pipe");
            assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            symlink(if target == "pipe" { pipe.as_path() } else { target.as_ref() }, &path).unwrap();
            let ran = desk.gradpass(&["check"]);
            assert_eq!(ran.code, 2, "{name} to {target}");
            assert!(ran.stdout.contains(&format!("template templates/{name}: not a file")), "{}", ran.stdout);
        }
        let desk = desk(&[("en/.keep", "")]);
        let path = desk.path("templates").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        symlink("nowhere", &path).unwrap();
        let ran = desk.gradpass(&["check"]);
        assert!(ran.code == 2 && ran.stdout.contains("cannot be read"), "{name}: {}", ran.stdout);
    }
}

/// `safe` and `autoescape` are for what is safe: a name is not.
#[test]
fn a_value_that_would_become_html_is_found() {
    for text in [
        "{{ graduate.name | safe }}",
        "{% autoescape false %}{{ institution.name }}{% endautoescape %}",
        "{% for q in qualifications %}{{ q.course_name | safe }}{% endfor %}",
        "{% for q in qualifications %}{{ q.majors | join(\", \") | safe }}{% endfor %}",
        "{% set honours %}{% for q in qualifications %}{{ q.honours | safe }}{% endfor %}{% endset %}{{ honours }}",
    ] {
        let said = refusal(&[("en/body.html.j2", &format!("{HTML}{text}"))]);
        let words = "en/body.html.j2: a value stands in it as it is, and a name could become HTML; take away `safe` or \
                     `autoescape false`";
        assert_eq!(said, words, "{text}");
    }
}

#[test]
fn no_part_of_the_code_stands_in_the_subject() {
    for text in [
        "{{ code | lower }}",
        "{{ code | replace('-', ' ') }}",
        "{{ code[:4] }}",
        "Your {% if link %}link{% endif %}",
        "{% set c = code %}{{ c[5:] }}",
        "{% for sign in code %}{{ sign }}{% endfor %}",
    ] {
        let said = refusal(&[("en/subject.txt.j2", text)]);
        assert!(
            said.starts_with("en/subject.txt.j2: the code must not stand in the subject"),
            "{text}: {said}"
        );
    }
}
