use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-envelope", Profile::Generator, include_str!("x_envelope.md")).blocking();

/// Returns the finding about an `x-envelope` that lacks the key `success` or the key `data`. These two keys give the
/// names of the properties of the envelope.
pub(crate) fn new_finding(envelope: &Node) -> Finding {
    let message = "`x-envelope` names two properties: `{success: ..., data: ...}`";
    Finding::new(&RULE, &envelope.location.collapse_to_start(), message)
}
