//! `[roster]` of the configuration: how rosters are to be read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use encoding_rs::Encoding;
use reqwest::Url;
use serde::de::value::Error as WordError;
use serde::de::{DeserializeOwned, IntoDeserializer};

use super::reader::Table;
use crate::credential::{CredentialType, Transcript};
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
    let document_domains = document_domains(&mut table);
    let transcripts: Option<PathBuf> = table.optional("transcripts");
    let credential_type = table.optional_parsed("type", str::parse);
    let headers: Vec<(Mapped, String)> = table.below("columns", |name| {
        if let Some(field) = field(name) {
            return Ok(Mapped::Field(field));
        }
        let unknown = |error: WordError| {
            error
                .to_string()
                .replace("unknown variant", "there is no column")
                .replace(", expected one of", "; there are")
        };
        read_word::<Column>(name).map(Mapped::Column).map_err(unknown)
    });
    let transcript_headers = table.below("transcript_columns", |name| {
        let known = Transcript::COLUMNS.iter().map(|field| field.name).chain([Column::StudentId.name()]);
        let names: Vec<_> = known.collect();
        let unknown = || format!("there is no column `{name}`; there are {}", names.join(", "));
        names.iter().copied().find(|known| *known == name).ok_or_else(unknown)
    });
    let honours = table.below("honours", |word| Ok(fold(word)));
    let hold = table.below("hold", |column| Ok(fold_header(column)));
    table.finish();
    let in_lower_case =
        |(column, values): (String, Vec<String>)| (column, values.iter().map(|it| fold(it)).collect());
    let (mut of_columns, mut of_fields) = (BTreeMap::new(), BTreeMap::new());
    for (mapped, header) in headers {
        // course_code is a column of awards and of courses
        match mapped {
            Mapped::Column(column) => drop(of_columns.insert(column, header)),
            Mapped::Field(name) => {
                if let Ok(column) = read_word::<Column>(name) {
                    of_columns.insert(column, header.clone());
                }
                of_fields.insert(name, header);
            }
        }
    }
    RosterSettings {
        credential_type,
        encoding,
        delimiter,
        sheet,
        headers: of_columns,
        field_headers: of_fields,
        dates,
        calendar: calendar.unwrap_or_default(),
        name_order,
        shared_addresses: shared_addresses.unwrap_or(false),
        honours: honours.into_iter().collect(),
        hold: hold.into_iter().map(in_lower_case).collect(),
        hold_file: hold_file.map(|path| folder.join(path)),
        document_domains,
        transcripts: transcripts.map(|path| folder.join(path)),
        transcript_headers: transcript_headers.into_iter().collect(),
        ..RosterSettings::default()
    }
}

/// Names of servers, in the form in which a browser has them.
fn document_domains(table: &mut Table<'_, '_>) -> Vec<String> {
    const KEY: &str = "document_domains";
    let listed: Vec<String> = table.or(KEY, Vec::new());
    let mut domains = Vec::new();
    for domain in &listed {
        let url = Url::parse(&format!("https://{domain}/")).ok();
        // a domain and nothing else: no scheme, path, port, user, star or number
        let is_plain = domain.chars().all(|sign| sign.is_alphanumeric() || "-.".contains(sign));
        let name = url.as_ref().and_then(Url::domain).filter(|name| is_plain && name.contains('.'));
        match name {
            Some(name) if !name.ends_with('.') => domains.push(name.to_owned()),
            _ => table.wrong(KEY, "write names of servers alone, such as \"files.uni.example\""),
        }
    }
    domains
}

/// A column under `[roster.columns]`.
enum Mapped {
    Column(Column),
    Field(&'static str),
}

/// The column of this name that some type has.
fn field(name: &str) -> Option<&'static str> {
    let fields = CredentialType::ALL.into_iter().flat_map(|of| of.spec().fields);
    fields.map(|field| field.name).find(|known| *known == name)
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
