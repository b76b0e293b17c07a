//! Bounces: what mail systems say of messages that were handed over, in samples of the shapes that they have; people and
//! domains in them are invented.

mod doubtful;
mod identity;
mod kinds;
mod mailbox;
mod order;
mod private;
mod program;
mod reading;
mod sweep;

use std::fs;
use std::path::{Path, PathBuf};

use gradpass::bounce::identify::Identifier;
use gradpass::bounce::reading::{Counts, Reading};
use gradpass::invitation::key::CodeKey;
use gradpass::sandbox::relay::Delivered;
use gradpass::store::{Store, StoreError};

use crate::world::{World, message_id, process, roster};

/// Every sample, with the kind that its folder says.
pub fn samples() -> Vec<(String, PathBuf)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/bounces/samples");
    let mut found = Vec::new();
    for kind in fs::read_dir(folder).unwrap() {
        let kind = kind.unwrap().path();
        let word = kind.file_name().unwrap().to_string_lossy().into_owned();
        found.extend(fs::read_dir(&kind).unwrap().map(|file| (word.clone(), file.unwrap().path())));
    }
    found.sort();
    assert!(found.len() > 60, "only {} samples", found.len());
    found
}

/// A sample as it would have come about this mail.
pub fn about(mail: &Delivered, sample: &str) -> String {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/bounces/samples").join(format!("{sample}.eml"));
    let (tag, _) = message_id(mail).split_once('@').map(|(tag, at)| (tag.to_owned(), at.to_owned())).unwrap();
    fs::read_to_string(path)
        .unwrap()
        .replace("bounces+TOKEN@northfield.example", &mail.sender)
        .replace("MESSAGETAG", &tag)
        .replace("g1@mailbox.example", &mail.recipient[0])
}

/// The name of a sample, with its folder.
pub fn name(path: &Path) -> String {
    let text = path.to_string_lossy();
    text.rsplit("samples/").next().unwrap().trim_end_matches(".eml").to_owned()
}

/// A message as it stands in an mbox.
pub fn in_mbox(message: &str) -> String {
    ["From MAILER-DAEMON Mon Nov 23 02:00:05 2026\n", message, "\n\n"].concat()
}

/// As with `[bounces]` in the configuration.
pub fn with_bounces(world: &World, lines: &str) {
    let text = fs::read_to_string(world.path("gradpass.toml")).unwrap();
    world.write_private("gradpass.toml", &format!("{text}\n[bounces]\n{lines}\n"));
}

/// A world in which so many are mailed, each with a sender of its own.
pub fn mailed(graduates: usize) -> World {
    let world = World::new();
    with_bounces(&world, "address = \"bounces@northfield.example\"");
    world.import(&roster(1..=graduates));
    assert_eq!(world.send().sent, i64::try_from(graduates).unwrap());
    world
}

/// Reads messages by the world's clock.
pub fn read(world: &World, messages: &[String]) -> Counts {
    process(reading(world, messages)).unwrap()
}

pub async fn reading(world: &World, messages: &[String]) -> Result<Counts, StoreError> {
    let store = world.open().await?;
    let reading = begin(world, &store).await?;
    take(reading, messages).await
}

async fn begin(world: &World, store: &Store) -> Result<Reading, StoreError> {
    let identifier = Identifier::new(&world.config(), store, CodeKey::new([7; 32])).await?;
    Ok(Reading::new(store.clone(), store.writer().await?, identifier, world.clock.now()))
}

async fn take(mut reading: Reading, messages: &[String]) -> Result<Counts, StoreError> {
    // one by one, as a mail system hands them over
    for message in messages {
        reading.take(&[message.clone().into_bytes().into()]).await?;
    }
    Ok(reading.into_counts())
}

/// What the ledger holds of bounces, without times.
pub fn standing(world: &World) -> Vec<String> {
    world.look(async |store| {
        let states = store.messages_by_state(None).await.unwrap();
        let unreached = store.unreached().await.unwrap();
        let mut lines: Vec<_> =
            states.iter().map(|(state, number)| format!("{} {number}", state.word())).collect();
        lines.sort();
        lines.extend(
            unreached
                .iter()
                .map(|one| format!("{} {} {} {}", one.student_id, one.kind, one.code, one.words())),
        );
        lines
    })
}
