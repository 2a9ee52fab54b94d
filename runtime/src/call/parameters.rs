//! Serialization of parameters and URL-encoded forms as OpenAPI 3.0.3 defines it. In paths and queries, OpenAPI uses
//! the format of RFC 6570.
//!
//! A value is first serialized as JSON, and the JSON is then converted into a text, a list of texts, or pairs of names
//! and texts. So a value has the same text in a parameter as in a JSON body, whatever its Rust type.

use std::borrow::Cow;
use std::fmt;

use chrono::{DateTime, SecondsFormat, Utc};
use http::header::ACCEPT;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::value::RawValue;

use super::{RequestBuildResult, RequestContext};
use crate::Error;
use crate::path::{encode_path, is_valid_path_segment};

/// Formats a date-time as defined by RFC 3339.
pub fn format_rfc_3339(value: &DateTime<Utc>) -> String {
    value.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

/// The OpenAPI `style` of a parameter or of a form field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterStyle {
    /// The OpenAPI style `simple`, e.g. `3,4` in a path.
    Simple,
    /// The OpenAPI style `label`, e.g. `.3.4` in a path.
    Label,
    /// The OpenAPI style `matrix`, e.g. `;id=3;id=4` in a path.
    Matrix,
    /// The OpenAPI style `form`, e.g. `id=3&id=4` in a query.
    Form,
    /// The OpenAPI style `spaceDelimited`, e.g. `id=3%204` in a query.
    SpaceDelimited,
    /// The OpenAPI style `pipeDelimited`, e.g. `id=3%7C4` in a query.
    PipeDelimited,
    /// The OpenAPI style `deepObject`, e.g. `range%5Bfrom%5D=3` in a query.
    DeepObject,
    /// Not a style of OpenAPI: the value is written as JSON.
    Json,
}

/// How a parameter is serialized: its OpenAPI `style` and `explode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterFormat {
    style: ParameterStyle,
    explode: bool,
}

impl ParameterStyle {
    /// Returns the format with this style and `explode: true`: each item of a list is written separately, e.g. as
    /// `id=1&id=2`.
    pub fn with_explode(self) -> ParameterFormat {
        ParameterFormat { style: self, explode: true }
    }

    /// Returns the format with this style and `explode: false`: the items of a list are joined by a separator, e.g. as
    /// `id=1,2`.
    pub fn without_explode(self) -> ParameterFormat {
        ParameterFormat { style: self, explode: false }
    }
}

/// A builder for a request whose parameters this crate serializes. It is used if the generated code cannot serialize
/// one of the parameters itself.
pub struct DynamicRequestBuilder {
    method: Option<Method>,
    path: String,
    query: EscapedPairs,
    headers: HeaderMap,
    /// The error message about the first parameter that cannot be sent, if there is one.
    first_error_message: Option<String>,
}

impl RequestContext {
    /// Returns a builder to which generated code adds the parameters of the operation one by one. The builder is used
    /// for operations with a parameter that generated code cannot serialize itself.
    pub fn dynamic_request_builder(&self) -> DynamicRequestBuilder {
        DynamicRequestBuilder {
            method: Method::from_bytes(self.operation.method.as_bytes()).ok(),
            path: String::with_capacity(64),
            query: EscapedPairs::default(),
            headers: HeaderMap::new(),
            first_error_message: None,
        }
    }
}

impl DynamicRequestBuilder {
    /// Appends a constant text to the path.
    pub fn push_path_text(&mut self, text: &str) {
        self.path.push_str(text);
    }

