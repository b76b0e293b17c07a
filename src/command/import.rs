//! `import`: a roster into the ledger.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use serde_json::json;

use super::console::Console;
use super::holds::HoldFile;
use super::{Context, late_changes, open_ledger, plan, restored};
use crate::cli::ImportArguments;
use crate::config::Config;
use crate::credential::CredentialType;
use crate::email::templates::Templates;
use crate::graduate::clean;
use crate::import::{self, Audience, Brakes, ImportError, Imported, Options};
use crate::invitation::key::CodeKey;
use crate::lock::RunLock;
use crate::plural::counted;
use crate::report::{Conclusion, Report};
use crate::roster::{Column, Decoding, Mistake, Roster, RosterSettings, Transcripts, free_path};
use crate::store::{Merged, Store};

pub(super) async fn execute(
    context: &Context,
    rosters: &[PathBuf],
    arguments: &ImportArguments,
) -> Result<Conclusion> {
    let config = context.config()?;
    // a night whose key is missing should say so before it has begun
    let key = CodeKey::read(&config.key_file)?;
    let hold_file = HoldFile::of(&config)?;
    let (_lock, store) = open_ledger(context, &config, "import").await?;
    store.refuse_other_key(&key.fingerprint()).await?;
    let reader = if context.console.is_watched() { Reader::Person } else { Reader::Nobody };
    let imported =
        read_guarded(context, &config, &key, &store, rosters, (arguments, reader, Brakes::Stop)).await?;
    note(context, &store, &imported, (arguments, &Brakes::Stop)).await?;
    hold_file.apply(context, &store, arguments.allow_removals).await?;
    let conferred = late_changes::invite_conferred(context, &config, &store).await?;
    let held = restored::quarantine(context, &config, &store, imported.is_whole).await?;
    store.checkpoint(RunLock::is_served(&config.database)).await?;
    let report = Report { conferred, ..Report::of_import(&imported, &store).await? };
    for line in report.roster_lines().into_iter().chain(report.people_lines()) {
        context.console.result(line);
    }
    context.console.json(&json!({
        "roster": report.roster,
        "held": report.held,
        "bounced": report.bounced,
        "columns_not_read": report.columns_not_read,
        "honours": report.honours,
        "needs_a_person": report.needs_a_person,
        "changed_after_verified": report.changed_after_verified,
        "conferred": report.conferred,
    }))?;
    let conclusion = report.conclusion();
    Ok(Conclusion { needs_person: conclusion.needs_person || held > 0, ..conclusion })
}

/// A sentence for each language that rows ask for and that is not switched on. Of a tag its region and its script are told and
/// nothing else: a column that slipped may have a name there.
pub(super) fn other_languages(config: &Config, imported: &Imported) -> Vec<String> {
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

/// Writes down who imported what, and what let it pass a guard.
pub(super) async fn note(
    context: &Context,
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
    store.writer().await?.note(context.deed("import", None, what, Vec::new())).await?;
    Ok(())
}

/// Who looks at how a roster is read, before anybody is mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Somebody at a terminal, or at a preview.
    Person,
    /// Cron.
    Nobody,
}

/// Imports rosters; what the guards stop goes on where exactly this plan was approved. The plan is made only then, since
/// it takes a look at every file and at the whole ledger.
pub(super) async fn read_guarded(
    context: &Context,
    config: &Config,
    key: &CodeKey,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, reader, brakes): (&ImportArguments, Reader, Brakes),
) -> Result<Imported> {
    if config.guard.two_persons && arguments.allow_removals && !matches!(brakes, Brakes::Approved(_)) {
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
    match read(context, config, key, store, rosters, (arguments, reader, brakes)).await {
        Err(error) if is_stopped(&error) => {
            match plan::brakes(config, store, rosters, (arguments, None)).await? {
                approved @ Brakes::Approved(_) => {
                    read(context, config, key, store, rosters, (arguments, reader, approved)).await
                }
                _ => Err(error),
            }
        }
        imported => imported,
    }
}

/// Imports rosters and tells people every mistake in them.
pub(super) async fn read(
    context: &Context,
    config: &Config,
    key: &CodeKey,
    store: &Store,
    rosters: &[PathBuf],
    (arguments, reader, brakes): (&ImportArguments, Reader, Brakes),
) -> Result<Imported> {
    if let Some(rejects) = &arguments.rejects {
        let kept = [config.database.as_path(), config.key_file.as_path(), context.config_path()];
        let subjects = arguments.transcripts.as_ref().or(config.roster.transcripts.as_ref());
        let read = rosters.iter().chain(subjects).map(PathBuf::as_path);
        refuse_to_overwrite(rejects, kept.into_iter().chain(read))?;
    }
    let now = context.clock.now();
    let today = now.to_zoned(config.institution.time_zone.clone()).date();
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
        beside_a_service: RunLock::is_served(&config.database),
    };
    let settings = settings(config, arguments);
    let mut audience = People { console: &context.console };
    let at = (today, now);
    let imported = import::import(store, rosters, &settings, &options, key, at, &mut audience).await?;
    for sentence in imported.observations.sentences().into_iter().chain(other_languages(config, &imported)) {
        context.console.say(sentence);
    }
    for (student, column) in &imported.corrections_dropped {
        context.console.say(format_args!(
            "student {student}: the roster says the same as the correction of {column}, which is dropped"
        ));
    }
    for kept in &imported.corrections_kept {
        context.console.say(format_args!(
            "student {}: what was corrected of a qualification ({}) stands, though the roster lists it as {} now",
            kept.student_id,
            kept.columns.join(", "),
            kept.course
        ));
    }
    for (student, column) in &imported.corrections_not_met {
        context.console.say(format_args!(
            "student {student}: {column} was corrected of a qualification that the roster does not list; correct it \
             again if it is listed under another name"
        ));
    }
    let rejects = rejects.filter(|_| imported.rejected > 0);
    let subjects = settings.transcripts.as_ref().filter(|_| imported.are_subjects_wrong);
    if let Some(sentence) = what_to_correct(rejects.as_deref(), subjects.map(PathBuf::as_path), arguments) {
        context.console.say(sentence);
    }
    Ok(imported)
}

