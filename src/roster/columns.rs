//! The columns that gradpass knows, and where each stands in a file.

mod column;
mod fields;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use csv::StringRecord;
use icu_normalizer::DecomposingNormalizerBorrowed;

use super::dates::{DateKind, DateOrder, DateReader};
use super::encoding::BadLine;
use super::rejects::WHAT_IS_WRONG;
use super::settings::RosterSettings;
use crate::credential::{CredentialType, Field, Reads};
use crate::graduate::clean;
pub use column::Column;
use fields::{Fields, Table};

/// Columns that are not read and are kept to be named; a file with more is no roster.
const MOST_UNREAD: usize = 200;

/// A column of the file that is not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Its header.
    pub header: String,
    /// The known column that it may be meant for.
    pub perhaps: Option<&'static str>,
}

/// `Majorz (did you mean majors?)`
impl std::fmt::Display for Unread {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.header)?;
        self.perhaps.map_or(Ok(()), |name| write!(formatter, " (did you mean {name}?)"))
    }
}

/// Where each known column stands in the file, and how its cells are read.
#[derive(Debug, Clone)]
pub struct Columns {
    /// By the number of the column.
    positions: [Option<usize>; Column::ALL.len()],
    /// Those of the type.
    fields: Fields,
    /// The header that told the type.
    told_by: Option<String>,
    /// Further columns of majors and holds.
    further: Vec<(Column, usize)>,
    /// Columns of `[roster.hold]`, with the folded values that hold a graduate.
    hold_values: Vec<(usize, Vec<String>)>,
    /// A bit for each column of the file that is read.
    unread: Vec<Unread>,
    header: StringRecord,
    orders: [Option<DateOrder>; 2],
    leading_years: [Option<u32>; 2],
    /// Of a workbook.
    sheet: Option<Arc<str>>,
    /// Of the file, where its rows name files below it.
    folder: Option<Arc<Path>>,
    /// Of a text that is UTF-8 but for these.
    bad_lines: Arc<[BadLine]>,
    settings: Arc<RosterSettings>,
}

impl Columns {
    /// Finds the columns in the header.
    ///
    /// # Errors
    /// One sentence when a needed column is missing or one stands twice, with what was found instead.
    pub fn find(header: &StringRecord, settings: &RosterSettings) -> Result<Self, String> {
        let (table, told_by) = fields::table_of(header, settings);
        let mut columns = Self {
            positions: [None; Column::ALL.len()],
            fields: Fields::none(table),
            told_by,
            further: Vec::new(),
            hold_values: Vec::new(),
            unread: Vec::new(),
            header: header.clone(),
            orders: [settings.dates; 2],
            leading_years: [None; 2],
            sheet: None,
            folder: None,
            bad_lines: Arc::default(),
            settings: Arc::new(settings.clone()),
        };
        let position_of = |wanted: &str| header.iter().position(|name| fold(name) == fold(wanted));
        // the columns of other types are mapped for other rosters
        for (column, wanted) in settings.headers.iter().filter(|(column, _)| table.has(**column)) {
            let position = position_of(wanted).ok_or_else(|| {
                format!("has no column \"{wanted}\", which roster.columns.{} asks for", column.name())
            })?;
            columns.positions[*column as usize] = Some(position);
        }
        for (number, field) in table.fields().iter().enumerate() {
            let (mapped, key) = mapped(table, settings);
            let Some(wanted) = mapped.get(field.name) else { continue };
            let position = position_of(wanted).ok_or_else(|| {
                format!("has no column \"{wanted}\", which roster.{key}.{} asks for", field.name)
            })?;
            columns.fields.positions[number] = Some(position);
        }
        if let (Table::Transcripts, Some(wanted)) = (table, settings.transcript_headers.get(STUDENT_ID)) {
            let position = position_of(wanted).ok_or_else(|| {
                format!("has no column \"{wanted}\", which roster.transcript_columns.{STUDENT_ID} asks for")
            })?;
            columns.positions[Column::StudentId as usize] = Some(position);
        }
        for (wanted, values) in &settings.hold {
            let position = position_of(wanted).ok_or_else(|| {
                format!(
                    "has no column \"{wanted}\", which roster.hold asks for; without it nobody would be held"
                )
            })?;
            columns.hold_values.push((position, values.clone()));
        }
        columns.find_spelt(settings)?;
        columns.name_with_surname();
        columns.find_unread();
        columns.check()?;
        Ok(columns)
    }

