//! A roster into the ledger, by itself or as the first part of a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::hold_file::HoldFile;
use super::{App, Event, late_changes, plan, quarantine};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::email::templates::Templates;
use crate::import::{self, Brakes, ImportError, Imported, Options};
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::report::{Conclusion, Report};
use crate::roster::{RosterSettings, free_path};
use crate::store::{Merged, Store};

/// What an import by itself came to.
#[derive(Debug)]
pub struct ImportDone {
    /// The figures.
    pub report: Report,
    /// Messages in doubt, since the ledger was restored from a backup.
    pub quarantined: u64,
}

impl ImportDone {
    /// What it comes to for the exit code.
    #[must_use]
    pub const fn conclusion(&self) -> Conclusion {
        let conclusion = self.report.conclusion();
        Conclusion { needs_person: conclusion.needs_person || self.quarantined > 0, ..conclusion }
    }
}

/// Who looks at how a roster is read, before anybody is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Somebody at a terminal, or at a preview.
    Person,
    /// Cron.
    Nobody,
}

/// `import`: rosters into the ledger.
///
/// # Errors
/// When nothing was imported, or the ledger cannot be used.
pub async fn import(
    app: &App,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
    reader: Reader,
) -> Result<ImportDone> {
    // a night whose key is missing should say so before it has begun
    let key = CodeKey::read(&app.config.key_file)?;
    let hold_file = HoldFile::of(&app.config)?;
    let (_lock, store) = app.open_ledger("import").await?;
    store.refuse_other_key(&key.fingerprint()).await?;
    let imported = read_guarded(app, &key, &store, rosters, (arguments, reader, Brakes::Stop)).await?;
    note(app, &store, &imported, (arguments, &Brakes::Stop)).await?;
    hold_file.apply(app, &store, arguments.allow_removals).await?;
    let conferred = late_changes::invite_conferred(app, &store).await?;
    let quarantined = quarantine::quarantine(app, &store, imported.is_whole).await?;
    store.checkpoint().await?;
    let report = Report { conferred, ..Report::of_import(&imported, &store).await? };
    Ok(ImportDone { report, quarantined })
}

/// Writes down who imported what, and what let it pass a guard.
pub(super) async fn note(
    app: &App,
    store: &Store,
    imported: &Imported,
    (arguments, brakes): (&ImportArguments, &Brakes),
) -> Result<()> {
    let batch = store.latest_batch().await?;
    let number = batch.as_ref().map_or(0, |batch| batch.id);
    // what was imported before may be mailed by a plan that came later
    let plan = match brakes {
        Brakes::Approved(plan) => Some(plan.clone()),
        _ => batch.and_then(|batch| batch.plan),
    };
    let plan = plan.map(|plan| format!("; by the approved plan {plan}"));
    let flags = [(arguments.add, "; with --add"), (arguments.allow_removals, "; with --allow-removals")];
    let flags = flags.into_iter().filter(|(is_given, _)| *is_given).map(|(_, words)| words);
    let how = flags.chain(plan.as_deref()).collect::<String>();
    let (rows, rejected) = (counted(imported.rows, "row"), imported.rejected);
    let Merged { new, unchanged, changed, withdrawn } = imported.merged;
    let what = format!(
        "import {number}, {rows}: {new} new, {unchanged} unchanged, {changed} changed, {rejected} rejected; \
         {withdrawn} withdrawn{how}"
    );
    store.writer().await?.note(app.deed("import", None, what, Vec::new())).await?;
    Ok(())
}

/// Imports rosters; what the guards stop goes on where exactly this plan was approved. The plan is made only then, since
/// it takes a look at every file and at the whole ledger.
pub(super) async fn read_guarded(
    app: &App,
    key: &CodeKey,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, reader, brakes): (&ImportArguments, Reader, Brakes),
) -> Result<Imported> {
    if app.config.guard.two_persons && arguments.allow_removals && !matches!(brakes, Brakes::Approved(_)) {
        bail!(
            "nothing was imported: guard.two_persons is set, and --allow-removals is the word of one; let two people \
             `gradpass approve PLAN --by NAME` the plan of a dry run"
        );
    }
    let is_stopped = |error: &anyhow::Error| {
        matches!(
            error.downcast_ref::<ImportError>(),
            Some(ImportError::Implausible { .. } | ImportError::Guessed { .. })
        )
    };
    match read(app, key, store, rosters, (arguments, reader, brakes)).await {
        Err(error) if is_stopped(&error) => {
            match plan::brakes(app, store, rosters, (arguments, None)).await? {
                approved @ Brakes::Approved(_) => {
                    read(app, key, store, rosters, (arguments, reader, approved)).await
                }
                _ => Err(error),
            }
        }
        imported => imported,
    }
}

