//! The columns that gradpass knows, and where each stands in a file.

mod column;
mod fields;
mod find;

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
use fields::Fields;

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

    /// Whether the file is a workbook.
    pub(super) const fn is_of_workbook(&self) -> bool {
        self.sheet.is_some()
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
    pub fn dates(&self, kind: DateKind) -> DateReader<'_> {
        DateReader {
            order: self.orders[kind as usize],
            leading_years: self.leading_years[kind as usize],
            calendar: self.settings.calendar,
            time_zone: &self.settings.time_zone,
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

#[cfg(test)]
mod tests;
