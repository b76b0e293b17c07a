//! How the university wants its rosters to be read: `[roster]` of the configuration.

use std::collections::BTreeMap;
use std::path::PathBuf;

use encoding_rs::Encoding;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::dates::{Calendar, DateOrder};
use super::vocabulary::OwnHonours;
use super::{Column, header};
use crate::credential::CredentialType;

/// How to read the roster.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct RosterSettings {
    /// Who the university is: no partner of its own.
    pub institution: String,
    /// The type of its credentials; found from the columns when not given.
    pub credential_type: Option<CredentialType>,
    /// For a file that is neither marked nor valid UTF-8; guessed, and asked about, when not given.
    pub encoding: Option<&'static Encoding>,
    /// Found from the header when not given.
    pub delimiter: Option<u8>,
    /// The sheet of a workbook; chosen by its header when not given.
    pub sheet: Option<String>,
    /// Rows that a filter hides are read, too.
    pub include_hidden: bool,
    /// Headers that differ from the accepted spellings.
    pub headers: BTreeMap<Column, String>,
    /// The same of columns that one type has, by their names.
    pub field_headers: BTreeMap<&'static str, String>,
    /// The order of day, month and year; found from the column when not given.
    pub dates: Option<DateOrder>,
    /// What the years count from.
    pub calendar: Calendar,
    /// Where the university's days begin: a time with a zone becomes a day there.
    pub time_zone: TimeZone,
    /// How given and family names become one name.
    pub name_order: Option<NameOrder>,
    /// Students may share an address, as siblings do.
    pub shared_addresses: bool,
    /// What the university's own honours words mean.
    pub honours: OwnHonours,
    /// Columns beside `hold` whose values hold a graduate: the folded header, and the folded values.
    pub hold: BTreeMap<String, Vec<String>>,
    /// Students who must never be mailed, one id a line.
    pub hold_file: Option<PathBuf>,
    /// The domains on which documents may stand, in lower case and as a browser sends them: nothing below them.
    pub document_domains: Vec<String>,
    /// The subjects of the awards' transcripts.
    pub transcripts: Option<PathBuf>,
    /// Headers of that file that differ from the accepted spellings, by the names of its columns.
    pub transcript_headers: BTreeMap<&'static str, String>,
    /// The file is that one, and no roster.
    pub is_of_transcripts: bool,
    /// Whether the redemption page asks for the date of birth (`web.question`), so that nobody may be without.
    pub date_of_birth_required: bool,
}

impl Default for RosterSettings {
    fn default() -> Self {
        Self {
            institution: String::new(),
            credential_type: None,
            encoding: None,
            delimiter: None,
            sheet: None,
            include_hidden: false,
            headers: BTreeMap::new(),
            field_headers: BTreeMap::new(),
            dates: None,
            calendar: Calendar::default(),
            time_zone: TimeZone::UTC,
            name_order: None,
            shared_addresses: false,
            honours: OwnHonours::new(),
            hold: BTreeMap::new(),
            hold_file: None,
            document_domains: Vec::new(),
            transcripts: None,
            transcript_headers: BTreeMap::new(),
            is_of_transcripts: false,
            date_of_birth_required: false,
        }
    }
}

impl RosterSettings {
    /// How the file of subjects is read: as rosters are, but for what is said of their columns.
    #[must_use]
    pub fn for_transcripts(&self) -> Self {
        Self {
            credential_type: None,
            encoding: self.encoding,
            // a usual one is found from the header, whatever the rosters have
            delimiter: self.delimiter.filter(|sign| !header::is_usual(*sign)),
            include_hidden: self.include_hidden,
            dates: self.dates,
            calendar: self.calendar,
            time_zone: self.time_zone.clone(),
            transcript_headers: self.transcript_headers.clone(),
            is_of_transcripts: true,
            ..Self::default()
        }
    }
}

/// How given and family names become one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameOrder {
    /// Mei Ling Tan
    GivenFirst,
    /// Tan Mei Ling
    FamilyFirst,
}
