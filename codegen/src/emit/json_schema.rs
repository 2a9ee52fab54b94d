//! Renders the JSON Schemas of the generated types as string literals, which are compiled only with the client's
//! feature `schemars`. The schemas describe the JSON that the document allows. The Rust types may accept more than
//! that.

use std::collections::BTreeSet;

use partner_model::{
    DecimalRepresentation, Enum, EnumValue, IntegerType, LimitKind, Model, Object, Schema, SchemaDetails,
    Type, TypeDefinition, TypeShape, WrappedType,
};
use partner_spec::to_harmless_json;
use serde_json::json;

use super::docs;

/// The members of a JSON object, in the order in which they are printed. Each member has a key, and a value that is
/// already JSON text.
type JsonMembers = Vec<(&'static str, String)>;

/// Renders the JSON Schemas of `types`, the types in the generated file of one docs page. Returns an empty text if none
/// of the types is public.
pub(super) fn render_json_schemas<'a>(
    types: impl Iterator<Item = (&'a String, &'a TypeDefinition)>,
    model: &Model,
) -> String {
    let types = types.filter(|(name, _)| !model.hidden_enum_names.contains(*name));
    let schemas: String =
        types.map(|(name, definition)| render_schema_entry(name, definition, model)).collect();
    if schemas.is_empty() {
        return schemas;
    }
    format!("#[cfg(feature = \"schemars\")]\npartner_runtime::plumbing::json_schemas! {{\n{schemas}}}\n")
}

/// Renders the entry of a type for the macro call `json_schemas!`: the name of the type, the names of the types that
/// its schema refers to, and the schema.
fn render_schema_entry(name: &str, definition: &TypeDefinition, model: &Model) -> String {
    let mut renderer = SchemaRenderer {
        model,
        includes_limits: schema_includes_limits(definition),
        referenced_type_names: BTreeSet::new(),
    };
    let schema = renderer.render_definition(definition);
    let references: Vec<&str> = renderer.referenced_type_names.into_iter().collect();
    let quotes =
        "#".repeat(1 + schema.split('"').skip(1).map(count_leading_hashes).max().unwrap_or_default());
    format!("    {name} [{}] r{quotes}\"{schema}\"{quotes};\n", references.join(", "))
}

/// Counts the `#` at the start of `text`, which is the text after a quotation mark in a schema. The schema becomes a
/// raw string literal, such as `r##"…"##`. The literal ends at a quotation mark with enough `#` after it, so it needs
/// more `#` than follow any quotation mark in the schema.
fn count_leading_hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// Whether the schema of a type includes the documented limits. The schema of a type that occurs in responses includes
/// no limits: the client accepts a response that breaks a limit, so the schema has to accept the response too.
fn schema_includes_limits(definition: &TypeDefinition) -> bool {
    definition.is_sent_by_client && !definition.is_received_by_client
}

/// Renders the JSON Schema of a single type, and collects the names of the types that the schema refers to.
struct SchemaRenderer<'a> {
    model: &'a Model,
    includes_limits: bool,
    /// The names of the types that the schema refers to.
    referenced_type_names: BTreeSet<&'a str>,
}

impl<'a> SchemaRenderer<'a> {
    fn render_definition(&mut self, definition: &'a TypeDefinition) -> String {
        let details = &definition.schema_details;
        match &definition.shape {
            TypeShape::Object(object) => self.render_object(object, details),
            TypeShape::Enum(values) => {
                let mut members = render_annotations(details.description.as_deref(), details.is_sensitive);
                members.extend(render_enum_schema(values));
                render_object_on_many_lines(&members, "    ")
            }
            TypeShape::Newtype(wraps) => {
                let mut members = render_annotations(details.description.as_deref(), details.is_sensitive);
                members.extend(match wraps {
                    WrappedType::String | WrappedType::StringOrInteger => {
                        vec![("type", to_json_string("string"))]
                    }
                    WrappedType::Uuid => {
                        vec![("type", to_json_string("string")), ("format", to_json_string("uuid"))]
                    }
                    WrappedType::Integer => {
                        vec![("type", to_json_string("integer")), ("format", to_json_string("int64"))]
                    }
                });
                render_object_on_many_lines(&members, "    ")
            }
            TypeShape::Union(union) => {
                let mut members = render_annotations(details.description.as_deref(), details.is_sensitive);
                let variants = union
                    .variants
                    .iter()
                    .map(|variant| self.render_and_record_type_reference(&variant.type_name));
                let any_object = union.is_open.then(|| json!({ "type": "object" }).to_string());
                members
                    .push(("anyOf", render_list(variants.collect::<Vec<_>>().into_iter().chain(any_object))));
                render_object_on_many_lines(&members, "    ")
            }
        }
    }

