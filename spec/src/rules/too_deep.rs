use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("too-deep", Profile::OpenApi, include_str!("too_deep.md")).blocking();

/// Returns the finding about a value that is nested too deeply. `max_depth` is the maximum depth.
pub(crate) fn new_deep_nesting_finding(location: &Location, max_depth: usize) -> Finding {
    Finding::new(&RULE, location, format!("nested deeper than {max_depth} levels"))
        .with_help("no OpenAPI document is nested that deep; give inner schemas a name and use `$ref`")
}

/// Returns the finding about a reference that leads to its target through too many other references.
pub(crate) fn new_long_reference_chain_finding(reference: &str, location: &Location) -> Finding {
    let message = format!("following `{reference}` leads through too many other references");
    Finding::new(&RULE, location, message).with_help(
        "refer to what is meant directly, and keep what is nested in `components` of the first file",
    )
}
