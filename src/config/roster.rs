//! `[roster]` of the configuration: how rosters are to be read.

use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use serde::de::value::Error as WordError;
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::reader::Table;
use crate::roster::vocabulary::fold;
use crate::roster::{Column, RosterSettings, fold_header};

/// The settings of the table; time zone and the page's question are the caller's to add.
pub(super) fn settings(mut table: Table<'_, '_>, folder: &Path) -> RosterSettings {
    let encoding = table.optional_parsed("encoding", |label| {
        Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            "not a known encoding; write utf-8, utf-16le, windows-1252, windows-874, big5, gbk or another name of the \
             WHATWG's list"
                .to_owned()
        })
    });
    let delimiter = table.optional_parsed("delimiter", delimiter);
    let sheet = table.optional("sheet");
    let dates = table.optional_parsed("dates", |text| word(text, "write d/m/y, m/d/y, y-m-d or d-Mon-y"));
    let calendar = table.optional_parsed("calendar", |text| word(text, "write gregorian or buddhist"));
    let name_order =
        table.optional_parsed("name_order", |text| word(text, "write given_first or family_first"));
    let shared_addresses = table.optional_parsed("shared_addresses", |text| match text {
        "allow" => Ok(true),
        "hold" => Ok(false),
        _ => Err("write hold or allow".to_owned()),
    });
    let hold_file: Option<PathBuf> = table.optional("hold_file");
    let headers = table.below("columns", |name| {
        let unknown = |error: WordError| {
            error
                .to_string()
                .replace("unknown variant", "there is no column")
                .replace(", expected one of", "; there are")
        };
        read_word::<Column>(name).map_err(unknown)
    });
    let honours = table.below("honours", |word| Ok(fold(word)));
    let hold = table.below("hold", |column| Ok(fold_header(column)));
    table.finish();
    let in_lower_case =
        |(column, values): (String, Vec<String>)| (column, values.iter().map(|it| fold(it)).collect());
    RosterSettings {
        encoding,
        delimiter,
        sheet,
        headers: headers.into_iter().collect(),
        dates,
        calendar: calendar.unwrap_or_default(),
        name_order,
        shared_addresses: shared_addresses.unwrap_or(false),
        honours: honours.into_iter().collect(),
        hold: hold.into_iter().map(in_lower_case).collect(),
        hold_file: hold_file.map(|path| folder.join(path)),
        ..RosterSettings::default()
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text {
        "tab" | "\t" => Ok(b'\t'),
        text if text.len() == 1 && text.is_ascii() && !"\"\r\n ".contains(text) => Ok(text.as_bytes()[0]),
        _ => Err("give one sign such as , or ; or the word tab".to_owned()),
    }
}

/// One of a few words.
fn word<T: DeserializeOwned>(text: &str, help: &str) -> Result<T, String> {
    read_word(text).map_err(|_: WordError| help.to_owned())
}

fn read_word<T: DeserializeOwned>(text: &str) -> Result<T, WordError> {
    T::deserialize(IntoDeserializer::<WordError>::into_deserializer(text))
}
