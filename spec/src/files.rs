//! Reading the files of a document, each once.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::parse::read as parse;
use crate::scalar::Ambiguous;
use crate::{Diagnostic, Diagnostics, Location, Node, Position, Source};

/// Larger files than this are refused: a document that a person maintains is far from it, and so is every
/// published one.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// A file that was read: its tree, or that it was reported as broken.
pub(crate) type Parsed = Option<Arc<Node>>;

/// The files read so far.
pub(crate) struct Files {
    base: PathBuf,
    parsed: HashMap<PathBuf, Parsed>,
    pub(crate) diagnostics: Diagnostics,
    /// Values and keys that other readers take for something else.
    pub(crate) ambiguous: Vec<Ambiguous>,
    /// How long the texts are.
    pub(crate) bytes: usize,
}

impl Files {
    /// Messages name files relative to `base`, where they are below it.
    pub(crate) fn new(base: &Path) -> Files {
        Files {
            base: normalize(base),
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
    /// Why it could not be read at all.
    pub(crate) fn get(&mut self, path: &Path) -> Result<Parsed, String> {
        if let Some(parsed) = self.parsed.get(path) {
            return Ok(parsed.clone());
        }
        let parsed = match text(&self.name(path), read(path)?) {
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

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let metadata = std::fs::metadata(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => String::from("there is no such file"),
        _ => error.to_string(),
    })?;
    if !metadata.is_file() {
        return Err(String::from("this is not a file"));
    }
    if metadata.len() > MAX_BYTES {
        return Err(format!("the file is larger than {} MiB", MAX_BYTES / 1024 / 1024));
    }
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(|error| error.to_string())?;
    // Some files are longer than they say.
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes)
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
            Err(Diagnostic::error("not-utf-8", &location, "this is no UTF-8 text")
                .help("save the file as UTF-8"))
        }
    }
}

/// The path without `.` and `..`, so that one file has one name however it is referred to.
pub(crate) fn normalize(path: &Path) -> PathBuf {
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
