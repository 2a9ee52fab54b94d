//! Formats documents as YAML, in the style of the OpenAPI documents of this workspace. Text that a terminal or a CI
//! runner would interpret as a command is escaped.

use partner_spec::{Node, Value, is_harmless_to_print, to_harmless_yaml};

/// Formats a whole document as YAML.
pub fn format_document_as_yaml(node: &Node) -> String {
    format_as_indented_yaml(node, 0)
}

/// Formats a node as one line of YAML, in flow style.
pub(crate) fn format_as_flow_yaml(node: &Node) -> String {
    let mut yaml = YamlWriter { out: String::new() };
    yaml.write_flow_node(node);
    to_harmless_yaml(&yaml.out).into_owned()
}

/// Formats a node as YAML in block style, indented by `indent` spaces.
pub(crate) fn format_as_indented_yaml(node: &Node, indent: usize) -> String {
    let mut yaml = YamlWriter { out: " ".repeat(indent) };
    match &node.value {
        Value::Object(object) if !object.is_empty() => yaml.write_block_collection(node, indent),
        Value::Array(items) if !items.is_empty() => yaml.write_block_collection(node, indent),
        _ => yaml.write_leaf_node(node, indent),
    }
    // Text that a terminal or a CI runner would interpret as a command is put in double quotes, with escapes.
    to_harmless_yaml(&yaml.out).into_owned()
}

struct YamlWriter {
    out: String,
}

impl YamlWriter {
    /// Writes a non-empty object or array in block style. The first entry continues the current line. Every other entry
    /// starts on a new line, indented by `indent` spaces.
    fn write_block_collection(&mut self, node: &Node, indent: usize) {
        let mut first = true;
        let mut begin = |yaml: &mut YamlWriter| {
            if !std::mem::take(&mut first) {
                yaml.out.push_str(&" ".repeat(indent));
            }
        };
        match &node.value {
            Value::Object(object) => {
                for entry in object.iter() {
                    begin(self);
                    self.out.push_str(&quote_if_needed(&entry.key));
                    self.out.push(':');
                    self.write_entry_value(&entry.node, indent + 2);
                }
            }
            Value::Array(items) => {
                for item in items {
                    begin(self);
                    self.out.push('-');
                    self.write_item_value(item, indent + 2);
                }
            }
            _ => {}
        }
    }

    /// Writes the value of a key. A scalar or an empty collection is written on the line of the key. Any other value is
    /// written below the key.
    fn write_entry_value(&mut self, node: &Node, indent: usize) {
        match &node.value {
            Value::Object(object) if !object.is_empty() => {}
            Value::Array(items) if !items.is_empty() => {}
            _ => return self.write_leaf_node(node, indent),
        }
        self.out.push('\n');
        self.out.push_str(&" ".repeat(indent));
        self.write_block_collection(node, indent);
    }

    fn write_item_value(&mut self, node: &Node, indent: usize) {
        match &node.value {
            Value::Object(object) if !object.is_empty() => self.out.push(' '),
            Value::Array(items) if !items.is_empty() => self.out.push(' '),
            _ => return self.write_leaf_node(node, indent),
        }
        self.write_block_collection(node, indent);
    }

    /// Writes a leaf node (a scalar or an empty collection), and ends the line. A text that can be written as a literal
    /// block (`|`) is written below the current line, indented by `indent` spaces.
    fn write_leaf_node(&mut self, node: &Node, indent: usize) {
        if self.out.ends_with([':', '-']) {
            self.out.push(' ');
        }
        match &node.value {
            Value::String(text) if fits_literal_block(text) => return self.write_literal_block(text, indent),
            Value::String(text) => self.out.push_str(&quote_if_needed(text)),
            _ => self.write_flow_node(node),
        }
        self.out.push('\n');
    }

