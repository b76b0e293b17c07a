//! The pages that a graduate sees: server-rendered, without any script, from templates of ours or the
//! university's own. No page has a name on it, since whoever has the link may be a stranger.

mod check;
mod language;
mod samples;
mod tags;
mod values;

use std::num::NonZeroU64;
use std::path::Path;

use jiff::Timestamp;

use crate::config::{Institution, Question, WebSettings};
use crate::credential::Qualification;
use crate::invitation::code::Typo;
use crate::wording::folder::{PAGES, PAGES_FOLDER, STYLE, read};
use crate::wording::{Part, TemplateError, Wording};
use values::Common;

pub(crate) static PART: Part = Part {
    files: &PAGES,
    subfolder: Some(PAGES_FOLDER),
    built_in: &[
        include_str!("pages/layout.html.j2"),
        include_str!("pages/code.html.j2"),
        include_str!("pages/qualifications.html.j2"),
        include_str!("pages/waiting.html.j2"),
        include_str!("pages/verified.html.j2"),
        include_str!("pages/problem.html.j2"),
        include_str!("pages/opt_out.html.j2"),
    ],
    missing: "missing; a language needs all seven pages",
    placeholders: values::names,
    in_loop: "item",
};

/// In which language somebody reads a page.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// One of [`Pages::languages`].
    pub language: &'a str,
    /// Whether it was chosen on a page, and not by the browser.
    pub is_chosen: bool,
}

impl Reader<'_> {
    /// What stands behind an address of ours, so that the choice holds.
    #[must_use]
    pub fn query(self) -> String {
        if self.is_chosen { format!("?language={}", self.language) } else { String::new() }
    }
}

/// One page with what it says.
///
/// It holds codes and answers, and therefore has no Debug output.
#[derive(Clone)]
pub enum Page<'a> {
    /// The form for the code: empty, filled in from the link, or again after a typing mistake.
    Code {
        /// As typed or from the link; shown in the one field.
        code: &'a str,
        /// What to mend.
        message: Option<Message>,
    },
    /// What a valid code stands for, to be added one by one.
    Qualifications {
        /// Goes into each form.
        code: &'a str,
        /// To the question; empty where nothing is asked. Goes into each form.
        answer: &'a str,
        /// In the order of the roster.
        items: Vec<Item<'a>>,
    },
    /// Stored and in the queue; refreshes itself.
    Waiting {
        /// Where the page looks again: below the base path and without it, such as `waiting/4f1d`.
        path: &'a str,
        /// From 1: the next.
        place: u64,
        /// About how long it will take.
        seconds: u64,
        /// How often the page looks again; none when it was asked for with `?still`, since some cannot read a
        /// page that changes under their eyes (WCAG 2.2.1).
        refresh_seconds: Option<NonZeroU64>,
        /// SEEK Pass does not answer just now, so that nobody knows how long it will take.
        is_seek_pass_silent: bool,
    },
    /// Everything is in SEEK Pass already.
    Verified,
    /// What went wrong, and what to do.
    Problem(Problem),
    /// Where a graduate asks for no more reminders, or has.
    OptOut {
        /// Of the page, below the base path and without it.
        path: &'a str,
        /// The button was pressed.
        is_done: bool,
    },
}

/// What is wrong with what was typed; costs the graduate nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// [`Typo::Length`].
    Length,
    /// [`Typo::Symbol`].
    Symbol,
    /// [`Typo::Mistyped`].
    Mistyped,
    /// The question has no answer.
    AnswerMissing,
    /// The answer is not of the kind that was asked for, such as a date that does not exist.
    AnswerShape,
}

impl From<Typo> for Message {
    fn from(typo: Typo) -> Self {
        match typo {
            Typo::Length => Self::Length,
            Typo::Symbol => Self::Symbol,
            Typo::Mistyped => Self::Mistyped,
        }
    }
}

/// One qualification with its state.
#[derive(Clone)]
pub struct Item<'a> {
    /// The award.
    pub qualification: &'a Qualification,
    /// Whether it is awaited today.
    pub awaiting: bool,
    /// What the form sends as `qualification`.
    pub key: &'a str,
    /// Why it is to be added again, if it is.
    pub news: Option<News>,
    /// Where it stands.
    pub state: ItemState,
}

/// What happened to a qualification after the graduate added it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// It was awaited, and is conferred now.
    Conferred,
    /// The university corrected it.
    Corrected,
}

/// Where a qualification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// Not yet sent to SEEK Pass, or no more.
    Addable,
    /// In the queue; its button leads to the waiting page.
    Waiting,
    /// In SEEK Pass, to be finished there; its button leads to the same link again.
    Added,
    /// Done.
    Verified,
    /// SEEK Pass did not take it; a person has to look.
    Rejected,
}

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// Wrong, expired, revoked or unknown: one page, so that a guesser learns nothing.
    Code,
    /// Too many wrong codes from one place, or from everywhere.
    TooMany {
        /// Until the next try.
        minutes: u64,
        /// When that is, on a minute of the clock.
        until: Timestamp,
    },
    /// SEEK Pass did not take it.
    Rejected,
    /// A form that another site sent.
    OtherSite,
    /// Nothing is at this address.
    NotHere,
    /// A waiting page whose time is over.
    TooLate,
    /// SEEK Pass has to be asked first, and does not answer.
    Silent,
    /// A fault of ours.
    Ours,
    /// A request too large or too slow.
    TooLarge,
}

