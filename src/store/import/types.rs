//! Several types of credentials in one ledger: which there are, and what their rosters say of the same student.

use crate::credential::CredentialType;
use crate::store::{Staging, Store, StoreError, SuspectRow};

impl Store {
    /// The types of which the ledger holds something.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn types_in_use(&self) -> Result<Vec<CredentialType>, StoreError> {
        let rows = ask!(self.readers(), fetch_all, "sql/queries/import/types_in_use.sql"() as _)?;
        Ok(types(&rows))
    }

    /// The types of which something waits for SEEK Pass.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn waiting_types(&self) -> Result<Vec<CredentialType>, StoreError> {
        let rows = ask!(self.readers(), fetch_all, "sql/queries/import/submission_waiting_types.sql"() as _)?;
        Ok(types(&rows))
    }
}

fn types(stored: &[Option<String>]) -> Vec<CredentialType> {
    let mut types: Vec<_> =
        stored.iter().map(|stored| CredentialType::of_stored(stored.as_deref())).collect();
    types.sort_unstable();
    types
}

/// What a roster says of students whom a roster of another type lists, too, and that one does not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherWord {
    /// Another address, at the student's first row of this type.
    Address,
    /// Another date of birth.
    DateOfBirth,
    /// Another name, at the student's first row of this type.
    Name,
}

impl Staging {
    /// Whether the ledger holds credentials of other types than the roster's.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn is_one_of_several(&mut self) -> Result<bool, StoreError> {
        let in_use = ask!(&mut self.connection, fetch_all, "sql/queries/import/types_in_use.sql"() as _)?;
        Ok(in_use.iter().any(|of| of.as_deref() != self.credential_type))
    }

    /// Rows of which a roster of another type says something else; `known` is that type.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn other_words(&mut self, what: OtherWord) -> Result<Vec<SuspectRow>, StoreError> {
        let (of, connection) = (self.credential_type, &mut self.connection);
        Ok(match what {
            OtherWord::Address => ask!(
                connection,
                fetch_all,
                "sql/queries/import/staged_typed_addresses.sql"(of) as SuspectRow
            )?,
            OtherWord::DateOfBirth => {
                ask!(connection, fetch_all, "sql/queries/import/staged_typed_births.sql"(of) as SuspectRow)?
            }
            OtherWord::Name => {
                ask!(connection, fetch_all, "sql/queries/import/staged_typed_names.sql"(of) as SuspectRow)?
            }
        })
    }

    /// Lets the rows go on with what the ledger knows of their students from rosters of other types, where they say nothing
    /// new themselves.
    ///
    /// # Errors
    /// [`StoreError`] when the temporary database cannot be written.
    pub async fn join_types(&mut self) -> Result<(), StoreError> {
        run!(&mut self.connection, "sql/queries/import/staged_typed_join.sql"(self.credential_type))?;
        Ok(())
    }

    /// Of these students, those whom a roster of another type lists, too.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn listed_elsewhere(&mut self, students: &[&str]) -> Result<Vec<String>, StoreError> {
        let list = serde_json::json!(students).to_string();
        let of = self.credential_type;
        Ok(ask!(&mut self.connection, fetch_all, "sql/queries/import/listed_elsewhere.sql"(list, of) as _)?)
    }
}
