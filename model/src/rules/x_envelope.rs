use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-envelope", Profile::Generator, include_str!("x_envelope.md")).blocking();

/// Returns the finding about an `x-envelope` that lacks the key `success` or the key `data`. The values of these keys
/// are the names of two properties of the envelope (the JSON object around the data of a response).
pub(crate) fn new_finding(envelope: &Node) -> Finding {
    let message = "`x-envelope` names two properties: `{success: ..., data: ...}`";
    Finding::new(&RULE, &envelope.location.collapse_to_start(), message)
}
