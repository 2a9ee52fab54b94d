//! Descriptions in schemas. They come from doc comments, which are written for readers of Rust, so parts are rewritten for readers
//! of JSON.

use schemars::Schema;
use serde_json::Value;

/// The note about `Debug` in the docs of a sensitive field.
const SENSITIVE: &str = "Sensitive: `Debug` does not print it.";

/// The key by which the documents mark values that must not be logged or shown.
const SENSITIVE_KEY: &str = "x-sensitive";

/// Rewrites the description of a schema. The note about `Debug` is replaced by the key for sensitive values.
pub(super) fn describe(schema: &mut Schema) {
    let Some(text) = schema.get("description").and_then(Value::as_str) else { return };
    let (kept, notices): (Vec<&str>, Vec<&str>) =
        text.split("\n\n").partition(|paragraph| *paragraph != SENSITIVE);
    let text = plain(&kept.join("\n\n"));
    if !notices.is_empty() {
        schema.insert(SENSITIVE_KEY.into(), true.into());
    }
    schema.insert("description".into(), text.into());
}

/// Removes rustdoc syntax from a text: escapes, and links to types.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut in_code = false;
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '`' => {
                in_code = !in_code;
                plain.push(c);
            }
            '\\' if !in_code && characters.peek().is_some_and(|next| "<>[]".contains(*next)) => {
                plain.extend(characters.next());
            }
            // Brackets in a text are escaped, so these belong to a link.
            '[' | ']' if !in_code => {}
            _ => plain.push(c),
        }
    }
    plain
}
