//! Finds values in a JSON text: the path of the value at a position that `serde_json` reports, and the bytes of the
//! value at a path.
//!
//! The crate `serde_path_to_error` is not used, because the deserialization of every model would then be compiled
//! twice. Instead, the text is scanned again when a value in it does not fit.

use std::fmt;
use std::ops::Range;

/// One step of a JSON path, from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PathStep {
    /// The step from an object to the value of its property with this name.
    Property(String),
    /// The step from a list to its item with this index.
    Index(usize),
}

/// A JSON path: the steps from the root of a JSON text to a value in it. It is displayed like `data.orders[3].amount`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct JsonPath(pub(crate) Vec<PathStep>);

impl JsonPath {
    /// Returns this path with `steps` added at its end.
    pub(crate) fn join(&self, steps: impl IntoIterator<Item = PathStep>) -> JsonPath {
        JsonPath(self.0.iter().cloned().chain(steps).collect())
    }
}

impl fmt::Display for JsonPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                PathStep::Index(index) => write!(f, "[{index}]")?,
                PathStep::Property(key) if is_plain(key) => {
                    let dot = if position == 0 { "" } else { "." };
                    write!(f, "{dot}{key}")?;
                }
                // A long key is not shortened, but replaced by `...`: the key may be a secret, and a shortened secret
                // would not be recognized and redacted.
                PathStep::Property(key) if key.chars().count() > MAX_SHOWN_KEY_CHARS => {
                    f.write_str("[\"...\"]")?
                }
                PathStep::Property(key) => write!(f, "[\"{}\"]", key.escape_default())?,
            }
        }
        Ok(())
    }
}

/// The maximum length, in characters, of a key in the text of a path. A longer key is replaced by `...`.
const MAX_SHOWN_KEY_CHARS: usize = 64;

fn is_plain(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !key.is_empty() && key.len() <= MAX_SHOWN_KEY_CHARS && key.bytes().all(plain)
}

/// The value at a position of a JSON text. It is described by its path, and by the path step to its last property or
/// item.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ValueAtPosition {
    /// The path of the value that `serde_json` was reading at the position; if it was reading no value there, the path
    /// of the value that it had read last.
    pub(crate) path: JsonPath,
    /// The step from the value to its last property or item. `None` if the value is neither an object nor a list, is
    /// empty, or does not end at this position.
    pub(crate) last_child_step: Option<PathStep>,
}

/// Finds the value at a line and column, counted as `serde_json` counts them: lines from 1, and columns in bytes.
pub(crate) fn find_value_at(text: &[u8], line: usize, column: usize) -> ValueAtPosition {
    Walk { scanner: Scanner { text, at: 0 }, open: Vec::new() }
        .find_value_at_offset(to_offset(text, line, column))
}

/// Returns the byte range of the value at a path; `None` if there is no such value. If a key occurs twice, its first
/// value counts.
pub(crate) fn find_value_byte_range(text: &[u8], path: &JsonPath) -> Option<Range<usize>> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.skip_space();
    for step in &path.0 {
        match step {
            PathStep::Property(key) => scanner.move_to_property_value(key)?,
            PathStep::Index(index) => scanner.move_to_item(*index)?,
        }
    }
    let start = scanner.at;
    scanner.skip_value()?;
    Some(start..scanner.at)
}

/// Converts a byte offset into a line and column, counted as `serde_json` counts them.
pub(crate) fn to_line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    (1 + before.iter().filter(|byte| **byte == b'\n').count(), before.len() - line_start)
}

fn to_offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut line_starts = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let start = match line.checked_sub(2) {
        Some(lines) => line_starts.nth(lines).unwrap_or(text.len()),
        None => 0,
    };
    start.saturating_add(column).min(text.len())
}

/// An object or a list that the scan has entered and not left yet.
struct OpenContainer {
    is_object: bool,
    /// Whether the next string in the object is a key; false in a list.
    is_key_next: bool,
    /// The last scanned property of the object, or the last scanned item of the list.
    last_scanned_child: Option<LastScannedChild>,
}

/// The last scanned property of an open object, or the last scanned item of an open list. The name of a property is
/// kept as its range of bytes, and decoded only when needed.
#[derive(Clone)]
enum LastScannedChild {
    Property(Range<usize>),
    Index(usize),
}

struct Walk<'a> {
    scanner: Scanner<'a>,
    open: Vec<OpenContainer>,
}

