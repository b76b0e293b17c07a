//! The check of one language's templates: every placeholder exists, and the mail keeps what makes a one-time
//! code usable and harmless.

use super::{FILES, TemplateError, Templates, Values, values};
use crate::email::LARGEST;

pub(super) fn language(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    for file in FILES {
        placeholders(templates, &format!("{language}/{file}"))?;
    }
    for sample in Values::samples(language) {
        let rendered = templates.render(&sample)?;
        let [subject, text, html] = FILES.map(|file| {
            let file = templates.file(&format!("{language}/{file}"));
            move |problem: &str| {
                Err(TemplateError { file: file.clone(), line: None, problem: problem.to_owned() })
            }
        });
        if rendered.subject.is_empty() || rendered.subject.contains(char::is_control) {
            return subject("the subject must be one line of text");
        }
        if rendered.subject.chars().count() > 150 {
            return subject("the subject is longer than 150 characters");
        }
        if rendered.subject.contains(&sample.code) {
            return subject("the code must not stand in the subject: phones show subjects on locked screens");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.code) {
            return text("the code must stand alone on a line of its own: {{ code }}");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.link) {
            return text("the link must stand alone on a line of its own: {{ link }}");
        }
        if !rendered.html.contains(&sample.code) {
            return html("the code is missing: {{ code }}");
        }
        if !rendered.html.replace("&#x2f;", "/").contains(&sample.link) {
            return html("the link is missing: {{ link }}");
        }
        if let Some(loaded) = loads_from_outside(&rendered.html) {
            return html(&format!(
                "{loaded} would load something from outside, which mail readers block as tracking"
            ));
        }
        if rendered.text.len() + rendered.html.len() > LARGEST / 2 {
            return html("larger than 50 KB; some mail readers would cut the mail off");
        }
    }
    Ok(())
}

/// Finds placeholders in branches that no sample walks through.
fn placeholders(templates: &Templates, name: &str) -> Result<(), TemplateError> {
    let template = templates.environment.get_template(name).map_err(|error| templates.error(name, &error))?;
    let mut unknown: Vec<String> = template
        .undeclared_variables(true)
        .into_iter()
        .filter(|used| {
            let whole = |known: &&str| *known == used || known.starts_with(&format!("{used}."));
            let root_only = |known: &&str| !known.contains('.') && used.starts_with(&format!("{known}."));
            !values::NAMES.iter().any(|known| whole(known) || root_only(known))
        })
        .collect();
    unknown.sort();
    let Some(first) = unknown.first() else { return Ok(()) };
    let line = template.source().lines().position(|line| line.contains(first)).map(|position| position + 1);
    let problem = format!("there is no placeholder {first}; there are: {}", values::NAMES.join(", "));
    Err(TemplateError { file: templates.file(name), line, problem })
}

fn loads_from_outside(html: &str) -> Option<&'static str> {
    let html = html.to_lowercase().replace("&#x2f;", "/");
    let marks = [
        ("src=", "a src attribute"),
        ("url(", "a url() in a style"),
        ("<link", "a <link>"),
        ("@import", "an @import"),
        ("<script", "a <script>"),
    ];
    marks.iter().find(|(mark, _)| html.contains(mark)).map(|(_, what)| *what)
}