    fn find_spelt(&mut self, settings: &RosterSettings) -> Result<(), String> {
        let header = self.header.clone();
        for (position, name) in header.iter().enumerate() {
            let is_taken = self.positions.contains(&Some(position))
                || self.fields.positions.contains(&Some(position))
                || self.hold_values.iter().any(|(hold, _)| *hold == position);
            let folded = fold(name);
            if let Some(number) = self.fields.spelt(&folded).filter(|_| !is_taken) {
                self.place_field(number, position)?;
                continue;
            }
            let known = Column::spelt(&folded).filter(|column| self.fields.table.has(*column));
            let Some(column) = known else { continue };
            let is_mapped = settings.headers.contains_key(&column)
                || mapped(self.fields.table, settings).0.contains_key(column.name());
            if is_mapped || is_taken {
                continue;
            }
            match self.positions[column as usize] {
                None => self.positions[column as usize] = Some(position),
                Some(_) if column.adds_up() => self.further.push((column, position)),
                Some(first) => {
                    let named = |at: usize| {
                        self.place_at(at).map_or_else(
                            || format!("column {}", at + 1),
                            |(number, name)| format!("\"{name}\" in column {number}"),
                        )
                    };
                    return Err(format!(
                        "has two columns for {} ({} and {}); remove one, or choose with [roster.columns] in the \
                         configuration: {} = \"the header\"",
                        column.name(),
                        named(first),
                        named(position),
                        column.name()
                    ));
                }
            }
        }
        Ok(())
    }

    fn place_field(&mut self, number: usize, position: usize) -> Result<(), String> {
        let name = self.fields.table.fields()[number].name;
        let (mapped, key) = mapped(self.fields.table, &self.settings);
        if mapped.contains_key(name) {
            return Ok(());
        }
        if let Some(first) = self.fields.positions[number] {
            let (first, second) = (first + 1, position + 1);
            return Err(format!(
                "has two columns for {name} (columns {first} and {second}); remove one, or choose with [roster.{key}] in \
                 the configuration: {name} = \"the header\""
            ));
        }
        self.fields.positions[number] = Some(position);
        Ok(())
    }

    /// Beside a surname, "Name" is the given name: usual in Thailand.
    fn name_with_surname(&mut self) {
        let name = self.positions[Column::FullName as usize];
        let is_plain_name =
            name.and_then(|at| self.header.get(at)).is_some_and(|header| fold(header) == "name");
        let is_mapped = self.settings.headers.contains_key(&Column::FullName);
        if is_plain_name && !is_mapped && self.has(Column::FamilyName) && !self.has(Column::GivenNames) {
            self.positions[Column::GivenNames as usize] = name;
            self.positions[Column::FullName as usize] = None;
        }
    }

    fn find_unread(&mut self) {
        let is_read = |at: usize| {
            self.positions.contains(&Some(at))
                || self.fields.positions.contains(&Some(at))
                || self.further.iter().any(|(_, position)| *position == at)
                || self.hold_values.iter().any(|(position, _)| *position == at)
        };
        let names = self.header.iter().enumerate().filter(|(at, _)| !is_read(*at)).map(|(_, name)| name);
        let names = names.filter(|name| *name != WHAT_IS_WRONG);
        self.unread = names.filter_map(|name| unread(name, self.fields.table)).take(MOST_UNREAD).collect();
    }

