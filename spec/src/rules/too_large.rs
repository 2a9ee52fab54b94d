use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("too-large", Profile::Openapi, include_str!("too_large.md")).blocking();

/// Returns the finding about a file that has too many values for its size, perhaps only with its aliases expanded.
pub(crate) fn expanded(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
        .help("name what is repeated once and use `$ref`, or split the document into files")
}

/// Returns the finding about the first reference with which the linked document has more than `limit` values copied
/// in place of references.
pub(crate) fn linked(location: &Location, limit: usize) -> Diagnostic {
    let message = format!("with what references stand for, there are more than {limit} values");
    Diagnostic::new(&RULE, location, message)
        .help("move what is shared to `components` of the first file, where it has a name")
}