    /// Adds a path parameter to the request.
    pub fn add_path_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        format: ParameterFormat,
        value: &T,
    ) {
        match FlatValue::from_value(format, value).and_then(|flat| format_path_value(name, format, &flat)) {
            Ok(text) => self.path.push_str(&text),
            Err(why) => self.record_error(name, why),
        }
    }

    /// Adds a query parameter to the request.
    pub fn add_query_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &str,
        format: ParameterFormat,
        value: &T,
    ) {
        let added =
            FlatValue::from_value(format, value).and_then(|flat| self.query.add_value(name, format, &flat));
        added.unwrap_or_else(|why| self.record_error(name, why));
    }

    /// Adds a header parameter to the request.
    pub fn add_header_parameter<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        format: ParameterFormat,
        value: &T,
    ) {
        let text = FlatValue::from_value(format, value).and_then(|flat| format_header_value(format, &flat));
        let header = text.and_then(|text| {
            let value = text.map(HeaderValue::try_from).transpose();
            let value = value.map_err(|_| "has characters that a header cannot carry")?;
            let name = HeaderName::try_from(name).map_err(|_| "is no name of a header")?;
            Ok(value.map(|value| (name, value)))
        });
        match header {
            Ok(header) => self.headers.extend(header),
            Err(why) => self.record_error(name, why),
        }
    }

    /// Sets the header `Accept`.
    pub fn set_accept_header(&mut self, types: &'static str) {
        self.headers.insert(ACCEPT, HeaderValue::from_static(types));
    }

    fn record_error(&mut self, name: &str, why: &str) {
        self.first_error_message.get_or_insert_with(|| format!("`{name}` {why}"));
    }

    /// Builds the request.
    pub fn build(self, call: &RequestContext) -> RequestBuildResult {
        if let Some(first_error) = self.first_error_message {
            return Err(Error::request(first_error).into());
        }
        let mut url = call.build_url(format_args!("{}", self.path));
        if !self.query.0.is_empty() {
            url.set_query(Some(&self.query.0));
        }
        let mut request = reqwest::Request::new(self.method.unwrap_or_default(), url);
        *request.headers_mut() = self.headers;
        Ok(request)
    }
}

/// A form in the format `application/x-www-form-urlencoded`.
#[derive(Default)]
pub struct UrlEncodedForm {
    fields: EscapedPairs,
    first_error_message: Option<String>,
}

impl UrlEncodedForm {
    /// Makes a form without fields.
    pub fn new() -> UrlEncodedForm {
        UrlEncodedForm::default()
    }

    /// Adds a field to the form.
    pub fn add_field<T: Serialize + ?Sized>(&mut self, name: &str, format: ParameterFormat, value: &T) {
        let added =
            FlatValue::from_value(format, value).and_then(|flat| self.fields.add_value(name, format, &flat));
        if let Err(why) = added {
            self.first_error_message.get_or_insert_with(|| format!("`{name}` {why}"));
        }
    }

    /// Returns the text of the form, as it is sent in the body of a request. A space becomes a plus sign (RFC 1866,
    /// 8.2.1).
    pub(super) fn into_body_text(self) -> Result<String, String> {
        match self.first_error_message {
            Some(first_error) => Err(first_error),
            None => Ok(self.fields.0.replace("%20", "+")),
        }
    }
}

/// Escaped pairs like `name=value`, joined by `&`.
#[derive(Default)]
struct EscapedPairs(String);