    fn check(&self) -> Result<(), String> {
        let has = |column| self.has(column);
        let mut missing = Vec::new();
        let table = self.fields.table;
        for column in [Column::StudentId, Column::Email, Column::CourseName] {
            if table.has(column) && !has(column) {
                missing.push(self.missing(column.name()));
            }
        }
        let fields = table.fields().iter().zip(&self.fields.positions);
        let lacking = fields.filter(|(field, position)| field.is_needed && position.is_none());
        missing.extend(lacking.map(|(field, _)| self.missing(field.name)));
        let in_parts = has(Column::GivenNames) && has(Column::FamilyName);
        if table.has(Column::FullName) && !has(Column::FullName) && !in_parts {
            missing.push("full_name (or given_names and family_name)".into());
        }
        if table == Table::Transcripts && self.days().iter().all(|(name, _)| *name != "issuance_date") {
            // one line of an award is enough, so that cells of it may be empty
            missing.push("issuance_date".into());
        }
        if table.is_of_awards()
            && !has(Column::ConferralYear)
            && !has(Column::ConferralDate)
            && !has(Column::AwaitingGraduation)
        {
            missing.push("conferral_year (or conferral_date)".into());
        }
        if self.settings.date_of_birth_required && !has(Column::DateOfBirth) {
            missing.push("date_of_birth (the page asks for it: web.question)".into());
        }
        if missing.is_empty() {
            return Ok(());
        }
        Err(format!(
            "is missing column {}; rename the header or map it under [roster.{}] in the configuration \
             (`gradpass columns{}` lists what is known)",
            missing.join(", "),
            mapped(table, &self.settings).1,
            table.argument()
        ))
    }

    /// A needed column, with the header that may be meant for it.
    fn missing(&self, column: &'static str) -> String {
        let meant = self.unread.iter().find(|unread| unread.perhaps == Some(column));
        meant.map_or_else(
            || column.to_owned(),
            |unread| format!("{column} (did you mean it by \"{}\"?)", unread.header),
        )
    }

    /// The columns of this sheet of a workbook.
    pub(super) fn on_sheet(mut self, sheet: Option<&str>) -> Self {
        self.sheet = sheet.map(Into::into);
        self
    }

    /// The columns of a file in this folder.
    pub(super) fn in_folder(mut self, folder: Option<&Path>) -> Self {
        self.folder = folder.filter(|_| self.has(Column::OpenCert)).map(Into::into);
        self
    }

    /// The folder of the file; none where no row names a file in it.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// The columns of a text with these lines in it.
    pub(super) fn with_bad_lines(mut self, bad_lines: &[BadLine]) -> Self {
        self.bad_lines = bad_lines.into();
        self
    }

    /// The first of these lines with a byte that is not UTF-8, in a file that is UTF-8 otherwise.
    pub(super) fn bad_line(&self, first: u64, last: u64) -> Option<&BadLine> {
        self.bad_lines.iter().find(|bad| (first..=last).contains(&bad.line))
    }

    /// The sheet that they are of, when the file is a workbook.
    #[must_use]
    pub fn sheet(&self) -> Option<Arc<str>> {
        self.sheet.clone()
    }

    /// How many columns a row must have.
    #[must_use]
    pub fn width(&self) -> usize {
        self.header.len()
    }

    /// Whether a row without the cells from `position` on lacks only what may be empty.
    #[must_use]
    pub(super) fn is_optional_from(&self, position: usize) -> bool {
        let needed = [
            Column::StudentId,
            Column::FullName,
            Column::GivenNames,
            Column::FamilyName,
            Column::Email,
            Column::CourseName,
        ];
        let fields = self.fields.table.fields().iter().zip(&self.fields.positions);
        let fields = fields.filter(|(field, _)| field.is_needed).filter_map(|(_, position)| *position);
        let ends = needed.iter().filter_map(|column| self.positions[*column as usize]).chain(fields);
        // one of the two columns that say when is needed
        let when = [Column::ConferralYear, Column::ConferralDate, Column::AwaitingGraduation];
        let when = when.iter().filter_map(|column| self.positions[*column as usize]).min();
        ends.chain(when).all(|at| at < position)
    }

    /// Whether a line of one cell, in this column, is no row: a remark or a heading. It is one where the text cannot be the name
    /// of a graduate or, of a line with that cell alone, the rest of the row above, which a line break tore.
    pub(super) fn may_be_remark(&self, position: usize, is_alone: bool) -> bool {
        let is_one_of = |at: usize, columns: &[Column]| {
            columns.iter().any(|column| self.positions[*column as usize] == Some(at))
        };
        let names = [Column::FullName, Column::GivenNames, Column::FamilyName];
        let texts =
            [names.as_slice(), &[Column::CourseName, Column::CourseCode, Column::Majors, Column::Honours]]
                .concat();
        let last = self.width().saturating_sub(1);
        let is_further =
            || self.further.iter().any(|(_, at)| *at == last) || self.fields.positions.contains(&Some(last));
        self.width() > 3
            && position == 0
            && if is_alone {
                self.sheet.is_some() || !is_one_of(last, &texts) && !is_further()
            } else {
                !is_one_of(0, &names)
            }
    }

