//! The check of one language's templates: the mail keeps what makes a one-time code usable and harmless.

use super::{TemplateError, Templates, Values};
use crate::email::LARGEST;
use crate::wording::Wording;
use crate::wording::folder::{MAIL, REMINDER};
use crate::wording::outside::loads_from_outside;
use crate::wording::values::{TAG, UNESCAPED};

pub(super) fn language(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    all(templates, (&templates.wording, MAIL), language, Values::samples(language))
}

/// The check of one language's reminders, which also lead to the page for opting out.
pub(super) fn reminders(templates: &Templates, language: &str) -> Result<(), TemplateError> {
    all(templates, (&templates.reminders, REMINDER), language, Values::reminder_samples(language))
}

fn all(
    templates: &Templates,
    (wording, files): (&Wording, [&str; 3]),
    language: &str,
    samples: Vec<Values>,
) -> Result<(), TemplateError> {
    for sample in samples {
        let rendered = templates.render(&sample)?;
        let [subject, text, html] = files.map(|file| {
            let file = wording.file(&format!("{language}/{file}"));
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
        let name = format!("{language}/{}", files[0]);
        if rendered.subject.contains(&sample.code) || wording.uses(&name, &["code", "link"]) {
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
