//! `config show`: every value of the configuration and where it came from.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::config::Config;
use crate::report::Exit;

pub(super) fn show(context: &Context) -> Result<Exit> {
    let settings = Config::settings(context.config_path())?;
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.chars().count()).max().unwrap_or(0).min(60)
    };
    let keys = width(&mut settings.iter().map(|setting| setting.key.as_str()));
    let values = width(&mut settings.iter().filter_map(|setting| setting.value.as_deref()));
    for setting in &settings {
        let value = setting.value.as_deref().unwrap_or_default();
        let origin = match (setting.line, &setting.value) {
            (Some(line), _) => format!("line {line}"),
            (None, Some(_)) => "default".to_owned(),
            (None, None) => "not set".to_owned(),
        };
        context.console.result(format_args!("{:<keys$}  {value:<values$}  {origin}", setting.key));
    }
    context.console.json(&json!({ "config": context.config_path(), "settings": settings }))?;
    Ok(Exit::Done)
}
