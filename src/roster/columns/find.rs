//! Which column of a file is which: those that the configuration maps, those that are spelt in a known way, and the others,
//! which are named.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use csv::StringRecord;

use super::fields::{self, Fields, Table};
use super::{Column, Columns, Unread, fold};
use crate::graduate::clean;
use crate::roster::rejects::WHAT_IS_WRONG;
use crate::roster::settings::RosterSettings;

/// Columns that are not read and are kept to be named; a file with more is no roster.
const MOST_UNREAD: usize = 200;

/// The one column of a file of subjects that rosters have, too.
const STUDENT_ID: &str = Column::StudentId.name();

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
}

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
