//! Parses JSON (RFC 8259) without recursion.

use std::sync::Arc;

use super::tree::{InnermostCollectionKind, ParseStepResult, TreeBuilder};
use super::{JsonSyntaxError, ParsedFile, to_u32};
use crate::scalar::resolve_unquoted_scalar;
use crate::{Finding, Node, Position, Source, Value};

/// Parses a JSON text.
///
/// # Errors
///
/// Returns an error if the text is not JSON. For JSON that is refused, for example because it is nested too deeply,
/// returns a [`ParsedFile`] with a finding and without a tree.
pub(super) fn parse_json_text(source: &Arc<Source>) -> Result<ParsedFile, JsonSyntaxError> {
    let mut reader = Reader { text: &source.text, at: 0, line: 1, column: 1 };
    let mut tree = TreeBuilder::new(source);
    match reader.read_document(&mut tree) {
        Ok(()) => Ok(tree.finish_parsing()),
        Err(Stop::Refused(fatal)) => Ok(tree.finish_without_tree(*fatal)),
        Err(Stop::NotJson(fault)) => Err(fault),
    }
}

enum Stop {
    NotJson(JsonSyntaxError),
    Refused(Box<Finding>),
}

impl From<Finding> for Stop {
    fn from(finding: Finding) -> Stop {
        Stop::Refused(Box::new(finding))
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    column: u32,
}

impl Reader<'_> {
    fn read_document(&mut self, tree: &mut TreeBuilder<'_>) -> Result<(), Stop> {
        loop {
            self.read_to_first_leaf(tree)?;
            // A value is followed by a separator, or by the end of the enclosing collection. Several collections may
            // end one after the other, so the loop continues up to a separator or the end of the text.
            loop {
                let inside = tree.innermost_collection_kind();
                let next = self.skip_white_space_and_peek();
                match (inside, next) {
                    (InnermostCollectionKind::Nothing, None) => return Ok(()),
                    (InnermostCollectionKind::Nothing, _) => {
                        return self.fail_expecting("the end of the file");
                    }
                    (InnermostCollectionKind::Array, Some(b',')) => {
                        self.skip_ascii(1);
                        break;
                    }
                    (InnermostCollectionKind::Object { .. }, Some(b',')) => {
                        self.skip_ascii(1);
                        self.read_key(tree)?;
                        break;
                    }
                    (InnermostCollectionKind::Array, Some(b']'))
                    | (InnermostCollectionKind::Object { .. }, Some(b'}')) => {
                        self.skip_ascii(1);
                        tree.close_collection(self.position())?;
                    }
                    (InnermostCollectionKind::Array, _) => return self.fail_expecting("`,` or `]`"),
                    (InnermostCollectionKind::Object { .. }, _) => return self.fail_expecting("`,` or `}`"),
                }
            }
        }
    }

    /// Reads a value only up to the end of its first leaf. A leaf is a scalar or an empty collection. The leaf is added
    /// to the tree, together with the objects and arrays that contain it. From each of these objects, only the first
    /// key is read.
    fn read_to_first_leaf(&mut self, tree: &mut TreeBuilder<'_>) -> Result<(), Stop> {
        loop {
            let next = self.skip_white_space_and_peek();
            let start = self.position();
            match next {
                Some(b'{') => {
                    tree.open_object(start, 0)?;
                    self.skip_ascii(1);
                    if self.skip_white_space_and_peek() == Some(b'}') {
                        self.skip_ascii(1);
                        return Ok(tree.close_collection(self.position())?);
                    }
                    self.read_key(tree)?;
                }
                Some(b'[') => {
                    tree.open_array(start, 0)?;
                    self.skip_ascii(1);
                    if self.skip_white_space_and_peek() == Some(b']') {
                        self.skip_ascii(1);
                        return Ok(tree.close_collection(self.position())?);
                    }
                }
                Some(b'"') => {
                    let text = self.read_string()?;
                    return Ok(self.add_value(Value::String(text), start, tree)?);
                }
                _ => {
                    let value = self.read_unquoted_scalar()?;
                    return Ok(self.add_value(value, start, tree)?);
                }
            }
        }
    }

    fn add_value(&self, value: Value, start: Position, tree: &mut TreeBuilder<'_>) -> ParseStepResult {
        let location = tree.location(start, self.position());
        tree.add_value(Node { value, location }, 0)
    }

    fn read_key(&mut self, tree: &mut TreeBuilder<'_>) -> Result<(), Stop> {
        if self.skip_white_space_and_peek() != Some(b'"') {
            return self.fail_expecting("a key in double quotes");
        }
        let start = self.position();
        let text = self.read_string()?;
        tree.add_key(text, tree.location(start, self.position()));
        if self.skip_white_space_and_peek() != Some(b':') {
            return self.fail_expecting("`:`");
        }
        self.skip_ascii(1);
        Ok(())
    }

