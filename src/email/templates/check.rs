//! The check of one language's templates: the mail keeps what makes a one-time code usable and harmless.

use super::{TemplateError, Templates, Values};
use crate::email::LARGEST;
use crate::wording::outside::loads_from_outside;
use crate::wording::values::{TAG, UNESCAPED};

pub(super) fn language(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    let wording = &templates.wording;
    for sample in Values::samples(language).into_iter().chain(Values::reminder_samples(language)) {
        let rendered = templates.render(&sample)?;
        let names = sample.files().map(|file| format!("{language}/{file}"));
        let [subject, text, html] = names.each_ref().map(|name| {
            let file = wording.file(name);
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
        if rendered.subject.contains(&sample.code) || wording.uses(&names[0], &["code", "link"]) {
            return subject("the code must not stand in the subject: phones show subjects on locked screens");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.code) {
            return text("the code must stand alone on a line of its own: {{ code }}");
        }
        if !rendered.text.lines().any(|line| line.trim() == sample.link) {
            return text("the link must stand alone on a line of its own: {{ link }}");
        }
        let slashes = rendered.html.replace("&#x2f;", "/");
        if !slashes.contains(&sample.link) {
            return html("the link is missing: {{ link }}");
        }
        if !slashes.replace(&sample.link, "").contains(&sample.code) {
            return html("the code is missing, apart from the link: {{ code }}");
        }
        if let Some(opt_out) = sample.opt_out() {
            if !rendered.text.lines().any(|line| line.trim() == opt_out) {
                return text("the link for opting out must stand alone on a line of its own: {{ opt_out }}");
            }
            if !slashes.contains(opt_out) {
                return html("the link for opting out is missing: {{ opt_out }}");
            }
        }
        if rendered.html.contains(TAG) {
            return html(UNESCAPED);
        }
        if let Some((_, loaded)) = loads_from_outside(&rendered.html) {
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
