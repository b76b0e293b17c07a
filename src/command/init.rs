//! `init`: a commented configuration and a key file, or the texts to edit; nothing overwritten.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use anyhow::{Result, anyhow};
use serde_json::json;

use super::{Context, rng};
use crate::config::EXAMPLE;
use crate::email::templates;
use crate::invitation::key::CodeKey;
use crate::plural::counted;
use crate::redemption::pages;
use crate::report::Conclusion;
use crate::wording;

pub(super) fn execute(context: &Context) -> Result<Conclusion> {
    let path = &context.config_path;
    let config_made = write_new(path, EXAMPLE, 0o600)?;
    let key_file = context.config()?.key_file;
    let key_made = !key_file.exists();
    if key_made {
        CodeKey::create(&key_file, &mut rng()?)?;
    }
    let word = |made: bool| if made { "written" } else { "exists already, left alone" };
    context.console.say(format_args!("{}: {}", path.display(), word(config_made)));
    context.console.say(format_args!("{}: {}", key_file.display(), word(key_made)));
    if key_made {
        context.console.say("Keep a copy of the key with the ledger's backups: without it, codes already mailed stop working.");
    }
    context.console.say(format_args!("Next: fill in {}, then run: gradpass check", path.display()));
    context.console.json(&json!({ "config": config_made, "key": key_made }))?;
    Ok(Conclusion::DONE)
}

/// Every built-in file of mails and pages, by its name in a university's folder of templates, with its text.
pub fn built_in() -> impl Iterator<Item = (String, &'static str)> {
    wording::built_in([&templates::PART, &pages::PART])
}

/// `init --templates`: the built-in texts of mails and pages as files, of which each stands over the built-in one.
pub(super) fn write_templates(context: &Context, folder: &Path) -> Result<Conclusion> {
    let (mut written, mut kept) = (0, 0);
    for (name, text) in built_in() {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent)
            .map_err(|error| anyhow!("cannot make the folder {}: {error}", parent.display()))?;
        if write_new(&path, text, 0o644)? {
            written += 1;
        } else {
            kept += 1;
        }
    }
    let left = if kept > 0 { format!("; {kept} exist already and are left alone") } else { String::new() };
    context.console.say(format_args!("{}: {} written{left}", folder.display(), counted(written, "file")));
    context.console.say(format_args!(
        "Delete those that you do not change: what is missing is built in, and stays up to date. Next: set templates = \
         \"{}\" below [mail], then run: gradpass check",
        folder.display()
    ));
    context.console.json(&json!({ "written": written, "kept": kept }))?;
    Ok(Conclusion::DONE)
}

/// Writes a file unless there is one; says whether it did.
fn write_new(path: &Path, text: &str, mode: u32) -> Result<bool> {
    let cannot = |error: std::io::Error| anyhow!("cannot write {}: {error}", path.display());
    match OpenOptions::new().write(true).create_new(true).mode(mode).open(path) {
        Ok(mut file) => file.write_all(text.as_bytes()).map_err(cannot).map(|()| true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(cannot(error)),
    }
}
