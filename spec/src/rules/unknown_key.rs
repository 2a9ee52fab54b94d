use crate::grammar::ObjectKind;
use crate::{Diagnostic, Entry, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("unknown-key", Profile::Openapi, include_str!("unknown_key.md")).blocking();

/// Returns the finding about a key that objects of this kind do not have.
pub(crate) fn new_finding(entry: &Entry, kind: ObjectKind) -> Diagnostic {
    Diagnostic::new(
        &RULE,
        &entry.key_location,
        format!("{} has no key `{}`", kind.name_with_article(), entry.key),
    )
}

/// Returns the finding about a misspelled `$ref`.
pub(crate) fn new_misspelled_ref_finding(entry: &Entry) -> Diagnostic {
    Diagnostic::new(&RULE, &entry.key_location, format!("a reference has no key `{}`", entry.key))
        .with_help("did you mean `$ref`?")
}

/// Returns the finding about several keys of one object that seem to belong to another object. The location of the
/// finding is that of the `first` key, and `others` is the number of the other keys.
pub(crate) fn new_misplaced_finding(first: &Entry, others: usize, kind: ObjectKind) -> Diagnostic {
    let message = format!(
        "{} has no key `{}`, nor the {others} others like it here",
        kind.name_with_article(),
        first.key
    );
    Diagnostic::new(&RULE, &first.key_location, message).with_help(match kind {
        ObjectKind::Schema => "names of properties stand below `properties`",
        _ => "check the indentation: they belong to another object",
    })
}
