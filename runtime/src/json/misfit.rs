//! The value that a deserialization failed at.
//!
//! Some values are deserialized from a text of their own, while the text around them is being deserialized. When such a
//! nested value does not fit, the position that `serde_json` reports is one in the nested text, and means nothing in the
//! text around it. So what did not fit is noted for the thread, and the outer deserialization finds the path from the note.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeOwned, Error};
use serde_json::error::Category;

use super::path::{Path, find, span};
use super::redact::without_location;

/// How many nested deserializations may run inside each other. `serde_json` limits the depth of a text, but each nested text
/// begins to count anew. The types of the documents are nested far less.
const MAX_DEPTH: usize = 32;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static NOTE: RefCell<Option<Note>> = const { RefCell::new(None) };
}

/// A value that does not fit its type.
pub(crate) struct Misfit {
    pub(crate) path: Path,
    /// Why it does not fit, without the value.
    pub(crate) reason: String,
    /// Line and column, as `serde_json` counts them.
    pub(crate) position: Option<(usize, usize)>,
    /// Whether the text is JSON, as far as it was read.
    pub(super) is_json: bool,
    /// Whether more fields of the text do not fit than may be left out.
    pub(crate) too_much: bool,
}

impl Misfit {
    /// Deserializes a text, and returns the value that does not fit, if there is one.
    pub(super) fn find(
        text: &[u8],
        deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
    ) -> Option<Misfit> {
        // An earlier deserialization on this thread may have left a note that nobody took.
        NOTE.take();
        deserialize(text).err().map(|error| Misfit::new(text, &error))
    }

    /// Finds the value that an error is about.
    fn new(text: &[u8], error: &serde_json::Error) -> Misfit {
        let position = Some((error.line(), error.column())).filter(|(line, _)| *line > 0);
        let is_json = error.classify() == Category::Data;
        let found = find(text, error.line(), error.column());
        let last = found.last.map(|last| found.path.join([last]));
        let reason = without_location(error);
        let misfit = |path, reason| Misfit { path, reason, position, is_json, too_much: false };
        if let Some(note) = NOTE.take() {
            let mut outer = [Some(&found.path), last.as_ref()].into_iter().flatten();
            if let Some(outer) = outer.find(|outer| note.may_be_at(text, outer)) {
                return misfit(outer.join(note.path.0.iter().cloned()), note.reason);
            }
        }
        // serde reports these errors at the end of the object that they are about. Errors of this crate's types have no
        // position; they get that of the end of the object around them when they are about its last value.
        let about_object = ["missing field", "duplicate field", "unknown field", "invalid length"];
        match last {
            Some(last) if is_json && !about_object.iter().any(|about| reason.starts_with(about)) => {
                misfit(last, reason)
            }
            _ => misfit(found.path, reason),
        }
    }
}

/// A nested value that did not fit.
struct Note {
    /// The length of the nested text, by which it is recognized in the text around it.
    length: usize,
    /// The path from the nested value to the value that did not fit.
    path: Path,
    reason: String,
}

impl Note {
    /// Whether the nested value may be the value at this path.
    fn may_be_at(&self, text: &[u8], path: &Path) -> bool {
        span(text, path).is_some_and(|span| span.len() == self.length)
    }
}

/// Deserializes a nested value from its own text.
///
/// # Errors
///
/// When the value does not fit, or is nested too deep.
pub(crate) fn nested<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let _level = Level::enter().ok_or_else(|| serde_json::Error::custom("it is nested too deep"))?;
    serde_json::from_str(text).inspect_err(|error| {
        let Misfit { path, reason, .. } = Misfit::new(text.as_bytes(), error);
        note(text, path, reason);
    })
}

/// Notes that a value does not fit its type, so that the deserialization of the text around it finds its path.
pub(crate) fn note_misfit(text: &str, reason: &dyn fmt::Display) {
    note(text, Path::default(), reason.to_string());
}

fn note(text: &str, path: Path, reason: String) {
    NOTE.set(Some(Note { length: text.len(), path, reason }));
}

/// A nested deserialization that runs.
struct Level;

impl Level {
    /// Enters one more level. None when there are too many.
    fn enter() -> Option<Level> {
        let depth = DEPTH.get() + 1;
        (depth <= MAX_DEPTH).then(|| {
            DEPTH.set(depth);
            Level
        })
    }
}

impl Drop for Level {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
