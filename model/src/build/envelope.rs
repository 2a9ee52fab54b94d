//! Responses that an API wraps as `x-envelope` says: the runtime takes the wrapping off, and a caller never sees it.

use std::borrow::Cow;
use std::rc::Rc;

use partner_spec::{Diagnostics, Location, Node};

use super::schema::Reader;
use crate::api::{Api, Envelope, Operation, Response, ref_name};
use crate::operation::Wrapping;
use crate::rules::{envelope_mixed, envelope_unused};

/// What the envelope of a response says.
pub(super) struct Wrapped {
    /// The schema of what is inside, if the document describes anything.
    pub(super) data: Option<Node>,
    /// What the document promises to be there.
    pub(super) promised: Wrapping,
}

/// The envelope of a response, when it is wrapped.
pub(super) fn unwrap(response: &Response, envelope: &Envelope, reader: &mut Reader<'_>) -> Option<Wrapped> {
    let [(content_type, Some(schema))] = response.media.as_slice() else { return None };
    if !content_type.starts_with("application/json") {
        return None;
    }
    let component = ref_name(schema).and_then(|name| reader.components.get(name));
    let schema = match component.map(|component| Rc::clone(&component.node)) {
        Some(node) => Cow::Owned((*node).clone()),
        // What cannot be merged is reported where the schema itself is read.
        None => reader.flattener.flatten(schema).ok()?,
    };
    let properties = schema.get("properties")?.as_object()?;
    let others = properties.iter().any(|e| e.key != envelope.success && e.key != envelope.data);
    if others || properties.get(&envelope.success)?.str("type") != Some("boolean") {
        return None;
    }
    let requires = |key: &str| schema.items("required").iter().any(|name| name.as_str() == Some(key));
    let promised =
        Wrapping { flag_required: requires(&envelope.success), data_required: requires(&envelope.data) };
    Some(Wrapped { data: properties.get(&envelope.data).cloned(), promised })
}

/// Reports an operation of which some successes are wrapped and others are not.
pub(super) fn check_mixed(
    operation: &Operation,
    wrapped: &[&Location],
    plain: &[&Location],
    found: &mut Diagnostics,
) {
    if let (Some(wrapped), Some(plain)) = (wrapped.first(), plain.first()) {
        found.push(envelope_mixed::report(&operation.title(), plain, wrapped));
    }
}

/// Reports an envelope that no response has.
pub(super) fn check_used(api: &Api, is_used: bool, found: &mut Diagnostics) {
    if let Some(envelope) = api.envelope.as_ref().filter(|_| !is_used) {
        found.push(envelope_unused::report(&envelope.location));
    }
}
