use partner_spec::{Diagnostic, Diagnostics, Node, Value};

use super::Pass;
use crate::api::{Api, Envelope, Response};

pub(super) const PASS: Pass = Pass {
    name: "envelope",
    why: "An answer that the API wraps as `x-envelope` says is described by what it wraps: the runtime takes the \
          wrapping off, and a caller never sees it.",
    apply,
};

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let Some(envelope) = api.envelope.clone() else { return 0 };
    let schemas = api.clone();
    let mut times = 0;
    for operation in &mut api.operations {
        let title = operation.title();
        let mut plain = Vec::new();
        let mut wrapped = Vec::new();
        for response in operation.responses.iter_mut().filter(|r| r.is_success()) {
            match unwrap(response, &envelope, &schemas) {
                Some(data) => {
                    times += 1;
                    wrapped.push(response.location.clone());
                    if let Some((_, schema)) = response.media.first_mut() {
                        *schema = Some(data);
                    }
                }
                None => plain.push(response.location.clone()),
            }
        }
        operation.enveloped = !wrapped.is_empty();
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
    if times == 0 {
        let message = "no answer is wrapped as `x-envelope` says";
        found.push(
            Diagnostic::error("envelope-unused", &envelope.location, message)
                .help("remove `x-envelope`, or name the properties that the answers have"),
        );
    }
    times
}

/// The schema of what is inside, when the response is wrapped.
fn unwrap(response: &Response, envelope: &Envelope, api: &Api) -> Option<Node> {
    let [(content_type, Some(schema))] = response.media.as_slice() else { return None };
    if !content_type.starts_with("application/json") {
        return None;
    }
    let schema = api.resolve(schema);
    let properties = schema.get("properties")?.as_object()?;
    let others = properties.iter().any(|e| e.key != envelope.success && e.key != envelope.data);
    if others || properties.get(&envelope.success)?.str("type") != Some("boolean") {
        return None;
    }
    match properties.get(&envelope.data) {
        Some(data) => Some(data.clone()),
        // Only the success is told: there is nothing inside.
        None => Some(Node::new(Value::Object(partner_spec::Object::new()), &schema.location)),
    }
}
