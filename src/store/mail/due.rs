//! What is due, page by page, each message with all that its mail needs.

use jiff::Timestamp;
use serde::Deserialize;
use tokio::task::spawn_blocking;

use crate::credential::Qualification;
use crate::graduate::{EmailAddress, Graduate, Language, PersonName, Problem, StudentId};
use crate::invitation::Occasion;
use crate::store::moment::Moment;
use crate::store::qualification::QualificationRow;
use crate::store::{Store, StoreError};

/// Messages of one page.
const PAGE: i64 = 500;

/// A message that is due.
#[derive(Debug, Clone)]
pub struct DueMessage {
    /// Its number, stable over all attempts.
    pub id: i64,
    /// The invitation that it carries.
    pub invitation_id: i64,
    /// Why it is sent.
    pub occasion: Occasion,
    /// How often it was tried.
    pub attempts: i64,
    /// Whom it goes to.
    pub graduate: Graduate,
    /// What it lists.
    pub qualifications: Vec<Qualification>,
}

/// Those who are mailed before the others, and after them, by the roster's column `priority`; in between comes who has none.
const TURNS: [Option<i64>; 9] =
    [Some(1), Some(2), Some(3), Some(4), None, Some(6), Some(7), Some(8), Some(9)];

/// Where the last page ended; a message is given once, whatever becomes of it meanwhile. First come those of the first
/// priority; without one, whoever waits longest.
#[derive(Debug, Clone, Copy)]
pub struct DueCursor {
    /// Only what is due by then.
    pub until: Timestamp,
    /// A place in [`TURNS`].
    turn: usize,
    /// The last graduate of a priority.
    graduate_id: i64,
    /// As the ledger has it, like that of a [`Row`]: it only comes out of one statement and goes into the next.
    due_at: i64,
    id: i64,
}

impl DueCursor {
    /// From the beginning, to what is due at `until`.
    #[must_use]
    pub const fn new(until: Timestamp) -> Self {
        Self { until, turn: 0, graduate_id: 0, due_at: i64::MIN, id: 0 }
    }
}

impl Store {
    /// The next page of due messages, without those of held graduates; empty when there are no more. A row that no import could have written
    /// is passed over with a line in the log: it stays waiting and stops nobody else.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn due_messages(&self, cursor: &mut DueCursor) -> Result<Vec<DueMessage>, StoreError> {
        while let Some(page) = self.due_page(cursor).await? {
            let messages = page.parse().await?;
            if !messages.is_empty() {
                return Ok(messages);
            }
        }
        Ok(Vec::new())
    }

    /// The same, not parsed yet, so that the next one can be on its way meanwhile; `None` when there are no more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn due_page(&self, cursor: &mut DueCursor) -> Result<Option<DuePage>, StoreError> {
        while let Some(priority) = TURNS.get(cursor.turn) {
            let mut high = None;
            if let Some(priority) = priority {
                high = self.last_of_priority(*priority, cursor.graduate_id).await?;
                if high.is_none() {
                    (cursor.turn, cursor.graduate_id) = (cursor.turn + 1, 0);
                    continue;
                }
            }
            let DueCursor { until, due_at, id, graduate_id, .. } = *cursor;
            let page = ask!(
                self.readers(),
                fetch_one,
                "sql/queries/mail/message_due.sql"(Moment(until), due_at, id, PAGE, priority, graduate_id, high) as {
                    messages: String,
                    last_due_at: Option<i64>,
                    last_id: Option<i64>,
                }
            )?;
            match (high, page.last_due_at.zip(page.last_id)) {
                (Some(high), _) => cursor.graduate_id = high,
                (None, Some(last)) => (cursor.due_at, cursor.id) = last,
                (None, None) => {
                    cursor.turn += 1;
                    continue;
                }
            }
            return Ok(Some(DuePage(page.messages)));
        }
        Ok(None)
    }

    async fn last_of_priority(&self, priority: i64, after: i64) -> Result<Option<i64>, StoreError> {
        let row = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/mail/graduate_of_priority.sql"(priority, after, PAGE) as { last: Option<i64> }
        )?;
        Ok(row.last)
    }

    /// The latest message of a student, whatever became of it; `None` where there is none that could be mailed.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger cannot be read.
    pub async fn latest_message(&self, student_id: &StudentId) -> Result<Option<DueMessage>, StoreError> {
        let id = student_id.as_str();
        let found = ask!(
            self.readers(),
            fetch_one,
            "sql/queries/mail/message_latest.sql"(id) as { messages: String }
        )?;
        let rows: Vec<Row> =
            serde_json::from_str(&found.messages).map_err(|error| sqlx::Error::Decode(error.into()))?;
        Ok(rows.into_iter().find_map(Row::message))
    }
}

