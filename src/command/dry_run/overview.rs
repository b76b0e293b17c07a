//! What the preview's index says besides the messages, gathered from the copy of the ledger and the import into it.

use anyhow::Result;
use jiff::Timestamp;

use crate::config::Config;
use crate::email::Composer;
use crate::email::preview::{Change, Domain, Oddity, Overview, Rejected, SamplePage, Slips, misspelt};
use crate::graduate::clean;
use crate::hexadecimal::digits;
use crate::plural::chosen;
use crate::redemption::pages::Pages;
use crate::report::Report;
use crate::store::{DueMessage, Store};
use rand::RngExt as _;
use rand::rngs::StdRng;

/// Lines of a list; the sum says how many more there are.
const MOST: usize = 500;

/// Recipients whose address looks wrong, gathered while all messages pass by.
#[derive(Default)]
pub(super) struct OddAddresses {
    count: i64,
    listed: Vec<(String, String, String)>,
    slips: Slips,
}

impl OddAddresses {
    pub(super) fn look(&mut self, message: &DueMessage) {
        let graduate = &message.graduate;
        let Some(oddity) = Oddity::of(&graduate.email, &mut self.slips) else { return };
        self.count += 1;
        if self.listed.len() < MOST {
            let email = graduate.email.as_str().to_owned();
            self.listed.push((graduate.student_id.to_string(), email, oddity.words()));
        }
    }
}

/// What the index is made of.
pub(super) struct OverviewSource<'a> {
    pub(super) config: &'a Config,
    pub(super) composer: &'a Composer,
    /// The copy, with the rosters in it.
    pub(super) store: &'a Store,
    pub(super) report: &'a Report,
    pub(super) has_roster: bool,
    /// When the import began, and the messages were looked at.
    pub(super) begun: Timestamp,
    pub(super) now: Timestamp,
}

impl OverviewSource<'_> {
    pub(super) async fn overview(
        &self,
        odd: OddAddresses,
        domains: &[(String, i64, bool)],
        pages: &Pages,
        rng: &mut StdRng,
    ) -> Result<Overview> {
        let Report { roster, mail, held, .. } = self.report;
        let mut figures = vec![
            (chosen(mail.waiting, "email now", "emails now"), mail.waiting),
            (chosen(mail.deferred, "email later", "emails later"), mail.deferred),
        ];
        if self.has_roster {
            figures.extend([
                (chosen(roster.rows, "row", "rows"), roster.rows),
                ("new", roster.new),
                ("changed", roster.changed),
                ("unchanged", roster.unchanged),
                ("withdrawn", roster.withdrawn),
                ("rejected", roster.rejected),
            ]);
        }
        figures.push(("held", i64::try_from(held.len())?));
        let (domains, more_domains) = self::domains(domains);
        let withdrawn = self.store.withdrawn_since(self.begun).await?;
        let holds = self.store.holds().await?;
        let rejections =
            if self.has_roster { self.store.rejections(MOST.try_into()?).await? } else { Vec::new() };
        Ok(Overview {
            institution: self.config.institution.name.clone(),
            sender: self.composer.from().to_string(),
            made: self
                .now
                .to_zoned(self.config.institution.time_zone.clone())
                .strftime("%-d %B %Y, %H:%M %Z")
                .to_string(),
            messages: mail.waiting,
            figures,
            domains,
            more_domains,
            odd_address_count: odd.count,
            odd_addresses: odd.listed,
            columns_not_read: self.report.columns_not_read.iter().map(|column| shown(column)).collect(),
            honours: self
                .report
                .honours
                .iter()
                .map(|word| (shown(&word.word), word.with_honours, word.rows))
                .collect(),
            withdrawn: if self.has_roster { withdrawn } else { Vec::new() },
            held: holds.into_iter().map(|hold| (hold.student_id, shown(&hold.reason))).collect(),
            rejected: rejections
                .into_iter()
                .map(|row| Rejected {
                    roster: shown(&row.roster),
                    line: row.line,
                    student_id: row.student_id.unwrap_or_default(),
                    problem: shown(&row.problem),
                })
                .collect(),
            rejected_count: roster.rejected,
            mails: sample_mails(self.composer, self.now)?,
            pages: sample_pages(pages, self.now)?,
            nonce: digits(&rng.random::<[u8; 16]>()),
            ..Overview::default()
        })
    }

    /// Why a message is due; `before` is the ledger as it stands, if there is one.
    pub(super) async fn change(&self, message: &DueMessage, before: Option<&Store>) -> Result<Change> {
        let address = match before {
            Some(before) => before.email_of(&message.graduate.student_id).await?,
            None => None,
        };
        Ok(Change::of(message, self.store.origin(message.id).await?, address.as_deref()))
    }
}

/// Text of a roster or a person as it may be shown: nothing in it misleads the eye.
fn shown(text: &str) -> String {
    clean(text).map_or_else(|_| "(signs that mislead)".to_owned(), std::borrow::Cow::into_owned)
}

/// Slips and own domains first, then the largest; how many are not listed, and their messages.
fn domains(domains: &[(String, i64, bool)]) -> (Vec<Domain>, (i64, i64)) {
    let mut rows: Vec<_> = domains
        .iter()
        .map(|(domain, messages, is_own)| Domain {
            domain: domain.clone(),
            messages: *messages,
            is_own: *is_own,
            meant: if *is_own { None } else { misspelt(domain) },
        })
        .collect();
    // they come by size, and a stable sort keeps that
    rows.sort_by_key(|row| (row.meant.is_none(), !row.is_own));
    let rest = rows.split_off(rows.len().min(MOST));
    let count = |rest: &[Domain]| {
        (i64::try_from(rest.len()).unwrap_or(i64::MAX), rest.iter().map(|it| it.messages).sum())
    };
    let more = count(&rest);
    (rows, more)
}

/// The mail on each occasion in each language; where there is one language, the mails above show it.
fn sample_mails(composer: &Composer, now: Timestamp) -> Result<Vec<SamplePage>> {
    let mut samples = Vec::new();
    let languages = composer.languages();
    for language in languages.iter().filter(|_| languages.len() > 1) {
        samples.extend(composer.samples(language, now)?.into_iter().map(|mail| SamplePage {
            file: mail.file,
            language: (*language).to_owned(),
            title: mail.title.to_owned(),
            html: mail.html,
        }));
    }
    Ok(samples)
}

fn sample_pages(pages: &Pages, now: Timestamp) -> Result<Vec<SamplePage>> {
    let mut samples = Vec::new();
    for language in pages.languages() {
        samples.extend(pages.samples(language, now)?.into_iter().map(|(file, title, html)| SamplePage {
            file,
            language: language.to_owned(),
            title: title.to_owned(),
            html,
        }));
    }
    Ok(samples)
}
