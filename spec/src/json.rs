//! Writes nodes as JSON text.

use std::fmt::Write;

use crate::{Node, Value};

impl Node {
    /// Returns the node as JSON text on one line. Numbers keep all their digits.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write(self, None, &mut out);
        out
    }

    /// Returns the node as indented JSON text. Numbers keep all their digits.
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        write(self, Some(0), &mut out);
        out
    }
}

fn write(node: &Node, indent: Option<usize>, out: &mut String) {
    match &node.value {
        Value::Null => out.push_str("null"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::Number(text) => out.push_str(text),
        Value::String(text) => write_string(text, out),
        Value::Array(items) => {
            let items: Vec<(Option<&str>, &Node)> = items.iter().map(|n| (None, n)).collect();
            write_collection('[', ']', &items, indent, out);
        }
        Value::Object(object) => {
            let items: Vec<(Option<&str>, &Node)> =
                object.iter().map(|e| (Some(e.key.as_str()), &e.node)).collect();
            write_collection('{', '}', &items, indent, out);
        }
    }
}

fn write_collection(
    open: char,
    close: char,
    items: &[(Option<&str>, &Node)],
    indent: Option<usize>,
    out: &mut String,
) {
    out.push(open);
    let inner = indent.map(|level| level + 1);
    for (index, (key, node)) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        new_line(inner, out);
        if let Some(key) = key {
            write_string(key, out);
            out.push(':');
            if inner.is_some() {
                out.push(' ');
            }
        }
        write(node, inner, out);
    }
    if !items.is_empty() {
        new_line(indent, out);
    }
    out.push(close);
}

fn new_line(level: Option<usize>, out: &mut String) {
    if let Some(level) = level {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", level));
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if u32::from(c) < 0x20 => {
                // Writing to a string cannot fail, so the result of `write!` is ignored.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use crate::{Source, parse_source};

    #[test]
    fn json_text_keeps_digits_order_and_escapes() {
        let root = parse_source(&Source::new("t.yaml", "b: 1.10\na: [\"x\\n\\u0001\", null, true]\nc: {}\n"))
            .unwrap();
        assert_eq!(root.to_json(), r#"{"b":1.10,"a":["x\n\u0001",null,true],"c":{}}"#);
        assert!(root.to_json_pretty().contains("\n  \"a\": [\n    \"x"));
    }
}
