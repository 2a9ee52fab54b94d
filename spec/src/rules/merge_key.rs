use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("merge-key", Profile::OpenApi, include_str!("merge_key.md")).blocking();

/// Returns the finding about the merge key `<<`, which YAML 1.1 readers replace by the keys of its value.
pub(crate) fn new_finding(location: &Location) -> Finding {
    Finding::new(&RULE, location, "`<<` is no part of YAML 1.2")
        .with_help("write the keys out, or share a schema with `$ref`")
}
