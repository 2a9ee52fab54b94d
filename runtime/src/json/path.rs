//! The location of a value in a JSON text: from the position that `serde_json` reports to the path of the value, and from the
//! path to the bytes of the value.
//!
//! `serde_path_to_error` would compile a second copy of every model's deserialization. Instead, the text is scanned again
//! when a value in it does not fit.

use std::fmt;
use std::ops::Range;

/// One step from a value to a value inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// To the value of a property.
    Key(String),
    /// To an item of a list.
    Index(usize),
}

/// The steps from the root of a text to a value. It prints as `data.orders[3].amount`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(pub(crate) Vec<Step>);

impl Path {
    /// The path of a value inside this one.
    pub(crate) fn join(&self, steps: impl IntoIterator<Item = Step>) -> Path {
        Path(self.0.iter().cloned().chain(steps).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(index) => write!(f, "[{index}]")?,
                Step::Key(key) if is_plain(key) => {
                    let dot = if position == 0 { "" } else { "." };
                    write!(f, "{dot}{key}")?;
                }
                // An unknown key may be any text of any length. It is not shortened, because a part of a secret would not be
                // recognized as one.
                Step::Key(key) if key.chars().count() > LONGEST_KEY => f.write_str("[\"...\"]")?,
                Step::Key(key) => write!(f, "[\"{}\"]", key.escape_default())?,
            }
        }
        Ok(())
    }
}

/// The length of the longest key that is shown, in characters.
const LONGEST_KEY: usize = 64;

fn is_plain(key: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(plain)
}

/// The value at a position of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The path of the value that is being read at the position, or was read last before it.
    pub(crate) path: Path,
    /// The step to the last value inside it, if it is an object or a list that ends at the position.
    pub(crate) last: Option<Step>,
}

/// Finds the value at a line and column. They are counted like `serde_json` does: lines from 1, and columns in bytes that
/// were read.
pub(crate) fn find(text: &[u8], line: usize, column: usize) -> Found {
    Walk { scanner: Scanner { text, at: 0 }, open: Vec::new() }.until(offset(text, line, column))
}

/// The bytes of the value at a path. Of duplicate keys the first one counts.
pub(crate) fn span(text: &[u8], path: &Path) -> Option<Range<usize>> {
    let mut scanner = Scanner { text, at: 0 };
    scanner.skip_space();
    for step in &path.0 {
        match step {
            Step::Key(key) => scanner.enter_property(key)?,
            Step::Index(index) => scanner.enter_item(*index)?,
        }
    }
    let start = scanner.at;
    scanner.skip_value()?;
    Some(start..scanner.at)
}

/// The line and column of a position, as `serde_json` counts them.
pub(crate) fn line_and_column(text: &[u8], offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    (1 + before.iter().filter(|byte| **byte == b'\n').count(), before.len() - line_start)
}

fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let mut line_starts = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    let start = match line.checked_sub(2) {
        Some(lines) => line_starts.nth(lines).unwrap_or(text.len()),
        None => 0,
    };
    start.saturating_add(column).min(text.len())
}

/// An object or a list that has not ended.
struct Open {
    is_object: bool,
    /// Whether the next string is a key.
    key_next: bool,
    /// The property or item that was begun last.
    last: Option<Last>,
}

/// The last property or item of an open object or list. A key is kept as its bytes, and decoded only when it is needed.
#[derive(Clone)]
enum Last {
    Key(Range<usize>),
    Index(usize),
}

struct Walk<'a> {
    scanner: Scanner<'a>,
    open: Vec<Open>,
}

impl Walk<'_> {
    /// Walks up to a position. `serde_json` has read the text before it, so that is valid JSON.
    fn until(mut self, offset: usize) -> Found {
        loop {
            self.scanner.skip_space();
            let Some(byte) = self.scanner.peek() else { return self.found(None) };
            match byte {
                b',' | b':' | b'}' | b']' if self.scanner.at >= offset => return self.found(None),
                b',' | b':' => {
                    self.scanner.at += 1;
                    if let Some(open) = self.open.last_mut() {
                        open.key_next = open.is_object && byte == b',';
                    }
                }
                b'}' | b']' => {
                    self.scanner.at += 1;
                    let closed = self.open.pop();
                    if self.scanner.at >= offset {
                        return self.found(closed.and_then(|closed| closed.last));
                    }
                }
                b'{' | b'[' => {
                    self.begin_value();
                    if self.scanner.at >= offset {
                        return self.found(None);
                    }
                    self.scanner.at += 1;
                    let is_object = byte == b'{';
                    self.open.push(Open { is_object, key_next: is_object, last: None });
                }
                _ => {
                    let start = self.scanner.at;
                    match self.open.last_mut() {
                        Some(open) if open.key_next => open.last = Some(Last::Key(start..start)),
                        _ => self.begin_value(),
                    }
                    if self.scanner.skip_value().is_none() || self.scanner.at == start {
                        return self.found(None);
                    }
                    if let Some(Open { key_next: true, last, .. }) = self.open.last_mut() {
                        *last = Some(Last::Key(start..self.scanner.at));
                    }
                    if self.scanner.at >= offset {
                        return self.found(None);
                    }
                }
            }
        }
    }

    fn begin_value(&mut self) {
        if let Some(open) = self.open.last_mut().filter(|open| !open.is_object) {
            let index = match open.last {
                Some(Last::Index(index)) => index + 1,
                _ => 0,
            };
            open.last = Some(Last::Index(index));
        }
    }

    fn found(&self, last: Option<Last>) -> Found {
        let steps = self.open.iter().filter_map(|open| self.step(open.last.clone()?));
        Found { path: Path(steps.collect()), last: last.and_then(|last| self.step(last)) }
    }

    fn step(&self, last: Last) -> Option<Step> {
        match last {
            Last::Index(index) => Some(Step::Index(index)),
            Last::Key(range) => {
                let key: String = serde_json::from_slice(self.scanner.text.get(range)?).ok()?;
                Some(Step::Key(key))
            }
        }
    }
}