    /// Writes a node in flow style, like `{a: [1, 2]}`.
    fn write_flow_node(&mut self, node: &Node) {
        match &node.value {
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    self.write_flow_node(item);
                }
                self.out.push(']');
            }
            Value::Object(object) => {
                self.out.push('{');
                for (index, entry) in object.iter().enumerate() {
                    self.out.push_str(if index > 0 { ", " } else { "" });
                    self.write_flow_node(&Node::new_string(entry.key.as_str(), &entry.key_location));
                    self.out.push_str(": ");
                    self.write_flow_node(&entry.node);
                }
                self.out.push('}');
            }
            Value::String(text) if text.contains([',', '{', '}', '\n']) => {
                self.out.push_str(&quote_text(text))
            }
            Value::String(text) => self.out.push_str(&quote_if_needed(text)),
            Value::Null => self.out.push_str("null"),
            Value::Bool(value) => self.out.push_str(if *value { "true" } else { "false" }),
            Value::Number(text) => self.out.push_str(text),
        }
    }

    fn write_literal_block(&mut self, text: &str, indent: usize) {
        self.out.push_str(if text.ends_with('\n') { "|\n" } else { "|-\n" });
        for line in text.lines() {
            if !line.is_empty() {
                self.out.push_str(&" ".repeat(indent));
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }
}

/// Whether a text has several lines and can be written as a literal block (`|`).
fn fits_literal_block(text: &str) -> bool {
    let lines = text.strip_suffix('\n').unwrap_or(text);
    lines.contains('\n')
        && !lines.ends_with('\n')
        && !text.starts_with([' ', '\t', '\n'])
        // A text cannot be a literal block if one of its lines consists only of spaces and tabs. YAML could take the
        // spaces of such a line as the indentation of the block.
        && lines.split('\n').all(|line| line.is_empty() || !line.trim().is_empty())
        && is_harmless_to_print(text)
}

/// Returns the text without quotes if every YAML parser reads the unquoted text as a string. Otherwise returns the text
/// in quotes.
fn quote_if_needed(text: &str) -> String {
    if is_string_without_quotes(text) { text.to_owned() } else { quote_text(text) }
}

/// Returns the text in single quotes, or in double quotes if it needs escapes.
fn quote_text(text: &str) -> String {
    if is_harmless_to_print(text) && !text.contains(char::is_control) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        // The text is escaped as in JSON, because a JSON string is a valid YAML string in double quotes.
        serde_json::Value::from(text).to_string()
    }
}

fn is_string_without_quotes(text: &str) -> bool {
    let is_word = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"]
        .iter()
        .any(|w| text.eq_ignore_ascii_case(w));
    // YAML reads a brace as the start of an object only if the value begins with it, so a path like `/orders/{id}`
    // needs no quotes.
    let allowed_braces = if text.starts_with('/') { "{}" } else { "" };
    text.starts_with(|c: char| c.is_ascii_alphabetic() || "$/(".contains(c))
        && !text.ends_with(' ')
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || " _-./,;()'$+*=".contains(c) || allowed_braces.contains(c))
        && !is_word
}

#[cfg(test)]
mod tests {
    use partner_spec::{Source, parse_source};

    #[test]
    fn every_text_is_read_back_unchanged() {
        let texts = [
            "",
            " ",
            "a",
            "yes",
            "No",
            "null",
            "~",
            "1",
            "1.50",
            "1e3",
            "2026-11-26",
            "0x1",
            "a: b",
            "a #b",
            "- a",
            "a ",
            "$a",
            "(a)",
            "/a/{b}",
            "a\nb",
            "a\nb\n",
            "a\n\nb\n\n",
            "\na",
            " a\nb",
            "a\n  \nb",
            "a\n  b\n",
            "a\tb",
            "\t",
            "a\r\nb",
            "'a'",
            "\"a\"",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
            "?",
            "---",
            "...",
            "a\n---\nb",
            "::error::a",
            "a ::b",
            "##[a]\nb",
            "\u{1b}",
            "\u{9b}",
            "\u{202e}",
            "\u{feff}a",
            "\u{e0041}",
            "naïve\n日本",
            "#",
            "a:",
            "=",
            "<<",
            "\u{2028}",
        ];
        for text in texts {
            let node = |text: &str| parse_source(&Source::new("a.json", text));
            let json = serde_json::json!({
                text: [text, [text, [], {}], {"k": text, text: text}, [[text]], {}],
                "o": {"a": [], "b": {}, "c": {"d": [null, true, 1.50]}},
            });
            let before = node(&json.to_string()).unwrap();
            let yaml = super::format_document_as_yaml(&before);
            let after = parse_source(&Source::new("a.yaml", yaml.as_str()));
            assert!(after.as_ref().is_ok_and(|after| *after == before), "{text:?}: {after:?}\n{yaml}");
            let flow = super::format_as_flow_yaml(&before);
            let after = parse_source(&Source::new("a.yaml", flow.as_str()));
            assert!(after.as_ref().is_ok_and(|after| *after == before), "{text:?}: {after:?}\n{flow}");
        }
        for json in ["1", "[]", "{}", "\"a\\nb\"", "[[1, 2], [3]]"] {
            let before = parse_source(&Source::new("a.json", json)).unwrap();
            assert_eq!(
                parse_source(&Source::new("a.yaml", super::format_document_as_yaml(&before))).unwrap(),
                before
            );
        }
    }
}