/// Imports rosters; the audience hears of every mistake in them.
pub(crate) async fn read(
    app: &App,
    key: &CodeKey,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, reader, brakes): (&ImportArguments, Reader, Brakes),
) -> Result<Imported> {
    let config = &app.config;
    if let Some(rejects) = &arguments.rejects {
        let kept = [&config.key_file, &app.config_path].map(PathBuf::as_path);
        let kept = kept.into_iter().chain(config.database.file());
        let subjects = arguments.transcripts.as_ref().or(config.roster.transcripts.as_ref());
        let read = rosters.iter().chain(subjects).map(PathBuf::as_path);
        refuse_to_overwrite(rejects, kept.chain(read))?;
    }
    let (now, today) = (app.clock.now(), app.today());
    let rejects = arguments.rejects.as_deref().map(|path| free_path(path, today));
    let options = Options {
        strict: arguments.strict,
        allow_removals: arguments.allow_removals,
        rejects: rejects.clone(),
        allow_guess: reader == Reader::Person || matches!(brakes, Brakes::Approved(_)),
        is_addition: arguments.add,
        guard: config.guard,
        brakes,
        wants_transcripts: arguments.transcripts.is_some(),
        beside_a_service: store.is_served().await,
    };
    let settings = settings(config, arguments);
    let at = (today, now);
    let mut reader = app.audience.reader();
    let imported = import::import(store, rosters, &settings, &options, key, at, &mut *reader).await?;
    app.tell(&Event::Read {
        imported: &imported,
        other_languages: &other_languages(config, &imported),
        rejects: rejects.as_deref().filter(|_| imported.rejected > 0),
        subjects: settings.transcripts.as_deref().filter(|_| imported.are_subjects_wrong),
        are_subjects_named: arguments.transcripts.is_some(),
    });
    Ok(imported)
}

/// A sentence for each language that rows ask for and that is not switched on. Of a tag its region and its script are told and
/// nothing else: a column that slipped may have a name there.
pub(crate) fn other_languages(config: &Config, imported: &Imported) -> Vec<String> {
    let asked = &imported.observations.languages;
    // what is wrong with the texts is told where they are used
    let templates = match Templates::load(config.mail.templates.as_deref(), &config.institution.languages) {
        Ok(templates) if !asked.is_empty() => templates,
        _ => return Vec::new(),
    };
    let mut others = BTreeMap::new();
    for (tag, rows) in asked.iter().filter(|(tag, _)| !templates.serves(tag)) {
        let is_usual =
            |part: &str| part.len() == 2 || ["hans", "hant"].contains(&part.to_ascii_lowercase().as_str());
        let (language, rest) = tag.split_once('-').unwrap_or((tag, ""));
        let is_told = rest.is_empty() || rest.split('-').all(is_usual);
        *others.entry(if is_told { tag.as_str() } else { language }).or_insert(0) += rows;
    }
    let usual = templates.usual();
    let sentence = |(tag, rows): (&str, u64)| {
        let gets = if rows == 1 { "gets" } else { "get" };
        format!(
            "language \"{tag}\": not switched on below institution.languages, so {} {gets} the words of \"{usual}\"",
            counted(rows, "row")
        )
    };
    others.into_iter().map(sentence).collect()
}

/// How rosters are read: what the command line says stands over the configuration.
pub(crate) fn settings(config: &Config, arguments: &ImportArguments) -> RosterSettings {
    let settings = config.roster.clone();
    let sheet = arguments.sheet.clone().or_else(|| settings.sheet.clone());
    let credential_type = arguments.credential_type.or(settings.credential_type);
    let transcripts = arguments.transcripts.clone().or_else(|| settings.transcripts.clone());
    let include_hidden = arguments.include_hidden;
    RosterSettings { credential_type, sheet, include_hidden, transcripts, ..settings }
}

/// However a path is written, it may be one of the files that must not be lost.
fn refuse_to_overwrite<'a>(path: &Path, mut kept: impl Iterator<Item = &'a Path>) -> Result<()> {
    let Ok(real) = path.canonicalize() else { return Ok(()) };
    if kept.any(|kept| kept.canonicalize().is_ok_and(|kept| kept == real)) {
        bail!("the rejected rows would overwrite {}; name another file", path.display());
    }
    Ok(())
}
