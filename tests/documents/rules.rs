//! The rules that the reader of documents can report.

use std::collections::BTreeSet;
use std::path::Path;

/// The rules that the sources of the reader name.
pub(crate) fn of_the_reader() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/src");
    let mut rules = BTreeSet::new();
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&path).unwrap();
        for after in text.split("Diagnostic::error(").skip(1) {
            let rule = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            rules.insert(
                rule.unwrap_or_else(|| panic!("a rule that is no literal in {}", path.display())).to_owned(),
            );
        }
    }
    rules
}
