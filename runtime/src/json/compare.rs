//! Equality of JSON values. Numbers are compared by their digits, never as floats.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::Json;
use super::path::Scanner;

/// The maximum number of nested levels of lists and objects that are parsed for a comparison. The parser is recursive,
/// so a text with more levels could overflow the stack.
const MAX_PARSED_DEPTH: usize = 128;

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        are_equal(&self.0, &other.0)
    }
}

impl Eq for Json {}

impl PartialEq<serde_json::Value> for Json {
    fn eq(&self, other: &serde_json::Value) -> bool {
        are_equal(&self.0, &Json::from(other.clone()).0)
    }
}

impl PartialEq<str> for Json {
    fn eq(&self, other: &str) -> bool {
        self.as_str().is_some_and(|text| text == other)
    }
}

impl PartialEq<&str> for Json {
    fn eq(&self, other: &&str) -> bool {
        *self == **other
    }
}

fn are_equal(a: &RawValue, b: &RawValue) -> bool {
    a.get() == b.get() || ParsedValue::parse(a) == ParsedValue::parse(b)
}

/// A JSON value whose lists and objects are parsed, so that two values can be compared.
enum ParsedValue<'a> {
    /// The JSON text of a value that is not parsed: a string, a number, a boolean or null, a value that is nested too
    /// deeply, or an object with a key that is not a valid `String`.
    UnparsedText(&'a str),
    List(Vec<ParsedValue<'a>>),
    /// An object. If a key occurs twice, the last value counts.
    Object(BTreeMap<String, ParsedValue<'a>>),
}

impl PartialEq for ParsedValue<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (ParsedValue::UnparsedText(a), ParsedValue::UnparsedText(b)) => are_texts_equal(a, b),
            (ParsedValue::List(a), ParsedValue::List(b)) => a == b,
            (ParsedValue::Object(a), ParsedValue::Object(b)) => a == b,
            _ => false,
        }
    }
}

fn are_texts_equal(a: &str, b: &str) -> bool {
    a == b
        || match (a.as_bytes().first(), b.as_bytes().first()) {
            (Some(b'"'), Some(b'"')) => parse_string(a).is_some_and(|a| Some(a) == parse_string(b)),
            (Some(b'-' | b'0'..=b'9'), Some(b'-' | b'0'..=b'9')) => {
                NormalizedNumber::parse(a).is_some_and(|number| Some(number) == NormalizedNumber::parse(b))
            }
            _ => false,
        }
}

