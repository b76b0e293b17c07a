//! What the index says besides the messages.

use serde::Serialize;

/// All of it; whatever comes from a roster is text, and the index escapes it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Overview {
    /// Who invites.
    pub institution: String,
    /// Who the messages come from.
    pub sender: String,
    /// When it was made, in the university's time zone.
    pub made: String,
    /// Messages that a real run would send now.
    pub messages: i64,
    /// What would happen, in numbers: what, and how many.
    pub figures: Vec<(&'static str, i64)>,
    /// What else there is to know, one line each.
    pub notes: Vec<String>,
    /// How each roster was read, with examples of decoded names.
    pub readings: Vec<String>,
    /// Recipients by domain, those that look wrong first.
    pub domains: Vec<Domain>,
    /// Domains that are not listed, and their messages.
    pub more_domains: (i64, i64),
    /// Recipients whose address looks wrong: student id, address, why.
    pub odd_addresses: Vec<(String, String, String)>,
    /// Such recipients, with those that are not listed.
    pub odd_address_count: i64,
    /// Headers of columns that are not read.
    pub columns_not_read: Vec<String>,
    /// Each word of the honours columns, whether it is sent as honours, and in how many rows it stands.
    pub honours: Vec<(String, bool, u64)>,
    /// What would be withdrawn: student id and course.
    pub withdrawn: Vec<(String, String)>,
    /// Who is held: student id and why.
    pub held: Vec<(String, String)>,
    /// Rows that are not taken.
    pub rejected: Vec<Rejected>,
    /// All such rows, with those that are not listed.
    pub rejected_count: i64,
    /// The mail in each language, where there are several.
    pub mails: Vec<SamplePage>,
    /// The pages of the redemption.
    pub pages: Vec<SamplePage>,
    /// Lets the index's own script run, and no other (CSP): different each time.
    pub nonce: String,
}

/// Where messages go.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the columns of the table")]
pub struct Domain {
    pub domain: String,
    pub messages: i64,
    pub is_own: bool,
    /// The domain that is probably meant.
    pub meant: Option<&'static str>,
}

/// A row that is not taken.
#[derive(Debug, Clone, Serialize)]
#[expect(missing_docs, reason = "the columns of the table")]
pub struct Rejected {
    pub roster: String,
    pub line: i64,
    pub student_id: String,
    pub problem: String,
}

/// A page of the redemption, or a mail, as a file.
#[derive(Debug, Clone, Serialize)]
pub struct SamplePage {
    /// Its file, without the folder.
    pub file: String,
    /// Its language.
    pub language: String,
    /// When graduates see it.
    pub title: String,
    #[serde(skip)]
    /// Its content.
    pub html: String,
}
