//! Rows of a roster on their way into the staging place of a server: as text for COPY, made ready by the threads that read them.

use std::fmt::Write as _;

use sqlx::postgres::PgConnection;

use crate::store::StagedRow;

/// Where they go.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::store) enum Place {
    /// Among those that are to be compared with the ledger.
    #[default]
    Arrival,
    /// Among those of an import into an empty ledger.
    First,
}

impl Place {
    /// The statement, with the columns in the order of [`add`].
    const fn copy(self) -> &'static str {
        macro_rules! copy {
            ($table:literal) => {
                concat!(
                    "COPY ",
                    $table,
                    " (record, line, student_id, full_name, email, date_of_birth, language, priority, course_key, course_code, \
                     course_name, conferral_year, conferral_date, awaiting_graduation, majors, honours, details, shares_address, \
                     fingerprint) FROM STDIN"
                )
            };
        }
        match self {
            Self::Arrival => copy!("staged_arrival"),
            Self::First => copy!("staged_first"),
        }
    }
}

/// Adds a row in COPY's text format.
pub(in crate::store) fn add(lines: &mut String, row: &StagedRow) {
    let _ = write!(lines, "{}\t{}", row.record, row.line);
    text(lines, Some(&row.student_id));
    text(lines, Some(&row.full_name));
    text(lines, Some(&row.email));
    text(lines, row.date_of_birth.as_deref());
    text(lines, row.language.as_deref());
    number(lines, row.priority);
    text(lines, Some(&row.course_key));
    text(lines, row.course_code.as_deref());
    text(lines, Some(&row.course_name));
    number(lines, row.conferral_year);
    text(lines, row.conferral_date.as_deref());
    number(lines, Some(row.awaiting_graduation));
    text(lines, Some(&row.majors));
    text(lines, row.honours.as_deref());
    text(lines, row.details.as_deref());
    number(lines, Some(row.shares_address));
    number(lines, Some(row.fingerprint));
    lines.push('\n');
}

fn number(lines: &mut String, value: Option<i64>) {
    let _ = match value {
        Some(value) => write!(lines, "\t{value}"),
        None => write!(lines, "\t\\N"),
    };
}

fn text(lines: &mut String, value: Option<&str>) {
    lines.push('\t');
    let Some(value) = value else {
        lines.push_str("\\N");
        return;
    };
    for letter in value.chars() {
        match letter {
            '\\' => lines.push_str("\\\\"),
            '\t' => lines.push_str("\\t"),
            '\n' => lines.push_str("\\n"),
            '\r' => lines.push_str("\\r"),
            other => lines.push(other),
        }
    }
}

pub(in crate::store) async fn copy(
    connection: &mut PgConnection,
    place: Place,
    lines: &str,
) -> Result<(), sqlx::Error> {
    if lines.is_empty() {
        return Ok(());
    }
    let mut copy = connection.copy_in_raw(place.copy()).await?;
    copy.send(lines.as_bytes()).await?;
    copy.finish().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_divides_fields_and_rows_is_escaped() {
        let mut lines = String::new();
        text(&mut lines, Some("a\tb\\c\nd\r"));
        text(&mut lines, None);
        text(&mut lines, Some(""));
        number(&mut lines, None);
        assert_eq!(lines, "\ta\\tb\\\\c\\nd\\r\t\\N\t\t\\N");
    }
}
