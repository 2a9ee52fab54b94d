use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("not-utf-8", Profile::OpenApi, include_str!("not_utf_8.md")).blocking();

/// Returns the finding about a file that is not UTF-8. `location` is that of the first invalid byte.
pub(crate) fn new_finding(location: &Location) -> Finding {
    Finding::new(&RULE, location, "this is no UTF-8 text").with_help("save the file as UTF-8")
}
