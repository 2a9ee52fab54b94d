//! Parameters and URL-encoded forms, written as OpenAPI 3.0.3 says: by RFC 6570 in paths and queries.
//!
//! A value is first made one piece of text, a list of such pieces, or names with a piece each, by way of its JSON: so text
//! is the same here and in a body, whatever type it has in Rust.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::{BuiltRequest, RequestContext};
use crate::Error;
use crate::path::{encode_path, is_segment};

/// A date-time as RFC 3339 has it.
pub fn rfc_3339(value: &DateTime<Utc>) -> String {
    value.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// `style` of a parameter or of a field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// JSON in place of a style.
    Json,
}

/// How a value is written: its style and `explode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    style: Style,
    explode: bool,
}

impl Style {
    /// With `explode: true`.
    pub fn exploded(self) -> Written {
        Written { style: self, explode: true }
    }

    /// With `explode: false`.
    pub fn joined(self) -> Written {
        Written { style: self, explode: false }
    }
}

/// The parameters of a request that has no generated function.
pub struct Parameters {
    method: Option<Method>,
    path: String,
    query: Pairs,
    headers: HeaderMap,
    /// Why the request cannot be made.
    fault: Option<String>,
}

impl RequestContext {
    /// Starts the request of an operation whose parameters the generated request functions cannot write.
    pub fn parameters(&self) -> Parameters {
        Parameters {
            method: Method::from_bytes(self.operation.method.as_bytes()).ok(),
            path: String::with_capacity(64),
            query: Pairs::default(),
            headers: HeaderMap::new(),
            fault: None,
        }
    }
}

impl Parameters {
    /// Adds a piece of the path that is the same in all requests.
    pub fn text(&mut self, text: &str) {
        self.path.push_str(text);
    }

    /// Adds a path parameter.
    pub fn path<T: Serialize + ?Sized>(&mut self, name: &str, written: Written, value: &T) {
        match Flat::of(written, value).and_then(|flat| in_path(name, written, &flat)) {
            Ok(text) => self.path.push_str(&text),
            Err(why) => self.fail(name, why),
        }
    }

    /// Adds a query parameter.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &str, written: Written, value: &T) {
        let added = Flat::of(written, value).and_then(|flat| self.query.add(name, written, &flat));
        added.unwrap_or_else(|why| self.fail(name, why));
    }

    /// Adds a header.
    pub fn header<T: Serialize + ?Sized>(&mut self, name: &'static str, written: Written, value: &T) {
        let text = Flat::of(written, value).and_then(|flat| in_header(written, &flat));
        let header = text.and_then(|text| {
            let value = text.map(HeaderValue::try_from).transpose();
            let value = value.map_err(|_| "has characters that a header cannot carry")?;
            let name = HeaderName::try_from(name).map_err(|_| "is no name of a header")?;
            Ok(value.map(|value| (name, value)))
        });
        match header {
            Ok(header) => self.headers.extend(header),
            Err(why) => self.fail(name, why),
        }
    }

    /// Sets the media types to ask for.
    pub fn accept(&mut self, types: &'static str) {
        self.headers.insert(ACCEPT, HeaderValue::from_static(types));
    }

    fn fail(&mut self, name: &str, why: &str) {
        self.fault.get_or_insert_with(|| format!("`{name}` {why}"));
    }

    /// The request.
    pub fn finish(self, call: &RequestContext) -> BuiltRequest {
        if let Some(fault) = self.fault {
            return Err(Error::request(fault).into());
        }
        let mut url = call.address(format_args!("{}", self.path));
        if !self.query.0.is_empty() {
            url.set_query(Some(&self.query.0));
        }
        let mut request = reqwest::Request::new(self.method.unwrap_or_default(), url);
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

/// An URL-encoded form.
#[derive(Default)]
pub struct UrlForm {
    fields: Pairs,
    fault: Option<String>,
}

impl UrlForm {
    /// A form without fields.
    pub fn new() -> UrlForm {
        UrlForm::default()
    }

    /// Adds a field.
    pub fn field<T: Serialize + ?Sized>(&mut self, name: &str, written: Written, value: &T) {
        let added = Flat::of(written, value).and_then(|flat| self.fields.add(name, written, &flat));
        if let Err(why) = added {
            self.fault.get_or_insert_with(|| format!("`{name}` {why}"));
        }
    }

    /// The body, in which a space is a plus sign (RFC 1866, 8.2.1).
    pub(super) fn body(self) -> Result<String, String> {
        match self.fault {
            Some(fault) => Err(fault),
            None => Ok(self.fields.0.replace("%20", "+")),
        }
    }
}

/// Names and values, escaped and joined by `&`.
#[derive(Default)]
struct Pairs(String);

impl Pairs {
    fn add(
        &mut self,
        name: &str,
        Written { style, explode }: Written,
        flat: &Flat,
    ) -> Result<(), &'static str> {
        let name = encode_path(name);
        match flat {
            Flat::Nothing => {}
            Flat::Text(text) => self.pair(&name, &encode_path(text)),
            Flat::List(items) if items.is_empty() => {}
            Flat::List(items) if explode => {
                items.iter().for_each(|item| self.pair(&name, &encode_path(item)));
            }
            Flat::List(items) => {
                let separator = match style {
                    Style::SpaceDelimited => ("%20", ' '),
                    Style::PipeDelimited => ("%7C", '|'),
                    // A comma in an item is escaped, and the ones between items are not.
                    _ => (",", '\0'),
                };
                self.pair(&name, &joined(items.iter(), separator)?);
            }
            Flat::Object(pairs) if pairs.is_empty() => {}
            Flat::Object(pairs) => match (style, explode) {
                (Style::DeepObject, _) => pairs.iter().for_each(|(key, value)| {
                    self.pair(&format!("{name}%5B{}%5D", encode_path(key)), &encode_path(value));
                }),
                (_, true) => pairs.iter().for_each(|(key, value)| {
                    self.pair(&encode_path(key), &encode_path(value));
                }),
                (_, false) => {
                    let flat = pairs.iter().flat_map(|(key, value)| [key, value]);
                    self.pair(&name, &joined(flat, (",", '\0'))?);
                }
            },
        }
        Ok(())
    }

    fn pair(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
    }
}

