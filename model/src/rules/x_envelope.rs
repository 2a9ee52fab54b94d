use partner_spec::{Finding, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-envelope", Profile::Generator, include_str!("x_envelope.md")).blocking();

/// Returns the finding about an `x-envelope` that does not name both properties of the envelope: the keys `success` and
/// `data`.
pub(crate) fn new_finding(envelope: &Node) -> Finding {
    let message = "`x-envelope` names two properties: `{success: ..., data: ...}`";
    Finding::new(&RULE, &envelope.location.collapse_to_start(), message)
}
