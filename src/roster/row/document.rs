//! What goes with a row's qualification: a document, by its address or as a file, and the transcript of an award.

use std::path::Path;

use super::Reading;
use super::cells::or_nothing;
use crate::credential::{Document, Transcript, takes_open_certs};
use crate::graduate::clean;
use crate::roster::transcripts::Transcripts;
use crate::roster::{Column, certificate};

impl Reading<'_> {
    /// The document, where there is one; at a mistake of it, none.
    pub(super) fn document(&mut self) -> Option<Document> {
        let of = self.columns.credential_type();
        let columns = self.columns;
        if !columns.has(Column::DocumentUrl) && !columns.has(Column::OpenCert) {
            return None;
        }
        let domains = &columns.settings().document_domains;
        let link = self.optional(Column::DocumentUrl, |cell| Document::linked(of, &clean(cell)?, domains));
        let open_cert = self.value(Column::OpenCert, |cell| {
            or_nothing(cell, |cell| {
                takes_open_certs(of)?;
                let folder = columns.folder().unwrap_or(Path::new("."));
                Document::open_cert(of, &certificate::read(folder, clean(cell)?.as_ref())?)
            })
        });
        match (link.flatten(), open_cert.flatten()) {
            (Some(_), Some(_)) => {
                let problem =
                    "stands beside document_url, and a credential has one document; keep one of the two";
                self.mistake_in(Column::OpenCert, problem.to_owned());
                None
            }
            (link, open_cert) => link.or(open_cert),
        }
    }

    /// The transcript of the row's award; what is wrong with its lines is wrong with the row.
    pub(super) fn transcript(&mut self, transcripts: &Transcripts) -> Option<Transcript> {
        match transcripts.of(self.columns, self.record)? {
            Ok(transcript) => Some(transcript),
            Err(problems) => {
                for problem in problems {
                    self.mistake(None, problem.clone());
                }
                None
            }
        }
    }
}
