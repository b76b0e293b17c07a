//! The hold file: students who must never be mailed, whatever a roster says. Read before anything is mailed.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::config::Config;
use crate::graduate::StudentId;
use crate::store::Store;

/// Holds exactly the students of the file, if there is one in the configuration.
pub(super) async fn apply_file(config: &Config, store: &Store, now: i64) -> Result<()> {
    let Some(path) = &config.roster.hold_file else {
        store.writer().await?.hold_by_file(Vec::new(), String::new(), now).await?;
        return Ok(());
    };
    let students = read(path)?;
    let name =
        path.file_name().map_or_else(|| "the hold file".into(), |name| name.to_string_lossy().into_owned());
    store.writer().await?.hold_by_file(students, name, now).await?;
    Ok(())
}

/// One student id a line, alone or as the first cell; empty lines, a header and lines that begin with # are passed over.
pub(super) fn read(path: &Path) -> Result<Vec<String>> {
    let text = std::fs::read_to_string(path).with_context(|| {
        format!("the hold file {} cannot be read, so nobody is mailed (roster.hold_file)", path.display())
    })?;
    let mut students = Vec::new();
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let cell = line.split([',', ';', '\t']).next().unwrap_or_default().trim().trim_matches('"');
        let is_header = number == 0 && cell.to_lowercase().starts_with("student");
        if cell.is_empty() || cell.starts_with('#') || is_header {
            continue;
        }
        match StudentId::parse(cell) {
            Ok(id) => students.push(String::from(id)),
            Err(_) => bail!(
                "the hold file {} has no student id on line {}, so nobody is mailed; write one id a line",
                path.display(),
                number + 1
            ),
        }
    }
    Ok(students)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_from_a_list_or_a_table() -> Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("hold.csv");
        std::fs::write(&path, "\u{feff}student_id;reason\n# opted out\nn001;opted out\n\n\"0012\"\n")?;
        assert_eq!(read(&path)?, ["n001", "0012"]);
        std::fs::write(&path, "n001\n=1+1\n")?;
        assert!(read(&path).is_err_and(|error| error.to_string().contains("line 2")));
        assert!(
            read(&folder.path().join("none"))
                .is_err_and(|error| error.to_string().contains("nobody is mailed"))
        );
        Ok(())
    }
}
