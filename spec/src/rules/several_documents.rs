use crate::{Diagnostic, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("several-documents", Profile::Openapi, include_str!("several_documents.md")).blocking();

/// The start of a second document in a file.
pub(crate) fn report(location: &Location) -> Diagnostic {
    Diagnostic::new(&RULE, location, "a second YAML document starts here; a file holds one")
        .help("remove the `---`, or move what follows into a file of its own")
}
