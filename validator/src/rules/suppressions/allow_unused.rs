use partner_spec::{Finding, Location, Profile, Rule};

pub(in crate::rules) static RULE: Rule =
    Rule::warning("allow-unused", Profile::OpenApi, include_str!("allow_unused.md"));

/// Returns the finding about an unused suppression: the suppressed rule ran, but found nothing in the object with the
/// suppression.
pub(crate) fn new_finding(rule: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("nothing here breaks `{rule}`")).with_help("take this line away")
}
