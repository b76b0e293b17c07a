//! A roster goes into the ledger: read whole and held against itself first, then merged as a diff.
//!
//! Nothing of the ledger changes before every row was read, every mistake found, and the guard against a
//! shrunken roster passed: rows that go into an empty ledger while they are read stand only then.

mod conflicts;
mod diff_index;
mod guard;
mod options;
mod outcome;
mod reading;
mod rejects;
mod renamed;
mod transcripts;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use tracing::debug;

pub use crate::config::Guard;
use crate::credential::CredentialType;
use crate::invitation::key::CodeKey;
use crate::roster::RosterSettings;
use crate::roster::{
    Column, Columns, Corrections, Decoding, NamesBeyondAscii, Over, PassedOver, Placed, Roster, RosterError,
    Transcripts,
};
use crate::store::{Batch, BatchBegun, BatchScope, Merged, Store, StoreError};
pub use options::{Brakes, Options};
pub use outcome::{Audience, ImportError, Imported};
use reading::Reading;

/// A roster that was read, for naming places in it afterwards.
struct ReadRoster {
    path: PathBuf,
    name: String,
    columns: Columns,
    /// Records of the rosters before it.
    offset: u64,
    decoding: Decoding,
    /// Decoded names with accents, for showing how a file without a mark was read.
    examples: Vec<String>,
    is_corrections_file: bool,
    /// Between its columns; a comma for a workbook.
    delimiter: u8,
    /// Lines that are no rows.
    passed_over: PassedOver,
    /// Whether every row with a mistake tells whose it is.
    everybody_is_named: bool,
    /// Those that a wrong encoding may have damaged.
    names: NamesBeyondAscii,
}

