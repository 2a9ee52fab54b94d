//! Writes a model as text, so that a test can show the text beside the document.

use std::fmt::Write;

use partner_model::{
    BodyContent, DecimalRepresentation, Enum, Field, IntegerType, Model, Object, Operation, Schema,
    SchemaDetails, SerializationStyle, SuccessBodies, SuccessBody, Type, TypeDefinition, TypeShape, Union,
};
use partner_spec::{Location, Node};

/// Returns the text of a model: its servers, its operations, and its types.
pub(crate) fn of_model(model: &Model) -> String {
    let servers = (!model.environments.is_empty()).then(|| of_servers(model));
    let operations = model.operations.iter().map(of_operation);
    let types = model.types.iter().map(|(name, definition)| of_definition(name, definition, model));
    servers.into_iter().chain(operations).chain(types).collect::<Vec<_>>().join("\n")
}

fn of_servers(model: &Model) -> String {
    let mut out = String::new();
    for environment in &model.environments {
        let _ = writeln!(out, "server {} at {}", environment.variant_name, environment.default_url);
        for (position, server) in environment.servers.iter().enumerate() {
            let _ = writeln!(out, "  {position} {}", server.url_template);
            for variable in &server.variables {
                let _ = writeln!(
                    out,
                    "    {} = {:?}, of {:?}",
                    variable.name, variable.default, variable.allowed_values
                );
            }
        }
    }
    for variable in &model.server_variables {
        let values = variable.allowed_values.iter().flatten().map(|value| value.variant_name.as_str());
        let _ = writeln!(out, "variable {}: {:?}", variable.name, values.collect::<Vec<_>>());
    }
    out
}

fn of_operation(operation: &Operation) -> String {
    let mut out = format!(
        "{} as {} {}\n",
        operation.method_and_path(),
        operation.client_method_name,
        place(&operation.id_location)
    );
    if operation.server_index > 0 {
        let _ = writeln!(out, "  server {}", operation.server_index);
    }
    for parameter in &operation.parameters {
        let kind = format!("{:?} parameter", parameter.place).to_lowercase();
        let (presence, schema) = (presence(parameter.required), of_schema(&parameter.schema));
        let style = match (parameter.style, parameter.explode) {
            (SerializationStyle::Simple, false) | (SerializationStyle::Form, true) => String::new(),
            (style, true) => format!(", {style:?} exploded").to_lowercase(),
            (style, false) => format!(", {style:?}").to_lowercase(),
        };
        let _ = writeln!(out, "  {presence} {kind} {}: {schema}{style}", parameter.name);
    }
    for media in operation.request_media_types() {
        let presence = presence(operation.body.as_ref().is_some_and(|body| body.required));
        match &media.content {
            BodyContent::Json(schema) => {
                let _ = writeln!(out, "  {presence} body {}: {}", media.media_type, of_schema(schema));
            }
            _ => {
                let _ = writeln!(out, "  {presence} body {}", media.media_type);
                media.form_fields().iter().for_each(|part| out.push_str(&of_field(part, "    ")));
            }
        }
    }
    for response in &operation.responses {
        let _ = writeln!(out, "  response {} {}", response.status, place(&response.location));
        for (content_type, schema) in &response.media_types_with_schemas {
            let schema = schema.as_ref().map_or_else(|| String::from("not read"), of_schema);
            let _ = writeln!(out, "    {content_type}: {schema}");
        }
        if !response.example_error_codes.is_empty() {
            let _ = writeln!(out, "    codes {}", response.example_error_codes.join(", "));
        }
    }
    for (what, operations) in
        [("after", &operation.previous_client_method_names), ("before", &operation.next_client_method_names)]
    {
        if !operations.is_empty() {
            let _ = writeln!(out, "  {what} {}", operations.join(", "));
        }
    }
    if let Some(wrapping) = operation.required_envelope_properties {
        let (flag, data) =
            (presence(wrapping.requires_success_property), presence(wrapping.requires_data_property));
        let _ = writeln!(out, "  enveloped, flag {flag}, data {data}");
    }
    match &operation.success_bodies {
        SuccessBodies::SameForAllStatuses(body) => {
            let _ = writeln!(out, "  gives {}", of_body(body));
        }
        SuccessBodies::ByStatus { enum_name: name, variants } => {
            let _ = writeln!(out, "  gives {name}");
            for variant in variants {
                let _ = writeln!(
                    out,
                    "    {} as {}: {}",
                    variant.status,
                    variant.variant_name,
                    of_body(&variant.body)
                );
            }
        }
    }
    if operation.success_body_may_be_empty {
        out.push_str("  may be empty\n");
    }
    out
}

fn of_body(body: &SuccessBody) -> String {
    match body {
        SuccessBody::Json(schema) => of_type(schema),
        SuccessBody::Empty => String::from("nothing"),
        SuccessBody::AnyJson => String::from("any JSON"),
        SuccessBody::Text => String::from("text"),
        SuccessBody::Bytes => String::from("bytes"),
    }
}

