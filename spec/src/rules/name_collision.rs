use crate::grammar::ObjectKind;
use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("name-collision", Profile::Generator, include_str!("name_collision.md"))
        .warning_in_earlier_profiles()
        .blocking();

/// Returns the finding about two components from different files that have the same name.
pub(crate) fn new_finding(kind: ObjectKind, name: &str, reference: &Location, other: &Location) -> Finding {
    let message = format!("two different {}s are called `{name}`", kind.name());
    Finding::new(&RULE, reference, message)
        .with_related_location(other, "the other one")
        .with_help("names are unique within an API; rename one of the two")
}
