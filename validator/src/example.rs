//! Validates small documents that are given as text, like the examples in the documentation of the rules.

use std::io;
use std::path::{Path, PathBuf};

use partner_spec::Boundary;

use crate::{Profile, ValidationOptions, ValidationReport, ValidationTarget, validate};

/// Validates a document given as text, which may consist of several files. Each line `# file: name` starts the file
/// with that name. The text before the first such line is the file `openapi.yaml`; without such text, there is no
/// `openapi.yaml`. A file that starts with `# file: name in latin-1` is written in the encoding Latin-1.
///
/// # Errors
///
/// If the files cannot be written to a temporary folder.
pub fn validate_text(text: &str, profile: Profile) -> io::Result<ValidationReport> {
    let folder = tempfile::tempdir()?;
    let root = write_document_files(text, folder.path())?;
    let mut target = ValidationTarget::for_file_outside_workspace(&root)
        .with_boundary(Boundary::of_folder(folder.path())?);
    target.base_folder = folder.path().to_owned();
    Ok(validate(&target, &ValidationOptions { profile: Some(profile), ..ValidationOptions::default() }))
}

/// Writes a document that is given as text into the files of a folder, and returns the path of its root file. The text
/// has the format that [`validate_text`] describes.
///
/// # Errors
///
/// If the files cannot be written.
pub fn write_document_files(text: &str, folder: &Path) -> io::Result<PathBuf> {
    let root = folder.join("openapi.yaml");
    let (mut name, mut content) = (String::from("openapi.yaml"), String::new());
    for line in text.split_inclusive('\n') {
        match line.strip_prefix("# file: ") {
            Some(next) => {
                if !content.is_empty() {
                    write_file(folder, &name, &content)?;
                }
                (name, content) = (next.trim().to_owned(), String::new());
            }
            None => content.push_str(line),
        }
    }
    write_file(folder, &name, &content)?;
    Ok(root)
}

fn write_file(folder: &Path, name: &str, content: &str) -> io::Result<()> {
    match name.strip_suffix(" in latin-1") {
        // The file is written in Latin-1, as an example of a file that is not in UTF-8. In Latin-1, each character is
        // one byte, which is its Unicode code point. Characters above U+00FF are left out.
        Some(name) => {
            let bytes: Vec<u8> = content.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect();
            std::fs::write(folder.join(name), bytes)
        }
        None => std::fs::write(folder.join(name), content),
    }
}
