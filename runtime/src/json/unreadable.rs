//! Responses of which a part does not fit: an optional field that cannot be read is left out, and noted.
//!
//! Deserialization goes its usual way. Only when it fails, the value that did not fit is overwritten with `null` in a
//! copy of the text, and the copy is deserialized, until nothing is left that does not fit. Where `null` does not fit
//! either, because the property is required, the object around it is overwritten. An item of a list never is: no item
//! goes missing, and no list appears that was not sent.

use std::fmt;

use serde_json::error::Category;

use super::nested::Inner;
use super::path::{Path, Step, find, line_and_column, span};
use crate::error::without_place;

/// A field of a response that is `None` because what was sent for it does not fit its type.
#[derive(Clone, PartialEq, Eq)]
pub struct Unreadable {
    path: Path,
    reason: String,
}

impl Unreadable {
    /// The path of the field in the body of the response, like `data.orders[3].amount`.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// Why the value does not fit, without the value.
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl fmt::Debug for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unreadable({self})")
    }
}

/// Why a text does not fit, and where.
pub(crate) struct Misfit {
    pub(crate) path: Path,
    pub(crate) reason: String,
    /// Line and column, as `serde_json` counts them.
    pub(crate) position: Option<(usize, usize)>,
    /// Whether more of the text does not fit than is left out.
    pub(crate) too_much: bool,
}

/// How many fields of a response are left out at most.
const MOST_FIELDS: usize = 100;

/// How many bytes are deserialized at most for the sake of fields that are left out.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Deserializes a text as often as it takes to leave out the fields that do not fit, which are returned.
///
/// `deserialize` is one function whatever the type, so that this is compiled once. Only values inside the one at `root`
/// are left out.
///
/// # Errors
///
/// When something does not fit that cannot be left out.
pub(crate) fn without_unreadable(
    text: &[u8],
    root: &[&str],
    deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
) -> Result<Box<[Unreadable]>, Misfit> {
    let Some(mut failure) = Failure::of(text, deserialize) else { return Ok(Box::default()) };
    let mut mending = Mending { root, deserialize, left_out: Vec::new(), budget: MOST_BYTES };
    let mut copy = text.to_vec();
    loop {
        match mending.leave_out(&mut copy, &failure) {
            Ok(None) => return Ok(mending.left_out.into()),
            Ok(Some(next)) => failure = next,
            Err(why) => {
                let position = match mending.left_out.is_empty() {
                    true => failure.position,
                    // Positions in the copy are others.
                    false => span(text, &failure.path).map(|span| line_and_column(text, span.end)),
                };
                let Failure { path, reason, .. } = failure;
                return Err(Misfit { path, reason, position, too_much: matches!(why, Stuck::TooMuch) });
            }
        }
    }
}

/// What a deserialization failed at.
pub(super) struct Failure {
    /// The value that did not fit.
    pub(super) path: Path,
    /// Why it did not fit.
    pub(super) reason: String,
    /// Line and column, as `serde_json` counts them.
    position: Option<(usize, usize)>,
    /// Whether the text is JSON, as far as it was read.
    is_json: bool,
}

impl Failure {
    fn of(text: &[u8], deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>) -> Option<Failure> {
        // Somebody else may have failed before, and not looked at what was noted.
        Inner::take();
        deserialize(text).err().map(|error| Failure::new(text, &error))
    }

    /// Finds out which value an error is about.
    pub(super) fn new(text: &[u8], error: &serde_json::Error) -> Failure {
        let position = Some((error.line(), error.column())).filter(|(line, _)| *line > 0);
        let is_json = error.classify() == Category::Data;
        let found = find(text, error.line(), error.column());
        let last = found.last.map(|last| found.path.join([last]));
        let reason = without_place(error);
        if let Some(inner) = Inner::take() {
            let base = [Some(&found.path), last.as_ref()].into_iter().flatten();
            if let Some(base) = base.into_iter().find(|base| inner.is_in(text, base)) {
                return Failure { path: base.join(inner.steps()), reason: inner.reason, position, is_json };
            }
        }
        // What is about an object as a whole, serde says behind the object. What a type of ours says about a value has no
        // position, and so gets that of the end of the object around it when the value is the last one in there.
        let about_whole = ["missing field", "duplicate field", "unknown field", "invalid length"];
        let path = match last {
            Some(last) if is_json && !about_whole.iter().any(|about| reason.starts_with(about)) => last,
            _ => found.path,
        };
        Failure { path, reason, position, is_json }
    }
}

/// Why nothing more is left out.
enum Stuck {
    /// What does not fit cannot be left out.
    Required,
    /// Too much was left out already.
    TooMuch,
}

struct Mending<'a> {
    root: &'a [&'a str],
    deserialize: &'a mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
    left_out: Vec<Unreadable>,
    /// How many bytes may still be deserialized.
    budget: usize,
}

impl Mending<'_> {
    /// Leaves out the value that did not fit, or the nearest one around it that may be left out. Returns what does not
    /// fit next.
    fn leave_out(&mut self, copy: &mut Vec<u8>, failure: &Failure) -> Result<Option<Failure>, Stuck> {
        let mut path = failure.path.clone();
        while failure.is_json && matches!(path.0.last(), Some(Step::Key(_))) && self.is_inside_root(&path) {
            if self.left_out.len() >= MOST_FIELDS {
                return Err(Stuck::TooMuch);
            }
            self.budget = self.budget.checked_sub(copy.len()).ok_or(Stuck::TooMuch)?;
            let span = span(copy, &path).ok_or(Stuck::Required)?;
            let mended = [&copy[..span.start], b"null", &copy[span.end..]].concat();
            let next = Failure::of(&mended, self.deserialize);
            if next.as_ref().is_none_or(|next| !next.path.0.starts_with(&path.0)) {
                *copy = mended;
                self.left_out.retain(|inside| !inside.path.0.starts_with(&path.0));
                self.left_out.push(Unreadable { path, reason: failure.reason.clone() });
                return Ok(next);
            }
            path.0.pop();
        }
        Err(Stuck::Required)
    }

    fn is_inside_root(&self, path: &Path) -> bool {
        let is = |(step, key): (&Step, &&str)| matches!(step, Step::Key(found) if found == key);
        path.0.len() > self.root.len() && path.0.iter().zip(self.root).all(is)
    }
}

#[cfg(test)]
#[path = "unreadable_tests.rs"]
mod tests;
