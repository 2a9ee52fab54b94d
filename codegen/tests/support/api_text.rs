//! An `Api` as text, one block for each thing in it, so that two states of it can be compared by eye.

use std::collections::BTreeMap;
use std::fmt::Write;

use partner_model::api::{Api, Enum, Operation, Schema, Success, SuccessBody, Union};
use partner_spec::Node;

/// The blocks by their headline, which sorts operations before schemas.
pub(crate) fn blocks(api: &Api) -> BTreeMap<String, String> {
    let mut blocks = BTreeMap::new();
    for operation in &api.operations {
        blocks.insert(format!("operation {}", operation.id), of_operation(operation));
    }
    for (name, schema) in &api.schemas {
        blocks.insert(format!("schema {name}"), of_schema(schema));
    }
    for (name, of) in &api.enums {
        blocks.insert(format!("type {name}"), of_enum(of));
    }
    for (name, of) in &api.unions {
        blocks.insert(format!("type {name}"), of_union(of));
    }
    for (headline, names) in
        [("used in requests", &api.in_requests), ("used in responses", &api.in_responses)]
    {
        if !names.is_empty() {
            let names: Vec<String> = names.iter().map(|name| format!("{name}\n")).collect();
            blocks.insert(headline.to_owned(), names.concat());
        }
    }
    blocks
}

fn of_operation(operation: &Operation) -> String {
    let mut out = format!("{} as {}\n", operation.title(), operation.name);
    for parameter in &operation.parameters {
        let required = if parameter.required { "required" } else { "optional" };
        let joined = if parameter.joined { ", joined" } else { "" };
        let _ = writeln!(out, "{required} {:?} parameter {}{joined}", parameter.place, parameter.name);
        out.push_str(&json(&parameter.schema));
    }
    if let Some(body) = &operation.body {
        for media in &body.media {
            let required = if body.required { "required" } else { "optional" };
            let _ = writeln!(out, "{required} {:?} body", media.kind);
            out.push_str(&json(&media.schema));
        }
    }
    for response in &operation.responses {
        let _ = writeln!(out, "response {}", response.status);
        for (content_type, schema) in &response.media {
            let _ = writeln!(out, "  {content_type}");
            out.push_str(&schema.as_ref().map(json).unwrap_or_default());
        }
    }
    if operation.enveloped {
        let requires = |what: bool| if what { "required" } else { "optional" };
        let (flag, data) = (requires(operation.flag_required), requires(operation.data_required));
        let _ = writeln!(out, "enveloped, flag {flag}, data {data}");
    }
    if operation.may_be_empty {
        out.push_str("may be empty\n");
    }
    match &operation.success {
        None => {}
        Some(Success::Same(body)) => {
            let _ = writeln!(out, "success\n{}", of_body(body).trim_end());
        }
        Some(Success::ByStatus { name, variants }) => {
            let _ = writeln!(out, "success {name}");
            for (status, variant, body) in variants {
                let _ = writeln!(out, "  {status} as {variant}\n{}", of_body(body).trim_end());
            }
        }
    }
    out
}

fn of_body(body: &SuccessBody) -> String {
    match body {
        SuccessBody::Json(node) => json(node),
        SuccessBody::Empty => String::from("    empty\n"),
        SuccessBody::Any => String::from("    any JSON\n"),
        SuccessBody::Text => String::from("    text\n"),
        SuccessBody::Bytes => String::from("    bytes\n"),
    }
}

fn of_schema(schema: &Schema) -> String {
    let public = if schema.public { "public\n" } else { "" };
    format!("{public}{}", json(&schema.node))
}

fn of_enum(of: &Enum) -> String {
    let mut out = String::from(if of.closed { "closed enum\n" } else { "open enum\n" });
    for value in &of.values {
        let described = value.description.as_deref().map(|text| format!(": {text}")).unwrap_or_default();
        let _ = writeln!(out, "  {:?} as {}{described}", value.wire, value.variant);
    }
    out
}

fn of_union(of: &Union) -> String {
    let mut out = String::from(if of.open { "open union\n" } else { "closed union\n" });
    for variant in &of.variants {
        let _ = writeln!(out, "  {}({})", variant.name, variant.type_name);
        let _ = writeln!(out, "    has {}", variant.keys.join(", "));
        for (key, values) in &variant.values {
            let _ = writeln!(out, "    {key} is {}", values.join(" or "));
        }
    }
    out
}

fn json(node: &Node) -> String {
    node.to_json_pretty().lines().map(|line| format!("    {line}\n")).collect()
}
