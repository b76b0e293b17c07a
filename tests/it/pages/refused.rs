//! Pages of the university that could not work: file, line where there is one, and what would be right.

use gradpass::config::Question;

use super::load;
use super::own::{FORM, folder, refusal};

#[test]
fn a_placeholder_that_does_not_exist_is_named_with_its_line() {
    for (page, text, line, name) in [
        ("verified", "\n{{ nickname }}", 2, "nickname"),
        ("verified", "{% if institution.name == 'x' %}\n\n{{ graduate.name }}{% endif %}", 3, "graduate"),
        (
            "problem",
            "{% block content %}{% if problem == 'x' %}\n{{ code }}{% endif %}{% endblock %}",
            2,
            "code",
        ),
        ("waiting", "{{ place }}\n{{ item.key }}", 2, "item"),
        ("qualifications", "\n{% for it in items %}\n{{ it.nickname }}{% endfor %}", 3, "it.nickname"),
        ("qualifications", "\n{{ item.key }}", 2, "item"),
        ("layout", "\n\n{% block title %}{% endblock %}{{ message }}", 3, "message"),
    ] {
        let file = format!("en/pages/{page}.html.j2");
        let said = refusal(&[(&file, text)], Question::None);
        let expected = format!("{file}:{line}: there is no placeholder {name}; there are: institution.name,");
        assert!(said.starts_with(&expected), "{said}");
    }
}

#[test]
fn an_error_in_the_layout_is_the_layouts() {
    let layout = "<p>\n{{ institution | length(1, 2) }}</p>{% block content %}{% endblock %}";
    let said = refusal(&[("en/pages/layout.html.j2", layout)], Question::None);
    assert!(said.starts_with("en/pages/layout.html.j2:2: "), "{said}");
    let said = refusal(&[("en/pages/verified.html.j2", "\n{% if base %}")], Question::None);
    assert!(said.starts_with("en/pages/verified.html.j2:2: syntax error"), "{said}");
    let said = refusal(&[("en/pages/verified.html.j2", "\n{% extends \"frame.html.j2\" %}")], Question::None);
    assert!(said.starts_with("en/pages/verified.html.j2:2: template not found"), "{said}");
}

#[test]
fn what_the_content_security_policy_forbids_is_named_with_its_line() {
    let inline = "would have no effect: the page's Content-Security-Policy lets no script run, and takes styles from \
                  style.css only";
    let outside = "would load something from outside, and the page's Content-Security-Policy forbids it; the \
                   stylesheet is <link rel=\"stylesheet\" href=\"{{ base }}style.css\">";
    for (text, what, why) in [
        ("<script src=\"https://x.example/a.js\"></script>", "a <script>", inline),
        ("<SCRIPT>1</SCRIPT>", "a <script>", inline),
        ("{% if base == 'x' %}<script>1</script>{% endif %}", "a <script>", inline),
        ("<style>p { color: red }</style>", "a <style>", inline),
        ("<p style=\"color:red\">", "the attribute style", inline),
        ("<p class=x STYLE = 'color:red'>", "the attribute style", inline),
        ("<p class=\"{{ \"a\" if base > \"b\" else \"c\" }}\" style=\"\">", "the attribute style", inline),
        ("<button onclick=\"go()\">", "the attribute onclick", inline),
        ("<img alt=\"\" src=\"https://x.example/logo.png\">", "a src attribute", outside),
        ("<img srcset=\"https://x.example/a.png 2x\">", "a srcset attribute", outside),
        ("<table background=\"https://x.example/a.png\">", "a background attribute", outside),
        ("<link rel=\"stylesheet\" href=\"https://x.example/style.css\">", "a <link>", outside),
        ("<link rel=\"icon\" href=\"{{ base }}style.css\">", "a <link>", outside),
    ] {
        let said = refusal(&[("en/pages/verified.html.j2", &format!("<p>\n</p>{text}\n"))], Question::None);
        assert_eq!(said, format!("en/pages/verified.html.j2:2: {what} {why}"), "{text}");
    }
}

#[test]
fn prose_about_styles_is_no_style() {
    let text = "<p title=\"on=1 style=2\">A style is on= you, &lt;script&gt; is not.</p><!-- <style> --> 1 < 2\
                {# <script> #}<link rel=\"stylesheet\" href=\"{{base}}style.css\">";
    let folder = folder(&[("en/pages/verified.html.j2", text)]);
    load(Some(folder.path()), Question::None).unwrap();
}

#[test]
fn a_form_that_nobody_could_use_is_refused() {
    let answer = "the form needs a field with name=\"answer\" if, and only if, question is not \"none\"";
    for (form, problem) in [
        ("", "the page needs exactly one <form method=\"post\" action=\"{{ base }}redeem\">"),
        (
            &format!("{FORM}</form>{FORM}</form>"),
            "the page needs exactly one <form method=\"post\" action=\"{{ base }}redeem\">",
        ),
        (
            "<form action=\"{{ base }}redeem\"></form>",
            "a form needs method=\"post\": without it the code would stand in the address",
        ),
        (
            "<form method=\"get\"></form>",
            "a form needs method=\"post\": without it the code would stand in the address",
        ),
        ("<form method=\"post\"></form>", "a form needs action=\"{{ base }}redeem\""),
        (
            "<form method=\"post\" action=\"https://x.example/redeem\"></form>",
            "a form needs action=\"{{ base }}redeem\"",
        ),
        (
            "<form method=\"post\" action=\"{{ base }}redeem\"></form><input name=\"code\">",
            "the form needs exactly one field with name=\"code\"",
        ),
        (
            &format!("{FORM}<input name=\"code\"></form>"),
            "the form needs exactly one field with name=\"code\"",
        ),
        (
            "<form method=\"post\" action=\"{{ base }}redeem\"><input name=\"code\"></form>",
            "the field with name=\"code\" needs value=\"{{ code }}\"",
        ),
        (&format!("{FORM}<input name=\"answer\"></form>"), answer),
    ] {
        let said = refusal(&[("en/pages/code.html.j2", form)], Question::None);
        assert_eq!(said, format!("en/pages/code.html.j2: {problem}"), "{form}");
    }
    let said = refusal(&[("en/pages/code.html.j2", &format!("{FORM}</form>"))], Question::StudentId);
    assert_eq!(said, format!("en/pages/code.html.j2: {answer}"));
}

#[test]
fn an_item_that_nobody_could_add_is_refused() {
    let problem = "an item whose state is \"addable\" needs a form with the hidden fields code, answer and \
                   qualification, whose value is {{ item.key }}";
    let form = "{% for item in items %}<form method=\"post\" action=\"{{ base }}redeem\">\
                <input name=\"code\" value=\"{{ code }}\"><input name=\"answer\" value=\"{{ answer }}\">\
                <input name=\"qualification\" value=\"{{ item.key }}\"></form>{% endfor %}";
    load(Some(folder(&[("en/pages/qualifications.html.j2", form)]).path()), Question::None).unwrap();
    for broken in [
        "",
        &form.replace("item.key", "item.course_name"),
        &form.replace("name=\"answer\"", "name=\"reply\""),
        &form.replace("value=\"{{ code }}\"", ""),
        &form.replace("{% for item in items %}", "{% for item in items if item.state == \"added\" %}"),
    ] {
        let said = refusal(&[("en/pages/qualifications.html.j2", broken)], Question::None);
        assert_eq!(said, format!("en/pages/qualifications.html.j2: {problem}"), "{broken}");
    }
}