impl EscapedPairs {
    fn add_value(
        &mut self,
        name: &str,
        ParameterFormat { style, explode }: ParameterFormat,
        flat: &FlatValue,
    ) -> Result<(), &'static str> {
        let name = encode_path(name);
        match flat {
            FlatValue::Null => {}
            FlatValue::Text(text) => self.push_pair(&name, &encode_path(text)),
            FlatValue::List(items) if items.is_empty() => {}
            FlatValue::List(items) if explode => {
                items.iter().for_each(|item| self.push_pair(&name, &encode_path(item)));
            }
            FlatValue::List(items) => {
                let separator = match style {
                    ParameterStyle::SpaceDelimited => ("%20", ' '),
                    ParameterStyle::PipeDelimited => ("%7C", '|'),
                    // All other styles separate items by a comma. A comma in an item is escaped as `%2C`, so items may
                    // contain commas. The forbidden character is `\0`, which no item should contain.
                    _ => (",", '\0'),
                };
                self.push_pair(&name, &escape_and_join_items(items.iter(), separator)?);
            }
            FlatValue::Object(pairs) if pairs.is_empty() => {}
            FlatValue::Object(pairs) => match (style, explode) {
                (ParameterStyle::DeepObject, _) => pairs.iter().for_each(|(key, value)| {
                    self.push_pair(&format!("{name}%5B{}%5D", encode_path(key)), &encode_path(value));
                }),
                (_, true) => pairs.iter().for_each(|(key, value)| {
                    self.push_pair(&encode_path(key), &encode_path(value));
                }),
                (_, false) => {
                    let flat = pairs.iter().flat_map(|(key, value)| [key, value]);
                    self.push_pair(&name, &escape_and_join_items(flat, (",", '\0'))?);
                }
            },
        }
        Ok(())
    }

    fn push_pair(&mut self, name: &str, value: &str) {
        if !self.0.is_empty() {
            self.0.push('&');
        }
        self.0.push_str(name);
        self.0.push('=');
        self.0.push_str(value);
    }
}

/// Escapes the items and joins them with `separator`. Returns an error if an item contains `forbidden_character`,
/// because servers would take this character for the separator. For example, `|` is forbidden if the separator is
/// `%7C`.
fn escape_and_join_items<'a>(
    items: impl Iterator<Item = &'a String>,
    (separator, forbidden_character): (&str, char),
) -> Result<String, &'static str> {
    let mut text = String::new();
    for (index, item) in items.enumerate() {
        if item.contains(forbidden_character) {
            return Err("has an item with the character that separates items");
        }
        text.push_str(if index == 0 { "" } else { separator });
        text.push_str(&encode_path(item));
    }
    Ok(text)
}

fn format_path_value(
    name: &str,
    ParameterFormat { style, explode }: ParameterFormat,
    flat: &FlatValue,
) -> Result<String, &'static str> {
    const EMPTY_MESSAGE: &str = "cannot be empty, `.` or `..`: it is a part of the path";
    let name = encode_path(name);
    let (before, separator) = match style {
        ParameterStyle::Label => (".", "."),
        ParameterStyle::Matrix => (";", ";"),
        _ => ("", ","),
    };
    let separator = if explode || style == ParameterStyle::Label { separator } else { "," };
    let pair = |(key, value): &(String, String), sign: &str| {
        format!("{}{sign}{}", encode_path(key), encode_path(value))
    };
    // In the style `matrix`, the name of the parameter stands before each value, like `;id=1`. If the value is empty,
    // only the name is written, like `;id`.
    let add_name = |value: Cow<'_, str>| match (style, value.is_empty()) {
        (ParameterStyle::Matrix, true) => name.to_string(),
        (ParameterStyle::Matrix, false) => format!("{name}={value}"),
        _ => value.into_owned(),
    };
    let text = match flat {
        FlatValue::Text(text) => add_name(encode_path(text)),
        FlatValue::List(items) if items.is_empty() => return Err(EMPTY_MESSAGE),
        FlatValue::List(items) if explode => {
            items.iter().map(|item| add_name(encode_path(item))).collect::<Vec<_>>().join(separator)
        }
        FlatValue::List(items) => add_name(escape_and_join_items(items.iter(), (",", '\0'))?.into()),
        FlatValue::Object(pairs) if pairs.is_empty() => return Err(EMPTY_MESSAGE),
        FlatValue::Object(pairs) if explode => {
            pairs.iter().map(|entry| pair(entry, "=")).collect::<Vec<_>>().join(separator)
        }
        FlatValue::Object(pairs) => {
            add_name(pairs.iter().map(|entry| pair(entry, ",")).collect::<Vec<_>>().join(",").into())
        }
        FlatValue::Null => return Err(EMPTY_MESSAGE),
    };
    let whole = format!("{before}{text}");
    if is_valid_path_segment(&whole) { Ok(whole) } else { Err(EMPTY_MESSAGE) }
}

