use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("envelope-unused", Profile::Generator, include_str!("envelope_unused.md")).blocking();

/// Returns the finding about an `x-envelope` that no response uses.
pub(crate) fn new_finding(envelope: &Location) -> Finding {
    Finding::new(&RULE, envelope, "no response is wrapped as `x-envelope` says")
        .with_help("remove `x-envelope`, or name the properties that the responses have")
}
