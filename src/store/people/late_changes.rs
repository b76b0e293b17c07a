//! What changed after SEEK Pass was told of a qualification, and what follows: it is told of by student id until somebody
//! settles it, and whatever was awaited and is conferred now is invited again.

use jiff::Timestamp;

use crate::credential::CredentialType;
use crate::store::moment::Moment;
use crate::store::people::audit::note;
use crate::store::{Connection, Deed, Store, StoreError, Writer};
use crate::submission::SubmissionState::{self, Canceled, Incomplete, Misdirected, Verified};

/// A submission that is not as the ledger has the qualification now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateChange {
    /// The submission.
    pub submission_id: i64,
    /// Whose.
    pub student_id: String,
    /// Of which qualification.
    pub course_name: String,
    /// Incomplete, verified, misdirected, or canceled for a new address and still to be finished with the link at the old one.
    pub state: SubmissionState,
    /// When the change was noticed: the import or the correction that made it.
    pub since: Timestamp,
    /// Which fields differ, for people; never a value.
    pub what: String,
}

impl LateChange {
    /// Whether the roster lists it no more, so that nobody can be invited to add it again.
    #[must_use]
    pub fn is_removed(&self) -> bool {
        self.what.starts_with("no longer in the roster")
    }

    /// What to do about it: of what is still to finish, the graduate's button sends what is right now.
    #[must_use]
    pub fn advice(&self) -> String {
        let id = &self.student_id;
        let settle = format!("`gradpass settle {id} --why TEXT` ends it");
        match (self.is_removed(), self.state) {
            (_, Misdirected) => format!(
                "ask SEEK Pass to revoke it; if the graduate has not added it by now, `gradpass reissue {id}` mails a code for \
                 that; {settle}"
            ),
            (_, Canceled) => format!(
                "the link at the old address counts for nobody, and only a code that went to the new one adds it; told until SEEK \
                 Pass says that the old link is over; {settle}"
            ),
            (true, Incomplete) => format!("once it is finished, ask SEEK Pass to revoke it; {settle}"),
            (true, _) => format!("ask SEEK Pass to revoke it, then {settle}"),
            (false, Incomplete) => {
                format!(
                    "the button on the page, pressed again with the same code, sends it as it is now; {settle}"
                )
            }
            (false, _) => format!("`gradpass reissue {id} --again --why TEXT` invites anew, {settle}"),
        }
    }

    /// In words, without the student.
    #[must_use]
    pub fn words(&self) -> String {
        self.words_of(&self.what)
    }

    /// The same, with other words for what changed.
    #[must_use]
    pub fn words_of(&self, what: &str) -> String {
        let course_name = &self.course_name;
        match self.state {
            Misdirected => format!("{course_name}: {what}"),
            Verified => format!("{course_name} is in SEEK Pass, and this changed since: {what}"),
            _ => format!("{course_name} was submitted to SEEK Pass, and this changed since: {what}"),
        }
    }
}