/// The list that `message_due.sql` gave.
#[derive(Debug)]
pub struct DuePage(String);

impl DuePage {
    /// Its messages that can be mailed, whoever waits longest first; parsed by a thread of its own, since each is checked once more.
    ///
    /// # Errors
    /// [`StoreError`] when the ledger gave no such list.
    pub async fn parse(self) -> Result<Vec<DueMessage>, StoreError> {
        let parsed = spawn_blocking(move || -> Result<_, serde_json::Error> {
            let mut rows: Vec<(u8, Row)> = serde_json::from_str(&self.0)?;
            // SQL gives no order to a list, unless it sorts all of it once more
            rows.sort_unstable_by_key(|(_, row)| (row.due_at, row.id));
            let may_go = |(has_to_wait, row): &(u8, Row)| *has_to_wait == 0 && row.is_held == 0;
            Ok(rows.into_iter().filter(may_go).filter_map(|(_, row)| row.message()).collect())
        });
        // a panic goes on where it is waited for
        let parsed = parsed.await.unwrap_or_else(|ended| std::panic::resume_unwind(ended.into_panic()));
        Ok(parsed.map_err(|error| sqlx::Error::Decode(error.into()))?)
    }
}

/// A message in the list of `message_due.sql`.
#[derive(Deserialize)]
struct Row {
    id: i64,
    invitation_id: i64,
    kind: String,
    attempts: i64,
    due_at: i64,
    is_held: u8,
    /// As the statement says it: what an update or a reminder is about.
    news: u8,
    student_id: String,
    full_name: String,
    email: String,
    language: Option<String>,
    qualifications: Vec<QualificationRow>,
}

impl Row {
    fn message(self) -> Option<DueMessage> {
        // parsed again on the way out, so that no old or foreign row can inject a header
        let graduate = graduate(&self.student_id, &self.full_name, &self.email, self.language.as_deref())
            .inspect_err(|problem| {
                tracing::error!(student_id = self.student_id, "the ledger's row cannot be mailed: {problem}");
            })
            .ok()?;
        let mut qualifications: Vec<_> = self.qualifications.into_iter().map(Qualification::from).collect();
        // the key of a single one is not needed
        if qualifications.len() > 1 {
            qualifications.sort_by_cached_key(Qualification::course_key);
        }
        let message = DueMessage {
            id: self.id,
            invitation_id: self.invitation_id,
            occasion: occasion(&self.kind, self.news),
            attempts: self.attempts,
            graduate,
            qualifications,
        };
        Some(message).filter(|message| !message.qualifications.is_empty())
    }
}

/// The table's own check leaves no other word for a kind.
fn occasion(kind: &str, news: u8) -> Occasion {
    match (kind, news) {
        // what it was about was added again, or is listed no more: the rest was invited before
        ("update", 0) | ("replacement", _) => Occasion::Replacement,
        ("update", _) => Occasion::Update { was_awaited: news > 1 },
        ("reminder", news) => Occasion::Reminder { has_lapsed: news > 0 },
        _ => Occasion::Invitation,
    }
}

fn graduate(student_id: &str, name: &str, email: &str, language: Option<&str>) -> Result<Graduate, Problem> {
    Ok(Graduate {
        student_id: StudentId::parse(student_id)?,
        name: PersonName::parse(name)?,
        email: EmailAddress::parse(email)?,
        date_of_birth: None,
        language: language.map(Language::parse).transpose()?,
    })
}
