//! The built-in languages: what stands in them, who gets which, and how a graduate chooses another.

mod chosen;
mod own;
mod texts;

use gradpass::config::Question;
use gradpass::email::templates::Templates;
use gradpass::email::{Composer, SampleMail};
use gradpass::redemption::pages::Pages;
use gradpass::wording::TemplateError;

use crate::roster::desk::Desk;

/// All of them, as a university would switch them on.
const ALL: [&str; 7] = ["en", "id", "ms", "th", "vi", "zh-Hans", "zh-Hant"];

/// Switches these languages on in the configuration of a desk.
fn switch_on(desk: &Desk, tags: &[&str]) {
    let path = desk.path("gradpass.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let quoted: Vec<_> = tags.iter().map(|tag| format!("\"{tag}\"")).collect();
    let lines = format!("[institution]\nlanguages = [{}]\n", quoted.join(", "));
    std::fs::write(path, config.replacen("[institution]\n", &lines, 1)).unwrap();
}

/// What mails and pages are made of at a desk with these languages.
fn parts(languages: &[&str], question: Question) -> Result<(Composer, Pages), TemplateError> {
    let desk = Desk::new();
    desk.configure("");
    switch_on(&desk, languages);
    let mut config = desk.config();
    config.web.question = question;
    let templates = Templates::load(None, &config.institution.languages)?;
    let pages = Pages::load(None, &config.institution, &config.web)?;
    Ok((Composer::new(templates, &config), pages))
}

/// Without a folder nothing is checked when they are loaded; with one of which nothing is used, all is.
#[test]
fn what_is_built_in_keeps_the_rules_for_a_universitys_own() {
    let empty = tempfile::tempdir().unwrap();
    let desk = Desk::new();
    desk.configure("");
    switch_on(&desk, &ALL);
    let mut config = desk.config();
    Templates::load(Some(empty.path()), &config.institution.languages).unwrap();
    for question in [Question::None, Question::DateOfBirth] {
        for base in ["https://seekpass.northfield.example/", "https://www.northfield.example/seekpass/"] {
            (config.web.question, config.web.public_url) = (question, base.to_owned());
            Pages::load(Some(empty.path()), &config.institution, &config.web).unwrap();
        }
    }
}

/// A mail on each occasion in a language.
fn mails(composer: &Composer, language: &str) -> Vec<SampleMail> {
    composer.samples(language, crate::world::NIGHT.parse().unwrap()).unwrap()
}
