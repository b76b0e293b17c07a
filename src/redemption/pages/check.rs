//! The check of one language's pages: they render whatever they have to say, a graduate can use them, and
//! nothing is in them that the Content-Security-Policy would keep from working.

use std::path::Path;

use super::tags::{Tag, tags};
use super::values::Common;
use super::{ItemState, Page, Pages, samples};
use crate::config::Question;
use crate::wording::TemplateError;
use crate::wording::folder::PAGES;
use crate::wording::outside::loads_from_outside;
use crate::wording::placeholders::{line, without_code};
use crate::wording::values::{TAG, UNESCAPED};

const OUTSIDE: &str = "would load something from outside, and the page's Content-Security-Policy forbids it";

/// Checks one language's templates: each by itself, then with samples.
pub(super) fn language(pages: &Pages, language: &str) -> Result<(), TemplateError> {
    for file in PAGES {
        let name = format!("{language}/{file}");
        let source = pages.wording.source(&name).unwrap_or_default();
        if let Some((at, problem)) = without_effect(&source) {
            return Err(TemplateError {
                file: pages.wording.file(&name),
                line: Some(line(&source, at)),
                problem,
            });
        }
    }
    let qualifications = samples::qualifications();
    for page in samples::pages(&qualifications) {
        let html = pages.render(language, &page)?;
        if let Some(problem) = unusable(&page, &html, &pages.common) {
            let file = pages.wording.file(&format!("{language}/{}", page.file()));
            return Err(TemplateError { file, line: None, problem: problem.to_owned() });
        }
    }
    Ok(())
}

/// Checks the university's own stylesheet and gives it back.
pub(super) fn style(path: &Path, style: String) -> Result<String, TemplateError> {
    let Some((at, what)) = loads_from_outside(&style) else { return Ok(style) };
    let problem = format!("{what} {OUTSIDE}");
    Err(TemplateError { file: path.display().to_string(), line: Some(line(&style, at)), problem })
}

/// The first place in a template's source that the Content-Security-Policy would not let work.
fn without_effect(source: &str) -> Option<(usize, String)> {
    let mut markup = without_code(source);
    for tag in tags(&markup) {
        if let Some(what) = inline(&tag) {
            let reason = "would have no effect: the page's Content-Security-Policy lets no script run, and takes \
                          styles from style.css only";
            return Some((tag.range.start, format!("{what} {reason}")));
        }
        if is_our_stylesheet(&tag, &source[tag.range.clone()]) {
            markup.replace_range(tag.range.clone(), &" ".repeat(tag.range.len()));
        }
    }
    let (at, what) = loads_from_outside(&markup)?;
    let ours = "the stylesheet is <link rel=\"stylesheet\" href=\"{{ base }}style.css\">";
    Some((at, format!("{what} {OUTSIDE}; {ours}")))
}

fn inline(tag: &Tag) -> Option<String> {
    if matches!(tag.name.as_str(), "script" | "style") {
        return Some(format!("a <{}>", tag.name));
    }
    let (name, _) = tag.attributes.iter().find(|(name, _)| name == "style" || name.starts_with("on"))?;
    Some(format!("the attribute {name}"))
}

fn is_our_stylesheet(tag: &Tag, source: &str) -> bool {
    let source: String = source.split_whitespace().collect();
    tag.name == "link"
        && tag.attribute("rel") == Some("stylesheet")
        && source.contains("href=\"{{base}}style.css\"")
}

/// What a form sends.
struct Form {
    is_post: bool,
    action: String,
    fields: Vec<(String, String)>,
}

impl Form {
    fn has(&self, name: &str, value: &str) -> bool {
        self.fields.iter().any(|(own, held)| own == name && held == value)
    }
}

fn forms(tags: &[Tag]) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut is_open = false;
    for tag in tags {
        let attribute = |name| tag.attribute(name).unwrap_or_default().to_owned();
        match (tag.name.as_str(), forms.last_mut()) {
            ("form", _) => {
                let is_post = attribute("method").eq_ignore_ascii_case("post");
                forms.push(Form { is_post, action: attribute("action"), fields: Vec::new() });
                is_open = true;
            }
            ("/form", _) => is_open = false,
            ("input" | "select" | "textarea", Some(form)) if is_open => {
                form.fields.push((attribute("name"), attribute("value")));
            }
            _ => {}
        }
    }
    forms
}

/// Why a graduate could not use a page, where she could not.
fn unusable(page: &Page<'_>, html: &str, common: &Common) -> Option<&'static str> {
    let forms = forms(&tags(html));
    if forms.iter().any(|form| !form.is_post) {
        return Some("a form needs method=\"post\": without it the code would stand in the address");
    }
    if let Page::OptOut { path, is_done } = page {
        // one that only chooses another language says the same again
        let mut own = forms.iter().filter(|form| !form.action.starts_with("?language="));
        let is_right = match own.next() {
            Some(form) => !is_done && form.action == common.below(path) && own.next().is_none(),
            None => *is_done,
        };
        return (!is_right).then_some(
            "the page needs one <form method=\"post\" action=\"{{ path }}\"> before it is done, and none after",
        );
    }
    if forms.iter().any(|form| form.action != common.below("redeem")) {
        return Some("a form needs action=\"{{ base }}redeem\"");
    }
    if html.contains(TAG) {
        return Some(UNESCAPED);
    }
    match page {
        Page::Code { code, .. } => {
            let [form] = forms.as_slice() else {
                return Some("the page needs exactly one <form method=\"post\" action=\"{{ base }}redeem\">");
            };
            let count = |name: &str| form.fields.iter().filter(|(own, _)| own == name).count();
            if count("code") != 1 {
                return Some("the form needs exactly one field with name=\"code\"");
            }
            if !form.has("code", code) {
                return Some("the field with name=\"code\" needs value=\"{{ code }}\"");
            }
            if count("answer") != usize::from(common.question() != Question::None) {
                return Some(
                    "the form needs a field with name=\"answer\" if, and only if, question is not \"none\"",
                );
            }
            None
        }
        Page::Qualifications { code, answer, items } => {
            let mut addable = items.iter().filter(|item| item.state == ItemState::Addable);
            let has_form = |key| {
                let is_answered = |form: &Form| answer.is_empty() || form.has("answer", answer);
                let fits = |form: &Form| {
                    form.has("code", code) && form.has("qualification", key) && is_answered(form)
                };
                forms.iter().any(fits)
            };
            (!addable.all(|item| has_form(item.key))).then_some(
                "an item whose state is \"addable\" needs a form with the hidden fields code, answer and \
                 qualification, whose value is {{ item.key }}",
            )
        }
        Page::Waiting { .. } | Page::Verified | Page::Problem(_) | Page::OptOut { .. } => None,
    }
}
