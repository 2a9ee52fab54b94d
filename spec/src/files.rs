//! Reading the files of a document, each once.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::boundary::{Boundary, Refusal};
use crate::parse::read as parse;
use crate::rules;
use crate::scalar::Ambiguous;
use crate::{Diagnostic, Diagnostics, Location, Node, Position, Source};

/// A file that was read: its tree, or that it was reported as broken.
pub(crate) type Parsed = Option<Arc<Node>>;

/// The files read so far.
pub(crate) struct Files {
    base: PathBuf,
    boundary: Boundary,
    parsed: HashMap<PathBuf, Parsed>,
    pub(crate) diagnostics: Diagnostics,
    /// Values and keys that other readers take for something else.
    pub(crate) ambiguous: Vec<Ambiguous>,
    /// How long the texts are.
    pub(crate) bytes: usize,
}

impl Files {
    /// Messages name files relative to `base`, where they are below it. Files outside of the boundary are not read.
    pub(crate) fn new(base: &Path, boundary: &Boundary) -> Files {
        Files {
            base: normalize(base),
            boundary: boundary.clone(),
            parsed: HashMap::new(),
            diagnostics: Diagnostics::new(),
            ambiguous: Vec::new(),
            bytes: 0,
        }
    }

    /// The path as messages name it.
    pub(crate) fn name(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.base).unwrap_or(path);
        shown.to_string_lossy().replace('\\', "/")
    }

    /// The tree of a file; `Ok(None)` when it was read, now or before, and is broken.
    ///
    /// # Errors
    ///
    /// Why it was not read at all.
    pub(crate) fn get(&mut self, path: &Path) -> Result<Parsed, Refusal> {
        if let Some(parsed) = self.parsed.get(path) {
            return Ok(parsed.clone());
        }
        let parsed = match text(&self.name(path), self.boundary.read(path)?) {
            Ok(source) => {
                self.bytes += source.text.len();
                let parsed = parse(&source);
                self.diagnostics.extend(parsed.found);
                self.ambiguous.extend(parsed.ambiguous);
                parsed.tree.map(Arc::new)
            }
            Err(no_text) => {
                self.diagnostics.push(no_text);
                None
            }
        };
        self.parsed.insert(path.to_owned(), parsed.clone());
        Ok(parsed)
    }

    /// Whether a path leads to something within the boundary.
    pub(crate) fn is_there(&self, path: &Path) -> bool {
        self.boundary.resolve(path).is_ok()
    }

    /// The names of the files in a folder within the boundary: of so many that somebody could have written them.
    pub(crate) fn names_in(&self, folder: &Path) -> Vec<String> {
        let entries = self.boundary.resolve(folder).ok().and_then(|real| std::fs::read_dir(real).ok());
        let names =
            entries.into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.take(1_000).collect()
    }

    /// Where a whole file is meant.
    pub(crate) fn location(&self, path: &Path) -> Location {
        Location::file(&Source::new(self.name(path), ""))
    }

    /// The trees of the files that could be parsed, sorted by the path of the file.
    pub(crate) fn trees(&self) -> Vec<Arc<Node>> {
        self.paths().iter().filter_map(|path| self.parsed.get(path)?.clone()).collect()
    }

    /// The files read, sorted: what a build has to watch.
    pub(crate) fn paths(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.parsed.keys().cloned().collect();
        paths.sort();
        paths
    }
}

/// Reads one file as text, under the name by which messages call it, when it is a regular file within the boundary.
///
/// # Errors
///
/// Why it is not read, as a finding.
pub fn read_file(path: &Path, name: &str, boundary: &Boundary) -> Result<Arc<Source>, Diagnostic> {
    match boundary.read(path) {
        Ok(bytes) => text(name, bytes),
        Err(refusal) => Err(rules::file::report(&Location::file(&Source::new(name, "")), &refusal)),
    }
}

/// The bytes of a file as text, without a byte order mark. What is no text is pointed at.
fn text(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Diagnostic> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => Source::new(name, rest),
            None => Source::new(name, text),
        }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
            let place = Position::after(&String::from_utf8_lossy(&error.as_bytes()[..valid]));
            let location = Location { source, start: place, end: place };
            Err(rules::not_utf_8::report(&location))
        }
    }
}

/// The path without `.` and `..`, so that one file has one name however it is referred to.
pub fn normalize(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                let inside = matches!(clean.components().next_back(), Some(Component::Normal(_)));
                if !inside || !clean.pop() {
                    clean.push(part);
                }
            }
            _ => clean.push(part),
        }
    }
    clean
}
