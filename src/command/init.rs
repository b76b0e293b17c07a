//! `init`: a commented configuration and a key file, nothing overwritten.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;

use anyhow::{Result, anyhow};
use serde_json::json;

use super::{Context, chance};
use crate::config::{Config, EXAMPLE};
use crate::invitation::key::CodeKey;
use crate::report::Exit;

pub(super) fn execute(context: &Context) -> Result<Exit> {
    let path = context.config_path();
    let cannot = |error: std::io::Error| anyhow!("cannot write {}: {error}", path.display());
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path);
    let config_made = match made {
        Ok(mut file) => {
            file.write_all(EXAMPLE.as_bytes()).map_err(cannot)?;
            true
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => false,
        Err(error) => return Err(cannot(error)),
    };
    let key_file = Config::read(path)?.key_file;
    let key_made = !key_file.exists();
    if key_made {
        CodeKey::create(&key_file, &mut chance()?)?;
    }
    let word = |made: bool| if made { "written" } else { "exists already, left alone" };
    context.console.say(format_args!("{}: {}", path.display(), word(config_made)));
    context.console.say(format_args!("{}: {}", key_file.display(), word(key_made)));
    if key_made {
        context.console.say("Keep a copy of the key with the ledger's backups: without it, codes already mailed stop working.");
    }
    context.console.say(format_args!("Next: fill in {}, then run: gradpass check", path.display()));
    context.console.json(&json!({ "config": config_made, "key": key_made }))?;
    Ok(Exit::Done)
}