/// Where what was rejected is corrected, and how it is imported then.
fn what_to_correct(
    rejects: Option<&Path>,
    subjects: Option<&Path>,
    arguments: &ImportArguments,
) -> Option<String> {
    let again = |subjects: &Path| match &arguments.transcripts {
        Some(_) => format!(" with --transcripts {}", subjects.display()),
        None => String::new(),
    };
    match (rejects, subjects) {
        (Some(rejects), Some(subjects)) => Some(format!(
            "The rejected rows are in {}; correct subjects in {}, anything else there, and import that file{}.",
            rejects.display(),
            subjects.display(),
            again(subjects)
        )),
        (Some(rejects), None) => Some(format!(
            "The rejected rows are in {}; correct them there and import that file.",
            rejects.display()
        )),
        (None, Some(subjects)) => {
            Some(format!("Correct subjects in {}, and import again{}.", subjects.display(), again(subjects)))
        }
        (None, None) => None,
    }
}

/// How rosters are read: what the command line says stands over the configuration.
pub(super) fn settings(config: &Config, arguments: &ImportArguments) -> RosterSettings {
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

/// How each roster is read, for the preview's index: only the officer sees it, so it may show names.
pub(super) fn readings(rosters: &[PathBuf], settings: &RosterSettings) -> Result<Vec<String>> {
    let mut readings = Vec::new();
    let mut are_awards = false;
    for path in rosters {
        let roster = Roster::open(path, settings)?;
        are_awards |= roster.columns.credential_type() == CredentialType::Education;
        readings.push(reading(roster)?);
    }
    if let Some(path) = settings.transcripts.as_ref().filter(|_| are_awards) {
        readings.push(reading(Transcripts::open(path, settings)?)?);
    }
    Ok(readings)
}

fn reading(mut roster: Roster) -> Result<String> {
    let name = roster.name();
    let how = match roster.inspection.decoding {
        Decoding::Workbook => "an Excel workbook".to_owned(),
        Decoding::Utf8 => "UTF-8".to_owned(),
        Decoding::Marked(encoding) => format!("{}, as its mark says", encoding.name()),
        Decoding::Utf8WithBadBytes => "UTF-8, but for some bad bytes".to_owned(),
        Decoding::Configured(encoding) => format!("{}, as roster.encoding says", encoding.name()),
        Decoding::Guessed(encoding) => format!("{}, which is a guess", encoding.name()),
    };
    let mut examples = Vec::new();
    while let Some(record) = roster.next_record()? {
        let spelt = [Column::FullName, Column::GivenNames, Column::FamilyName]
            .map(|column| roster.columns.value(&record.fields, column));
        // as they will be taken: what is only meant to mislead is in no example
        let taken = spelt.iter().filter_map(|value| clean(value).ok().map(Cow::into_owned));
        examples.extend(taken.filter(|value| !value.is_ascii()));
        if examples.len() >= 8 {
            break;
        }
    }
    let examples =
        if examples.is_empty() { String::new() } else { format!("; names such as {}", examples.join(", ")) };
    Ok(format!("{name} was read as {how}{examples}"))
}

/// Tells the people at the terminal, or cron's mail.
struct People<'a> {
    console: &'a Console,
}

impl Audience for People<'_> {
    fn decoding(&mut self, roster: &str, decoding: Decoding, examples: &[String]) {
        let (name, why) = match decoding {
            Decoding::Configured(encoding) => (encoding.name(), "as roster.encoding says"),
            Decoding::Guessed(encoding) => (encoding.name(), "which is a guess, since it is not UTF-8"),
            _ => return,
        };
        self.console.say(format_args!("{roster}: read as {name}, {why}"));
        if examples.is_empty() {
            return;
        }
        if self.console.is_watched() {
            self.console.say(format_args!("  names in it look like: {}", examples.join(" · ")));
        } else {
            // this may end up in a log, so it shows letters and no names
            let mut letters: Vec<char> = examples.concat().chars().filter(|it| !it.is_ascii()).collect();
            letters.sort_unstable();
            letters.dedup();
            self.console
                .say(format_args!("  names in it have letters like: {}", letters.iter().collect::<String>()));
        }
    }

    fn note(&mut self, roster: &str, note: &str) {
        self.console.say(format_args!("{roster}: {note}"));
    }

    fn nobody_withdrawn(&mut self) {
        self.console.say("No one was withdrawn: some rejected rows have no readable student id.");
    }

    fn mistake(&mut self, roster: &str, mistake: &Mistake) {
        self.console.say(format_args!("{roster}: {mistake}"));
    }
}
