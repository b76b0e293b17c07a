//! What a page can say.

use std::num::NonZeroU64;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use minijinja::value::Serde;
use minijinja::{HtmlEscape, Value, context};
use serde::Serialize;

use super::{Item, ItemState, Message, News, Page, Problem, Reader};
use crate::config::{Institution, Question, WebSettings};
use crate::wording::values::{InstitutionValues, QualificationValues, date_and_time, kind};
use crate::wording::{TemplateError, Wording};

/// Every placeholder of one of the files, for error messages and the check.
pub(super) fn names(file: &str) -> Vec<&'static str> {
    let own: &[&str] = match file {
        "pages/code.html.j2" => &["code", "message"],
        "pages/qualifications.html.j2" => &[
            "code",
            "answer",
            "items",
            "item.course_name",
            "item.majors",
            "item.honours",
            "item.conferral_year",
            "item.awaiting_graduation",
            "item.kind",
            "item.result",
            "item.issuer",
            "item.date",
            "item.expiry",
            "kind",
            "item.key",
            "item.state",
            "item.news",
        ],
        "pages/waiting.html.j2" => {
            &["path", "place", "seconds", "minutes", "refresh_seconds", "is_seek_pass_silent"]
        }
        "pages/opt_out.html.j2" => &["path", "is_done"],
        "pages/problem.html.j2" => &["problem", "minutes", "until"],
        _ => &[],
    };
    let common = [
        "institution.name",
        "institution.support_email",
        "language",
        "base",
        "home",
        "page",
        "question",
        "languages",
        "choice.tag",
        "choice.name",
        "choice.is_current",
        "chosen",
    ];
    [&common, own].concat()
}

/// What every page can say.
#[derive(Debug)]
pub(super) struct Common {
    institution: InstitutionValues,
    public_url: String,
    base: String,
    question: Question,
    time_zone: TimeZone,
    /// Tag and own name of each language.
    languages: Vec<(String, String)>,
}

/// A language that can be chosen.
#[derive(Serialize)]
struct Choice<'a> {
    tag: &'a str,
    name: &'a str,
    is_current: bool,
}

#[derive(Serialize)]
struct ItemValues<'a> {
    #[serde(flatten)]
    qualification: QualificationValues,
    key: &'a str,
    state: &'static str,
    news: &'static str,
}

impl Common {
    pub(super) fn new(
        institution: &Institution,
        web: &WebSettings,
        wording: &Wording,
    ) -> Result<Self, TemplateError> {
        let public_url = web.public_url.clone();
        let host_and_path = public_url.split_once("://").map_or("", |(_, rest)| rest);
        let base = host_and_path.find('/').map_or("/", |at| &host_and_path[at..]).to_owned();
        let time_zone = institution.time_zone.clone();
        let languages = wording
            .languages()
            .map(|tag| Ok((tag.to_owned(), wording.name(tag)?)))
            .collect::<Result<_, _>>()?;
        let institution = institution.into();
        Ok(Self { institution, public_url, base, question: web.question, time_zone, languages })
    }

    pub(super) const fn question(&self) -> Question {
        self.question
    }

    /// A path below the base path, on this host; a slash too many would make it an address of another.
    pub(super) fn below(&self, path: &str) -> String {
        format!("{}{}", self.base, path.trim_start_matches('/'))
    }

    pub(super) fn base(&self) -> &str {
        &self.base
    }

    /// The values of one page.
    pub(super) fn with(
        &self,
        wording: &Wording,
        reader: Reader<'_>,
        page: &Page<'_>,
    ) -> Result<Value, TemplateError> {
        let Reader { language, is_chosen } = reader;
        let choice = |(tag, name)| Choice { tag, name, is_current: tag == language };
        let languages: Vec<_> =
            self.languages.iter().map(|(tag, name)| choice((tag.as_str(), name.as_str()))).collect();
        Ok(context! {
            institution => Serde(&self.institution),
            language,
            base => address(&self.base),
            home => address(&format!("{}{}", self.base, reader.query())),
            page => address(&self.public_url),
            question => question_name(self.question),
            languages => Serde(languages),
            chosen => if is_chosen { language } else { "" },
            ..self.own(wording, language, page)?
        })
    }

    /// A time of day with its zone: whoever reads it may be in another country.
    fn time(&self, wording: &Wording, language: &str, at: Timestamp) -> Result<String, TemplateError> {
        wording.text(language, "time-of-day", date_and_time(&at.to_zoned(self.time_zone.clone())))
    }

    fn own(&self, wording: &Wording, language: &str, page: &Page<'_>) -> Result<Value, TemplateError> {
        Ok(match page {
            Page::Code { code, message } => context! {
                code => *code,
                message => message.map_or("", message_name),
            },
            Page::Qualifications { code, answer, items } => {
                let kind = kind(items.iter().map(|item| item.qualification.details.credential_type()));
                let items: Vec<_> = items.iter().map(item).collect();
                context! { code => *code, answer => *answer, kind, items => Serde(items) }
            }
            Page::Waiting { path, place, seconds, refresh_seconds, is_seek_pass_silent } => context! {
                path => address(&self.below(path)),
                place,
                seconds,
                minutes => seconds.div_ceil(60),
                refresh_seconds => refresh_seconds.map_or(0, NonZeroU64::get),
                is_seek_pass_silent,
            },
            Page::Verified => context! {},
            Page::OptOut { path, is_done } => context! { path => address(&self.below(path)), is_done },
            Page::Problem(problem) => context! {
                problem => problem_name(*problem),
                minutes => if let Problem::TooMany { minutes, .. } = problem { (*minutes).max(1) } else { 0 },
                until => if let Problem::TooMany { until, .. } = problem {
                    self.time(wording, language, *until)?
                } else {
                    String::new()
                },
            },
        })
    }
}

/// An address of ours, escaped but for its slashes: `&#x2f;` would be right, too, but not legible.
fn address(text: &str) -> Value {
    Value::from_safe_string(HtmlEscape(text).to_string().replace("&#x2f;", "/"))
}

fn item<'a>(item: &Item<'a>) -> ItemValues<'a> {
    ItemValues {
        qualification: QualificationValues::new(item.qualification, item.awaiting),
        key: item.key,
        news: match item.news {
            None => "",
            Some(News::Conferred) => "conferred",
            Some(News::Corrected) => "corrected",
        },
        state: match item.state {
            ItemState::Addable => "addable",
            ItemState::Waiting => "waiting",
            ItemState::Added => "added",
            ItemState::Verified => "verified",
            ItemState::Rejected => "rejected",
        },
    }
}

const fn question_name(question: Question) -> &'static str {
    match question {
        Question::None => "none",
        Question::DateOfBirth => "date_of_birth",
        Question::StudentId => "student_id",
    }
}

const fn message_name(message: Message) -> &'static str {
    match message {
        Message::Length => "length",
        Message::Symbol => "symbol",
        Message::Mistyped => "mistyped",
        Message::AnswerMissing => "answer_missing",
        Message::AnswerShape => "answer_shape",
    }
}

const fn problem_name(problem: Problem) -> &'static str {
    match problem {
        Problem::Code => "code",
        Problem::TooMany { .. } => "too_many",
        Problem::Rejected => "rejected",
        Problem::OtherSite => "other_site",
        Problem::NotHere => "not_here",
        Problem::TooLate => "too_late",
        Problem::Ours => "ours",
        Problem::Silent => "silent",
        Problem::TooLarge => "too_large",
    }
}
