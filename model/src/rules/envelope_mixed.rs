use partner_spec::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("envelope-mixed", Profile::Generator, include_str!("envelope_mixed.md")).blocking();

/// Returns the finding about an operation with two successful responses, of which only one has an envelope.
pub(crate) fn new_finding(operation: &str, plain: &Location, wrapped: &Location) -> Finding {
    let message = format!("{operation}: one success is wrapped as `x-envelope` says and another one is not");
    Finding::new(&RULE, plain, message)
        .with_related_location(wrapped, "this one is")
        .with_help("describe all successes of an operation with the wrapping, or none")
}
