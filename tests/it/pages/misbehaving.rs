//! Pages of the university that would never end, or take what somebody typed for HTML.

use gradpass::config::Question;

use super::own::{FORM, refusal};

#[test]
fn what_was_typed_never_becomes_html() {
    let safe =
        "a value stands in it as it is, and a name could become HTML; take away `safe` or `autoescape false`";
    let quoted = "the field with name=\"code\" needs value=\"{{ code }}\"";
    for (text, problem) in [
        (format!("{FORM}</form>{{{{ code | safe }}}}"), safe),
        (FORM.replace("\"{{ code }}\"", "\"{{ code | safe }}\""), safe),
        (format!("{{% autoescape false %}}{{{{ code }}}}{{% endautoescape %}}{FORM}"), safe),
        (FORM.replace("\"{{ code }}\"", "{{ code }}"), quoted),
    ] {
        let said = refusal(&[("en/pages/code.html.j2", &text)], Question::None);
        assert_eq!(said, format!("en/pages/code.html.j2: {problem}"), "{text}");
    }
}

#[test]
fn a_page_that_would_not_end_is_refused() {
    let loops: Vec<_> = (0..12).map(|number| format!("{{% for a{number} in institution.name %}}")).collect();
    let loops = loops.concat();
    let text = format!("{loops}{}", "{% endfor %}".repeat(12));
    let said = refusal(&[("en/pages/verified.html.j2", &text)], Question::None);
    assert!(said.contains("takes too many steps"), "{said}");
}
