//! Finds the value at which a deserialization failed.
//!
//! Some values, like those of unions, are first kept as JSON text, and then deserialized from that text while the text
//! around them is still being deserialized. The position that `serde_json` reports for such a nested value is a
//! position in the nested text, not in the outer text. So the failure is recorded in a thread-local variable, from
//! which the outer deserialization derives the path.

use std::cell::{Cell, RefCell};
use std::fmt;

use serde::de::{DeserializeOwned, Error};
use serde_json::error::Category;

use super::path::{JsonPath, find_value_at, find_value_byte_range};
use super::redact::describe_error_without_values_and_location;

/// The maximum depth of nested deserializations. Each of them deserializes a value that was kept as JSON text, and that
/// may contain another such value. `serde_json` limits only the depth within one of these texts. The generated types
/// have far fewer levels.
const MAX_DESERIALIZATION_DEPTH: usize = 32;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static LAST_NESTED_TYPE_MISMATCH: RefCell<Option<NestedTypeMismatch>> = const { RefCell::new(None) };
}

/// A value in a JSON text that does not fit its type.
pub(crate) struct TypeMismatch {
    pub(crate) path: JsonPath,
    /// The reason why the value does not fit its type, as a text that does not quote the value.
    pub(crate) reason: String,
    /// The line and column of the error in the JSON text, as `serde_json` counts them; `None` if the error has no
    /// position in the text.
    pub(crate) line_and_column: Option<(usize, usize)>,
    /// Whether the text is valid JSON up to the error.
    pub(super) is_valid_up_to_error: bool,
    /// Whether a limit prevented the attempt to leave the value out of the response, so that it is not known whether
    /// the value could have been left out. There are two limits: for the number of fields that are left out, and for
    /// the number of bytes that are deserialized again because of them.
    pub(crate) would_be_left_out_without_limit: bool,
}

impl TypeMismatch {
    /// Deserializes a JSON text. If this fails, returns the mismatch: the value in the text that does not fit its type,
    /// and why. Returns `None` if all values fit.
    pub(super) fn deserialize_and_find_mismatch(
        text: &[u8],
        deserialize: &mut dyn FnMut(&[u8]) -> serde_json::Result<()>,
    ) -> Option<TypeMismatch> {
        // An earlier deserialization on this thread may have recorded a mismatch (a value that does not fit its type).
        // That mismatch is in another text, so it is discarded.
        LAST_NESTED_TYPE_MISMATCH.take();
        deserialize(text).err().map(|error| TypeMismatch::from_error(text, &error))
    }

    /// Creates a mismatch from an error of `serde_json`, by finding the value that caused the error.
    fn from_error(text: &[u8], error: &serde_json::Error) -> TypeMismatch {
        let line_and_column = Some((error.line(), error.column())).filter(|(line, _)| *line > 0);
        let is_valid_up_to_error = error.classify() == Category::Data;
        let found = find_value_at(text, error.line(), error.column());
        let last = found.last_child_step.map(|last| found.path.join([last]));
        let reason = describe_error_without_values_and_location(error);
        let mismatch = |path, reason| TypeMismatch {
            path,
            reason,
            line_and_column,
            is_valid_up_to_error,
            would_be_left_out_without_limit: false,
        };
        if let Some(nested) = LAST_NESTED_TYPE_MISMATCH.take() {
            let mut outer = [Some(&found.path), last.as_ref()].into_iter().flatten();
            if let Some(outer) = outer.find(|outer| nested.may_be_nested_value(text, outer)) {
                return mismatch(outer.join(nested.path_in_nested_value.0.iter().cloned()), nested.reason);
            }
        }
        // If serde reports an error at the end of an object, the error is about the object only if its message begins
        // with one of these prefixes. Any other error is about the last value in the object: errors of this crate's own
        // types have no position, so serde reports them at the end of the object.
        let object_error_prefixes = ["missing field", "duplicate field", "unknown field", "invalid length"];
        match last {
            Some(last)
                if is_valid_up_to_error
                    && !object_error_prefixes.iter().any(|prefix| reason.starts_with(prefix)) =>
            {
                mismatch(last, reason)
            }
            _ => mismatch(found.path, reason),
        }
    }
}

/// The mismatch of a nested value that did not fit its type. A nested value has a JSON text of its own, which is
/// deserialized while the outer text around it is still being deserialized.
struct NestedTypeMismatch {
    /// The length of the nested value's JSON text, in bytes. It helps to find the nested value in the outer text, if
    /// the deserialization of the outer text fails as well: if the value at which that deserialization failed has a
    /// text of the same length, that value is assumed to be the nested value.
    nested_text_length: usize,
    /// The path from the nested value to the value in it that did not fit its type.
    path_in_nested_value: JsonPath,
    reason: String,
}

impl NestedTypeMismatch {
    /// Whether the value at `path` in the outer JSON text `text` may be the nested value that did not fit its type. The
    /// result is true if that value is as long as the JSON text of the nested value.
    fn may_be_nested_value(&self, text: &[u8], path: &JsonPath) -> bool {
        find_value_byte_range(text, path).is_some_and(|range| range.len() == self.nested_text_length)
    }
}

/// Deserializes a nested value from `text`, the JSON text of this value alone. The larger JSON text that contains the
/// value is still being deserialized.
///
/// # Errors
///
/// When the value does not fit the type `T`, or is nested too deeply.
pub(crate) fn deserialize_nested_value<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    let _guard = NestedDeserializationGuard::try_start()
        .ok_or_else(|| serde_json::Error::custom("it is nested too deep"))?;
    serde_json::from_str(text).inspect_err(|error| {
        let TypeMismatch { path, reason, .. } = TypeMismatch::from_error(text.as_bytes(), error);
        record_type_mismatch(text, path, reason);
    })
}

/// Records that a nested value does not fit its Rust type, and why. `text` is the JSON text of the value, a part of a
/// larger JSON text. If the deserialization of the larger text then fails at a value whose text has the same length as
/// `text`, the recorded mismatch becomes its error.
pub(crate) fn record_nested_type_mismatch(text: &str, reason: &dyn fmt::Display) {
    record_type_mismatch(text, JsonPath::default(), reason.to_string());
}

fn record_type_mismatch(text: &str, path: JsonPath, reason: String) {
    LAST_NESTED_TYPE_MISMATCH.set(Some(NestedTypeMismatch {
        nested_text_length: text.len(),
        path_in_nested_value: path,
        reason,
    }));
}

/// A guard for a nested deserialization, which counts as running until the guard is dropped.
struct NestedDeserializationGuard;

impl NestedDeserializationGuard {
    /// Starts a nested deserialization, and returns the guard that ends it. Returns `None` if the depth would exceed
    /// [`MAX_DESERIALIZATION_DEPTH`].
    fn try_start() -> Option<NestedDeserializationGuard> {
        let depth = DEPTH.get() + 1;
        (depth <= MAX_DESERIALIZATION_DEPTH).then(|| {
            DEPTH.set(depth);
            NestedDeserializationGuard
        })
    }
}

impl Drop for NestedDeserializationGuard {
    fn drop(&mut self) {
        DEPTH.set(DEPTH.get() - 1);
    }
}
