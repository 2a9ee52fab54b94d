//! Descriptions: doc comments are written for readers of Rust, and schemas for readers of JSON.

use schemars::Schema;
use serde_json::Value;

/// What the docs of a sensitive field say of its `Debug`.
const SENSITIVE: &str = "Sensitive: `Debug` does not print it.";

/// Marks what must not be logged or shown, as the documents do.
const SENSITIVE_KEY: &str = "x-sensitive";

/// Rewrites the description of a schema. A notice about `Debug` becomes a key, which says the same to a program.
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

/// The text without what only rustdoc needs: escapes, and links to types.
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
            // Brackets of a text are escaped; these are of a link.
            '[' | ']' if !in_code => {}
            _ => plain.push(c),
        }
    }
    plain
}
