//! `config show`: every value of the configuration and where it came from.

use anyhow::Result;
use serde_json::json;

use super::Context;
use crate::config::{Config, Origin, Setting};
use crate::report::Conclusion;

pub(super) fn show(context: &Context) -> Result<Conclusion> {
    let settings = Config::settings(&context.config_path, &context.environment)?;
    let file = &context.config_path.display();
    let origin = |origin: &Origin| match origin.line() {
        Some(line) => format!("{file}:{line}"),
        None => origin.to_string(),
    };
    let width = |texts: &mut dyn Iterator<Item = &str>| {
        texts.map(|text| text.chars().count()).max().unwrap_or(0).min(60)
    };
    let keys = width(&mut settings.iter().map(|setting| setting.key.as_str()));
    let values = width(&mut settings.iter().filter_map(|setting| setting.value.as_deref()));
    for setting in &settings {
        let value = setting.value.as_deref().unwrap_or_default();
        let origin = origin(&setting.origin);
        context.console.result(format_args!("{:<keys$}  {value:<values$}  {origin}", setting.key));
    }
    let list: Vec<_> = settings
        .iter()
        .map(|Setting { key, value, origin: from }| {
            json!({ "key": key, "value": value, "line": from.line(), "origin": origin(from) })
        })
        .collect();
    context.console.json(&json!({ "config": &context.config_path, "settings": list }))?;
    Ok(Conclusion::DONE)
}
