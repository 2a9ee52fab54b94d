//! Small documents that are given as text: the examples of rules.

use std::io;
use std::path::{Path, PathBuf};

use crate::{Options, Profile, Report, Target, validate};

/// Validates a document that is given as text. A line `# file: name` starts another file beside the first, which is
/// called `openapi.yaml`.
///
/// # Errors
///
/// When the files cannot be written to a temporary folder.
pub fn validate_text(text: &str, profile: Profile) -> io::Result<Report> {
    let folder = tempfile::tempdir()?;
    let root = write(text, folder.path())?;
    let mut target = Target::file(&root);
    target.base = folder.path().to_owned();
    Ok(validate(&target, &Options { profile: Some(profile), ..Options::default() }))
}

/// Writes the files to a folder; returns the first of them.
fn write(text: &str, folder: &Path) -> io::Result<PathBuf> {
    let root = folder.join("openapi.yaml");
    let (mut path, mut content) = (root.clone(), String::new());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("# file: ") {
            Some(next) => {
                std::fs::write(path, content)?;
                (path, content) = (folder.join(next.trim()), String::new());
            }
            None => content.push_str(line),
        }
    }
    std::fs::write(path, content)?;
    Ok(root)
}