fn parse_string(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

impl<'a> ParsedValue<'a> {
    fn parse(json: &'a RawValue) -> ParsedValue<'a> {
        let text = json.get();
        JsonParser::new(text).parse_value(MAX_PARSED_DEPTH).unwrap_or(ParsedValue::UnparsedText(text))
    }
}

/// A parser that reads a JSON text in one pass. The text is known to be valid JSON.
struct JsonParser<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
}

impl<'a> JsonParser<'a> {
    fn new(text: &'a str) -> JsonParser<'a> {
        #[cfg(test)]
        tests::PARSED_BYTE_COUNT.set(tests::PARSED_BYTE_COUNT.get() + text.len());
        JsonParser { text, scanner: Scanner { text: text.as_bytes(), at: 0 } }
    }

    fn parse_value(&mut self, depth: usize) -> Option<ParsedValue<'a>> {
        self.scanner.skip_space();
        let start = self.scanner.at;
        match (self.scanner.peek()?, depth.checked_sub(1)) {
            (b'[', Some(depth)) => {
                let mut items = Vec::new();
                while self.advance_to_item(b']')? {
                    items.push(self.parse_value(depth)?);
                }
                Some(ParsedValue::List(items))
            }
            (b'{', Some(depth)) => {
                let mut entries = Some(BTreeMap::new());
                while self.advance_to_item(b'}')? {
                    let key_start = self.scanner.at;
                    self.scanner.skip_string()?;
                    let key = parse_string(self.text.get(key_start..self.scanner.at)?);
                    self.scanner.expect_byte(b':')?;
                    let value = self.parse_value(depth)?;
                    // A key like `"\ud800"` (half of a surrogate pair) is valid JSON but no valid `String`. So an
                    // object with such a key is compared by its JSON text.
                    match (&mut entries, key) {
                        (Some(entries), Some(key)) => drop(entries.insert(key, value)),
                        _ => entries = None,
                    }
                }
                Some(match entries {
                    Some(entries) => ParsedValue::Object(entries),
                    None => ParsedValue::UnparsedText(self.text.get(start..self.scanner.at)?),
                })
            }
            _ => {
                self.scanner.skip_value()?;
                Some(ParsedValue::UnparsedText(self.text.get(start..self.scanner.at)?))
            }
        }
    }

    /// Moves past the opening bracket or a comma. If an item follows, stops before the item, and returns true. If the
    /// closing bracket `end` follows, moves past that bracket, and returns false. Returns `None` at the end of the
    /// text.
    fn advance_to_item(&mut self, end: u8) -> Option<bool> {
        self.scanner.skip_space();
        if self.scanner.peek()? != end {
            self.scanner.at += 1;
            self.scanner.skip_space();
        }
        let has_ended = self.scanner.peek()? == end;
        self.scanner.at += usize::from(has_ended);
        Some(!has_ended)
    }
}

/// A number in normal form: its sign, its digits without leading and trailing zeros, and the exponent of a power of
/// ten. For example, `-1.50` has the digits `15` and the exponent -1.
#[derive(PartialEq)]
struct NormalizedNumber {
    is_negative: bool,
    digits: String,
    exponent: i128,
}

impl NormalizedNumber {
    /// Parses a number. Returns `None` if the exponent does not fit into 64 bits.
    fn parse(text: &str) -> Option<NormalizedNumber> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.bytes().all(|digit| digit == b'0') {
            return Some(NormalizedNumber { is_negative: false, digits: String::new(), exponent: 0 });
        }
        let digits = all.trim_end_matches('0');
        let zeros = i128::try_from(all.len() - digits.len()).ok()?;
        let exponent =
            i128::from(exponent.parse::<i64>().ok()?) - i128::try_from(fraction.len()).ok()? + zeros;
        let digits = digits.trim_start_matches('0');
        Some(NormalizedNumber { is_negative, digits: digits.to_owned(), exponent })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// The total length, in bytes, of the texts that were parsed on this thread. A text that was parsed twice
        /// counts twice.
        pub(super) static PARSED_BYTE_COUNT: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn each_text_is_parsed_once_however_deep_it_is() {
        let deep = |inner: &str| format!(r#"{}"{inner}"{}"#, r#"[{"a":"#.repeat(60), "}]".repeat(60));
        let (a, b) = (deep(&"x".repeat(10_000)), deep(&format!("\\u0078{}", "x".repeat(9_999))));
        let (left, right): (Json, Json) = (a.parse().unwrap(), b.parse().unwrap());
        PARSED_BYTE_COUNT.set(0);
        assert!(left == right);
        assert_eq!(PARSED_BYTE_COUNT.get(), a.len() + b.len());
    }

    #[test]
    fn space_and_empty_lists_and_objects_are_parsed() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        assert_eq!(json(r#"[ [ ] , { } , { "a" : [ 1 , 2 ] } ]"#), json(r#"[[],{},{"a":[1,2]}]"#));
        for (a, b) in [("[]", "[[]]"), ("[]", "{}"), ("[1,2]", "[1]"), (r#"{"a":1}"#, r#"{"a":1,"b":1}"#)] {
            assert_ne!(json(a), json(b));
        }
    }

    #[test]
    fn a_key_that_is_not_unicode_is_compared_as_it_is_written() {
        let json = |text: &str| text.parse::<Json>().unwrap();
        assert_eq!(json(r#"[{"\ud800":1},1.0]"#), json(r#"[{"\ud800":1},1]"#));
        assert_ne!(json(r#"[{"\ud800":1}]"#), json(r#"[{"\ud800":1.0}]"#));
    }
}