impl Walk<'_> {
    /// Scans the text up to an offset, and returns the value at the offset. The text before the offset is valid JSON,
    /// because `serde_json` has read it.
    fn find_value_at_offset(mut self, offset: usize) -> ValueAtPosition {
        loop {
            self.scanner.skip_space();
            let Some(byte) = self.scanner.peek() else { return self.make_value_at_position(None) };
            match byte {
                b',' | b':' | b'}' | b']' if self.scanner.at >= offset => {
                    return self.make_value_at_position(None);
                }
                b',' | b':' => {
                    self.scanner.at += 1;
                    if let Some(open) = self.open.last_mut() {
                        open.is_key_next = open.is_object && byte == b',';
                    }
                }
                b'}' | b']' => {
                    self.scanner.at += 1;
                    let closed = self.open.pop();
                    if self.scanner.at >= offset {
                        return self
                            .make_value_at_position(closed.and_then(|closed| closed.last_scanned_child));
                    }
                }
                b'{' | b'[' => {
                    self.advance_item_index();
                    if self.scanner.at >= offset {
                        return self.make_value_at_position(None);
                    }
                    self.scanner.at += 1;
                    let is_object = byte == b'{';
                    self.open.push(OpenContainer {
                        is_object,
                        is_key_next: is_object,
                        last_scanned_child: None,
                    });
                }
                _ => {
                    let start = self.scanner.at;
                    match self.open.last_mut() {
                        Some(open) if open.is_key_next => {
                            open.last_scanned_child = Some(LastScannedChild::Property(start..start))
                        }
                        _ => self.advance_item_index(),
                    }
                    if self.scanner.skip_value().is_none() || self.scanner.at == start {
                        return self.make_value_at_position(None);
                    }
                    if let Some(OpenContainer {
                        is_key_next: true, last_scanned_child: latest_child, ..
                    }) = self.open.last_mut()
                    {
                        *latest_child = Some(LastScannedChild::Property(start..self.scanner.at));
                    }
                    if self.scanner.at >= offset {
                        return self.make_value_at_position(None);
                    }
                }
            }
        }
    }

    fn advance_item_index(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.is_object) {
            let index = match open.last_scanned_child {
                Some(LastScannedChild::Index(index)) => index + 1,
                _ => 0,
            };
            open.last_scanned_child = Some(LastScannedChild::Index(index));
        }
    }

    fn make_value_at_position(&self, last: Option<LastScannedChild>) -> ValueAtPosition {
        let steps = self.open.iter().filter_map(|open| self.decode_step(open.last_scanned_child.clone()?));
        ValueAtPosition {
            path: JsonPath(steps.collect()),
            last_child_step: last.and_then(|last| self.decode_step(last)),
        }
    }

    fn decode_step(&self, last: LastScannedChild) -> Option<PathStep> {
        match last {
            LastScannedChild::Index(index) => Some(PathStep::Index(index)),
            LastScannedChild::Property(range) => {
                let key: String = serde_json::from_slice(self.scanner.text.get(range)?).ok()?;
                Some(PathStep::Property(key))
            }
        }
    }
}

/// A JSON text, and the position up to which it was scanned.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a [u8],
    pub(super) at: usize,
}

