//! What cannot be meant stops an import before anything is written: a roster that lost its filter, a column that slipped
//! by a row, a file that is a part of another. Shares of what the ledger holds, and never for a handful of people.

use super::ImportError;
use crate::config::Guard;
use crate::credential::CredentialType;
use crate::plural::counted;
use crate::store::{Changes, Staging, StoreError};

/// So many may always change: a small roster is not stopped for them.
const FEW: i64 = 3;

/// So many may always be new.
const FEW_NEW: i64 = 10;

/// What an import would do that is not plausible, a sentence each.
pub(super) async fn implausible(
    staging: &mut Staging,
    guard: &Guard,
    (held, lost): (i64, i64),
    (allow_removals, is_addition): (bool, bool),
    (of, with_documents, with_subjects): (CredentialType, bool, bool),
) -> Result<Vec<String>, StoreError> {
    let mut sentences = Vec::new();
    if of == CredentialType::Education && !with_subjects && !allow_removals {
        let lost = staging.lost_transcripts().await?;
        if lost.awards > 0 {
            sentences.push(format!(
                "no file of subjects was given, so that {} would be without a transcript that the ledger holds or that a \
                 mistake kept back ({}); give it with --transcripts FILE (roster.transcripts in the configuration), or run again \
                 with --allow-removals",
                counted(lost.awards, "award"),
                such_as(&lost.examples, lost.awards)
            ));
        }
    }
    // at any size; a university whose rosters come and go as they like says so with a large share
    let is_most = |count: i64, of: i64, share: f64| share < 0.5 && count * 2 > of;
    if !allow_removals && (is_most(lost, held, guard.removals) || exceeds(lost, held, guard.removals)) {
        let examples = staging.lost_examples().await?;
        let of_all = match held {
            1 => format!("the only {}", of.spec().noun),
            _ => format!("{lost} of the {held} {}", of.spec().nouns),
        };
        let they_are = if lost == 1 { "it is" } else { "they are" };
        sentences.push(format!(
            "the roster lacks {of_all} that the ledger holds ({}). If it is an additional list, run again with --add; if it \
             is a part of the roster, name all its parts in one run; if {they_are} to be withdrawn, run again with \
             --allow-removals",
            such_as(&examples, lost)
        ));
    }
    let newcomers = staging.newcomers().await?;
    if staging.changes(Changes::Addresses).await? > 1 {
        let swapped = staging.swapped_addresses().await?;
        let number = i64::try_from(swapped.len()).unwrap_or(i64::MAX);
        if number > 0 {
            sentences.push(format!(
                "{number} {} would get the address of another one, who would get yet another ({}); a column has slipped by a \
                 row",
                if number == 1 { "graduate" } else { "graduates" },
                such_as(&swapped[..swapped.len().min(5)], number)
            ));
        }
    }
    for what in Changes::ALL {
        let changed = staging.changes(what).await?;
        let known = if what == Changes::Qualifications { held } else { newcomers.known };
        let is_most = changed > 1 && is_most(changed, known, guard.changes);
        if is_most || exceeds(changed, known, guard.changes) {
            let examples = staging.changed_examples(what).await?;
            let (noun, or) = if with_documents && what == Changes::Qualifications {
                ("result, document or transcript", ", or documents or transcripts are new here")
            } else {
                (what.noun(), "")
            };
            sentences.push(format!(
                "{changed} of {known} graduates would get another {noun} ({}); a column may have slipped by a row{or}",
                such_as(&examples, changed)
            ));
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "numbers of people")]
    let grows = newcomers.new > FEW_NEW && newcomers.new as f64 > guard.growth * newcomers.known as f64;
    // where two people have a say, one cannot wave it through
    let is_waved_through = is_addition && !guard.two_persons;
    if newcomers.known > 0 && grows && !is_waved_through {
        let examples = staging.newcomer_examples().await?;
        let advice =
            if guard.two_persons { "" } else { ". If it is an additional list, run again with --add" };
        sentences.push(format!(
            "{} students are new, where the ledger knows {} ({}); the roster may have lost its filter{advice}",
            newcomers.new,
            newcomers.known,
            such_as(&examples, newcomers.new)
        ));
    }
    Ok(sentences)
}

/// More than the share, and more than a few.
#[expect(clippy::cast_precision_loss, reason = "numbers of people")]
fn exceeds(count: i64, of: i64, share: f64) -> bool {
    count > FEW && count as f64 > of as f64 * share
}

fn such_as(students: &[String], of: i64) -> String {
    let are_all = i64::try_from(students.len()).is_ok_and(|listed| listed == of);
    format!("{}{}", if are_all { "" } else { "such as " }, students.join(", "))
}

/// The error for what is not plausible.
pub(super) fn stopped(sentences: &[String]) -> ImportError {
    ImportError::Implausible { sentences: sentences.join("\n  ") }
}
