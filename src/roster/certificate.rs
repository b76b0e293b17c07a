//! A file that a row names: it stands below the folder of the roster, and nowhere else, whatever the row says.

use std::fs::File;
use std::io::Read as _;
use std::path::{Component, Path};

use crate::graduate::Problem;

/// The largest that is read, in bytes: an OpenCert has some ten thousand, and up to a million with pictures in it.
const LARGEST: u64 = 1024 * 1024;

/// The text of a file below `folder`, by its path from there.
///
/// # Errors
/// A [`Problem`] that never repeats the path, which may have a name in it.
pub(super) fn read(folder: &Path, path: &str) -> Result<String, Problem> {
    let path = Path::new(path);
    let is_below = path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
    if !is_below {
        return Err(Problem::new(
            "leads out of the folder of the roster; put the file below that folder, and write its path from there",
        ));
    }
    let not_there = |_| {
        Problem::new(
            "names a file that is not there or cannot be read; write its path from the folder of the roster, with / \
             between folders",
        )
    };
    // an empty path is the folder that we are in
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let folder = folder.canonicalize().map_err(not_there)?;
    let file = folder.join(path).canonicalize().map_err(not_there)?;
    if !file.starts_with(&folder) {
        return Err(Problem::new(
            "names a link that leads out of the folder of the roster; put the file itself there",
        ));
    }
    // a pipe would keep us waiting
    if !file.is_file() {
        return Err(Problem::new("names a folder or something else that is no file"));
    }
    let mut bytes = Vec::new();
    let opened = File::open(&file).map_err(not_there)?;
    opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(not_there)?;
    if bytes.len() as u64 > LARGEST {
        return Err(Problem::new("names a file of more than 1 MiB; is it an OpenCert?"));
    }
    String::from_utf8(bytes).map_err(|_| Problem::new("names a file that is not UTF-8, as JSON is"))
}