    fn render_object(&mut self, object: &'a Object, details: &SchemaDetails) -> String {
        let mut members =
            render_annotations(docs::describe_schema_with_limits(details).as_deref(), details.is_sensitive);
        members.push(("type", to_json_string("object")));
        let properties: Vec<(&str, String)> = object
            .fields
            .iter()
            .map(|field| (field.name.as_str(), self.render_value_schema(&field.schema)))
            .collect();
        if !properties.is_empty() {
            members.push(("properties", render_object_on_many_lines(&properties, "        ")));
        }
        let required: Vec<String> = object
            .fields
            .iter()
            .filter(|field| field.required)
            .map(|field| to_json_string(&field.name))
            .collect();
        if !required.is_empty() {
            members.push(("required", render_list(required)));
        }
        if let Some(rest) = &object.additional_properties {
            members.push(("additionalProperties", self.render_value_schema(rest)));
        }
        members.extend(self.list_limit_members(OBJECT_LIMIT_KINDS, details));
        render_object_on_many_lines(&members, "    ")
    }

    /// Renders the schema of a property, a list item or a map value.
    fn render_value_schema(&mut self, schema: &'a Schema) -> String {
        let mut members = render_annotations(
            docs::describe_schema_with_limits(&schema.details).as_deref(),
            schema.details.is_sensitive,
        );
        let nullable = schema.nullable;
        match &schema.ty {
            Type::Named(name) => match self.find_hidden_enum_value(name) {
                Some(value) => members.extend([("type", to_json_string("string")), ("const", value)]),
                None => {
                    // Old validators ignore the keywords beside a `$ref`. So a reference with other keywords is wrapped
                    // in an `allOf`.
                    let reference = self.render_and_record_type_reference(name);
                    let null = nullable.then(|| json!({ "type": "null" }).to_string());
                    match (members.is_empty(), null) {
                        (true, None) => return reference,
                        (false, None) => members.push(("allOf", render_list([reference]))),
                        (_, Some(null)) => members.push(("anyOf", render_list([reference, null]))),
                    }
                }
            },
            Type::Json if members.is_empty() => return String::from("true"),
            Type::Json => {}
            Type::AnyObject => {
                members.push(render_type_member("object", nullable));
                members.push(("additionalProperties", String::from("true")));
            }
            Type::Map(values) => {
                members.push(render_type_member("object", nullable));
                members.push(("additionalProperties", self.render_value_schema(values)));
            }
            Type::List(items) => {
                members.push(render_type_member("array", nullable));
                members.push(("items", self.render_value_schema(items)));
            }
            Type::Boolean => members.push(render_type_member("boolean", nullable)),
            Type::Integer(width) => {
                let format = match width {
                    IntegerType::I32 => "int32",
                    IntegerType::I64 => "int64",
                    IntegerType::U64 => "uint64",
                };
                members.extend([render_type_member("integer", nullable), ("format", to_json_string(format))]);
            }
            Type::Decimal(form) => {
                let ty = match form {
                    DecimalRepresentation::Number => "number",
                    DecimalRepresentation::String => "string",
                };
                members.extend([render_type_member(ty, nullable), ("format", to_json_string("decimal"))]);
                // A minimum applies only to JSON numbers, so the schema of a decimal in a string has no minimum.
                let has_exclusive_minimum = self.includes_limits
                    && schema.details.is_above_zero
                    && *form == DecimalRepresentation::Number;
                members.extend(has_exclusive_minimum.then(|| ("exclusiveMinimum", String::from("0"))));
            }
            Type::Uuid => {
                members.extend([render_type_member("string", nullable), ("format", to_json_string("uuid"))])
            }
            Type::Date => {
                members.extend([render_type_member("string", nullable), ("format", to_json_string("date"))])
            }
            Type::DateTime => members
                .extend([render_type_member("string", nullable), ("format", to_json_string("date-time"))]),
            Type::String | Type::FileContent => members.push(render_type_member("string", nullable)),
        }
        members.extend(self.list_limit_members(list_applicable_limit_kinds(&schema.ty), &schema.details));
        render_object_on_one_line(&members)
    }

    /// Returns the only value of a hidden enum as JSON; `None` for other types. A hidden enum is the type of a required
    /// field that has only one possible value, so callers need neither the field nor the enum.
    fn find_hidden_enum_value(&self, name: &str) -> Option<String> {
        let values = self.model.find_enum(name).filter(|_| self.model.hidden_enum_names.contains(name))?;
        values.values.first().map(|value| to_json_string(&value.wire_value))
    }

    /// Renders a reference to the type `name`, and records the name in `referenced_type_names`. The value of the
    /// rendered `$ref` is only this name. The macro `partner_runtime::plumbing::json_schemas!` replaces
    /// the name with the reference that schemars generates.
    fn render_and_record_type_reference(&mut self, name: &'a str) -> String {
        self.referenced_type_names.insert(name);
        render_object_on_one_line(&[("$ref", to_json_string(name))])
    }