/// A JSON text and a position in it.
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

    /// Moves past spaces and the given byte. None when another byte follows.
    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        self.skip_space();
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Moves past a string. None when it does not end.
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

    /// Moves past a value of any depth. None when it does not end.
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

    /// Moves to the value of a property of the object that begins here.
    fn enter_property(&mut self, wanted_key: &str) -> Option<()> {
        self.take(b'{')?;
        loop {
            self.skip_space();
            let start = self.at;
            (self.peek()? == b'"').then_some(())?;
            self.skip_string()?;
            let key = serde_json::from_slice::<String>(self.text.get(start..self.at)?).ok()?;
            self.take(b':')?;
            self.skip_space();
            if key == wanted_key {
                return Some(());
            }
            self.skip_value()?;
            self.take(b',')?;
        }
    }

    /// Moves to an item of the list that begins here.
    fn enter_item(&mut self, index: usize) -> Option<()> {
        self.take(b'[')?;
        for _ in 0..index {
            self.skip_value()?;
            self.take(b',')?;
        }
        self.skip_space();
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The value at the position of the mark `^`, which is removed from the text.
    fn at(marked: &str) -> (String, Option<Step>) {
        let offset = marked.find('^').unwrap();
        let text = marked.replacen('^', "", 1);
        let (line, column) = line_and_column(text.as_bytes(), offset);
        let found = find(text.as_bytes(), line, column);
        (found.path.to_string(), found.last)
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
            assert_eq!(at(marked), (path.to_owned(), None), "{marked}");
        }
    }

    #[test]
    fn an_object_or_list_is_found_at_its_beginning_and_at_its_end() {
        assert_eq!(at(r#"{"a":1,"amount":^{"x":1}}"#), (String::from("amount"), None));
        assert_eq!(at(r#"[[],^[1]]"#), (String::from("[1]"), None));
        assert_eq!(at(r#"{"a":{"x":1,"y":2}^}"#), (String::from("a"), Some(Step::Key(String::from("y")))));
        assert_eq!(at(r#"{"a":[1,2]^}"#), (String::from("a"), Some(Step::Index(1))));
        assert_eq!(at(r#"{"a":{}^}"#), (String::from("a"), None));
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
            assert_eq!(at(marked).0, path, "{marked}");
        }
    }

    #[test]
    fn a_position_is_where_serde_json_says() {
        let text = "{\n\"a\": [1,\n  2, \"x\"],\n\"b\": 1}";
        let error = serde_json::from_str::<std::collections::BTreeMap<String, Vec<u8>>>(text).unwrap_err();
        let found = find(text.as_bytes(), error.line(), error.column());
        assert_eq!(found.path.to_string(), "a[2]");
        let end = span(text.as_bytes(), &found.path).unwrap().end;
        assert_eq!(line_and_column(text.as_bytes(), end), (error.line(), error.column()));
    }

    #[test]
    fn a_path_leads_to_the_bytes_of_its_value() {
        let text = r#" {"data": {"orders": [ {"id":1} , {"id": "a,]}b" , "x":[{}]} ]}, "n":-1.5e3 }"#;
        let value = |steps: &[Step]| {
            let span = span(text.as_bytes(), &Path(steps.to_vec()))?;
            Some(&text[span])
        };
        let key = |name: &str| Step::Key(name.to_owned());
        let second = [key("data"), key("orders"), Step::Index(1)];
        assert_eq!(value(&[]), Some(text.trim()));
        assert_eq!(value(&[key("n")]), Some("-1.5e3"));
        assert_eq!(value(&[&second[..], &[key("id")]].concat()), Some(r#""a,]}b""#));
        assert_eq!(value(&[&second[..], &[key("x"), Step::Index(0)]].concat()), Some("{}"));
        for nowhere in [vec![key("none")], vec![Step::Index(0)], vec![key("n"), key("x")]] {
            assert_eq!(value(&nowhere), None);
        }
        assert_eq!(value(&[key("data"), key("orders"), Step::Index(2)]), None);
    }

    #[test]
    fn a_key_that_no_document_has_cannot_forge_a_line() {
        let shown = |key: &str| Path(vec![Step::Key(key.to_owned())]).to_string();
        assert_eq!(shown("a\n\u{202e}\u{1b}[31m"), r#"["a\n\u{202e}\u{1b}[31m"]"#);
        assert_eq!(shown(&"x ".repeat(1000)), r#"["..."]"#, "a part of it may be a part of a secret");
    }

    #[test]
    fn a_deep_text_is_walked_without_recursion() {
        let deep = "[".repeat(200_000);
        assert_eq!(find(deep.as_bytes(), 1, deep.len()).path.0.len(), 199_999);
        assert_eq!(span(deep.as_bytes(), &Path::default()), None);
    }
}