impl Scanner<'_> {
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    pub(super) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Expects this byte: moves past white space and the byte. Returns `None` if another byte follows.
    pub(super) fn expect_byte(&mut self, byte: u8) -> Option<()> {
        self.skip_space();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Moves past a string. Returns `None` if the string does not end.
    pub(super) fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }

    /// Moves past a value, however deeply it is nested. Returns `None` if the text ends before the value does.
    pub(super) fn skip_value(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            self.skip_space();
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                b',' | b':' => return None,
                _ => {
                    while !matches!(
                        self.peek(),
                        None | Some(b',' | b':' | b'}' | b']' | b' ' | b'\t' | b'\n' | b'\r')
                    ) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(());
            }
        }
    }

    /// Moves from the start of an object to the value of one of its properties. Returns `None` if the object does not
    /// have the property.
    fn move_to_property_value(&mut self, wanted_key: &str) -> Option<()> {
        self.expect_byte(b'{')?;
        loop {
            self.skip_space();
            let start = self.at;
            (self.peek()? == b'"').then_some(())?;
            self.skip_string()?;
            let key = serde_json::from_slice::<String>(self.text.get(start..self.at)?).ok()?;
            self.expect_byte(b':')?;
            self.skip_space();
            if key == wanted_key {
                return Some(());
            }
            self.skip_value()?;
            self.expect_byte(b',')?;
        }
    }

    /// Moves the scanner from the start of a list to the item with this index. Returns `None` if the list is shorter.
    fn move_to_item(&mut self, index: usize) -> Option<()> {
        self.expect_byte(b'[')?;
        for _ in 0..index {
            self.skip_value()?;
            self.expect_byte(b',')?;
        }
        self.skip_space();
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the path of the value at the mark `^` in a JSON text. If the value is an object or a list that ends at
    /// the mark, also returns the key or index of its last child.
    fn find_path_and_last_child_at_mark(marked: &str) -> (String, Option<PathStep>) {
        let offset = marked.find('^').unwrap();
        let text = marked.replacen('^', "", 1);
        let (line, column) = to_line_and_column(text.as_bytes(), offset);
        let found = find_value_at(text.as_bytes(), line, column);
        (found.path.to_string(), found.last_child_step)
    }

    #[test]
    fn a_value_is_found_at_its_end() {
        for (marked, path) in [
            (r#"{"data":{"orders":[{"a":1},{"a":"x"^,"b":2}]}}"#, "data.orders[1].a"),
            (r#"{"data":{"orders":[{"a":1},{"a":"x" ^ ,"b":2}]}}"#, "data.orders[1].a"),
            ("{\n \"data\": {\n  \"rate\": 1.25^,\n  \"id\": 7 }\n}", "data.rate"),
            (r#"[1,[2,null^]]"#, "[1][1]"),
            (r#"{"a":{},"b":[],"c":true^}"#, "c"),
            (r#"{"weird key":{"n.m":[1^]}}"#, r#"["weird key"]["n.m"][0]"#),
            (r#"{"a\"b":"}]{"^}"#, r#"["a\"b"]"#),
            ("7^", ""),
        ] {
            assert_eq!(find_path_and_last_child_at_mark(marked), (path.to_owned(), None), "{marked}");
        }
    }

    #[test]
    fn an_object_or_list_is_found_at_its_beginning_and_at_its_end() {
        assert_eq!(
            find_path_and_last_child_at_mark(r#"{"a":1,"amount":^{"x":1}}"#),
            (String::from("amount"), None)
        );
        assert_eq!(find_path_and_last_child_at_mark(r#"[[],^[1]]"#), (String::from("[1]"), None));
        assert_eq!(
            find_path_and_last_child_at_mark(r#"{"a":{"x":1,"y":2}^}"#),
            (String::from("a"), Some(PathStep::Property(String::from("y"))))
        );
        assert_eq!(
            find_path_and_last_child_at_mark(r#"{"a":[1,2]^}"#),
            (String::from("a"), Some(PathStep::Index(1)))
        );
        assert_eq!(find_path_and_last_child_at_mark(r#"{"a":{}^}"#), (String::from("a"), None));
    }

    #[test]
    fn a_text_that_is_cut_off_still_has_a_position() {
        for (marked, path) in [
            (r#"{"data":{"orders":[{"amount":"1^"#, "data.orders[0].amount"),
            (r#"{"data":{"orders":[{"amount":1},^"#, "data.orders[0]"),
            (r#"{"data":{"orders^"#, "data"),
            ("^", ""),
            ("{^", ""),
        ] {
            assert_eq!(find_path_and_last_child_at_mark(marked).0, path, "{marked}");
        }
    }

    #[test]
    fn a_position_is_where_serde_json_says() {
        let text = "{\n\"a\": [1,\n  2, \"x\"],\n\"b\": 1}";
        let error = serde_json::from_str::<std::collections::BTreeMap<String, Vec<u8>>>(text).unwrap_err();
        let found = find_value_at(text.as_bytes(), error.line(), error.column());
        assert_eq!(found.path.to_string(), "a[2]");
        let end = find_value_byte_range(text.as_bytes(), &found.path).unwrap().end;
        assert_eq!(to_line_and_column(text.as_bytes(), end), (error.line(), error.column()));
    }

    #[test]
    fn a_path_leads_to_the_bytes_of_its_value() {
        let text = r#" {"data": {"orders": [ {"id":1} , {"id": "a,]}b" , "x":[{}]} ]}, "n":-1.5e3 }"#;
        let value = |steps: &[PathStep]| {
            let range = find_value_byte_range(text.as_bytes(), &JsonPath(steps.to_vec()))?;
            Some(&text[range])
        };
        let key = |name: &str| PathStep::Property(name.to_owned());
        let second = [key("data"), key("orders"), PathStep::Index(1)];
        assert_eq!(value(&[]), Some(text.trim()));
        assert_eq!(value(&[key("n")]), Some("-1.5e3"));
        assert_eq!(value(&[&second[..], &[key("id")]].concat()), Some(r#""a,]}b""#));
        assert_eq!(value(&[&second[..], &[key("x"), PathStep::Index(0)]].concat()), Some("{}"));
        for nowhere in [vec![key("none")], vec![PathStep::Index(0)], vec![key("n"), key("x")]] {
            assert_eq!(value(&nowhere), None);
        }
        assert_eq!(value(&[key("data"), key("orders"), PathStep::Index(2)]), None);
    }

    #[test]
    fn a_key_that_no_document_has_cannot_forge_a_line() {
        let shown = |key: &str| JsonPath(vec![PathStep::Property(key.to_owned())]).to_string();
        assert_eq!(shown("a\n\u{202e}\u{1b}[31m"), r#"["a\n\u{202e}\u{1b}[31m"]"#);
        assert_eq!(shown(&"x ".repeat(1000)), r#"["..."]"#, "a part of it may be a part of a secret");
    }

    #[test]
    fn a_deep_text_is_walked_without_recursion() {
        let deep = "[".repeat(200_000);
        assert_eq!(find_value_at(deep.as_bytes(), 1, deep.len()).path.0.len(), 199_999);
        assert_eq!(find_value_byte_range(deep.as_bytes(), &JsonPath::default()), None);
    }
}
