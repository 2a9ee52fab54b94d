//! Leaves optional fields out of a response if their values do not fit their types, and lists these fields.
//!
//! The text of a response is first deserialized as usual. If that fails, the value that did not fit is overwritten with
//! `null` in a copy of the text, and the copy is deserialized again. This is repeated until everything fits. If `null`
//! does not fit either, because the property is required, the object around it is overwritten. An item of a list is
//! never overwritten, so that no item is lost, and no list appears that was not sent.

use std::fmt;

use super::mismatch::TypeMismatch;
use super::path::{JsonPath, PathStep, find_value_byte_range, to_line_and_column};

/// An optional field of a response that is `None` because the received value does not fit its type.
#[derive(Clone, PartialEq, Eq)]
pub struct UnreadableField {
    path: JsonPath,
    reason: String,
}

impl UnreadableField {
    /// Returns the path of the field in the body of the response, like `data.orders[3].amount`.
    pub fn path(&self) -> String {
        self.path.to_string()
    }

    /// Returns the reason why the value does not fit its type. The text does not quote the value.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Whether `key` is the name that this field has in JSON.
    pub(crate) fn has_json_name(&self, key: &str) -> bool {
        matches!(self.path.0.last(), Some(PathStep::Property(last)) if last == key)
    }
}

impl fmt::Display for UnreadableField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl fmt::Debug for UnreadableField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UnreadableField({self})")
    }
}

/// The maximum number of fields of one response that may be left out because their values do not fit their types.
const MAX_LEFT_OUT_FIELDS: usize = 100;

/// The JSON text `null`, which replaces a value that does not fit its type.
const REPLACEMENT_JSON: &[u8] = b"null";

/// The maximum number of bytes that are read again for one response. After each field that is left out, the whole
/// response is deserialized again, so a response with many such fields would take too much time.
const MAX_REREAD_BYTES: usize = 32 * 1024 * 1024;

/// Deserializes a JSON text, and leaves out optional fields whose values do not fit their types. Returns the fields
/// that were left out.
///
/// Only fields of the value at the path `root` are left out. `deserialize` is a trait object, so that this function is
/// compiled once and not for each type.
///
/// # Errors
///
/// When a value does not fit its type and cannot be left out.
pub(crate) fn deserialize_leniently(
    text: &[u8],
    root: &[&str],
    deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
) -> Result<Box<[UnreadableField]>, TypeMismatch> {
    let Some(mut mismatch) = TypeMismatch::deserialize_and_find_mismatch(text, deserialize) else {
        return Ok(Box::default());
    };
    let mut state = LenientDeserializationState {
        root,
        deserialize,
        left_out: Vec::new(),
        remaining_reread_bytes: MAX_REREAD_BYTES,
    };
    // `null` may be longer than the value that it replaces. This capacity is enough for all replacements, so the copy
    // is never reallocated.
    let mut copy = Vec::with_capacity(text.len() + MAX_LEFT_OUT_FIELDS * REPLACEMENT_JSON.len());
    copy.extend_from_slice(text);
    loop {
        match state.replace_mismatch_with_null(&mut copy, &mismatch) {
            Ok(None) => return Ok(state.left_out.into()),
            Ok(Some(next)) => mismatch = next,
            Err(why) => {
                mismatch.would_be_left_out_without_limit = matches!(why, LeaveOutError::LimitReached);
                if !state.left_out.is_empty() {
                    // The line and column of the mismatch are a position in `copy`, in which other values have already
                    // become `null`. The position in the original text is found by the path of the value.
                    mismatch.line_and_column = find_value_byte_range(text, &mismatch.path)
                        .map(|range| to_line_and_column(text, range.end));
                }
                return Err(mismatch);
            }
        }
    }
}

/// The reason why an unreadable value cannot be left out (replaced with `null`).
enum LeaveOutError {
    /// The value that does not fit its type is not inside an optional field.
    NotInOptionalField,
    /// One of the limits [`MAX_LEFT_OUT_FIELDS`] and [`MAX_REREAD_BYTES`] is reached.
    LimitReached,
}

/// The state of [`deserialize_leniently`]. It has the fields that were left out so far, and the number of bytes that
/// may still be deserialized again.
struct LenientDeserializationState<'a> {
    root: &'a [&'a str],
    deserialize: &'a mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
    left_out: Vec<UnreadableField>,
    /// The number of bytes that may still be deserialized again, at first [`MAX_REREAD_BYTES`]. Whenever the text is
    /// deserialized again, the length of the text is subtracted.
    remaining_reread_bytes: usize,
}

impl LenientDeserializationState<'_> {
    /// Modifies `copy`, the copy of the JSON text: replaces the value that does not fit its type by `null`. If the
    /// value belongs to a required field, the nearest enclosing optional field is replaced by `null` instead. Returns
    /// the next value that does not fit; `None` if the rest of the text fits.
    fn replace_mismatch_with_null(
        &mut self,
        copy: &mut Vec<u8>,
        mismatch: &TypeMismatch,
    ) -> Result<Option<TypeMismatch>, LeaveOutError> {
        let mut path = mismatch.path.clone();
        while mismatch.is_valid_up_to_error
            && matches!(path.0.last(), Some(PathStep::Property(_)))
            && self.is_path_inside_root(&path)
        {
            if self.left_out.len() >= MAX_LEFT_OUT_FIELDS {
                return Err(LeaveOutError::LimitReached);
            }
            self.remaining_reread_bytes =
                self.remaining_reread_bytes.checked_sub(copy.len()).ok_or(LeaveOutError::LimitReached)?;
            let range = find_value_byte_range(copy, &path).ok_or(LeaveOutError::NotInOptionalField)?;
            let start = range.start;
            let removed: Vec<u8> = copy.splice(range, REPLACEMENT_JSON.iter().copied()).collect();
            let next = TypeMismatch::deserialize_and_find_mismatch(copy, self.deserialize);
            if next.as_ref().is_none_or(|next| !next.path.0.starts_with(&path.0)) {
                self.left_out.retain(|inside| !inside.path.0.starts_with(&path.0));
                self.left_out.push(UnreadableField { path, reason: mismatch.reason.clone() });
                return Ok(next);
            }
            copy.splice(start..start + REPLACEMENT_JSON.len(), removed);
            path.0.pop();
        }
        Err(LeaveOutError::NotInOptionalField)
    }

    fn is_path_inside_root(&self, path: &JsonPath) -> bool {
        let is = |(step, key): (&PathStep, &&str)| matches!(step, PathStep::Property(found) if found == key);
        path.0.len() > self.root.len() && path.0.iter().zip(self.root).all(is)
    }
}

#[cfg(test)]
#[path = "unreadable_tests.rs"]
mod tests;
