use crate::{Finding, Location, Profile, Rule};

pub(crate) static RULE: Rule =
    Rule::error("several-documents", Profile::OpenApi, include_str!("several_documents.md")).blocking();

/// Returns the finding about a file with several YAML documents. `location` is the start of the second document.
pub(crate) fn new_finding(location: &Location) -> Finding {
    Finding::new(&RULE, location, "a second YAML document starts here; a file holds one")
        .with_help("remove the `---`, or move what follows into a file of its own")
}