    /// Reads a scalar that is not in quotes: a number, `true`, `false` or `null`.
    fn read_unquoted_scalar(&mut self) -> Result<Value, Stop> {
        let rest = &self.text[self.at..];
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c))).unwrap_or(rest.len());
        let word = &rest[..end];
        if !(matches!(word, "true" | "false" | "null") || is_json_number(word)) {
            return self.fail_expecting("a value");
        }
        let value = resolve_unquoted_scalar(word).unwrap_or(Value::Null);
        self.skip_ascii(end);
        Ok(value)
    }

    /// Reads a string with both quotes, and returns its text without the quotes.
    fn read_string(&mut self) -> Result<String, Stop> {
        let start = self.at;
        self.skip_ascii(1);
        let mut text = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.bytes().position(|b| b == b'"' || b == b'\\' || b < 0x20).unwrap_or(rest.len());
            text.push_str(&rest[..plain]);
            self.at += plain;
            match rest.as_bytes().get(plain) {
                Some(b'"') => {
                    self.at += 1;
                    let whole = &self.text[start + 1..self.at];
                    self.column += to_u32(whole.bytes().filter(|b| *b & 0xC0 != 0x80).count());
                    return Ok(text);
                }
                Some(b'\\') => match self.read_escape() {
                    Some(c) => text.push(c),
                    None => return self.fail_expecting("an escape of JSON"),
                },
                _ => return self.fail_expecting("the closing quote of this text"),
            }
        }
    }

    fn read_escape(&mut self) -> Option<char> {
        let escaped = *self.text.as_bytes().get(self.at + 1)?;
        self.at += 2;
        Some(match escaped {
            b'"' | b'\\' | b'/' => char::from(escaped),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.read_hex()?;
                if !(0xD800..0xDC00).contains(&first) {
                    return char::from_u32(first);
                }
                // This escape is the first half of a surrogate pair, so the second half must follow.
                self.text[self.at..].starts_with("\\u").then_some(())?;
                self.at += 2;
                let second = self.read_hex()?.checked_sub(0xDC00).filter(|low| *low < 0x400)?;
                char::from_u32(0x10000 + ((first - 0xD800) << 10) + second)?
            }
            _ => return None,
        })
    }

    fn read_hex(&mut self) -> Option<u32> {
        let digits = self.text.get(self.at..self.at + 4)?;
        self.at += 4;
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }

    /// Skips white space, and returns the byte after it without skipping that byte; `None` at the end of the text.
    fn skip_white_space_and_peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            let byte = *bytes.get(self.at)?;
            match byte {
                b' ' | b'\t' | b'\r' => self.column += 1,
                b'\n' => (self.line, self.column) = (self.line + 1, 1),
                _ => return Some(byte),
            }
            self.at += 1;
        }
    }

    /// Skips the next `bytes` bytes, which are all ASCII characters.
    fn skip_ascii(&mut self, bytes: usize) {
        self.at += bytes;
        self.column += to_u32(bytes);
    }

    fn position(&self) -> Position {
        Position { line: self.line, column: self.column }
    }

    fn fail_expecting<T>(&self, expected: &'static str) -> Result<T, Stop> {
        Err(Stop::NotJson(JsonSyntaxError { at: self.position(), expected }))
    }
}

/// Whether the text is a number in the syntax of JSON. JSON does not allow a plus sign or leading zeros, and requires
/// digits on both sides of the decimal point.
fn is_json_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole == "0" || !whole.starts_with('0'))
        && fraction.is_none_or(digits)
        && exponent.is_none_or(|e| digits(e.strip_prefix(['+', '-']).unwrap_or(e)))
}

#[cfg(test)]
mod tests {
    use crate::{Source, Value, parse_source};

    #[test]
    fn strings_have_the_escapes_of_json() {
        let text = r#"{"a": ["\ud83d\ude00\/\u00e9\n", "é" , -1.50E+3]}"#;
        let root = parse_source(&Source::new("t.json", text)).unwrap();
        assert_eq!(root.pointer("/a/0").unwrap().as_str(), Some("\u{1F600}/é\n"));
        assert_eq!(root.pointer("/a/2").unwrap().value, Value::Number("-1.50e+3".into()));
        assert_eq!(root.pointer("/a/2").unwrap().location.to_string(), "t.json:1:40");
    }

    #[test]
    fn what_is_no_json_is_said_of_files_that_are_called_json() {
        let text = |name: &str, text: &str| match parse_source(&Source::new(name, text)) {
            Ok(_) => String::from("fine"),
            Err(found) => found.to_string(),
        };
        assert!(text("t.json", "{\"a\": 1,\n}").starts_with("t.json:2:1: error[syntax]: not valid JSON"));
        assert!(text("t.json", "{\"a\": 01}").contains("a value was expected here"));
        assert!(text("t.json", "{\"a\": \"\\ud83d\"}").contains("an escape of JSON"));
        assert!(text("t.json", "{\"a\": 1} x").contains("the end of the file"));
        assert_eq!(text("t.yaml", "{a: 1}"), "fine");
    }

    #[test]
    fn every_form_of_json_is_read() {
        for fine in
            ["[]", "{}", "[[],{}]", " [ 1 , 2 ]\n", "{\"a\":{\"b\":[{}]},\"c\":null}", "[0, -0, 0.5, 1e9]"]
        {
            let root = parse_source(&Source::new("t.json", fine));
            assert!(root.is_ok(), "{fine}: {root:?}");
        }
        for broken in
            ["[", "{", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "[1 2]", "[\"a]", "[tru]", "[1.]", "[--1]"]
        {
            assert!(parse_source(&Source::new("t.json", broken)).is_err(), "{broken}");
        }
    }
}
