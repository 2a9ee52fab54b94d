use partner_spec::{Diagnostic, Node, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("x-envelope", Profile::Generator, include_str!("x_envelope.md")).blocking();

/// Returns the finding about an `x-envelope` that does not name both properties of the envelope, `success` and `data`.
pub(crate) fn new_finding(envelope: &Node) -> Diagnostic {
    let message = "`x-envelope` names two properties: `{success: ..., data: ...}`";
    Diagnostic::new(&RULE, &envelope.location.to_start(), message)
}
