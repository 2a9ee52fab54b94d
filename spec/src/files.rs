//! Reads the files of a document, each of them once.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::boundary::{Boundary, ReadRefusal};
use crate::parse::parse_with_findings;
use crate::rules;
use crate::scalar::AmbiguousScalar;
use crate::{Finding, Findings, Location, Node, Position, Source};

/// The parsed tree of a file. `None` if the file could not be parsed; then its syntax errors are among the findings.
pub(crate) type OptionalTree = Option<Arc<Node>>;

/// Reads the files of a document, and keeps the parsed tree of each file.
pub(crate) struct FileCache {
    base: PathBuf,
    boundary: Boundary,
    parsed: HashMap<PathBuf, OptionalTree>,
    pub(crate) findings: Findings,
    /// Unquoted values and keys that YAML 1.1 readers interpret differently from YAML 1.2 readers.
    pub(crate) ambiguous_scalars: Vec<AmbiguousScalar>,
    /// The total size in bytes of the files read so far.
    pub(crate) read_byte_count: usize,
}

impl FileCache {
    /// Creates an empty cache, which reads only files within `boundary`. In messages, the path of a file in the folder
    /// `base` is shown relative to `base`.
    pub(crate) fn new(base: &Path, boundary: &Boundary) -> FileCache {
        FileCache {
            base: normalize_path(base),
            boundary: boundary.clone(),
            parsed: HashMap::new(),
            findings: Findings::new(),
            ambiguous_scalars: Vec::new(),
            read_byte_count: 0,
        }
    }

    /// Returns the path of a file as messages show it: relative to the base folder, if the file is in this folder.
    pub(crate) fn to_display_path(&self, path: &Path) -> String {
        let shown = path.strip_prefix(&self.base).unwrap_or(path);
        shown.to_string_lossy().replace('\\', "/")
    }

    /// Returns the parsed tree of a file. The first call for a file reads and parses the file, and adds its syntax
    /// errors to the findings. If the file could not be parsed, every call returns `Ok(None)`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, or is outside of the folder from which files may be read (the [`Boundary`]).
    pub(crate) fn get_or_read_tree(&mut self, path: &Path) -> Result<OptionalTree, ReadRefusal> {
        if let Some(parsed) = self.parsed.get(path) {
            return Ok(parsed.clone());
        }
        match decode_text(&self.to_display_path(path), self.boundary.read_file(path)?) {
            Ok(source) => Ok(self.parse_and_cache(path, &source)),
            Err(no_text) => {
                self.findings.push(no_text);
                self.parsed.insert(path.to_owned(), None);
                Ok(None)
            }
        }
    }

    /// Parses `source` as the text of the file at `path`, and returns the tree. Later calls of
    /// [`get_or_read_tree`](FileCache::get_or_read_tree) return this tree instead of reading the file.
    pub(crate) fn parse_and_cache(&mut self, path: &Path, source: &Arc<Source>) -> OptionalTree {
        self.read_byte_count += source.text.len();
        let parsed = parse_with_findings(source);
        self.findings.extend(parsed.findings);
        self.ambiguous_scalars.extend(parsed.ambiguous_scalars);
        let tree = parsed.tree.map(Arc::new);
        self.parsed.insert(path.to_owned(), tree.clone());
        tree
    }

    /// Whether a path leads to an existing file or folder within the boundary (the folder from which files may be
    /// read).
    pub(crate) fn exists_in_boundary(&self, path: &Path) -> bool {
        self.boundary.resolve_within_boundary(path).is_ok()
    }

    /// Returns the names of at most 1000 entries of a folder, or no names if the folder is outside of the boundary (the
    /// folder from which files may be read). If a document refers to a file that does not exist, a finding can suggest
    /// one of these names.
    pub(crate) fn list_entry_names(&self, folder: &Path) -> Vec<String> {
        let entries =
            self.boundary.resolve_within_boundary(folder).ok().and_then(|real| std::fs::read_dir(real).ok());
        let names =
            entries.into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        names.take(1_000).collect()
    }

    /// Returns the location of the start of a file, for findings about the whole file.
    pub(crate) fn start_of_file(&self, path: &Path) -> Location {
        Location::start_of_file(&Source::new(self.to_display_path(path), ""))
    }

    /// Returns the parsed tree of each file that could be parsed. The trees are sorted by the paths of their files.
    pub(crate) fn list_parsed_trees(&self) -> Vec<Arc<Node>> {
        self.paths_of_read_files().iter().filter_map(|path| self.parsed.get(path)?.clone()).collect()
    }

    /// Returns the paths of the files that were read, sorted. Build scripts watch these files for changes.
    pub(crate) fn paths_of_read_files(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.parsed.keys().cloned().collect();
        paths.sort();
        paths
    }
}

/// Reads a regular file as text. The file must be within `boundary`, the folder from which files may be read. `name` is
/// the path that messages show for the file.
///
/// # Errors
///
/// A finding with the reason why the file cannot be read as text.
pub fn read_text_file(path: &Path, name: &str, boundary: &Boundary) -> Result<Arc<Source>, Finding> {
    match boundary.read_file(path) {
        Ok(bytes) => decode_text(name, bytes),
        Err(refusal) => {
            Err(rules::file::new_finding(&Location::start_of_file(&Source::new(name, "")), &refusal))
        }
    }
}

/// Decodes a file as UTF-8, and removes a byte order mark. If the file is not UTF-8, returns a finding at its first
/// invalid byte.
fn decode_text(name: &str, bytes: Vec<u8>) -> Result<Arc<Source>, Finding> {
    match String::from_utf8(bytes) {
        Ok(text) => Ok(match text.strip_prefix('\u{feff}') {
            Some(rest) => Source::new(name, rest),
            None => Source::new(name, text),
        }),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let source = Source::new(name, String::from_utf8_lossy(error.as_bytes()));
            let place = Position::end_of(&String::from_utf8_lossy(&error.as_bytes()[..valid]));
            let location = Location { source, start: place, end: place };
            Err(rules::not_utf_8::new_finding(&location))
        }
    }
}

/// Returns the path without `.` and `..`, so that different spellings of a path, like `a/../b.yaml` and `b.yaml`,
/// become equal.
pub fn normalize_path(path: &Path) -> PathBuf {
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
