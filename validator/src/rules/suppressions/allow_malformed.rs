use partner_spec::{Finding, Location, Node, Profile, Rule};

pub(super) static RULE: Rule =
    Rule::warning("allow-malformed", Profile::OpenApi, include_str!("allow_malformed.md"));

/// Returns the finding about an `x-lint-allow` whose value is not a map.
pub(crate) fn new_not_a_map_finding(node: &Node, key: &Location) -> Finding {
    let message =
        format!("`x-lint-allow` is a map from rules to reasons; this is {}", node.value.describe_type());
    Finding::new(&RULE, key, message).with_help("write `x-lint-allow: {rule-id: why it is right here}`")
}

/// Returns the finding about a suppression without a reason.
pub(crate) fn new_missing_reason_finding(rule: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("there is no reason why `{rule}` may be broken here"))
        .with_help("say why in a sentence; the next reader will ask")
}
