use partner_spec::{Diagnostic, Entry, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("schema-unsupported", Profile::Generator, include_str!("schema_unsupported.md")).blocking();

/// Returns the finding about a keyword that no client supports.
pub(crate) fn report(entry: &Entry) -> Diagnostic {
    Diagnostic::new(&RULE, &entry.key_location, format!("`{}` in this place cannot be generated", entry.key))
        .help("describe the value without it, or tell what it means in the description")
}