/// Imports the rosters as one batch. `key` is what purged awards are known by, `today` the university's day, `now` the
/// ledger's time.
///
/// # Errors
/// [`ImportError`]; the ledger is unchanged, but for a merge that the disk or a lock stopped, which the next
/// import of the same roster continues.
#[expect(clippy::too_many_lines, reason = "the steps of an import in their order; each is a call")]
pub async fn import(
    store: &Store,
    paths: &[PathBuf],
    settings: &RosterSettings,
    options: &Options,
    key: &CodeKey,
    (today, now): (Date, Timestamp),
    audience: &mut dyn Audience,
) -> Result<Imported, ImportError> {
    let mut rosters = open_all(paths, settings)?;
    let of = one_type(&rosters)?;
    if options.wants_transcripts && of != CredentialType::Education {
        return Err(ImportError::NoTranscripts { of: of.spec().nouns });
    }
    let mut staging = store.staging(of).await?;
    let corrections = store.corrections().await?;
    let has_corrections = !corrections.0.is_empty();
    let mut subjects = transcripts::open(settings, of)?;
    Roster::name_apart(rosters.iter_mut().chain(&mut subjects).map(|(_, roster)| roster));
    let files = || rosters.iter().chain(&subjects);
    let sha256 = fingerprint(files(), (settings, options.is_addition), &corrections);
    // the files that rows name may have changed since
    let names_files = rosters.iter().any(|(_, roster)| roster.columns.has(Column::OpenCert));
    let mut corrections_files = rosters.iter().map(|(_, roster)| roster.columns.is_corrections_file());
    let has_corrections_file = corrections_files.any(|it| it);
    let is_whole =
        !options.is_addition && rosters.iter().any(|(_, roster)| !roster.columns.is_corrections_file());
    let columns_not_read: Vec<_> =
        rosters.iter().flat_map(|(_, roster)| roster.columns.unread()).map(ToString::to_string).collect();
    // with a correction it is read nevertheless: an import may have died before it dropped what the roster agrees with
    if !has_corrections
        && !names_files
        && options.rejects.is_none()
        && let Some(same) = already_imported(store, of, &sha256).await?
    {
        return Ok(Imported { is_whole, columns_not_read, ..same });
    }
    let has_links = rosters.iter().any(|(_, roster)| roster.columns.has(Column::DocumentUrl));
    let with_subjects = subjects.is_some();
    let with_documents = has_links || names_files || with_subjects;
    let guesses = unsettled_guesses(store, files()).await?;
    if let Some((path, problem)) = guesses.first().filter(|_| !options.allow_guess) {
        return Err(ImportError::Guessed { path: path.clone(), problem: problem.clone() });
    }
    let decoding = decodings(files());
    for (_, roster) in files() {
        for note in roster.notes() {
            audience.note(&roster.name(), &note);
        }
    }
    let again = rosters.iter().map(|(_, roster)| roster.again()).collect::<Result<Vec<_>, _>>()?;
    let is_one_of_several = staging.is_one_of_several().await?;
    if is_one_of_several && settings.credential_type.is_none() {
        for (_, roster) in rosters.iter().filter(|(_, roster)| roster.columns.type_told_by().is_none()) {
            audience.note(&roster.name(), &format!("read as a roster of {} (--type {of})", of.spec().nouns));
        }
    }
    let transcripts = match subjects {
        Some((_, file)) => {
            let beside = transcripts::Beside { rosters: &rosters, is_whole, corrections: &corrections };
            transcripts::join(file, beside, &mut staging, today, audience).await?
        }
        None => Transcripts::default(),
    };
    let are_subjects_wrong = transcripts.have_problems();
    let over = Over { corrections, transcripts };
    let mut reading = Reading::begin(&mut staging, today, over).await?;
    let read = reading.read(&mut staging, rosters).await?;
    debug!("the rosters are read");
    let part = conflicts::Part {
        is_addition: options.is_addition,
        is_corrected: read.iter().any(|roster| roster.is_corrections_file),
        // the roster of awards leads: others are held against it
        is_beside: is_one_of_several && of != CredentialType::Education,
    };
    // a part is held against what the ledger knows of all others
    let whole = part.is_any();
    let checked = reading.second_pass(&mut staging, again, whole).await?;
    for roster in &read {
        audience.decoding(&roster.name, roster.decoding, &roster.examples);
        if let Some(sentence) = roster.passed_over.sentence() {
            audience.note(&roster.name, &sentence);
        }
    }
    let mut resolved =
        conflicts::resolve(&mut staging, &read, checked.candidates, (part, of), audience).await?;
    if is_one_of_several {
        conflicts::other_types(&mut staging, &read, audience).await?;
        staging.join_types().await?;
    }
    debug!("the rows are held against each other");
    if reading.has_ids_of_several_kinds() {
        let is_first = !reading.is_over_a_ledger();
        conflicts::zeros_within(&mut staging, is_first, &mut resolved.holds, audience).await?;
    }
    let lost = if is_whole { staging.find_lost().await? } else { 0 };
    if reading.is_over_a_ledger() && !options.allow_removals {
        conflicts::renumbered(&mut staging, &read, lost > 0).await?;
    }
    let kept = if has_corrections && is_whole {
        renamed::carry(&mut staging, store, reading.corrections(), today).await?
    } else {
        Vec::new()
    };
    // a university whose rosters come and go as they like says so with a large share
    let may_go = options.allow_removals || options.guard.removals >= 0.5;
    if reading.is_over_a_ledger() && !(is_whole && may_go) {
        conflicts::recoded(&mut staging, &read, (!is_whole, of)).await?;
    }
    let mut after = (0, 0);
    loop {
        let mistakes = staging.mistakes(&mut after).await?;
        if mistakes.is_empty() {
            break;
        }
        for mistake in &mistakes {
            let roster = containing(&read, mistake.record);
            audience.mistake(&roster.name, mistake);
        }
    }
    if let Some(path) = &options.rejects
        && staging.rejected().await? > 0
    {
        rejects::write(path, &read, &mut staging).await?;
    }
    let purged = staging.leave_out_purged(key).await?;
    let rejected = staging.rejected().await?;
    let lost = if lost > 0 { staging.lost().await? } else { 0 };
    if options.strict && rejected > 0 {
        return Err(ImportError::Strict { rejected, rows: checked.records });
    }
    let mut implausible = Vec::new();
    if !matches!(options.brakes, Brakes::Approved(_)) {
        implausible.extend(read.iter().filter_map(|roster| roster.names.problem(&roster.name)));
        if reading.is_over_a_ledger() {
            let allowed = (options.allow_removals, !is_whole);
            let of_ledger = guard::implausible(
                &mut staging,
                &options.guard,
                (checked.held, lost),
                allowed,
                (of, with_documents, with_subjects),
            );
            implausible.extend(of_ledger.await?);
        }
        if !implausible.is_empty() && options.brakes == Brakes::Stop {
            return Err(guard::stopped(&implausible));
        }
    }
    resolved.holds.tell(audience);
    let mut withdraw = lost > 0;
    if withdraw && !read.iter().all(|roster| roster.everybody_is_named) {
        // whoever seems to be missing may be the student of that row
        withdraw = false;
        audience.nobody_withdrawn();
    }
    let names: Vec<_> = read.iter().map(|roster| roster.name.as_str()).collect();
    debug!("the roster is plausible; merging it into the ledger");
    let batch = staging
        .begin_batch(&BatchBegun {
            roster: &names.join(", "),
            sha256: &sha256,
            now,
            rows: checked.records,
            rejected,
            decoding: &decoding,
            unread: &columns_not_read.join("\n"),
            plan: match &options.brakes {
                Brakes::Approved(plan) => Some(plan.as_str()),
                _ => None,
            },
        })
        .await?;
    let scope = BatchScope { batch, now, is_whole, has_corrections_file };
    staging.prepare(scope, !reading.is_over_a_ledger(), &kept).await?;
    let observations = reading.observations();
    let mut agreed = reading.agreed();
    if is_one_of_several {
        // another type's roster may still say what was wrong
        let students: Vec<_> = agreed.iter().map(|met| met.student_id.as_str()).collect();
        let elsewhere = staging.listed_elsewhere(&students).await?;
        agreed.retain(|met| met.course_key.is_some() || !elsewhere.contains(&met.student_id));
    }
    // only awards are corrected
    let is_of_awards = is_whole && of == CredentialType::Education;
    let corrections_not_met = if is_of_awards { reading.not_met(&kept) } else { Vec::new() };
    let direct = match reading.first() {
        Some(first) => Merged { new: first.end(&mut staging, batch, now).await?, ..Merged::default() },
        None => Merged { unchanged: checked.unchanged + purged, ..Merged::default() },
    };
    let merged = staging.merge(scope, direct, withdraw, options.beside_a_service).await?;
    staging.close().await?;
    let corrections_dropped = agreed.iter().map(|met| (met.student_id.clone(), met.column)).collect();
    if has_corrections {
        store.writer().await?.drop_corrections(agreed).await?;
    }
    let repeated = resolved.repeated;
    Ok(Imported {
        rows: checked.records,
        merged,
        rejected,
        is_whole,
        repeated,
        corrections_dropped,
        corrections_not_met,
        corrections_kept: kept,
        columns_not_read,
        observations,
        are_subjects_wrong,
        implausible,
        guesses: guesses
            .into_iter()
            .map(|(path, problem)| format!("{}: {problem}", path.display()))
            .collect(),
    })
}

