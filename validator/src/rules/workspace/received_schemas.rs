//! Finds the schemas of the data that the API sends to its caller: successful response bodies and webhook payloads.

use std::collections::HashSet;

use partner_spec::{Node, ObjectKind};

use super::webhook;
use crate::model::{Model, Place};

/// A schema of data that the caller of the API receives in a successful response or in a webhook.
#[derive(Clone, Copy)]
pub(super) struct ReceivedSchema<'a> {
    /// The node of the schema, after following references.
    pub(super) node: &'a Node,
    /// Whether the schema needs a `title`, because nothing else can name its Rust type. Such schemas are inline schemas
    /// that are neither the payload of a webhook nor a member of an `allOf`, `oneOf` or `anyOf`.
    pub(super) needs_title: bool,
}

/// Returns the schemas of all data that the caller of the API receives in successful responses and webhooks, each
/// schema once.
pub(super) fn collect_received_schemas<'a>(model: &Model<'a>) -> Vec<ReceivedSchema<'a>> {
    let mut walk = Walk { model, seen: HashSet::new(), found: Vec::new() };
    for media in model
        .object_places_of_kind(ObjectKind::MediaType)
        .filter(|place| belongs_to_success_response(model, place))
    {
        if let Some(schema) = media.node.get("schema") {
            match unwrap_envelope(model, schema) {
                Some(data) => data.into_iter().for_each(|node| walk.visit(node, true)),
                None => walk.visit(schema, true),
            }
        }
    }
    for webhook in webhook::list_webhook_payloads(model) {
        walk.visit(webhook.payload_schema, false);
    }
    walk.found
}

fn belongs_to_success_response(model: &Model<'_>, media: &Place<'_>) -> bool {
    let holder = model.find_parent_place(media);
    holder.is_some_and(|holder| {
        holder.kind == ObjectKind::Response && holder.map_key.is_some_and(|status| status.starts_with('2'))
    })
}

/// If `schema` is an envelope, returns the schemas of the data inside it; otherwise `None`. An envelope is a JSON
/// object around the data of a response. It has only the two properties that `x-envelope` names.
fn unwrap_envelope<'a>(model: &Model<'a>, schema: &'a Node) -> Option<Vec<&'a Node>> {
    let envelope = model.root.get("x-envelope")?;
    let (success, data) = (envelope.get_str("success")?, envelope.get_str("data")?);
    let mut properties = Vec::new();
    collect_properties(model, schema, 0, &mut properties);
    let is_envelope = properties.iter().any(|(name, _)| *name == success)
        && properties.iter().all(|(name, _)| *name == success || *name == data);
    is_envelope
        .then(|| properties.into_iter().filter(|(name, _)| *name == data).map(|(_, node)| node).collect())
}

/// The maximum depth of nested `allOf`s that are followed. The limit is needed because `allOf`s may be circular.
const MAX_ALL_OF_DEPTH: usize = 16;

fn collect_properties<'a>(
    model: &Model<'a>,
    schema: &'a Node,
    depth: usize,
    properties: &mut Vec<(&'a str, &'a Node)>,
) {
    let Some(schema) = model.resolve_reference(schema).filter(|_| depth < MAX_ALL_OF_DEPTH) else { return };
    properties.extend(schema.get_entries("properties").map(|entry| (entry.key.as_str(), &entry.node)));
    for part in schema.get_items("allOf") {
        collect_properties(model, part, depth + 1, properties);
    }
}

struct Walk<'m, 'a> {
    model: &'m Model<'a>,
    seen: HashSet<*const Node>,
    found: Vec<ReceivedSchema<'a>>,
}

impl<'a> Walk<'_, 'a> {
    fn visit(&mut self, schema: &'a Node, needs_title: bool) {
        let Some(node) = self.model.resolve_reference(schema) else { return };
        if !self.seen.insert(std::ptr::from_ref(node)) {
            return;
        }
        self.found.push(ReceivedSchema { node, needs_title: needs_title && std::ptr::eq(node, schema) });
        for entry in node.get_entries("properties") {
            self.visit(&entry.node, true);
        }
        for key in ["items", "additionalProperties"] {
            if let Some(inner) = node.get(key).filter(|inner| inner.as_object().is_some()) {
                self.visit(inner, true);
            }
        }
        // The members of `allOf`, `oneOf` and `anyOf` need no titles here, because the members of an `allOf` form a
        // single type, and another rule demands titles for the members of `oneOf` and `anyOf`.
        for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| node.get_items(key)) {
            self.visit(part, false);
        }
    }
}
