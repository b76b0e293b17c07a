//! What goes with a credential: a document, and the transcript of an award.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{CredentialType, Details, Document, DocumentKind, Transcript};
use crate::plural::counted;

/// A document, a transcript, or both.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Attached {
    /// The document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<Document>,
    /// The transcript, of an award alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transcript: Option<Transcript>,
}

impl Attached {
    /// Of these, if there is any; most qualifications have none, and take no room for it.
    #[must_use]
    pub fn of(document: Option<Document>, transcript: Option<Transcript>) -> Option<Box<Self>> {
        (document.is_some() || transcript.is_some()).then(|| Box::new(Self { document, transcript }))
    }

    /// What the ledger keeps beside the columns of a qualification, one text in one form: the details of a type, and what goes with
    /// it as members `document` and `transcript`. None of an award without any.
    #[must_use]
    pub fn stored(details: &Details, attached: Option<&Self>) -> Option<String> {
        let Some(attached) = attached else { return details.stored() };
        let mut members = match details.value() {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        if let Value::Object(more) = json!(attached) {
            members.extend(more);
        }
        Some(Value::Object(members).to_string())
    }

    /// The same, read again; none where no import could have written it.
    #[must_use]
    pub fn of_stored(of: CredentialType, stored: Option<&str>) -> Option<(Details, Option<Box<Self>>)> {
        let details = Details::of_stored(of, stored)?;
        let Some(stored) = stored else { return Some((details, None)) };
        let Self { document, transcript } = serde_json::from_str(stored).ok()?;
        Some((details, Self::of(document, transcript)))
    }

    /// For people: `a transcript of 24 subjects and a PDF`; of what the ledger says of it, where it was not read whole.
    #[must_use]
    pub fn words(subjects: Option<usize>, document: Option<DocumentKind>) -> Option<String> {
        let transcript = subjects.map(|subjects| format!("a transcript of {}", counted(subjects, "subject")));
        let parts: Vec<_> =
            transcript.into_iter().chain(document.map(|document| document.noun().to_owned())).collect();
        (!parts.is_empty()).then(|| parts.join(" and "))
    }

    /// The same of this one.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let subjects = self.transcript.as_ref().map(|transcript| transcript.subjects.len());
        Self::words(subjects, self.document.as_ref().map(Document::kind))
    }
}
