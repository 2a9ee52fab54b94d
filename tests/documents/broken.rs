//! A document that was broken in one way: what is done to it, and what has to be said about that.

use std::path::Path;

use partner_codegen::generate_client;
use partner_spec::{Boundary, Findings, Location, read_document_within};

/// One way to break the documents of P100.
pub(crate) struct Case {
    /// What was done, in kebab case; the name of the snapshot.
    pub(crate) name: &'static str,
    /// What is done.
    pub(crate) edits: Vec<Edit>,
    /// The rule of the first finding.
    pub(crate) rule: &'static str,
    /// The file that it names.
    pub(crate) file: &'static str,
    /// How the line that it points at reads, or starts.
    pub(crate) line: &'static str,
}

/// Something that is done to a file.
pub(crate) enum Edit {
    /// The first text, which has to be there, is replaced by the second.
    Replace(&'static str, &'static str, &'static str),
    /// The whole file is replaced.
    Write(&'static str, Vec<u8>),
    /// Something is put at the end of the file.
    Append(&'static str, String),
    /// The file is deleted.
    Delete(&'static str),
}

/// A copy of documents that are right, in a folder of its own. They are an earlier state of P100's, kept beside the
/// tests so that a change of the real ones changes nothing here.
pub(crate) fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("documents/base"), folder.path());
    folder
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            std::fs::create_dir(&target).unwrap();
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Reads the documents in a folder and generates from them.
pub(crate) fn check(folder: &Path) -> Result<(), Findings> {
    let boundary = Boundary::of_folder(folder).unwrap();
    generate_client(&read_document_within(&folder.join("openapi.yaml"), folder, &boundary), "p100").map(drop)
}

impl Case {
    /// Does it to the documents in a folder.
    pub(crate) fn apply(&self, folder: &Path) {
        for edit in &self.edits {
            match edit {
                Edit::Replace(file, old, new) => {
                    let text = std::fs::read_to_string(folder.join(file)).unwrap();
                    assert!(text.contains(old), "{}: {file} does not have this any more:\n{old}", self.name);
                    std::fs::write(folder.join(file), text.replacen(old, new, 1)).unwrap();
                }
                Edit::Write(file, bytes) => std::fs::write(folder.join(file), bytes).unwrap(),
                Edit::Append(file, more) => {
                    let text = std::fs::read_to_string(folder.join(file)).unwrap();
                    std::fs::write(folder.join(file), format!("{text}{more}")).unwrap();
                }
                Edit::Delete(file) => std::fs::remove_file(folder.join(file)).unwrap(),
            }
        }
    }

    /// What is wrong with the first finding, when something is: it has to name the rule, the file, and the one line of
    /// the file that starts as expected.
    pub(crate) fn complaint(&self, found: &Findings, folder: &Path) -> Option<String> {
        let Some(first) = found.iter().next() else {
            return Some(format!("{}: an error without a finding", self.name));
        };
        let text = std::fs::read(folder.join(self.file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).into_owned();
        let lines = text.lines().zip(1..).filter(|(line, _)| line.starts_with(self.line));
        let lines: Vec<u32> = lines.map(|(_, number)| number).collect();
        let expected = if text.is_empty() { vec![1] } else { lines };
        let right = (first.rule.id, first.location.display_path(), &[first.location.start.line][..])
            == (self.rule, self.file, &expected[..]);
        let wanted = format!("{}:{expected:?}: [{}]", self.file, self.rule);
        (!right).then(|| format!("{}: {wanted} was expected first:\n{found}\n", self.name))
    }
}

/// The findings as people read them, with the text of each line instead of its number, so that a document may grow
/// without a new review of all this.
pub(crate) fn readable(found: &Findings) -> String {
    let mut text = found.to_string();
    for finding in found {
        let related = finding.related_locations.iter().map(|(location, _)| location);
        for location in std::iter::once(&finding.location).chain(related) {
            text = text.replace(&format!("{location}:"), &format!("{}:", with_line(location)));
        }
    }
    text
}

fn with_line(location: &Location) -> String {
    // A very long line says enough with its start.
    let line: String =
        location.source.line_text(location.start.line).unwrap_or_default().trim().chars().take(60).collect();
    format!("{}:«{line}»:{}", location.display_path(), location.start.column)
}