/// The very same bytes, read in the very same way, as the last import that ended well: nothing to do.
async fn already_imported(
    store: &Store,
    of: CredentialType,
    sha256: &[u8],
) -> Result<Option<Imported>, StoreError> {
    let latest = store.latest_batch_of(of).await?;
    Ok(latest.filter(|batch| batch.is_finished && batch.rejected == 0 && batch.sha256 == sha256).map(
        |batch| {
            let merged = Merged { unchanged: batch.rows, ..Merged::default() };
            Imported { rows: batch.rows, merged, ..Imported::default() }
        },
    ))
}

/// The latest import, where it was of these rosters, read in the same way, and came to its end.
///
/// # Errors
/// [`ImportError`] when a roster or the ledger cannot be read.
pub async fn same_as_latest(
    store: &Store,
    paths: &[PathBuf],
    settings: &RosterSettings,
    is_addition: bool,
) -> Result<Option<Batch>, ImportError> {
    let rosters = open_all(paths, settings)?;
    let of = one_type(&rosters)?;
    let subjects = transcripts::open(settings, of)?;
    let corrections = store.corrections().await?;
    let sha256 = fingerprint(rosters.iter().chain(&subjects), (settings, is_addition), &corrections);
    let latest = store.latest_batch_of(of).await?;
    Ok(latest.filter(|batch| batch.is_finished && batch.sha256 == sha256))
}

