use std::collections::BTreeMap;

use partner_spec::{Diagnostic, Diagnostics, Node};

use super::Pass;
use crate::api::{Api, Envelope, Response, Schema, ref_name};

pub(super) const PASS: Pass = Pass {
    name: "envelope",
    why: "An answer that the API wraps as `x-envelope` says is described by what it wraps: the runtime takes the \
          wrapping off, and a caller never sees it.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let Some(envelope) = api.envelope.clone() else { return 0 };
    let schemas = std::mem::take(&mut api.schemas);
    let mut times = 0;
    for operation in &mut api.operations {
        let title = operation.title();
        let mut plain = Vec::new();
        let mut wrapped = Vec::new();
        let (mut flag_required, mut data_required) = (false, false);
        for response in operation.responses.iter_mut().filter(|r| r.is_success()) {
            match unwrap(response, &envelope, &schemas) {
                Some(wrapping) => {
                    times += 1;
                    // Every operation gets a copy of what is inside.
                    let is_in_place = wrapping
                        .data
                        .as_ref()
                        .is_none_or(|data| api.expansion.allows_at(data, &response.location, found));
                    if !is_in_place {
                        break;
                    }
                    flag_required |= wrapping.flag_required;
                    data_required |= wrapping.data_required;
                    wrapped.push(response.location.clone());
                    match (wrapping.data, response.media.first_mut()) {
                        (Some(data), Some((_, schema))) => *schema = Some(data),
                        // The response says only that the call succeeded: the operation has no data.
                        _ => response.media.clear(),
                    }
                }
                None => plain.push(response.location.clone()),
            }
        }
        operation.enveloped = !wrapped.is_empty();
        operation.flag_required = flag_required;
        operation.data_required = data_required;
        if let (Some(wrapped), Some(plain)) = (wrapped.first(), plain.first()) {
            let message =
                format!("{title}: one success is wrapped as `x-envelope` says and another one is not");
            found.push(
                Diagnostic::error("envelope-mixed", plain, message)
                    .related(wrapped, "this one is")
                    .help("describe all successes of an operation with the wrapping, or none"),
            );
        }
    }
    api.schemas = schemas;
    if times == 0 {
        let message = "no answer is wrapped as `x-envelope` says";
        found.push(
            Diagnostic::error("envelope-unused", &envelope.location, message)
                .help("remove `x-envelope`, or name the properties that the answers have"),
        );
    }
    times
}

/// What the envelope of a response says.
struct Wrapping {
    /// The schema of what is inside, if the document describes anything.
    data: Option<Node>,
    /// Whether the document promises that the flag is there.
    flag_required: bool,
    /// Whether the document promises that there is something inside.
    data_required: bool,
}

/// The envelope of a response, when it is wrapped.
fn unwrap(response: &Response, envelope: &Envelope, schemas: &BTreeMap<String, Schema>) -> Option<Wrapping> {
    let [(content_type, Some(schema))] = response.media.as_slice() else { return None };
    if !content_type.starts_with("application/json") {
        return None;
    }
    let component = ref_name(schema).and_then(|name| schemas.get(name));
    let schema = component.map_or(schema, |component| &component.node);
    let properties = schema.get("properties")?.as_object()?;
    let others = properties.iter().any(|e| e.key != envelope.success && e.key != envelope.data);
    if others || properties.get(&envelope.success)?.str("type") != Some("boolean") {
        return None;
    }
    let requires = |key: &str| schema.items("required").iter().any(|name| name.as_str() == Some(key));
    Some(Wrapping {
        data: properties.get(&envelope.data).cloned(),
        flag_required: requires(&envelope.success),
        data_required: requires(&envelope.data),
    })
}
