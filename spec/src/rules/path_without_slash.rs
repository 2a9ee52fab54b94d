use crate::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("path-without-slash", Profile::OpenApi, include_str!("path_without_slash.md")).blocking();

/// Returns the finding about a path that does not start with a slash.
pub(crate) fn new_finding(path: &Entry) -> Finding {
    let message = format!("the path `{}` does not start with a slash", path.key);
    Finding::new(&RULE, &path.key_location, message)
        .with_help(format!("write `/{}`, or check the indentation", path.key))
}
