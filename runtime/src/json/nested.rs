//! Values that are deserialized within values, from a text of their own: how deep that goes is up to the documents, and
//! not to what a server sends. Where such a value does not fit, its place is noted, because the position in its own text
//! means nothing in the text around it.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeOwned, Error};

use super::path::{Path, Step, span};
use super::unreadable::Failure;

/// How many deserializations may be under way at a time. `serde_json` has a limit for each, which begins anew with the
/// next one; types of the documents are nested far less.
const MOST: usize = 32;

thread_local! {
    static UNDER_WAY: Cell<usize> = const { Cell::new(0) };
    static FAILED: RefCell<Option<Inner>> = const { RefCell::new(None) };
}

/// Where a value that was deserialized from its own text did not fit.
pub(super) struct Inner {
    /// The property that holds the value, where that is known.
    key: Option<&'static str>,
    /// How long the text of the value is.
    length: usize,
    /// From the value to the place.
    path: Path,
    /// Why it did not fit.
    pub(super) reason: String,
}

impl Inner {
    /// What was noted last on this thread.
    pub(super) fn take() -> Option<Inner> {
        FAILED.take()
    }

    /// Whether the value may be at this path of a text, or in its property.
    pub(super) fn is_in(&self, text: &[u8], path: &Path) -> bool {
        span(text, &path.join(self.key_step())).is_some_and(|span| span.len() == self.length)
    }

    /// From the value, or the object that has it as a property, to the place.
    pub(super) fn steps(&self) -> impl Iterator<Item = Step> {
        self.key_step().into_iter().chain(self.path.0.iter().cloned())
    }

    fn key_step(&self) -> Option<Step> {
        self.key.map(|key| Step::Key(key.to_owned()))
    }
}

/// Deserializes a value that is a part of another one, which is being deserialized: that of a property, or without a key
/// the other value once more.
///
/// # Errors
///
/// When it does not fit, and when too many of them are under way.
pub(crate) fn nested<T: DeserializeOwned>(key: Option<&'static str>, text: &str) -> serde_json::Result<T> {
    let _one = One::more().ok_or_else(|| serde_json::Error::custom("it is nested too deep"))?;
    serde_json::from_str(text).inspect_err(|error| {
        let Failure { path, reason, .. } = Failure::new(text.as_bytes(), error);
        note(key, text, path, reason);
    })
}

/// Notes that a value does not fit its type, for whoever looks for the place in the text around it.
pub(crate) fn note_misfit(text: &str, reason: &dyn fmt::Display) {
    note(None, text, Path::default(), reason.to_string());
}

fn note(key: Option<&'static str>, text: &str, path: Path, reason: String) {
    FAILED.set(Some(Inner { key, length: text.len(), path, reason }));
}

/// A deserialization that is under way.
struct One;

impl One {
    fn more() -> Option<One> {
        UNDER_WAY.with(|under_way| {
            let more = under_way.get() + 1;
            (more <= MOST).then(|| {
                under_way.set(more);
                One
            })
        })
    }
}

impl Drop for One {
    fn drop(&mut self) {
        UNDER_WAY.with(|under_way| under_way.set(under_way.get() - 1));
    }
}
