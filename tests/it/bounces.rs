//! Bounces: what mail systems say of messages that were handed over, in samples of the shapes that they have; people and
//! domains in them are invented.

mod identity;
mod kinds;

use std::fs;
use std::path::{Path, PathBuf};

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
