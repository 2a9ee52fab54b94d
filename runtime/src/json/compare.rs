//! Equality of JSON values. Numbers are compared by their digits, never as floats.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::Json;
use super::path::Scanner;

/// How many levels are parsed. A text may be nested as deep as it is long, and recursion must not overflow the stack.
const DEPTH: usize = 128;

impl PartialEq for Json {
    fn eq(&self, other: &Json) -> bool {
        same(&self.0, &other.0)
    }
}

impl Eq for Json {}

impl PartialEq<serde_json::Value> for Json {
    fn eq(&self, other: &serde_json::Value) -> bool {
        same(&self.0, &Json::from(other.clone()).0)
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

fn same(a: &RawValue, b: &RawValue) -> bool {
    a.get() == b.get() || Value::parse(a) == Value::parse(b)
}

/// A JSON value with parsed lists and objects.
enum Value<'a> {
    /// A string, a number, a literal, or a value that is nested too deep to be parsed.
    Text(&'a str),
    List(Vec<Value<'a>>),
    /// An object. Of duplicate keys the last one counts.
    Object(BTreeMap<String, Value<'a>>),
}

impl PartialEq for Value<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => same_text(a, b),
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Object(a), Value::Object(b)) => a == b,
            _ => false,
        }
    }
}

fn same_text(a: &str, b: &str) -> bool {
    a == b
        || match (a.as_bytes().first(), b.as_bytes().first()) {
            (Some(b'"'), Some(b'"')) => string(a).is_some_and(|a| Some(a) == string(b)),
            (Some(b'-' | b'0'..=b'9'), Some(b'-' | b'0'..=b'9')) => {
                Number::parse(a).is_some_and(|number| Some(number) == Number::parse(b))
            }
            _ => false,
        }
}

fn string(text: &str) -> Option<String> {
    serde_json::from_str(text).ok()
}

impl<'a> Value<'a> {
    fn parse(json: &'a RawValue) -> Value<'a> {
        let text = json.get();
        Parser::new(text).value(DEPTH).unwrap_or(Value::Text(text))
    }
}

/// Parses a text in one pass. The text is known to be valid JSON.
struct Parser<'a> {
    text: &'a str,
    scanner: Scanner<'a>,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Parser<'a> {
        #[cfg(test)]
        tests::PARSED.set(tests::PARSED.get() + text.len());
        Parser { text, scanner: Scanner { text: text.as_bytes(), at: 0 } }
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        self.scanner.skip_space();
        let start = self.scanner.at;
        match (self.scanner.peek()?, depth.checked_sub(1)) {
            (b'[', Some(depth)) => {
                let mut items = Vec::new();
                while self.enters(b']')? {
                    items.push(self.value(depth)?);
                }
                Some(Value::List(items))
            }
            (b'{', Some(depth)) => {
                let mut entries = Some(BTreeMap::new());
                while self.enters(b'}')? {
                    let key_start = self.scanner.at;
                    self.scanner.skip_string()?;
                    let key = string(self.text.get(key_start..self.scanner.at)?);
                    self.scanner.take(b':')?;
                    let value = self.value(depth)?;
                    // A key may be a JSON string but not Unicode: one half of a surrogate pair.
                    match (&mut entries, key) {
                        (Some(entries), Some(key)) => drop(entries.insert(key, value)),
                        _ => entries = None,
                    }
                }
                Some(match entries {
                    Some(entries) => Value::Object(entries),
                    None => Value::Text(self.text.get(start..self.scanner.at)?),
                })
            }
            _ => {
                self.scanner.skip_value()?;
                Some(Value::Text(self.text.get(start..self.scanner.at)?))
            }
        }
    }

    /// Moves past the opening bracket or a comma to the next item. Returns whether there is one before the end.
    fn enters(&mut self, end: u8) -> Option<bool> {
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

/// A number in normal form: digits without leading and trailing zeros, and a power of ten.
#[derive(PartialEq)]
struct Number {
    negative: bool,
    digits: String,
    exponent: i128,
}

impl Number {
    /// Parses a number. None when its exponent is too large.
    fn parse(text: &str) -> Option<Number> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.bytes().all(|digit| digit == b'0') {
            return Some(Number { negative: false, digits: String::new(), exponent: 0 });
        }
        let digits = all.trim_end_matches('0');
        let zeros = i128::try_from(all.len() - digits.len()).ok()?;
        let exponent =
            i128::from(exponent.parse::<i64>().ok()?) - i128::try_from(fraction.len()).ok()? + zeros;
        let digits = digits.trim_start_matches('0');
        Some(Number { negative, digits: digits.to_owned(), exponent })
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many bytes were parsed.
        pub(super) static PARSED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn each_text_is_parsed_once_however_deep_it_is() {
        let deep = |inner: &str| format!(r#"{}"{inner}"{}"#, r#"[{"a":"#.repeat(60), "}]".repeat(60));
        let (a, b) = (deep(&"x".repeat(10_000)), deep(&format!("\\u0078{}", "x".repeat(9_999))));
        let (left, right): (Json, Json) = (a.parse().unwrap(), b.parse().unwrap());
        PARSED.set(0);
        assert!(left == right);
        assert_eq!(PARSED.get(), a.len() + b.len());
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