    fn list_limit_members(&self, kinds: &[LimitKind], details: &SchemaDetails) -> JsonMembers {
        let kinds = kinds.iter().filter(|_| self.includes_limits);
        let limits = kinds
            .filter_map(|kind| Some((kind.json_schema_keyword(), details.limit_value(*kind)?.to_json())));
        // A limit beyond the range of `f64` is left out, because most JSON parsers could not parse a schema with such a
        // number.
        limits.filter(|(_, value)| value.parse::<f64>().map_or(true, f64::is_finite)).collect()
    }
}

const OBJECT_LIMIT_KINDS: &[LimitKind] = &[LimitKind::MinProperties, LimitKind::MaxProperties];

/// Returns the kinds of limits that apply to the JSON values of a type. For example, a minimum applies to a decimal in
/// a JSON number, but not to a decimal in a string.
fn list_applicable_limit_kinds(ty: &Type) -> &'static [LimitKind] {
    match ty {
        Type::String
        | Type::FileContent
        | Type::Uuid
        | Type::Date
        | Type::DateTime
        | Type::Decimal(DecimalRepresentation::String) => {
            &[LimitKind::MinLength, LimitKind::MaxLength, LimitKind::Pattern]
        }
        Type::Integer(_) | Type::Decimal(DecimalRepresentation::Number) => &[
            LimitKind::Minimum,
            LimitKind::ExclusiveMinimum,
            LimitKind::Maximum,
            LimitKind::ExclusiveMaximum,
            LimitKind::MultipleOf,
        ],
        Type::List(_) => &[LimitKind::MinItems, LimitKind::MaxItems, LimitKind::UniqueItems],
        Type::Map(_) | Type::AnyObject => OBJECT_LIMIT_KINDS,
        Type::Named(_) | Type::Boolean | Type::Json => &[],
    }
}

/// Renders the schema of an enum, with the documented descriptions of its values. An open enum may get new values, so
/// its schema lists the known values, but allows any value.
fn render_enum_schema(values: &Enum) -> JsonMembers {
    let only_strings = !values.has_number_or_boolean_value();
    let known: Vec<String> = if values.values.iter().any(|value| value.description.is_some()) {
        values.values.iter().map(render_enum_value).collect()
    } else {
        let mut known = JsonMembers::new();
        known.extend(only_strings.then(|| ("type", to_json_string("string"))));
        known.push(("enum", render_list(values.values.iter().map(to_json_enum_value))));
        if values.is_closed {
            return known;
        }
        vec![render_object_on_one_line(&known)]
    };
    let other = match only_strings {
        true => render_object_on_one_line(&[("type", to_json_string("string"))]),
        false => String::from("true"),
    };
    match values.is_closed {
        true => vec![("oneOf", render_list(known))],
        false => vec![("anyOf", render_list(known.into_iter().chain([other])))],
    }
}

fn render_enum_value(value: &EnumValue) -> String {
    let mut members = render_annotations(value.description.as_deref(), false);
    members.extend((!value.is_number_or_boolean).then(|| ("type", to_json_string("string"))));
    members.push(("const", to_json_enum_value(value)));
    render_object_on_one_line(&members)
}

fn to_json_enum_value(value: &EnumValue) -> String {
    if value.is_number_or_boolean { value.wire_value.clone() } else { to_json_string(&value.wire_value) }
}

/// Renders the annotations of a schema: its description, and the key `x-sensitive` if the values are sensitive.
fn render_annotations(description: Option<&str>, is_sensitive: bool) -> JsonMembers {
    let mut members = Vec::new();
    members.extend(description.map(|description| ("description", to_json_string(description.trim()))));
    members.extend(is_sensitive.then(|| ("x-sensitive", String::from("true"))));
    members
}

fn render_type_member(name: &str, nullable: bool) -> (&'static str, String) {
    ("type", if nullable { json!([name, "null"]).to_string() } else { to_json_string(name) })
}

/// Renders a string as JSON, with escapes for invisible and control characters.
fn to_json_string(text: &str) -> String {
    to_harmless_json(&json!(text).to_string()).into_owned()
}

fn render_list(items: impl IntoIterator<Item = String>) -> String {
    format!("[{}]", items.into_iter().collect::<Vec<_>>().join(", "))
}

fn render_object_on_one_line(members: &[(&str, String)]) -> String {
    let members: Vec<String> =
        members.iter().map(|(key, value)| format!("{}: {value}", to_json_string(key))).collect();
    format!("{{{}}}", members.join(", "))
}

/// Renders a JSON object with one member on each line.
fn render_object_on_many_lines(members: &[(&str, String)], indent: &str) -> String {
    let member = |(key, value): &(&str, String)| format!("{indent}    {}: {value}", to_json_string(key));
    let members: Vec<String> = members.iter().map(member).collect();
    format!("{{\n{}\n{indent}}}", members.join(",\n"))
}