/// Pages that have passed their check.
#[derive(Debug)]
pub struct Pages {
    wording: Wording,
    common: Common,
    style: String,
}

impl Pages {
    /// The built-in pages with the university's own over them, and the built-in stylesheet or its own.
    /// `web` says where graduates find them and what is asked beside the code.
    ///
    /// # Errors
    /// [`TemplateError`] for the first thing that is wrong with a file.
    pub fn load(
        folder: Option<&Path>,
        institution: &Institution,
        web: &WebSettings,
    ) -> Result<Self, TemplateError> {
        let wording = Wording::load(&PART, folder, &institution.languages)?;
        let own = folder.map(|folder| folder.join(STYLE)).filter(|path| path.symlink_metadata().is_ok());
        let style = match own {
            Some(path) => check::style(&path, read(&path)?)?,
            None => include_str!("pages/style.css").to_owned(),
        };
        let common = Common::new(institution, web, &wording)?;
        let pages = Self { wording, common, style };
        // those that are built in are checked by the tests, once
        if folder.is_some() {
            for language in pages.wording.languages() {
                check::language(&pages, language)?;
            }
        }
        Ok(pages)
    }

    /// The languages that there are.
    #[must_use]
    pub fn languages(&self) -> Vec<&str> {
        self.wording.languages().collect()
    }

    /// The best language for a browser's `Accept-Language` (RFC 9110 §12.5.4), matched by lookup (RFC 4647
    /// §3.4); the university's usual one where none fits or the header makes no sense.
    #[must_use]
    pub fn language(&self, accept_language: Option<&str>) -> &str {
        language::best(&self.wording, accept_language.unwrap_or_default())
    }

    /// The language that somebody chose on a page, if there is such a one.
    #[must_use]
    pub fn choice(&self, wanted: &str) -> Option<&str> {
        self.wording.languages().find(|known| known.eq_ignore_ascii_case(wanted))
    }

    /// The HTML of a page, in a language that [`Pages::language`] gave.
    ///
    /// # Errors
    /// [`TemplateError`] when the university's template fails with values that its check did not try.
    pub fn render(&self, language: &str, page: &Page<'_>) -> Result<String, TemplateError> {
        self.render_for(Reader { language, is_chosen: false }, page)
    }

    /// The same for a reader who may have chosen the language: the next pages are in it, too.
    ///
    /// # Errors
    /// As [`Pages::render`].
    pub fn render_for(&self, reader: Reader<'_>, page: &Page<'_>) -> Result<String, TemplateError> {
        let name = format!("{}/{}", reader.language, page.file());
        self.wording.render(&name, self.common.with(&self.wording, reader, page)?)
    }

    /// Every page once in a language, with made-up values, as files beside each other and `style.css`: the file's name,
    /// when graduates see it, and its HTML. `now` is for the times on them.
    ///
    /// # Errors
    /// [`TemplateError`] as for [`Pages::render`].
    pub fn samples(
        &self,
        language: &str,
        now: Timestamp,
    ) -> Result<Vec<(String, &'static str, String)>, TemplateError> {
        let qualifications = samples::plain_qualifications();
        let style = format!("{}style.css\"", self.base());
        let has_question = self.common.question() != Question::None;
        samples::shown(&qualifications, now)
            .into_iter()
            .filter(|shown| has_question || !shown.name.starts_with("answer"))
            .map(|shown| {
                let html = self.render(language, &shown.page)?.replace(&style, "style.css\"");
                Ok((format!("{language}-{}.html", shown.name), shown.title, html))
            })
            .collect()
    }

    /// The value of the header `Refresh` that goes with a page, where it is to look again by itself. A header
    /// and not a `<meta>`, so that no template of the university can lose it.
    #[must_use]
    pub fn refresh(&self, page: &Page<'_>) -> Option<String> {
        let Page::Waiting { path, refresh_seconds: Some(seconds), .. } = page else { return None };
        Some(format!("{seconds}; url={}", self.common.below(path)))
    }

    /// The stylesheet, served at `style.css` below the base path.
    #[must_use]
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The path of the public address: `/`, or `/seekpass/` below a prefix.
    #[must_use]
    pub fn base(&self) -> &str {
        self.common.base()
    }
}

impl Page<'_> {
    /// Its template.
    const fn file(&self) -> &'static str {
        match self {
            Self::Code { .. } => PAGES[1],
            Self::Qualifications { .. } => PAGES[2],
            Self::Waiting { .. } => PAGES[3],
            Self::Verified => PAGES[4],
            Self::Problem(_) => PAGES[5],
            Self::OptOut { .. } => PAGES[6],
        }
    }
}