impl Store {
    /// Every change that nobody has settled, by student id.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn late_changes(&self) -> Result<Vec<LateChange>, StoreError> {
        Ok(ask!(self.readers(), fetch_all, "sql/queries/people/late_changes.sql"() as LateChange)?)
    }

    /// Those of one student.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn late_changes_of(&self, student_id: &str) -> Result<Vec<LateChange>, StoreError> {
        Ok(ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/late_changes_of.sql"(student_id) as LateChange
        )?)
    }

    /// What the fields of a student's late changes were and are: by submission, and by field as [`LateChange::what`] names it.
    /// Personal.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn late_values(&self, student_id: &str) -> Result<Vec<LateValue>, StoreError> {
        let rows = ask!(
            self.readers(),
            fetch_all,
            "sql/queries/people/late_change_values.sql"(student_id) as {
                submission_id: i64, as_full_name: String, full_name: String, as_email: String, email: String,
                as_course_code: Option<String>, course_code: Option<String>, as_course_name: String,
                course_name: String, as_conferral_year: Option<i64>, conferral_year: Option<i64>,
                as_majors: String, majors: String, as_honours: Option<String>, honours: Option<String>,
                as_details: Option<String>, details: Option<String>, credential_type: Option<String>,
            }
        )?;
        let mut values = Vec::new();
        for row in rows {
            let year = |year: Option<i64>| year.map(|year| year.to_string());
            let majors =
                |majors: String| Some(majors.replace('\n', "; ")).filter(|majors| !majors.is_empty());
            for (field, told, now) in [
                ("name", Some(row.as_full_name), Some(row.full_name)),
                ("address", Some(row.as_email), Some(row.email)),
                ("course code", row.as_course_code, row.course_code),
                ("course name", Some(row.as_course_name), Some(row.course_name)),
                ("conferral year", year(row.as_conferral_year), year(row.conferral_year)),
                ("majors", majors(row.as_majors), majors(row.majors)),
                ("honours", row.as_honours, row.honours),
                (
                    details_word(row.credential_type.as_deref()),
                    row.as_details.as_deref().map(plain),
                    row.details.as_deref().map(plain),
                ),
            ] {
                values.push(LateValue { submission_id: row.submission_id, field, told, now });
            }
        }
        Ok(values)
    }
}

/// As the view `late_change` calls the details of a type.
fn details_word(credential_type: Option<&str>) -> &'static str {
    if credential_type == CredentialType::English.stored() { "test result" } else { "course" }
}

/// The details without the signs of JSON: `test_name: IELTS, completion_date: 2026-05-02`.
fn plain(details: &str) -> String {
    details.replace(['{', '}', '[', ']', '"'], "").replace(':', ": ").replace(',', ", ")
}

/// A field as SEEK Pass was told, or as somebody settled it, and as it is now.
#[derive(Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "said above")]
pub struct LateValue {
    pub submission_id: i64,
    pub field: &'static str,
    pub told: Option<String>,
    pub now: Option<String>,
}

impl Writer {
    /// Invites again whose qualification was verified as awaiting graduation and is conferred on `today` (YYYY-MM-DD, in the
    /// university's time zone). Returns their student ids.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written; whoever was invited until then is.
    pub async fn invite_conferred(&self, today: String, now: Timestamp) -> Result<Vec<String>, StoreError> {
        let (mut students, mut after) = (Vec::new(), 0);
        loop {
            let day = today.clone();
            let page: Vec<(i64, String)> = self
                .write(move |connection| {
                    Box::pin(conferred_page(connection, day.clone(), after, Moment(now)))
                })
                .await?;
            let Some((last, _)) = page.last() else { break };
            after = *last;
            students.extend(page.into_iter().map(|(_, student)| student));
        }
        students.sort();
        students.dedup();
        Ok(students)
    }

