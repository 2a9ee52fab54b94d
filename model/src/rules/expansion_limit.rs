//! The rule `expansion-limit`, which is explained in `expansion_limit.md`.

use partner_spec::{Finding, Location, Profile, Rule};

/// The rule.
pub static RULE: Rule =
    Rule::error("expansion-limit", Profile::Generator, include_str!("expansion_limit.md")).blocking();

/// Returns the finding that a document would be larger than `limit` bytes if each reference to a schema were replaced
/// by the schema itself. `location` is the reference at which the limit is exceeded.
pub(crate) fn new_oversized_expansion_finding(location: &Location, limit: usize) -> Finding {
    let message = format!(
        "with all that schemas include and share written out, the document is larger than {} KB",
        limit / 1024
    );
    Finding::new(&RULE, location, message)
        .with_help("refer to named objects from properties instead of including them, or split the document")
}

/// Returns the finding about a schema in which `levels` or more lists and maps are nested. `what` names the schema in
/// the message.
pub(crate) fn new_deep_nesting_finding(what: &str, levels: usize, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("{what} is nested {levels} or more levels deep"))
        .with_help("give one of the schemas that it holds `properties`, and so a type")
}

/// Returns the finding which says that too much code would be generated from a document of `size` bytes. `location` is
/// the part of the document at which the limit is exceeded.
pub fn new_oversized_code_finding(location: &Location, size: usize) -> Finding {
    let message =
        format!("from here on, this is more than is generated from a document of {} KB", size.div_ceil(1024));
    Finding::new(&RULE, location, message)
        .with_help("split the document into several, each with a client of its own")
}