/// Converts a value to the text of a header. Returns `None` for `null`, an empty list and an empty object. Returns an
/// error if an item contains a comma: header values are not escaped, so servers would take the item for two items.
fn format_header_value(
    ParameterFormat { style, explode }: ParameterFormat,
    flat: &FlatValue,
) -> Result<Option<String>, &'static str> {
    const COMMA_MESSAGE: &str = "has an item with a comma, which separates items in a header";
    let has_no_comma = |text: &String| !text.contains(',');
    Ok(match flat {
        FlatValue::Text(text) => Some(text.clone()),
        _ if style == ParameterStyle::Json => None,
        FlatValue::List(items) if !items.iter().all(has_no_comma) => return Err(COMMA_MESSAGE),
        FlatValue::List(items) if !items.is_empty() => Some(items.join(",")),
        FlatValue::Object(pairs)
            if !pairs.iter().all(|(key, value)| has_no_comma(key) && has_no_comma(value)) =>
        {
            return Err(COMMA_MESSAGE);
        }
        FlatValue::Object(pairs) if !pairs.is_empty() => {
            let sign = if explode { "=" } else { "," };
            let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key}{sign}{value}")).collect();
            Some(pairs.join(","))
        }
        _ => None,
    })
}

/// The value of a parameter, converted to a text, a list of texts, or a list of pairs of a property name and a text.
#[derive(Debug, PartialEq)]
enum FlatValue {
    /// The JSON value `null`.
    Null,
    Text(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

impl FlatValue {
    fn from_value<T: Serialize + ?Sized>(
        format: ParameterFormat,
        value: &T,
    ) -> Result<FlatValue, &'static str> {
        let json = serde_json::to_string(value).map_err(|_| "cannot be written as JSON")?;
        match format.style {
            ParameterStyle::Json => Ok(FlatValue::Text(json)),
            _ => serde_json::from_str(&json).map_err(|_| "has a value in it that no style can write"),
        }
    }
}

impl<'de> Deserialize<'de> for FlatValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<FlatValue, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let read = match raw.as_bytes().first() {
            Some(b'[') => serde_json::from_str(raw).map(|items: Vec<ScalarText>| {
                FlatValue::List(items.into_iter().map(|ScalarText(text)| text).collect())
            }),
            Some(b'{') => serde_json::from_str(raw).map(|ObjectProperties(pairs)| FlatValue::Object(pairs)),
            Some(b'n') => Ok(FlatValue::Null),
            _ => serde_json::from_str(raw).map(|ScalarText(text)| FlatValue::Text(text)),
        };
        read.map_err(serde::de::Error::custom)
    }
}

/// The text of a JSON string, number or boolean.
struct ScalarText(String);

impl<'de> Deserialize<'de> for ScalarText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ScalarText, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        match raw.as_bytes().first() {
            Some(b'"') => serde_json::from_str(raw).map(ScalarText).map_err(serde::de::Error::custom),
            Some(b'[' | b'{' | b'n') | None => Err(serde::de::Error::custom("no piece of text")),
            _ => Ok(ScalarText(raw.to_owned())),
        }
    }
}

/// The properties of an object, each as its name and the text of its value, in the order of the object. Properties that
/// are `null` are left out.
struct ObjectProperties(Vec<(String, String)>);

impl<'de> Deserialize<'de> for ObjectProperties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ObjectProperties, D::Error> {
        deserializer.deserialize_map(PropertiesVisitor)
    }
}

struct PropertiesVisitor;

impl<'de> Visitor<'de> for PropertiesVisitor {
    type Value = ObjectProperties;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ObjectProperties, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            pairs.extend(map.next_value::<Option<ScalarText>>()?.map(|ScalarText(text)| (key, text)));
        }
        Ok(ObjectProperties(pairs))
    }
}

#[cfg(test)]
#[path = "parameters_tests.rs"]
mod tests;