fn open_all(paths: &[PathBuf], settings: &RosterSettings) -> Result<Vec<(PathBuf, Roster)>, RosterError> {
    paths.iter().map(|path| Ok((path.clone(), Roster::open(path, settings)?))).collect()
}

/// The type of all rosters of an import, which decides what they may withdraw.
fn one_type(rosters: &[(PathBuf, Roster)]) -> Result<CredentialType, ImportError> {
    let mut types: Vec<_> = rosters.iter().map(|(_, roster)| roster.columns.credential_type()).collect();
    types.sort_unstable();
    types.dedup();
    match types[..] {
        [] => Ok(CredentialType::Education),
        [of] => Ok(of),
        _ => Err(ImportError::SeveralTypes { types }),
    }
}

fn fingerprint<'a>(
    files: impl Iterator<Item = &'a (PathBuf, Roster)>,
    (settings, is_addition): (&RosterSettings, bool),
    corrections: &Corrections,
) -> Vec<u8> {
    let mut sha256 = Sha256::new();
    for (_, roster) in files {
        sha256.update(roster.inspection.sha256);
    }
    // other settings may read other things from the same bytes, and an addition withdraws nobody
    sha256.update(format!("{settings:?} {is_addition}"));
    // and what was corrected stands over them
    let mut corrected: Vec<_> = corrections.0.iter().collect();
    corrected.sort_by_key(|(student, _)| *student);
    for (student, corrections) in corrected {
        for Placed { course_key, correction } in corrections {
            let key = course_key.as_deref().unwrap_or_default();
            sha256.update([student, key, correction.column(), &correction.value()].join("\n"));
        }
    }
    sha256.finalize().to_vec()
}

/// A guess of what nobody has looked at yet is not acted on: a wrong one would be mailed to everybody.
async fn unsettled_guesses<'a>(
    store: &Store,
    files: impl Iterator<Item = &'a (PathBuf, Roster)>,
) -> Result<Vec<(PathBuf, String)>, StoreError> {
    let mut unsettled = Vec::new();
    for (path, roster) in files {
        let Some(guess) = &roster.inspection.guess else { continue };
        if !store.was_read_as(roster.inspection.decoding.encoding().name()).await? {
            unsettled.push((path.clone(), guess.problem()));
        }
    }
    Ok(unsettled)
}

/// Names of the encodings, one a line.
fn decodings<'a>(files: impl Iterator<Item = &'a (PathBuf, Roster)>) -> String {
    let names: Vec<_> = files.map(|(_, roster)| roster.inspection.decoding.encoding().name()).collect();
    names.join("\n")
}

fn containing(read: &[ReadRoster], record: u64) -> &ReadRoster {
    let position = read.partition_point(|roster| roster.offset < record);
    &read[position.saturating_sub(1)]
}

impl ReadRoster {
    fn path(&self) -> &Path {
        &self.path
    }
}
