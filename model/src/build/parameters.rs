//! Reads the parameters of operations.

use std::collections::{BTreeMap, HashSet};

use partner_spec::{Finding, Findings, Node};

use super::names::to_rust_name;
use super::reader::DocumentReader;
use crate::index;
use crate::media::is_json_media_type;
use crate::model::Model;
use crate::names::{can_become_identifier, to_type_name};
use crate::operation::{Parameter, ParameterPlace, SerializationStyle, TextShape};
use crate::rules::{parameter_name, parameter_unsupported};
use crate::types::{DecimalRepresentation, Schema, Type, TypeDefinition, TypeShape};

impl<'a> DocumentReader<'a> {
    /// Reads the parameters of an operation, without duplicates. Reports parameters that a client cannot send, and
    /// leaves them out.
    pub(super) fn read_parameters(&mut self, operation: &index::Operation<'a>, id: &str) -> Vec<Parameter> {
        let mut seen = HashSet::new();
        let mut parameters = Vec::new();
        for used in operation.effective_parameters() {
            // A parameter is copied into each operation that uses it, if the parameter belongs to the path item, or is
            // the target of a `$ref`. The size of each copy counts towards the limit for all copies together.
            let is_copy = used.is_declared_in_path_item || used.node.location != *used.list_item_location;
            if is_copy
                && !self
                    .try_spend_expansion_bytes(used.node.estimate_deep_copy_bytes(), used.list_item_location)
            {
                break;
            }
            if seen.insert((used.name, used.place)) {
                parameters.extend(self.read_parameter(&used, id));
            }
        }
        parameters
    }

    fn read_parameter(&mut self, used: &index::Parameter<'a>, id: &str) -> Option<Parameter> {
        let index::Parameter { name, node, .. } = used;
        let location = node.location.collapse_to_start();
        let place = match used.place {
            "path" => ParameterPlace::Path,
            "query" => ParameterPlace::Query,
            "header" => ParameterPlace::Header,
            "cookie" => {
                let what = format!("the cookie parameter `{name}` cannot be sent");
                let place = node.get("in").map_or(&location, |place| &place.location);
                self.found.push(
                    parameter_unsupported::new_finding(id, &what, place)
                        .with_help("leave it out, or declare the header that carries it"),
                );
                return None;
            }
            _ => return None,
        };
        if !can_become_identifier(name) {
            self.found.push(parameter_name::new_unusable_parameter_name_finding(id, name, &location));
            return None;
        }
        if place == ParameterPlace::Header
            && let Some(found) =
                parameter_unsupported::check_header_parameter(id, name, node, &self.usable_security_schemes)
        {
            self.found.push(found);
            return None;
        }
        let (style, schema) = match read_style_and_schema(node, place, name, id) {
            Ok(written) => written,
            Err(found) => {
                self.found.push(*found);
                return None;
            }
        };
        // A schema that is not a YAML or JSON object was reported when the document was read, so the parameter is left
        // out without a second finding.
        schema.as_object()?;
        let mut schema =
            self.read_operation_schema(schema, &format!("{}{}", to_type_name(id), to_type_name(name)));
        if style == SerializationStyle::DeepObject && matches!(schema.ty, Type::List(_)) {
            let location = node.get("style").map_or(&location, |style| &style.location);
            let what = format!("the style `deepObject` does not say how to write the list `{name}`");
            self.found.push(
                parameter_unsupported::new_finding(id, &what, location)
                    .with_help("write it in the style `form`"),
            );
            return None;
        }
        // If a parameter is not written as JSON, the number `1.5` and the string `"1.5"` look the same in the request.
        // So decimals in the parameter are treated as strings.
        if style != SerializationStyle::Json {
            as_text(&mut schema);
        }
        let explodes = matches!(style, SerializationStyle::Form | SerializationStyle::DeepObject);
        Some(Parameter {
            name: (*name).to_owned(),
            rust_name: to_rust_name(node, name),
            place,
            required: node.value_is_true("required"),
            description: node.get_str("description").map(str::to_owned),
            deprecated: node.value_is_true("deprecated"),
            style,
            explode: node.get("explode").and_then(Node::as_bool).unwrap_or(explodes),
            text_shape: None,
            schema,
            location,
        })
    }
}

/// Returns the style in which a parameter is serialized, and the schema of its values.
///
/// # Errors
///
/// Returns the finding about a parameter that the client cannot write.
fn read_style_and_schema<'a>(
    node: &'a Node,
    place: ParameterPlace,
    name: &str,
    id: &str,
) -> Result<(SerializationStyle, &'a Node), Box<Finding>> {
    let refuse = |what: String, location, help: &str| {
        Err(Box::new(parameter_unsupported::new_finding(id, &what, location).with_help(help)))
    };
    if let Some(media) = node.get_entries("content").next() {
        return match media.node.get("schema") {
            Some(schema) if is_json_media_type(&media.key) => Ok((SerializationStyle::Json, schema)),
            _ => {
                let what = format!("`{name}` cannot be sent as `{}`", media.key);
                refuse(what, &media.key_location, "the `content` of a parameter is JSON with a schema")
            }
        };
    }
    let styles = list_allowed_styles(place);
    let style = match node.get("style") {
        None => styles[0].1,
        Some(style) => match styles.iter().find(|(name, _)| Some(*name) == style.as_str()) {
            Some((_, style)) => *style,
            None => {
                let what =
                    format!("the style `{}` of `{name}` cannot be sent", style.as_str().unwrap_or_default());
                let known: Vec<String> = styles.iter().map(|(name, _)| format!("`{name}`")).collect();
                return refuse(what, &style.location, &format!("known here: {}", known.join(", ")));
            }
        },
    };
    match node.get("schema") {
        Some(schema) => Ok((style, schema)),
        None => {
            let what = format!("the parameter `{name}` has no schema");
            refuse(what, &node.location.collapse_to_start(), "give it a `schema`")
        }
    }
}