fn of_definition(name: &str, definition: &TypeDefinition, model: &Model) -> String {
    let words = [
        ("public", definition.is_public),
        ("sent", definition.is_sent_by_client),
        ("received", definition.is_received_by_client),
        ("hidden", model.hidden_enum_names.contains(name)),
    ];
    let words: Vec<&str> = words.into_iter().filter(|(_, is)| *is).map(|(word, _)| word).collect();
    let (kind, inside) = match &definition.shape {
        TypeShape::Object(object) => ("object", of_object(object)),
        TypeShape::Enum(values) => {
            (if values.is_closed { "closed enum" } else { "open enum" }, of_enum(values))
        }
        TypeShape::Newtype(wraps) => ("newtype", format!("  wraps {wraps:?}\n")),
        TypeShape::Union(union) => {
            (if union.is_open { "open union" } else { "closed union" }, of_union(union))
        }
    };
    let details = of_about(&definition.schema_details);
    format!("{kind} {name} ({}){details} {}\n{inside}", words.join(", "), place(&definition.location))
}

fn of_object(object: &Object) -> String {
    let mut out: String = object.fields.iter().map(|field| of_field(field, "  ")).collect();
    if let Some(rest) = &object.additional_properties {
        let _ = writeln!(out, "  any other key: {}", of_schema(rest));
    }
    out
}

fn of_field(field: &Field, indent: &str) -> String {
    let (presence, schema) = (presence(field.required), of_schema(&field.schema));
    format!("{indent}{presence} {}: {schema} {}\n", field.name, place(&field.key_location))
}

fn of_enum(values: &Enum) -> String {
    let mut out = String::new();
    for value in &values.values {
        let described = value.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        let _ = writeln!(out, "  {:?} as {}{described}", value.wire_value, value.variant_name);
    }
    out
}

fn of_union(union: &Union) -> String {
    let mut out = String::new();
    for variant in &union.variants {
        let _ = writeln!(out, "  {}({}) {}", variant.name, variant.type_name, place(&variant.location));
        let _ = writeln!(out, "    has {}", variant.required_keys.join(", "));
        for (key, values) in &variant.distinguishing_properties {
            let _ = writeln!(out, "    {key} is {}", values.join(" or "));
        }
    }
    out
}

fn of_schema(schema: &Schema) -> String {
    let excluded = match schema.forbidden_strings.as_slice() {
        [] => String::new(),
        values => format!(" other than {}", values.join(", ")),
    };
    format!("{}{excluded}{}", of_type(schema), of_about(&schema.details))
}

fn of_type(schema: &Schema) -> String {
    let text = match &schema.ty {
        Type::Named(name) => name.clone(),
        Type::List(items) => format!("list of ({})", of_schema(items)),
        Type::Map(values) => format!("map of ({})", of_schema(values)),
        plain => {
            let text = match plain {
                Type::String => "string",
                Type::Uuid => "UUID",
                Type::Date => "date",
                Type::DateTime => "date and time",
                Type::Decimal(DecimalRepresentation::Number) => "decimal as number",
                Type::Decimal(DecimalRepresentation::String) => "decimal as string",
                Type::Integer(IntegerType::I32) => "32 bit integer",
                Type::Integer(IntegerType::I64) => "64 bit integer",
                Type::Integer(IntegerType::U64) => "unsigned 64 bit integer",
                Type::Boolean => "boolean",
                Type::AnyObject => "any object",
                Type::FileContent => "bytes",
                _ => "any JSON",
            };
            text.to_owned()
        }
    };
    let text = match &schema.newtype {
        Some(newtype) => format!("{} ({text})", newtype.name),
        None => text,
    };
    if schema.nullable { format!("{text} or null") } else { text }
}

fn of_about(details: &SchemaDetails) -> String {
    let mut words = Vec::new();
    for rule in &details.key_combinations {
        let alternatives: Vec<String> = rule.alternatives.iter().map(|one| one.keys.join(" + ")).collect();
        words.push(format!("one of {}", alternatives.join(" | ")));
    }
    for limit in &details.limits {
        words.push(format!("{} {}", limit.kind.json_schema_keyword(), limit.value.to_json()));
    }
    words.extend(details.default.as_ref().map(Node::to_json).map(|value| format!("default {value}")));
    let flags = [
        ("sensitive", details.is_sensitive),
        ("expected", details.is_always_shown_in_docs),
        ("above zero", details.is_above_zero),
        ("read only", details.read_only),
        ("write only", details.write_only),
        ("deprecated", details.deprecated),
    ];
    words.extend(flags.into_iter().filter(|(_, is)| *is).map(|(word, _)| word.to_owned()));
    words.extend(details.availability.docs_notice().map(str::to_owned));
    words.extend(details.confidence.docs_notice().map(str::to_owned));
    words.extend(details.note.clone());
    words.extend(details.description.as_ref().map(|text| format!("{text:?}")));
    if words.is_empty() { String::new() } else { format!(" [{}]", words.join("; ")) }
}

fn presence(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}

fn place(location: &Location) -> String {
    format!("@{}:{}", location.start.line, location.start.column)
}
