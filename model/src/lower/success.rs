use std::collections::BTreeMap;

use partner_spec::{Diagnostic, Diagnostics, Node};

use super::Pass;
use crate::api::{Api, Operation, Response, Schema, Success, SuccessBody, ref_name, unwrapped};
use crate::names::type_name;

pub(super) const PASS: Pass = Pass {
    name: "success",
    why: "Each operation gets one success type: the one that all its 2xx responses share, or an enum by status, \
          because two different ones make progenitor panic; `default` and errors leave the document, because they \
          would count as successes or lose status and headers. An object that requires nothing may be missing.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let mut times = 0;
    for operation in &mut api.operations {
        let mut bodies: Vec<(&Response, SuccessBody)> = Vec::new();
        for response in operation.responses.iter().filter(|r| r.is_success()) {
            match body(response) {
                Ok(body) => bodies.push((response, body)),
                Err(diagnostic) => found.push(diagnostic),
            }
        }
        let Some((_, first)) = bodies.first() else { continue };
        let success = if bodies.iter().all(|(_, body)| body == first) {
            Success::Same(first.clone())
        } else {
            times += 1;
            by_status(operation, &bodies)
        };
        operation.success = Some(success);
        operation.may_be_empty = may_be_empty(operation, &api.schemas);
    }
    times
}

/// Whether a success that holds nothing is one that the document allows. The items of a list are never made up, so a
/// page of a list has to be there.
fn may_be_empty(operation: &Operation, schemas: &BTreeMap<String, Schema>) -> bool {
    let promised = (operation.enveloped && operation.data_required) || operation.pagination.is_some();
    !promised && operation.answer().is_some_and(|node| requires_nothing(node, schemas))
}

/// Whether a schema is an object with properties of its own, of which none is required.
fn requires_nothing(node: &Node, schemas: &BTreeMap<String, Schema>) -> bool {
    let node =
        ref_name(unwrapped(node)).and_then(|name| schemas.get(name)).map_or(node, |schema| &schema.node);
    node.get("properties").is_some() && node.items("required").is_empty() && node.items("oneOf").is_empty()
}

fn by_status(operation: &Operation, bodies: &[(&Response, SuccessBody)]) -> Success {
    let variants = bodies
        .iter()
        .map(|(response, body)| (response.status.clone(), variant_name(&response.status), body.clone()))
        .collect();
    Success::ByStatus { name: format!("{}Outcome", type_name(&operation.id)), variants }
}

/// Called after what HTTP calls the status.
fn variant_name(status: &str) -> String {
    let known = match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritative",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "2XX" => "Other",
        _ => return format!("Status{status}"),
    };
    known.to_owned()
}

fn body(response: &Response) -> Result<SuccessBody, Diagnostic> {
    match response.media.as_slice() {
        [] => Ok(SuccessBody::Empty),
        [(content_type, schema)] if content_type.starts_with("application/json") => Ok(json(schema.as_ref())),
        [(content_type, _)] if content_type.starts_with("text/") => Ok(SuccessBody::Text),
        [_] => Ok(SuccessBody::Bytes),
        [_, (second, _), ..] => {
            let message = format!("a success answers several content types, `{second}` among them");
            Err(Diagnostic::error("several-content-types", &response.location, message)
                .help("keep the one that the client should ask for"))
        }
    }
}

fn json(schema: Option<&Node>) -> SuccessBody {
    let says_nothing = |node: &Node| {
        let silent = |key: &str| key.starts_with("x-") || matches!(key, "description" | "title" | "example");
        node.as_object().is_some_and(|object| object.iter().all(|e| silent(&e.key)))
    };
    match schema {
        None => SuccessBody::Any,
        Some(node) if says_nothing(node) => SuccessBody::Any,
        // Two places may describe the same type in other words.
        Some(node) => SuccessBody::Json(match node.items("allOf") {
            [only] if !node.flag("nullable") => only.clone(),
            _ => node.clone(),
        }),
    }
}
