use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("duplicate-key", Profile::OpenApi, include_str!("duplicate_key.md")).blocking();

/// Returns the finding about a duplicate key of an object. `first` is the location of the first occurrence of the key.
pub(crate) fn new_finding(key: &str, location: &Location, first: &Location) -> Finding {
    Finding::new(&RULE, location, format!("the key `{key}` is here twice"))
        .with_related_location(first, "first here")
        .with_help("remove one of the two; readers keep either, without a word")
}