/// The items, escaped, with a separator in between, which stands for a character that no item may have.
fn joined<'a>(
    items: impl Iterator<Item = &'a String>,
    (separator, character): (&str, char),
) -> Result<String, &'static str> {
    let mut text = String::new();
    for (index, item) in items.enumerate() {
        if item.contains(character) {
            return Err("has an item with the character that separates items");
        }
        text.push_str(if index == 0 { "" } else { separator });
        text.push_str(&encode_path(item));
    }
    Ok(text)
}

fn in_path(name: &str, Written { style, explode }: Written, flat: &Flat) -> Result<String, &'static str> {
    const EMPTY: &str = "cannot be empty, `.` or `..`: it is a part of the path";
    let name = encode_path(name);
    let (before, separator) = match style {
        Style::Label => (".", "."),
        Style::Matrix => (";", ";"),
        _ => ("", ","),
    };
    let separator = if explode || style == Style::Label { separator } else { "," };
    let pair = |(key, value): &(String, String), sign: &str| {
        format!("{}{sign}{}", encode_path(key), encode_path(value))
    };
    // An exploded matrix names each item.
    let named = |value: Cow<'_, str>| match (style, value.is_empty()) {
        (Style::Matrix, true) => name.to_string(),
        (Style::Matrix, false) => format!("{name}={value}"),
        _ => value.into_owned(),
    };
    let text = match flat {
        Flat::Text(text) => named(encode_path(text)),
        Flat::List(items) if items.is_empty() => return Err(EMPTY),
        Flat::List(items) if explode => {
            items.iter().map(|item| named(encode_path(item))).collect::<Vec<_>>().join(separator)
        }
        Flat::List(items) => named(joined(items.iter(), (",", '\0'))?.into()),
        Flat::Object(pairs) if pairs.is_empty() => return Err(EMPTY),
        Flat::Object(pairs) if explode => {
            pairs.iter().map(|entry| pair(entry, "=")).collect::<Vec<_>>().join(separator)
        }
        Flat::Object(pairs) => {
            named(pairs.iter().map(|entry| pair(entry, ",")).collect::<Vec<_>>().join(",").into())
        }
        Flat::Nothing => return Err(EMPTY),
    };
    let whole = format!("{before}{text}");
    if is_segment(&whole) { Ok(whole) } else { Err(EMPTY) }
}

/// A header has its text as it is, so an item with a comma would become two.
fn in_header(Written { style, explode }: Written, flat: &Flat) -> Result<Option<String>, &'static str> {
    const COMMA: &str = "has an item with a comma, which separates items in a header";
    let plain = |text: &String| !text.contains(',');
    Ok(match flat {
        Flat::Text(text) => Some(text.clone()),
        _ if style == Style::Json => None,
        Flat::List(items) if !items.iter().all(plain) => return Err(COMMA),
        Flat::List(items) if !items.is_empty() => Some(items.join(",")),
        Flat::Object(pairs) if !pairs.iter().all(|(key, value)| plain(key) && plain(value)) => {
            return Err(COMMA);
        }
        Flat::Object(pairs) if !pairs.is_empty() => {
            let sign = if explode { "=" } else { "," };
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}{sign}{value}")).collect();
            Some(pairs.join(","))
        }
        _ => None,
    })
}

/// A value as text.
#[derive(Debug, PartialEq)]
enum Flat {
    /// `null`.
    Nothing,
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl Flat {
    fn of<T: Serialize + ?Sized>(written: Written, value: &T) -> Result<Flat, &'static str> {
        let json = serde_json::to_string(value).map_err(|_| "cannot be written as JSON")?;
        match written.style {
            Style::Json => Ok(Flat::Text(json)),
            _ => serde_json::from_str(&json).map_err(|_| "has a value in it that no style can write"),
        }
    }
}

impl<'de> Deserialize<'de> for Flat {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Flat, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let read = match raw.as_bytes().first() {
            Some(b'[') => serde_json::from_str(raw)
                .map(|items: Vec<Piece>| Flat::List(items.into_iter().map(|Piece(text)| text).collect())),
            Some(b'{') => serde_json::from_str(raw).map(|Members(pairs)| Flat::Object(pairs)),
            Some(b'n') => Ok(Flat::Nothing),
            _ => serde_json::from_str(raw).map(|Piece(text)| Flat::Text(text)),
        };
        read.map_err(serde::de::Error::custom)
    }
}

/// One piece of text: a string, a number as it is written, or a boolean.
struct Piece(String);

impl<'de> Deserialize<'de> for Piece {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Piece, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map(Piece).map_err(serde::de::Error::custom),
            Some(b'[' | b'{' | b'n') | None => Err(serde::de::Error::custom("no piece of text")),
            _ => Ok(Piece(raw.to_owned())),
        }
    }
}

/// The members of an object in their order; those that are `null` are left out.
struct Members(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            pairs.extend(map.next_value::<Option<Piece>>()?.map(|Piece(text)| (key, text)));
        }
        Ok(Members(pairs))
    }
}

#[cfg(test)]
#[path = "parameters_tests.rs"]
mod tests;
