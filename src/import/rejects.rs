//! The rejected rows as they stood, found by reading the rosters once more: no row is kept in memory.

use std::io;
use std::path::Path;

use super::{ImportError, ReadRoster};
use crate::roster::{Mistake, RejectsWriter, Roster};
use crate::store::Staging;

pub(super) async fn write(
    path: &Path,
    read: &[ReadRoster],
    staging: &mut Staging,
) -> Result<(), ImportError> {
    let failed = |source: io::Error| ImportError::Rejects { path: path.to_owned(), source };
    let Some(first) = read.first() else { return Ok(()) };
    if read.iter().any(|roster| roster.columns.header() != first.columns.header()) {
        return Err(failed(io::Error::other("the rosters have different columns; import them one by one")));
    }
    let mut writer = RejectsWriter::create(path, first.columns.header(), first.delimiter).map_err(failed)?;
    let mut mistakes = Mistakes { after: (0, 0), page: Vec::new().into_iter().peekable() };
    for roster in read {
        let mut again = Roster::open(roster.path(), roster.columns.settings())?;
        while let Some(record) = again.next_record()? {
            let wrong = mistakes.of(record.number + roster.offset, staging).await?;
            if !wrong.is_empty() {
                writer.write(&record.fields, &wrong.join("; ")).map_err(failed)?;
            }
        }
    }
    writer.finish().map_err(failed)
}

/// The mistakes in the order of the files.
struct Mistakes {
    after: (i64, i64),
    page: std::iter::Peekable<std::vec::IntoIter<Mistake>>,
}

impl Mistakes {
    /// What is wrong with a record; records are asked for in their order.
    async fn of(&mut self, record: u64, staging: &mut Staging) -> Result<Vec<String>, ImportError> {
        let mut wrong = Vec::new();
        loop {
            if self.page.peek().is_none() {
                self.page = staging.mistakes(&mut self.after).await?.into_iter().peekable();
            }
            match self.page.next_if(|mistake| mistake.record == record) {
                None => return Ok(wrong),
                Some(mistake) => {
                    let place = mistake.column.map_or_else(|| "row".to_owned(), |(_, name)| name);
                    wrong.push(format!("{place}: {}", mistake.problem));
                }
            }
        }
    }
}