/// Returns the styles that are allowed for path, query or header parameters, the default style first.
fn list_allowed_styles(place: ParameterPlace) -> &'static [(&'static str, SerializationStyle)] {
    match place {
        ParameterPlace::Path => &[
            ("simple", SerializationStyle::Simple),
            ("label", SerializationStyle::Label),
            ("matrix", SerializationStyle::Matrix),
        ],
        ParameterPlace::Query => &[
            ("form", SerializationStyle::Form),
            ("spaceDelimited", SerializationStyle::SpaceDelimited),
            ("pipeDelimited", SerializationStyle::PipeDelimited),
            ("deepObject", SerializationStyle::DeepObject),
        ],
        ParameterPlace::Header => &[("simple", SerializationStyle::Simple)],
    }
}

fn as_text(schema: &mut Schema) {
    match &mut schema.ty {
        Type::Decimal(form) => *form = DecimalRepresentation::String,
        Type::List(inner) | Type::Map(inner) => as_text(inner),
        _ => {}
    }
}

/// Returns the shape (text, list or object) that the values of a schema have when they are written as text; `None` if
/// they cannot be written as text.
pub(super) fn find_text_shape(
    schema: &Schema,
    types: &BTreeMap<String, TypeDefinition>,
) -> Option<TextShape> {
    let has_single_text_values = |schema: &Schema| has_single_text_values(schema, types);
    match &schema.ty {
        _ if has_single_text_values(schema) => Some(TextShape::Text),
        Type::List(items) => {
            (has_single_text_values(items) && !items.nullable).then_some(TextShape::TextList)
        }
        Type::Map(values) => has_single_text_values(values).then_some(TextShape::TextObject),
        Type::Named(name) => {
            let TypeShape::Object(object) = &types.get(name)?.shape else { return None };
            let mut values =
                object.fields.iter().map(|field| &field.schema).chain(&object.additional_properties);
            values.all(has_single_text_values).then_some(TextShape::TextObject)
        }
        _ => None,
    }
}

/// Whether each value of a schema is written as a single text, like a string, a number or a value of an enum.
fn has_single_text_values(schema: &Schema, types: &BTreeMap<String, TypeDefinition>) -> bool {
    match &schema.ty {
        Type::String
        | Type::Uuid
        | Type::Date
        | Type::DateTime
        | Type::Decimal(_)
        | Type::Integer(_)
        | Type::Boolean => true,
        Type::Named(name) => types
            .get(name)
            .is_some_and(|definition| matches!(definition.shape, TypeShape::Enum(_) | TypeShape::Newtype(_))),
        Type::List(_) | Type::Map(_) | Type::AnyObject | Type::Json | Type::FileContent => false,
    }
}

/// Fills in the text shape of each parameter, which says whether its values are written as a single text, a list or an
/// object. Reports each parameter whose `style` does not define exactly how values of this shape are written.
pub(super) fn fill_in_text_shapes(model: &mut Model, found: &mut Findings) {
    let Model { operations, types, .. } = model;
    for operation in operations {
        for parameter in
            operation.parameters.iter_mut().filter(|parameter| parameter.style != SerializationStyle::Json)
        {
            parameter.text_shape = find_text_shape(&parameter.schema, types);
            if !has_unambiguous_style(parameter) {
                let what = format!("no style says how to write the values of `{}`", parameter.name);
                let report =
                    parameter_unsupported::new_finding(&operation.id, &what, &parameter.schema.location);
                found.push(report.with_help(
                    "text, numbers, lists of them and objects of them can be written; `content` has any as JSON",
                ));
            }
        }
    }
}

fn has_unambiguous_style(parameter: &Parameter) -> bool {
    match (parameter.style, parameter.explode) {
        // In the style `label` without `explode`, OpenAPI writes lists and objects differently than RFC 6570. So only
        // values that are a single text are supported.
        (SerializationStyle::Label, false) => parameter.text_shape == Some(TextShape::Text),
        (
            SerializationStyle::Simple
            | SerializationStyle::Matrix
            | SerializationStyle::Form
            | SerializationStyle::Label,
            _,
        ) => parameter.text_shape.is_some(),
        (SerializationStyle::SpaceDelimited | SerializationStyle::PipeDelimited, explode) => {
            parameter.text_shape == Some(TextShape::TextList) && !explode
        }
        (SerializationStyle::DeepObject, explode) => {
            parameter.text_shape == Some(TextShape::TextObject) && explode
        }
        (SerializationStyle::Json, _) => true,
    }
}
