use crate::grammar::ObjectKind;
use crate::{Entry, Finding, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("unknown-key", Profile::OpenApi, include_str!("unknown_key.md")).blocking();

/// Returns the finding about a key that objects of `kind` cannot have.
pub(crate) fn new_finding(entry: &Entry, kind: ObjectKind) -> Finding {
    Finding::new(
        &RULE,
        &entry.key_location,
        format!("{} has no key `{}`", kind.name_with_article(), entry.key),
    )
}

/// Returns the finding about a misspelled `$ref`.
pub(crate) fn new_misspelled_ref_finding(entry: &Entry) -> Finding {
    Finding::new(&RULE, &entry.key_location, format!("a reference has no key `{}`", entry.key))
        .with_help("did you mean `$ref`?")
}

/// Returns a single finding about several unknown keys of an object. The keys seem to belong to another object. The
/// finding has the location of `first`, the first of these keys. `other_key_count` is the number of the remaining keys,
/// and `kind` is the kind of the object with the keys.
pub(crate) fn new_misplaced_keys_finding(first: &Entry, other_key_count: usize, kind: ObjectKind) -> Finding {
    let message = format!(
        "{} has no key `{}`, nor the {other_key_count} others like it here",
        kind.name_with_article(),
        first.key
    );
    Finding::new(&RULE, &first.key_location, message).with_help(match kind {
        ObjectKind::Schema => "names of properties stand below `properties`",
        _ => "check the indentation: they belong to another object",
    })
}
