//! Times at the edge of SQL: the ledger keeps UTC milliseconds, the program has [`Timestamp`]s.

use jiff::Timestamp;
use serde::Serialize;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgTypeInfo, PgValueRef};
use sqlx::sqlite::{SqliteArgumentsBuffer, SqliteTypeInfo, SqliteValueRef};
use sqlx::{Decode, Encode, Postgres, Sqlite, Type};

/// A time as a statement takes and gives it. On its way in it is cut to the millisecond, so that statements compare whole
/// milliseconds with each other; on its way out, a number that is no time is an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(into = "i64")]
pub(in crate::store) struct Moment(pub(in crate::store) Timestamp);

/// A number of the ledger that is no time.
#[derive(Debug, thiserror::Error)]
#[error(
    "{0} is no time in UTC milliseconds, so something else wrote it; restore the ledger from your backup"
)]
pub(in crate::store) struct NoTime(i64);

/// A time that may be NULL, for a row that is read into a struct: an `Option` of ours does not become one of jiff's there.
#[derive(Debug, Clone, Copy)]
pub(in crate::store) struct MaybeMoment(Option<Timestamp>);

impl Moment {
    fn of(milliseconds: i64) -> Result<Self, NoTime> {
        // by milliseconds, jiff ends a second earlier
        let at = Timestamp::from_nanosecond(i128::from(milliseconds) * 1_000_000);
        Ok(Self(at.map_err(|_| NoTime(milliseconds))?))
    }
}

impl From<Moment> for i64 {
    fn from(Moment(at): Moment) -> Self {
        at.as_millisecond()
    }
}

impl Type<Sqlite> for Moment {
    fn type_info() -> SqliteTypeInfo {
        <i64 as Type<Sqlite>>::type_info()
    }
}

impl Encode<'_, Sqlite> for Moment {
    fn encode_by_ref(&self, arguments: &mut SqliteArgumentsBuffer) -> Result<IsNull, BoxDynError> {
        <i64 as Encode<Sqlite>>::encode((*self).into(), arguments)
    }
}

impl<'r> Decode<'r, Sqlite> for Moment {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self::of(<i64 as Decode<Sqlite>>::decode(value)?)?)
    }
}

impl Type<Postgres> for Moment {
    fn type_info() -> PgTypeInfo {
        <i64 as Type<Postgres>>::type_info()
    }
}

impl<'r> Decode<'r, Postgres> for Moment {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        Ok(Self::of(<i64 as Decode<Postgres>>::decode(value)?)?)
    }
}

impl<'r> Decode<'r, Sqlite> for MaybeMoment {
    fn decode(value: SqliteValueRef<'r>) -> Result<Self, BoxDynError> {
        let moment = <Option<Moment> as Decode<Sqlite>>::decode(value)?;
        Ok(Self(moment.map(|Moment(at)| at)))
    }
}

impl<'r> Decode<'r, Postgres> for MaybeMoment {
    fn decode(value: PgValueRef<'r>) -> Result<Self, BoxDynError> {
        let moment = <Option<Moment> as Decode<Postgres>>::decode(value)?;
        Ok(Self(moment.map(|Moment(at)| at)))
    }
}

impl From<Moment> for Timestamp {
    fn from(moment: Moment) -> Self {
        moment.0
    }
}

impl From<MaybeMoment> for Option<Timestamp> {
    fn from(moment: MaybeMoment) -> Self {
        moment.0
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use sqlx::Connection as _;
    use sqlx::sqlite::SqliteConnection;

    use super::*;

    async fn read(number: impl for<'q> Encode<'q, Sqlite> + Type<Sqlite>) -> Result<Timestamp, sqlx::Error> {
        let mut ledger = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let moment: Moment = sqlx::query_scalar("SELECT $1").bind(number).fetch_one(&mut ledger).await?;
        Ok(moment.into())
    }

    #[tokio::test]
    async fn a_time_is_kept_to_the_millisecond() {
        let now: Timestamp = "2026-11-23T07:00:00.123999999Z".parse().unwrap();
        assert_eq!(read(Moment(now)).await.unwrap().to_string(), "2026-11-23T07:00:00.123Z");
        for end in [Timestamp::MIN, Timestamp::MAX] {
            assert_eq!(read(Moment(end)).await.unwrap().as_millisecond(), end.as_millisecond());
        }
    }

    #[tokio::test]
    async fn a_number_that_is_no_time_is_an_error() {
        let error = read(i64::MAX).await.unwrap_err().to_string();
        let says = "9223372036854775807 is no time in UTC milliseconds";
        assert!(error.contains(says), "{error}");
    }
}