    /// Ends the invitations that [`Writer::invite_conferred`] made where the roster takes the conferral back, as of `today`,
    /// before anything was added anew: SEEK Pass has the qualification as it is. Returns the student ids.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn take_conferrals_back(&self, today: String) -> Result<Vec<String>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let rows = ask!(
                    connection,
                    fetch_all,
                    "sql/queries/people/conferred_taken_back.sql"(today) as {
                        id: i64, graduate_id: i64, course_key: String, student_id: String,
                        verified_at: Moment,
                    }
                )?;
                let mut students = Vec::new();
                for row in rows {
                    run!(connection, "sql/queries/people/submission_take_back.sql"(row.id, row.verified_at))?;
                    run!(
                        connection,
                        "sql/queries/people/invitation_verify.sql"(row.graduate_id, row.course_key)
                    )?;
                    run!(
                        connection,
                        "sql/queries/people/verified_messages.sql"(row.graduate_id, row.course_key)
                    )?;
                    students.push(row.student_id);
                }
                students.sort_unstable();
                students.dedup();
                Ok(students)
            })
        })
        .await
    }

    /// Settles every change of the deed's students; returns them.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn settle_changes(&self, deed: Deed) -> Result<Vec<LateChange>, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let mut changes = Vec::new();
                for student in &deed.students {
                    changes.extend(changes_of(connection, student).await?);
                }
                let now = Moment(deed.at);
                for change in &changes {
                    run!(connection, "sql/queries/people/late_change_settle.sql"(change.submission_id, now))?;
                }
                if !changes.is_empty() {
                    note(connection, &deed).await?;
                }
                Ok(changes)
            })
        })
        .await
    }

    /// Invites the deed's student to add again what is in SEEK Pass already: what changed since, or all of it where nothing
    /// did. Earlier codes stop working. Returns how many qualifications.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be written.
    pub async fn reissue_again(&self, deed: Deed) -> Result<usize, StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let (student, now) = (deed.students.concat(), Moment(deed.at));
                let verified = ask!(
                    connection,
                    fetch_all,
                    "sql/queries/people/again_submissions.sql"(student) as {
                        id: i64, graduate_id: i64, course_key: String, state: SubmissionState, changed: bool,
                    }
                )?;
                let is_any_changed = verified.iter().any(|row| row.changed);
                let wanted: Vec<_> =
                    verified.into_iter().filter(|row| row.changed || !is_any_changed).collect();
                if wanted.is_empty() {
                    return Ok(0);
                }
                for row in &wanted {
                    if row.state == Misdirected {
                        run!(connection, "sql/queries/people/late_change_settle.sql"(row.id, now))?;
                    }
                    let what = InSeekPass {
                        submission_id: row.id,
                        graduate_id: row.graduate_id,
                        course_key: &row.course_key,
                    };
                    supersede(connection, what, now, false).await?;
                }
                run!(connection, "sql/queries/people/cancel_messages.sql"(student))?;
                run!(connection, "sql/queries/people/again_codes.sql"(student, now))?;
                for row in &wanted {
                    run!(
                        connection,
                        "sql/queries/people/update_messages.sql"(row.graduate_id, row.course_key, now, 0_i64)
                    )?;
                }
                note(connection, &deed).await?;
                Ok(wanted.len())
            })
        })
        .await
    }
}

async fn conferred_page(
    connection: &mut Connection,
    today: String,
    after: i64,
    now: Moment,
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    let due = ask!(
        connection,
        fetch_all,
        "sql/queries/people/conferred_due.sql"(today, after) as {
            id: i64, graduate_id: i64, course_key: String, student_id: String,
        }
    )?;
    let mut page = Vec::with_capacity(due.len());
    for row in due {
        let what =
            InSeekPass { submission_id: row.id, graduate_id: row.graduate_id, course_key: &row.course_key };
        supersede(connection, what, now, true).await?;
        run!(
            connection,
            "sql/queries/people/update_messages.sql"(row.graduate_id, row.course_key, now, 1_i64)
        )?;
        page.push((row.id, row.student_id));
    }
    Ok(page)
}

/// What is in SEEK Pass.
struct InSeekPass<'a> {
    submission_id: i64,
    graduate_id: i64,
    course_key: &'a str,
}

/// What is in SEEK Pass stays there, and the invitation is open again.
async fn supersede(
    connection: &mut Connection,
    what: InSeekPass<'_>,
    now: Moment,
    by_itself: bool,
) -> Result<(), sqlx::Error> {
    let InSeekPass { submission_id, graduate_id, course_key } = what;
    run!(
        connection,
        "sql/queries/people/submission_supersede.sql"(submission_id, now, i64::from(by_itself))
    )?;
    run!(connection, "sql/queries/people/invitation_unverify.sql"(graduate_id, course_key))?;
    Ok(())
}

async fn changes_of(connection: &mut Connection, student: &str) -> Result<Vec<LateChange>, sqlx::Error> {
    ask!(connection, fetch_all, "sql/queries/people/late_changes_of.sql"(student) as LateChange)
}