    /// Whether the file has the column.
    #[must_use]
    pub const fn has(&self, column: Column) -> bool {
        self.positions[column as usize].is_some()
    }

    /// How the file is to be read.
    #[must_use]
    pub fn settings(&self) -> &RosterSettings {
        &self.settings
    }

    /// How the dates of a column are read.
    #[must_use]
    pub fn dates(&self, kind: DateKind) -> DateReader {
        DateReader {
            order: self.orders[kind as usize],
            leading_years: self.leading_years[kind as usize],
            calendar: self.settings.calendar,
            time_zone: self.settings.time_zone.clone(),
        }
    }

    /// What was found of the order of the dates, for each kind that needs one.
    #[must_use]
    pub fn orders(&self) -> Vec<(&'static str, DateOrder)> {
        let of = |name: &'static str, kind: DateKind| Some((name, self.orders[kind as usize]?));
        let days = self.days().first().map_or(Column::ConferralDate.name(), |(name, _)| name);
        let found = [of(days, DateKind::Conferral), of(Column::DateOfBirth.name(), DateKind::Birth)];
        found.into_iter().flatten().collect()
    }

    pub(super) const fn set_order(&mut self, kind: DateKind, order: Option<DateOrder>) {
        self.orders[kind as usize] = order;
    }

    /// The years that may lead the dates of a column.
    pub(super) const fn set_leading_years(&mut self, kind: DateKind, years: Option<u32>) {
        self.leading_years[kind as usize] = years;
    }

    /// Of which type the roster is.
    #[must_use]
    pub const fn credential_type(&self) -> CredentialType {
        self.fields.table.credential_type()
    }

    /// The header that told it, where the settings did not.
    #[must_use]
    pub fn type_told_by(&self) -> Option<&str> {
        self.told_by.as_deref()
    }

    /// Another type that one of the headers is of, in a file whose type its columns told.
    pub(super) fn another_type(&self) -> Option<(CredentialType, &str)> {
        let read = self.credential_type();
        CredentialType::ALL.into_iter().filter(|of| *of != read).find_map(|of| {
            let tells = |name: &&str| of.spec().telling.contains(&fold(name).as_str());
            let is_read = |name: &&str| self.fields.spelt(&fold(name)).is_some();
            Some((of, self.header.iter().find(|name| tells(name) && !is_read(name))?.trim()))
        })
    }

