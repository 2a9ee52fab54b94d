use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("duplicate-key", Profile::Openapi, include_str!("duplicate_key.md")).blocking();

/// A key that an object has already, first at another location.
pub(crate) fn report(key: &str, location: &Location, first: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("the key `{key}` is here twice"))
        .related(first, "first here")
        .help("remove one of the two; readers keep either, without a word")
}
