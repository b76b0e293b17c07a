//! What an import would change, counted before anything is written; and plans that somebody approved.

use crate::store::moment::Moment;
use crate::store::people::audit::note;
use crate::store::{Connection, Deed, Staging, Store, StoreError, Writer};

/// What of known graduates a roster may change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changes {
    /// Where they are mailed.
    Addresses,
    /// What they are called.
    Names,
    /// What they were awarded.
    Qualifications,
}

impl Changes {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Addresses, Self::Names, Self::Qualifications];

    /// What a graduate would get another of.
    #[must_use]
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Addresses => "address",
            Self::Names => "name",
            Self::Qualifications => "result",
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Addresses => "addresses",
            Self::Names => "names",
            Self::Qualifications => "awards",
        }
    }
}

/// How many students of a roster are new.
#[derive(Debug, Clone, Copy)]
pub struct Newcomers {
    /// Whom the ledger does not know.
    pub new: i64,
    /// Whom it knows.
    pub known: i64,
}

impl Staging {
    /// Students who would get an address that another student leaves.
    ///
    /// # Errors
    /// [`StoreError`] when a database cannot be read.
    pub async fn swapped_addresses(&mut self) -> Result<Vec<String>, StoreError> {
        self.sort_by_address().await?;
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_swapped.sql"() as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }

    /// How many known graduates would change so.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn changes(&mut self, what: Changes) -> Result<i64, StoreError> {
        let row = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/import/staged_changes_count.sql"() as { addresses: i64, names: i64, awards: i64 }
        )?;
        Ok(match what {
            Changes::Addresses => row.addresses,
            Changes::Names => row.names,
            Changes::Qualifications => row.awards,
        })
    }

    /// Some of them, by student id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn changed_examples(&mut self, what: Changes) -> Result<Vec<String>, StoreError> {
        let word = what.word();
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_changes_examples.sql"(word) as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }

    /// How many students are new.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn newcomers(&mut self) -> Result<Newcomers, StoreError> {
        let row = ask!(
            &mut self.connection,
            fetch_one,
            "sql/queries/import/staged_newcomers.sql"() as { new: i64, known: i64 }
        )?;
        Ok(Newcomers { new: row.new, known: row.known })
    }

    /// Some new students.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn newcomer_examples(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_newcomer_examples.sql"() as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }

    /// Some students of whom the roster lacks something.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn lost_examples(&mut self) -> Result<Vec<String>, StoreError> {
        let rows = ask!(
            &mut self.connection,
            fetch_all,
            "sql/queries/import/staged_lost_examples.sql"() as { student_id: String }
        )?;
        Ok(rows.into_iter().map(|row| row.student_id).collect())
    }
}

impl Store {
    /// What of the ledger decides what a run does, as a text to be hashed.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn plan_state(&self) -> Result<String, StoreError> {
        Ok(ask!(self.readers(), fetch_one, "sql/queries/import/plan_state.sql"() as { state: String })?.state)
    }

    /// Who approved a plan: the login name of each, and the name that was given.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn approvals(&self, plan: &str) -> Result<Vec<(String, String)>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/import/plan_approvals.sql"(plan) as { operator: String, approved_by: String }
        )?;
        Ok(rows.into_iter().map(|row| (row.operator, row.approved_by)).collect())
    }

    /// How many people would be mailed whom no approved plan covers.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn people_without_approval(&self) -> Result<i64, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/import/message_unapproved.sql"() as { people: i64 }
        )?;
        Ok(row.people)
    }
}

impl Writer {
    /// What waits without a plan follows this one from now on.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn follow_plan(&self, plan: String) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                run!(connection, "sql/queries/import/batch_follow_plan.sql"(plan))?;
                run!(connection, "sql/queries/import/message_follow_plan.sql"())?;
                Ok(())
            })
        })
        .await
    }

    /// Writes down that the operator of the deed approved a plan, under this name; false, and nothing is written, where the
    /// same operator did before.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn approve(&self, plan: String, by: String, deed: Deed) -> Result<bool, StoreError> {
        self.write(move |connection| Box::pin(approve(connection, plan, by, deed))).await
    }
}

async fn approve(
    connection: &mut Connection,
    plan: String,
    by: String,
    deed: Deed,
) -> Result<bool, sqlx::Error> {
    let now = Moment(deed.at);
    let done = run!(connection, "sql/queries/import/plan_approve.sql"(plan, deed.operator, now, by))?;
    if done > 0 {
        note(connection, &deed).await?;
    }
    Ok(done > 0)
}
