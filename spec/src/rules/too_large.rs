use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("too-large", Profile::Openapi, include_str!("too_large.md")).blocking();

/// A file that has, or becomes with its aliases, more values than a file of its size may have.
pub(crate) fn expanded(location: &Location, message: String) -> Diagnostic {
    Diagnostic::new(&RULE, location, message)
        .help("name what is repeated once and use `$ref`, or split the document into files")
}

/// The first reference with which a document has more values than that.
pub(crate) fn linked(location: &Location, limit: usize) -> Diagnostic {
    let message = format!("with what references stand for, there are more than {limit} values");
    Diagnostic::new(&RULE, location, message)
        .help("move what is shared to `components` of the first file, where it has a name")
}
