//! JSON Schemas of the types as JSON literals, which a client with the feature `schemars` compiles. They describe the JSON of the
//! documents, not what the Rust types accept.

use std::collections::BTreeSet;

use partner_model::{
    About, Definition, Enum, EnumValue, Form, IntegerWidth, LimitKind, Model, Object, Schema, Shape, Type,
    WrappedType,
};
use partner_spec::harmless_json;
use serde_json::json;

use super::docs;

/// The members of a JSON object in the order in which they are printed: keys, and values as JSON text.
type Members = Vec<(&'static str, String)>;

/// Prints the JSON Schemas of a page's types. Returns an empty text if no type is public.
pub(super) fn emit<'a>(types: impl Iterator<Item = (&'a String, &'a Definition)>, model: &Model) -> String {
    let types = types.filter(|(name, _)| !model.hidden_enums.contains(*name));
    let schemas: String = types.map(|(name, definition)| entry(name, definition, model)).collect();
    if schemas.is_empty() {
        return schemas;
    }
    format!("#[cfg(feature = \"schemars\")]\npartner_runtime::plumbing::json_schemas! {{\n{schemas}}}\n")
}

/// Prints the schema of a type, after the names of the types to which the schema refers.
fn entry(name: &str, definition: &Definition, model: &Model) -> String {
    let mut writer = Writer { model, has_limits: has_limits(definition), references: BTreeSet::new() };
    let schema = writer.definition(definition);
    let references: Vec<&str> = writer.references.into_iter().collect();
    let quotes = "#".repeat(1 + schema.split('"').skip(1).map(leading_hashes).max().unwrap_or_default());
    format!("    {name} [{}] r{quotes}\"{schema}\"{quotes};\n", references.join(", "))
}

/// Counts the `#` at the start of a text, of which a raw string needs one more.
fn leading_hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// Whether the schema of a type has the documented limits. Only the schemas of requests have: the client accepts a response
/// that breaks a documented limit, so the schema of a response has to accept it as well.
fn has_limits(definition: &Definition) -> bool {
    definition.sent && !definition.received
}

/// Writes the schema of one type.
struct Writer<'a> {
    model: &'a Model,
    has_limits: bool,
    /// The types to which the schema refers.
    references: BTreeSet<&'a str>,
}

impl<'a> Writer<'a> {
    fn definition(&mut self, definition: &'a Definition) -> String {
        let about = &definition.about;
        match &definition.shape {
            Shape::Object(object) => self.object(object, about),
            Shape::Enum(values) => {
                let mut members = annotations(about.description.as_deref(), about.sensitive);
                members.extend(enum_values(values));
                lines(&members, "    ")
            }
            Shape::Newtype(wraps) => {
                let mut members = annotations(about.description.as_deref(), about.sensitive);
                members.extend(match wraps {
                    WrappedType::String | WrappedType::StringOrInteger => vec![("type", text("string"))],
                    WrappedType::Uuid => vec![("type", text("string")), ("format", text("uuid"))],
                    WrappedType::Integer => vec![("type", text("integer")), ("format", text("int64"))],
                });
                lines(&members, "    ")
            }
            Shape::Union(union) => {
                let mut members = annotations(about.description.as_deref(), about.sensitive);
                let variants = union.variants.iter().map(|variant| self.reference(&variant.type_name));
                let any_object = union.open.then(|| json!({ "type": "object" }).to_string());
                members.push(("anyOf", list(variants.collect::<Vec<_>>().into_iter().chain(any_object))));
                lines(&members, "    ")
            }
        }
    }

    fn object(&mut self, object: &'a Object, about: &About) -> String {
        let mut members = annotations(docs::text(about).as_deref(), about.sensitive);
        members.push(("type", text("object")));
        let properties: Vec<(&str, String)> =
            object.fields.iter().map(|field| (field.name.as_str(), self.property(&field.schema))).collect();
        if !properties.is_empty() {
            members.push(("properties", lines(&properties, "        ")));
        }
        let required: Vec<String> =
            object.fields.iter().filter(|field| field.required).map(|field| text(&field.name)).collect();
        if !required.is_empty() {
            members.push(("required", list(required)));
        }
        if let Some(rest) = &object.rest {
            members.push(("additionalProperties", self.property(rest)));
        }
        members.extend(self.limits(OBJECT, about));
        lines(&members, "    ")
    }

    /// Writes the schema of a property, an item or a value.
    fn property(&mut self, schema: &'a Schema) -> String {
        let mut members = annotations(docs::text(&schema.about).as_deref(), schema.about.sensitive);
        let nullable = schema.nullable;
        match &schema.ty {
            Type::Named(name) => match self.constant(name) {
                Some(value) => members.extend([("type", text("string")), ("const", value)]),
                None => {
                    // An old validator ignores the keywords beside a `$ref`, so the reference stands alone.
                    let reference = self.reference(name);
                    let null = nullable.then(|| json!({ "type": "null" }).to_string());
                    match (members.is_empty(), null) {
                        (true, None) => return reference,
                        (false, None) => members.push(("allOf", list([reference]))),
                        (_, Some(null)) => members.push(("anyOf", list([reference, null]))),
                    }
                }
            },
            Type::Json if members.is_empty() => return String::from("true"),
            Type::Json => {}
            Type::Object => {
                members.push(json_type("object", nullable));
                members.push(("additionalProperties", String::from("true")));
            }
            Type::Map(values) => {
                members.push(json_type("object", nullable));
                members.push(("additionalProperties", self.property(values)));
            }
            Type::List(items) => {
                members.push(json_type("array", nullable));
                members.push(("items", self.property(items)));
            }
            Type::Boolean => members.push(json_type("boolean", nullable)),
            Type::Integer(width) => {
                let format = match width {
                    IntegerWidth::I32 => "int32",
                    IntegerWidth::I64 => "int64",
                    IntegerWidth::U64 => "uint64",
                };
                members.extend([json_type("integer", nullable), ("format", text(format))]);
            }
            Type::Decimal(form) => {
                let ty = match form {
                    Form::Number => "number",
                    Form::String => "string",
                };
                members.extend([json_type(ty, nullable), ("format", text("decimal"))]);
                // A string is never more or less than a number.
                let is_limited = self.has_limits && schema.about.above_zero && *form == Form::Number;
                members.extend(is_limited.then(|| ("exclusiveMinimum", String::from("0"))));
            }
            Type::Uuid => members.extend([json_type("string", nullable), ("format", text("uuid"))]),
            Type::Date => members.extend([json_type("string", nullable), ("format", text("date"))]),
            Type::DateTime => members.extend([json_type("string", nullable), ("format", text("date-time"))]),
            Type::String | Type::Bytes => members.push(json_type("string", nullable)),
        }
        members.extend(self.limits(meaningful_limits(&schema.ty), &schema.about));
        compact(&members)
    }

