use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("too-large", Profile::OpenApi, include_str!("too_large.md")).blocking();

/// Returns the finding about a file that has too many values for its size. Each YAML alias counts as all the values for
/// which it stands.
pub(crate) fn new_too_many_values_finding(location: &Location, message: String) -> Finding {
    Finding::new(&RULE, location, message)
        .with_help("name what is repeated once and use `$ref`, or split the document into files")
}

/// Returns the finding about a reference that cannot be replaced by a copy of its target, because all copies together
/// would then have more than `limit` values.
pub(crate) fn new_too_many_copied_values_finding(location: &Location, limit: usize) -> Finding {
    let message = format!("with what references stand for, there are more than {limit} values");
    Finding::new(&RULE, location, message)
        .with_help("move what is shared to `components` of the first file, where it has a name")
}
