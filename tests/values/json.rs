//! JSON that keeps the text of its numbers, because a comparison of floats would hide lost digits.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::value::RawValue;

/// A JSON value. The order of properties has no meaning.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    /// The number's text.
    Number(String),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// How a value is written. Both styles are equal for a JSON parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// As most servers write it.
    Compact,
    /// With white space everywhere, every character escaped, and the keys in reverse order.
    Awkward,
}

impl Json {
    /// A string.
    pub(crate) fn string(text: impl Into<String>) -> Json {
        Json::String(text.into())
    }

    /// A number, as it is written.
    pub(crate) fn number(text: impl Into<String>) -> Json {
        Json::Number(text.into())
    }

    /// An object.
    pub(crate) fn object<K: Into<String>>(entries: impl IntoIterator<Item = (K, Json)>) -> Json {
        Json::Object(entries.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// Reads a JSON text.
    pub(crate) fn read(text: &str) -> Json {
        let raw: &RawValue = serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
        Json::from_raw(raw)
    }

    fn from_raw(raw: &RawValue) -> Json {
        let text = raw.get();
        match text.as_bytes()[0] {
            b'n' => Json::Null,
            b't' | b'f' => Json::Bool(text == "true"),
            b'"' => Json::String(serde_json::from_str(text).unwrap()),
            b'[' => {
                let items: Vec<&RawValue> = serde_json::from_str(text).unwrap();
                Json::Array(items.into_iter().map(Json::from_raw).collect())
            }
            b'{' => {
                let entries: BTreeMap<String, &RawValue> = serde_json::from_str(text).unwrap();
                Json::object(entries.into_iter().map(|(key, value)| (key, Json::from_raw(value))))
            }
            _ => Json::number(text),
        }
    }

    /// Writes it.
    pub(crate) fn write(&self, style: Style) -> String {
        let mut text = String::new();
        self.append(style, &mut text);
        text
    }

    fn append(&self, style: Style, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Json::Number(text) => out.push_str(text),
            Json::String(text) => string(text, style, out),
            Json::Array(items) => list('[', items.iter(), ']', style, out, Json::append),
            Json::Object(entries) => {
                let entry = |(key, value): (&String, &Json), style, out: &mut String| {
                    string(key, style, out);
                    out.push_str(if style == Style::Awkward { " : " } else { ":" });
                    value.append(style, out);
                };
                match style {
                    Style::Compact => list('{', entries.iter(), '}', style, out, entry),
                    Style::Awkward => list('{', entries.iter().rev(), '}', style, out, entry),
                }
            }
        }
    }
}

fn list<T>(
    open: char,
    items: impl Iterator<Item = T>,
    close: char,
    style: Style,
    out: &mut String,
    append: impl Fn(T, Style, &mut String),
) {
    let space = if style == Style::Awkward { "\n\t " } else { "" };
    out.push(open);
    out.push_str(space);
    for (index, item) in items.enumerate() {
        if index > 0 {
            out.push(',');
            out.push_str(space);
        }
        append(item, style, out);
    }
    out.push_str(space);
    out.push(close);
}

fn string(text: &str, style: Style, out: &mut String) {
    match style {
        Style::Compact => out.push_str(&serde_json::to_string(text).unwrap()),
        Style::Awkward => {
            out.push('"');
            for unit in text.encode_utf16() {
                out.push_str(&format!("\\u{unit:04X}"));
            }
            out.push('"');
        }
    }
}

/// The JSON text, so that a failure shows what would go over the wire.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write(Style::Compact))
    }
}

/// The first difference of two values, if they differ.
pub(crate) fn difference(expected: &Json, found: &Json) -> Option<String> {
    match (expected, found) {
        (Json::Object(a), Json::Object(b)) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            let differences = keys.filter_map(|key| {
                let inner = match (a.get(key), b.get(key)) {
                    (Some(a), Some(b)) => difference(a, b)?,
                    (Some(a), None) => format!(": {a:?} is missing"),
                    (_, b) => format!(": {b:?} should not be there"),
                };
                Some(format!("/{key}{inner}"))
            });
            differences.into_iter().next()
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find_map(|(index, (a, b))| Some(format!("/{index}{}", difference(a, b)?)))
        }
        (a, b) => (a != b).then(|| format!(": {b:?} instead of {a:?}")),
    }
}

#[test]
fn the_text_of_a_number_is_kept_and_both_styles_are_equal() {
    let text = r#"{"a":[1.10,-0.0,1E+3,123456789012345678901234567890],"d":true,"ü\n":{"b":"🦀","c":null}}"#;
    let json = Json::read(text);
    assert_eq!(json.write(Style::Compact), text);
    let awkward = json.write(Style::Awkward);
    assert!(
        awkward.contains(r"\uD83E\uDD80") && awkward.find(r"\u0064") < awkward.find(r"\u0061"),
        "{awkward}"
    );
    assert_eq!(Json::read(&awkward), json);
}

#[test]
fn a_difference_is_found_anywhere_in_a_value() {
    let of = |a: &str, b: &str| difference(&Json::read(a), &Json::read(b));
    assert_eq!(of(r#"{"a":[1,{"b":"x"}]}"#, r#"{"a":[1,{"b":"x"}]}"#), None);
    assert_eq!(of(r#"{"a":[1,{"b":1.0}]}"#, r#"{"a":[1,{"b":1}]}"#).unwrap(), "/a/1/b: 1 instead of 1.0");
    assert_eq!(of(r#"{"a":null}"#, "{}").unwrap(), "/a: null is missing");
    assert_eq!(of("{}", r#"{"a":null}"#).unwrap(), "/a: Some(null) should not be there");
    assert_eq!(of("[1]", "[1,2]").unwrap(), ": [1,2] instead of [1]");
}