    /// Returns the only value of a type that callers do not see, as JSON.
    fn constant(&self, name: &str) -> Option<String> {
        let values = self.model.string_enum(name).filter(|_| self.model.hidden_enums.contains(name))?;
        values.values.first().map(|value| text(&value.wire))
    }

    /// Writes a reference to a type. [`json_schemas!`](partner_runtime::plumbing::json_schemas) replaces the name by the
    /// reference that schemars uses.
    fn reference(&mut self, name: &'a str) -> String {
        self.references.insert(name);
        compact(&[("$ref", text(name))])
    }

    fn limits(&self, kinds: &[LimitKind], about: &About) -> Members {
        let kinds = kinds.iter().filter(|_| self.has_limits);
        let limits = kinds.filter_map(|kind| Some((kind.keyword(), about.limit(*kind)?.to_json())));
        // A number that no `f64` can hold would make the schema unreadable for most JSON parsers.
        limits.filter(|(_, value)| value.parse::<f64>().map_or(true, f64::is_finite)).collect()
    }
}

const OBJECT: &[LimitKind] = &[LimitKind::MinProperties, LimitKind::MaxProperties];

/// The limits that apply to the JSON of a value. A decimal that is written as a string is never less or more than a number.
fn meaningful_limits(ty: &Type) -> &'static [LimitKind] {
    match ty {
        Type::String
        | Type::Bytes
        | Type::Uuid
        | Type::Date
        | Type::DateTime
        | Type::Decimal(Form::String) => &[LimitKind::MinLength, LimitKind::MaxLength, LimitKind::Pattern],
        Type::Integer(_) | Type::Decimal(Form::Number) => &[
            LimitKind::Minimum,
            LimitKind::ExclusiveMinimum,
            LimitKind::Maximum,
            LimitKind::ExclusiveMaximum,
            LimitKind::MultipleOf,
        ],
        Type::List(_) => &[LimitKind::MinItems, LimitKind::MaxItems, LimitKind::UniqueItems],
        Type::Map(_) | Type::Object => OBJECT,
        Type::Named(_) | Type::Boolean | Type::Json => &[],
    }
}

/// Writes the values of an enum: any value if the enum is open, with the known values listed, and with their meanings if
/// these are documented.
fn enum_values(values: &Enum) -> Members {
    let only_strings = !values.has_literals();
    let known: Vec<String> = if values.values.iter().any(|value| value.description.is_some()) {
        values.values.iter().map(enum_value).collect()
    } else {
        let mut known = Members::new();
        known.extend(only_strings.then(|| ("type", text("string"))));
        known.push(("enum", list(values.values.iter().map(json_value))));
        if values.is_closed {
            return known;
        }
        vec![compact(&known)]
    };
    let other = match only_strings {
        true => compact(&[("type", text("string"))]),
        false => String::from("true"),
    };
    match values.is_closed {
        true => vec![("oneOf", list(known))],
        false => vec![("anyOf", list(known.into_iter().chain([other])))],
    }
}

fn enum_value(value: &EnumValue) -> String {
    let mut members = annotations(value.description.as_deref(), false);
    members.extend((!value.is_literal).then(|| ("type", text("string"))));
    members.push(("const", json_value(value)));
    compact(&members)
}

fn json_value(value: &EnumValue) -> String {
    if value.is_literal { value.wire.clone() } else { text(&value.wire) }
}

/// The annotations of a schema: the description, and the key by which the documents mark values that must not be shown.
fn annotations(description: Option<&str>, is_sensitive: bool) -> Members {
    let mut members = Vec::new();
    members.extend(description.map(|description| ("description", text(description.trim()))));
    members.extend(is_sensitive.then(|| ("x-sensitive", String::from("true"))));
    members
}

fn json_type(name: &str, nullable: bool) -> (&'static str, String) {
    ("type", if nullable { json!([name, "null"]).to_string() } else { text(name) })
}

/// Writes a string as JSON in which no character can hide.
fn text(text: &str) -> String {
    harmless_json(&json!(text).to_string()).into_owned()
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

fn compact(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(key, value)| format!("{}: {value}", text(key))).collect();
    format!("{{{}}}", members.join(", "))
}

/// Writes an object with a line for each member.
fn lines(members: &[(&str, String)], indent: &str) -> String {
    let member = |(key, value): &(&str, String)| format!("{indent}    {}: {value}", text(key));
    let members: Vec<String> = members.iter().map(member).collect();
    format!("{{\n{}\n{indent}}}", members.join(",\n"))
}
