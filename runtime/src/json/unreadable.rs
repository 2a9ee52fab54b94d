//! Optional fields that do not fit their type: they are left out of the response, and listed.
//!
//! A text is deserialized as usual. Only when that fails, the value that did not fit is overwritten with `null` in a copy of
//! the text, and the copy is deserialized, until everything fits. Where `null` does not fit either, because the property is
//! required, the object around it is overwritten. An item of a list is never overwritten, so that no item is lost and no
//! list appears that was not sent.

use std::fmt;

use super::misfit::Misfit;
use super::path::{Path, Step, line_and_column, span};

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

    /// Whether the field has this name.
    pub(crate) fn ends_with(&self, key: &str) -> bool {
        matches!(self.path.0.last(), Some(Step::Key(last)) if last == key)
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

/// How many fields of a response may be left out.
const MAX_FIELDS: usize = 100;

/// The value of a field that is left out.
const NULL: &[u8] = b"null";

/// How many bytes may be deserialized again because fields are left out.
const MAX_BYTES: usize = 32 * 1024 * 1024;

/// Deserializes a text, and leaves out the optional fields that do not fit. Returns these fields.
///
/// Only fields of the value at the path `root` are left out. `deserialize` is a trait object, so that this function is
/// compiled once and not for each type.
///
/// # Errors
///
/// When a value does not fit that cannot be left out.
pub(crate) fn without_unreadable(
    text: &[u8],
    root: &[&str],
    deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
) -> Result<Box<[Unreadable]>, Misfit> {
    let Some(mut misfit) = Misfit::find(text, deserialize) else { return Ok(Box::default()) };
    let mut repair = Repair { root, deserialize, left_out: Vec::new(), budget: MAX_BYTES };
    // A `null` may be longer than the value that it replaces. With room for that, the copy never grows into another copy.
    let mut copy = Vec::with_capacity(text.len() + MAX_FIELDS * NULL.len());
    copy.extend_from_slice(text);
    loop {
        match repair.leave_out(&mut copy, &misfit) {
            Ok(None) => return Ok(repair.left_out.into()),
            Ok(Some(next)) => misfit = next,
            Err(why) => {
                misfit.too_much = matches!(why, Stuck::TooMuch);
                if !repair.left_out.is_empty() {
                    // Its position is one in the copy.
                    misfit.position = span(text, &misfit.path).map(|span| line_and_column(text, span.end));
                }
                return Err(misfit);
            }
        }
    }
}

/// Why a value is not left out.
enum Stuck {
    /// No field around it is optional.
    Required,
    /// So many unreadable values have been left out that no more may be.
    TooMuch,
}

/// A text that is being repaired.
struct Repair<'a> {
    root: &'a [&'a str],
    deserialize: &'a mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
    left_out: Vec<Unreadable>,
    /// How many bytes may still be deserialized.
    budget: usize,
}

impl Repair<'_> {
    /// Leaves out the value that did not fit, or the nearest field around it that is optional. Returns the value that does
    /// not fit next.
    fn leave_out(&mut self, copy: &mut Vec<u8>, misfit: &Misfit) -> Result<Option<Misfit>, Stuck> {
        let mut path = misfit.path.clone();
        while misfit.is_json && matches!(path.0.last(), Some(Step::Key(_))) && self.is_inside_root(&path) {
            if self.left_out.len() >= MAX_FIELDS {
                return Err(Stuck::TooMuch);
            }
            self.budget = self.budget.checked_sub(copy.len()).ok_or(Stuck::TooMuch)?;
            let span = span(copy, &path).ok_or(Stuck::Required)?;
            let start = span.start;
            let removed: Vec<u8> = copy.splice(span, NULL.iter().copied()).collect();
            let next = Misfit::find(copy, self.deserialize);
            if next.as_ref().is_none_or(|next| !next.path.0.starts_with(&path.0)) {
                self.left_out.retain(|inside| !inside.path.0.starts_with(&path.0));
                self.left_out.push(Unreadable { path, reason: misfit.reason.clone() });
                return Ok(next);
            }
            copy.splice(start..start + NULL.len(), removed);
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
