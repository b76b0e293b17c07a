//! Pages of the university over those that are built in, and what is refused of them.

use gradpass::config::Question;
use gradpass::email::templates::Templates;
use gradpass::graduate::Language;
use gradpass::redemption::pages::{Page, Problem};
use tempfile::TempDir;

use super::{CODE, load, shown};

/// A folder of wording with these files.
pub fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub const FORM: &str =
    "<form method=\"post\" action=\"{{ base }}redeem\"><input name=\"code\" value=\"{{ code }}\">";

/// The pages of a language.
pub fn language(tag: &str) -> Vec<(String, String)> {
    let extends = "{% extends \"layout.html.j2\" %}{% block content %}";
    let item = "{% for item in items %}<form method=post action=\"{{ base }}redeem\">\
                <input type=hidden name=code value=\"{{ code }}\"><input type=hidden name=answer value=\"{{ answer }}\">\
                <input type=hidden name=qualification value=\"{{ item.key }}\"></form>{% endfor %}";
    let opt_out = "{% if not is_done %}<form method=post action=\"{{ path }}\"></form>{% endif %}";
    [
        (
            "layout",
            "{{ language }}: <h1>{{ institution.name }}</h1>\n{% block content %}{% endblock %}".to_owned(),
        ),
        ("code", format!("{extends}{FORM}</form>{{% endblock %}}")),
        ("qualifications", format!("{extends}{item}{{% endblock %}}")),
        ("waiting", format!("{extends}{{{{ place }}}}{{% endblock %}}")),
        ("verified", format!("{extends}{{% endblock %}}")),
        ("problem", format!("{extends}{{{{ problem }}}}{{% endblock %}}")),
        ("opt_out", format!("{extends}{opt_out}{{% endblock %}}")),
    ]
    .map(|(page, text)| (format!("{tag}/pages/{page}.html.j2"), text))
    .to_vec()
}

/// The only language that is switched on by itself.
fn english() -> [Language; 1] {
    [Language::parse("en").unwrap()]
}

/// What is said of these files, from the folder on.
pub fn refusal(files: &[(&str, &str)], question: Question) -> String {
    let folder = folder(files);
    let said = load(Some(folder.path()), question).unwrap_err().to_string();
    said.replace(&format!("template {}/", folder.path().display()), "")
}

#[test]
fn one_page_is_the_universitys_own() {
    let own = "{% extends \"layout.html.j2\" %}{% block title %}Done{% endblock %}";
    let folder = folder(&[("en/pages/verified.html.j2", own)]);
    let pages = load(Some(folder.path()), Question::None).unwrap();
    let html = pages.render("en", &Page::Verified).unwrap();
    assert!(html.contains("<h1>Done</h1>") && html.contains("<title>Done · Northfield University</title>"));
    let other = Page::Problem(Problem::Ours);
    assert_eq!(pages.render("en", &other).unwrap(), shown(Question::None, &other));
    assert!(pages.style().contains("prefers-color-scheme"), "the stylesheet is ours");
}

#[test]
fn the_layout_is_the_universitys_own() {
    let own = "<h1>{{ self.title() }}</h1><b hidden>{% block title %}{% endblock %}</b>{% block content %}{% endblock %}";
    let folder = folder(&[("en/pages/layout.html.j2", own)]);
    let pages = load(Some(folder.path()), Question::None).unwrap();
    let html = pages.render("en", &Page::Verified).unwrap();
    assert!(html.starts_with("<h1>Already in SEEK&nbsp;Pass</h1>") && html.contains("nothing left to do"));
}

#[test]
fn the_stylesheet_is_the_universitys_own() {
    let style = "body { color: #123 } /* {{ not a placeholder }} */";
    let folder = folder(&[("en/pages/style.css", style)]);
    assert_eq!(load(Some(folder.path()), Question::None).unwrap().style(), style);
    let said = refusal(
        &[("en/pages/style.css", "body {}\nh1 { background: url(https://x.example/a.png) }")],
        Question::None,
    );
    assert!(said.starts_with("en/pages/style.css:2: a url() in a style would load"), "{said}");
    let mut files = language("vi");
    files.push(("vi/pages/style.css".into(), style.into()));
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let one = "vi/pages/style.css: the stylesheet is one for all languages; put it in en/pages";
    assert_eq!(refusal(&files, Question::None), one);
}

/// A language may have only mails, only pages, or both.
#[test]
fn mails_and_pages_are_offered_each_by_itself() {
    let mut files = language("vi");
    files.extend(crate::templates::own::language("th", "ดี"));
    let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let folder = folder(&files);
    assert_eq!(load(Some(folder.path()), Question::None).unwrap().languages(), ["en", "vi"]);
    assert_eq!(Templates::load(Some(folder.path()), &english()).unwrap().languages(), ["en", "th"]);
}

#[test]
fn a_page_that_is_missing_is_named() {
    for missing in 0..7 {
        let mut files = language("vi");
        let (name, _) = files.remove(missing);
        let files: Vec<_> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let said = format!("{name}: missing; a language needs all seven pages");
        assert_eq!(refusal(&files, Question::None), said);
    }
}

#[test]
fn a_file_that_nobody_would_read_is_named() {
    let names = "not a page; their names are layout.html.j2, code.html.j2, qualifications.html.j2, waiting.html.j2, \
                 verified.html.j2, problem.html.j2, opt_out.html.j2, style.css";
    let said = refusal(&[("en/pages/codes.html.j2", "")], Question::None);
    assert_eq!(said, format!("en/pages/codes.html.j2: {names}"));
    let mails = "not a template; their names are subject.txt.j2, body.txt.j2, body.html.j2";
    for name in ["en/page/code.html.j2", "en/code.html.j2"] {
        let said = refusal(&[(name, "")], Question::None);
        assert!(said.ends_with(mails), "{said}");
    }
    let folder = folder(&[("en/pages/codes.html.j2", "")]);
    let said = Templates::load(Some(folder.path()), &english()).unwrap_err().to_string();
    assert!(said.ends_with(&format!("en/pages/codes.html.j2: {names}")), "{said}");
}

#[test]
fn own_pages_are_escaped_like_the_built_in() {
    let folder = folder(&[("en/pages/code.html.j2", &format!("{FORM}</form>"))]);
    let pages = load(Some(folder.path()), Question::None).unwrap();
    let html = pages.render("en", &Page::Code { code: "\"><b>", message: None }).unwrap();
    assert!(html.contains("value=\"&quot;&gt;&lt;b&gt;\""), "{html}");
    assert!(!shown(Question::None, &Page::Verified).contains(CODE));
}
