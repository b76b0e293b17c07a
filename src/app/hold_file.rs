//! The hold file: students who must never be mailed, whatever a roster says. Read before anything is mailed.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow, bail};
use csv::{ReaderBuilder, StringRecord};

use super::{App, Event};
use crate::config::Config;
use crate::graduate::StudentId;
use crate::plural::counted;
use crate::roster::Column;
use crate::store::{HoldSource, Store};

/// Who is to be held because of the hold file, and the file's name; nobody where the configuration has none.
#[derive(Default)]
pub(crate) struct HoldFile {
    students: Vec<String>,
    name: String,
}

impl HoldFile {
    pub(crate) fn of(config: &Config) -> Result<Self> {
        let Some(path) = &config.roster.hold_file else { return Ok(Self::default()) };
        let name = path.file_name().map_or("the hold file".into(), |name| name.to_string_lossy());
        let students = read(path)
            .map_err(|error| anyhow!("nobody is mailed, since roster.hold_file is not usable: {error:#}"))?;
        Ok(Self { students, name: name.into_owned() })
    }

    /// Holds exactly these students. `may_shrink`: the operator says that most of whom it held are to be mailed again.
    ///
    /// # Errors
    /// Where the file lists nobody any more, or has lost most of whom it held: an export that failed looks like that.
    pub(crate) async fn apply(self, app: &App, store: &Store, may_shrink: bool) -> Result<()> {
        if !self.name.is_empty() && !may_shrink {
            self.has_not_shrunk(store).await?;
        }
        let (listed, now) = (self.students.len(), app.clock.now());
        store.writer().await?.hold_by_file(self.students, self.name.clone(), now).await?;
        if listed == 0 {
            return Ok(());
        }
        let holds = store.holds().await?;
        if !holds.iter().any(|hold| hold.source == HoldSource::File && hold.is_listed) {
            app.tell(&Event::HoldFileOfStrangers { name: &self.name, students: listed });
        }
        Ok(())
    }
}

impl HoldFile {
    async fn has_not_shrunk(&self, store: &Store) -> Result<()> {
        let listed: HashSet<_> = self.students.iter().map(|id| StudentId::folded(id)).collect();
        let held: Vec<_> =
            store.holds().await?.into_iter().filter(|hold| hold.source == HoldSource::File).collect();
        let lost = held.iter().filter(|hold| !listed.contains(&StudentId::folded(&hold.student_id))).count();
        let is_most = lost > FEW && lost * 2 > held.len();
        if lost > 0 && (listed.is_empty() || is_most) {
            bail!(
                "the hold file {} lists {} of {} whom it held, so nobody is mailed; if the others are to be mailed again, \
                 `gradpass run --allow-removals` says so",
                self.name,
                match held.len() - lost {
                    0 => "none".to_owned(),
                    left => left.to_string(),
                },
                counted(held.len(), "student")
            );
        }
        Ok(())
    }
}

/// So many may always leave the file.
const FEW: usize = 3;

/// The student ids of a list (one a line) or of a table, whose header says which column has them. Empty lines and those
/// that begin with # are passed over.
pub(crate) fn read(path: &Path) -> Result<Vec<String>> {
    let file = path.display();
    let text = std::fs::read_to_string(path).with_context(|| format!("{file} cannot be read"))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let (mut students, mut position, mut is_first) = (Vec::new(), None, true);
    for row in rows.records() {
        let row = row.with_context(|| format!("{file} is no table"))?;
        if std::mem::take(&mut is_first) && is_header(&row) {
            match row.iter().position(|cell| Column::of_header(cell) == Some(Column::StudentId)) {
                Some(found) => position = Some(found),
                None => bail!(
                    "{file} has a header without student_id; write one id a line, or name the column of the ids student_id"
                ),
            }
            continue;
        }
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let cell = row.get(position.unwrap_or_default()).unwrap_or_default().trim();
        // without a header, a name in front of the ids would pass for one
        let may_be_id = position.is_some() || row.len() == 1 || has_digit(cell);
        match StudentId::parse(cell).ok().filter(|_| may_be_id) {
            Some(id) => students.push(String::from(id)),
            None => bail!(
                "{file} has no student id on line {}; write one id a line, or name the column of the ids student_id",
                row.position().map_or(0, csv::Position::line)
            ),
        }
    }
    Ok(students)
}

/// A first line that names columns; `s0003,hold` is a student and a remark.
fn is_header(row: &StringRecord) -> bool {
    let first = row.get(0).unwrap_or_default();
    row.iter().any(|cell| Column::of_header(cell).is_some())
        && (Column::of_header(first).is_some() || !has_digit(first))
}

fn has_digit(cell: &str) -> bool {
    cell.bytes().any(|byte| byte.is_ascii_digit())
}

fn delimiter(text: &str) -> u8 {
    let line =
        text.lines().find(|line| !line.starts_with('#') && !line.trim().is_empty()).unwrap_or_default();
    [b'\t', b';'].into_iter().find(|delimiter| line.as_bytes().contains(delimiter)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_a_list_or_a_table() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("hold.csv");
        for (text, ids) in [
            ("\u{feff}student_id;reason\n# opted out\nn001;opted out\n\n\"0012\"\n", vec!["n001", "0012"]),
            ("Name,student_id\nCy,n003\n\"Tan, Mei\",n004\n", vec!["n003", "n004"]),
            ("Reason\tMatric No\nopted out\tn003\n", vec!["n003"]),
            ("n001\nn002,opted out\n", vec!["n001", "n002"]),
            ("n003,hold\n", vec!["n003"]),
            ("abel\n", vec!["abel"]),
            ("", vec![]),
        ] {
            std::fs::write(&path, text)?;
            assert_eq!(read(&path)?, ids, "{text}");
        }
        for (text, problem) in [
            ("n001\n=1+1\n", "line 2"),
            ("Name,Reason\nCy,n003\n", "a header without student_id"),
            ("Name,student_id\nCy,\n", "line 2"),
            ("Wer,Nummer\nCy,n003\n", "line 1"),
            ("Cy,n003\n", "line 1"),
            ("Matriculation Nr. of 2026,Title\nn003,Ms\n", "line 1"),
        ] {
            std::fs::write(&path, text)?;
            let error = read(&path).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains("hold.csv") && error.contains(problem), "{text}: {error}");
        }
        let missing = read(&folder.path().join("none"));
        assert!(missing.is_err_and(|error| error.to_string().ends_with("none cannot be read")));
        Ok(())
    }
}
