//! Values as both engines have them: whole numbers, text, bytes, or nothing.

use sqlx::postgres::{PgRow, PgTypeInfo};
use sqlx::query::Query;
use sqlx::sqlite::{SqliteArguments, SqliteRow};
use sqlx::{Row, Sqlite, TypeInfo, ValueRef};

/// One of them.
pub(super) enum Value {
    Nothing,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    pub(super) fn of_sqlite(row: &SqliteRow, column: usize) -> Result<Self, sqlx::Error> {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            return Ok(Self::Nothing);
        }
        Ok(match value.type_info().name() {
            "TEXT" => Self::Text(row.try_get(column)?),
            "BLOB" => Self::Bytes(row.try_get(column)?),
            _ => Self::Number(row.try_get(column)?),
        })
    }

    pub(super) fn of_postgres(row: &PgRow, column: usize) -> Result<Self, sqlx::Error> {
        let value = row.try_get_raw(column)?;
        if value.is_null() {
            return Ok(Self::Nothing);
        }
        let kind: PgTypeInfo = value.type_info().into_owned();
        Ok(match kind.name() {
            "TEXT" => Self::Text(row.try_get(column)?),
            "BYTEA" => Self::Bytes(row.try_get(column)?),
            _ => Self::Number(row.try_get(column)?),
        })
    }

    pub(super) fn bind(
        self,
        statement: Query<'_, Sqlite, SqliteArguments>,
    ) -> Query<'_, Sqlite, SqliteArguments> {
        match self {
            Self::Nothing => statement.bind(None::<i64>),
            Self::Number(number) => statement.bind(number),
            Self::Text(text) => statement.bind(text),
            Self::Bytes(bytes) => statement.bind(bytes),
        }
    }

    /// Appends it as COPY's text format has it.
    pub(super) fn write(&self, line: &mut Vec<u8>) {
        match self {
            Self::Nothing => line.extend(b"\\N"),
            Self::Number(number) => line.extend(number.to_string().bytes()),
            Self::Text(text) => text.bytes().for_each(|byte| match byte {
                b'\\' => line.extend(b"\\\\"),
                b'\n' => line.extend(b"\\n"),
                b'\r' => line.extend(b"\\r"),
                b'\t' => line.extend(b"\\t"),
                other => line.push(other),
            }),
            Self::Bytes(bytes) => {
                line.extend(b"\\\\x");
                for byte in bytes {
                    line.extend(format!("{byte:02x}").bytes());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_copy_takes_for_something_else_is_escaped() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (value, copied) in [
            (Value::Nothing, "\\N"),
            (Value::Number(-7), "-7"),
            (text("\\N"), "\\\\N"),
            (text("a\tb\nc\r"), "a\\tb\\nc\\r"),
            (text("Zoë 林"), "Zoë 林"),
            (Value::Bytes(vec![0, 255]), "\\\\x00ff"),
        ] {
            let mut line = Vec::new();
            value.write(&mut line);
            assert_eq!(String::from_utf8_lossy(&line), copied);
        }
    }
}