    /// The fields of the type, and where each stands.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&'static Field, Option<usize>)> {
        self.fields.table.fields().iter().zip(self.fields.positions.iter().copied())
    }

    /// The columns of days, but for the date of birth: name and position.
    pub(super) fn days(&self) -> Vec<(&'static str, usize)> {
        let conferral = self.position(Column::ConferralDate).map(|at| (Column::ConferralDate.name(), at));
        let days = self
            .fields()
            .filter(|(field, _)| matches!(field.reads, Reads::Day | Reads::Expiry | Reads::YearOrDay));
        conferral.into_iter().chain(days.filter_map(|(field, at)| Some((field.name, at?)))).collect()
    }

    /// A row's value in a column; empty where the file has no such column.
    #[must_use]
    pub fn value<'a>(&self, fields: &'a StringRecord, column: Column) -> &'a str {
        self.positions[column as usize].and_then(|position| fields.get(position)).unwrap_or_default()
    }

    /// The values of further columns of the same kind.
    pub(super) fn further<'a>(
        &self,
        fields: &'a StringRecord,
        column: Column,
    ) -> impl Iterator<Item = (usize, &'a str)> {
        let further = self.further.iter().filter(move |(kind, _)| *kind == column);
        further.map(|(_, at)| (*at, fields.get(*at).unwrap_or_default()))
    }

    /// The columns of `[roster.hold]`: position, value, and the folded values that hold a graduate.
    pub(super) fn hold_values<'a>(
        &'a self,
        fields: &'a StringRecord,
    ) -> impl Iterator<Item = (usize, &'a str, &'a [String])> {
        self.hold_values
            .iter()
            .map(|(at, values)| (*at, fields.get(*at).unwrap_or_default(), values.as_slice()))
    }

    /// Where a column stands in the file, from 0.
    #[must_use]
    pub(super) const fn position(&self, column: Column) -> Option<usize> {
        self.positions[column as usize]
    }

    /// Number (from 1) and header of a column, for a mistake.
    #[must_use]
    pub fn place(&self, column: Column) -> Option<(usize, String)> {
        let position = self.positions[column as usize]?;
        Some(self.place_at(position).unwrap_or_else(|| (position + 1, column.name().to_owned())))
    }

    /// Number (from 1) and header of the column at a position; a header cell of a file that is no roster may hold
    /// anything.
    pub(super) fn place_at(&self, position: usize) -> Option<(usize, String)> {
        let name =
            clean(self.header.get(position).unwrap_or_default()).ok().filter(|name| name.len() <= 40)?;
        Some((position + 1, name.into_owned()))
    }

    /// Headers of the columns that hold graduates.
    #[must_use]
    pub fn holding(&self) -> Vec<String> {
        let spelt = self.positions[Column::Hold as usize].into_iter();
        let further = self.further.iter().filter(|(column, _)| *column == Column::Hold).map(|(_, at)| *at);
        let listed = self.hold_values.iter().map(|(at, _)| *at);
        spelt.chain(further).chain(listed).filter_map(|at| self.place_at(at)).map(|(_, name)| name).collect()
    }

    /// Columns of the file that are not read.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Whether the file holds rows that were rejected and corrected, and not the whole roster.
    #[must_use]
    pub fn is_corrections_file(&self) -> bool {
        self.header.iter().any(|name| name == WHAT_IS_WRONG)
    }

    /// The header as the file has it.
    #[must_use]
    pub fn header(&self) -> &StringRecord {
        &self.header
    }
}

/// How many names of a line are known headers.
pub(super) fn known(cells: &StringRecord, settings: &RosterSettings) -> usize {
    let is_known = |name: &&str| {
        let folded = fold(name);
        let own = || {
            let of_fields = if settings.is_of_transcripts {
                &settings.transcript_headers
            } else {
                &settings.field_headers
            };
            settings.headers.values().chain(of_fields.values())
        };
        Column::spelt(&folded).is_some()
            || fields::is_known(&folded, settings)
            || own().any(|own| fold(own) == folded)
    };
    cells.iter().filter(is_known).count()
}

/// Upper and lower case, accents, spaces, dashes and underscores do not matter in a header.
pub(crate) fn fold(name: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfd()
        .normalize(name)
        .chars()
        .filter(|character| character.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The one column of a file of subjects that rosters have, too.
const STUDENT_ID: &str = Column::StudentId.name();

/// Headers that stand for fields of a table, and the table of the configuration that says so.
const fn mapped(table: Table, settings: &RosterSettings) -> (&BTreeMap<&'static str, String>, &'static str) {
    match table {
        Table::Roster(_) => (&settings.field_headers, "columns"),
        Table::Transcripts => (&settings.transcript_headers, "transcript_columns"),
    }
}

/// What to say of a header that is not read; nothing of an empty one.
fn unread(name: &str, table: Table) -> Option<Unread> {
    let header = clean(name).map_or(Cow::Borrowed("(a header that cannot be shown)"), |name| name);
    if header.is_empty() {
        return None;
    }
    let folded = fold(&header);
    let columns =
        Column::ALL.iter().filter(|spec| table.has(spec.column)).map(|spec| (spec.name, spec.spellings));
    let fields = table.fields().iter().map(|field| (field.name, field.spellings));
    let known = columns.chain(fields).flat_map(|(name, spellings)| {
        let own = name.replace('_', "");
        spellings.iter().map(|spelling| (*spelling).to_owned()).chain([own]).map(move |it| (name, it))
    });
    let near = known
        .map(|(name, spelling)| (strsim::normalized_damerau_levenshtein(&folded, &spelling), name))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    let perhaps = near.filter(|(likeness, _)| *likeness >= 0.75).map(|(_, name)| name);
    let header: String = header.chars().take(60).collect();
    Some(Unread { header, perhaps })
}

#[cfg(test)]
mod tests;
