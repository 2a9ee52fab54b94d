//! The rules that the reader of documents can report.

use std::collections::BTreeSet;
use std::path::Path;

/// The rules that the sources of the reader name as errors.
pub(crate) fn of_the_reader() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/src"), &mut rules);
    rules
}

fn scan(folder: &Path, rules: &mut BTreeSet<String>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            scan(&path, rules);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for after in text.split("Diagnostic::error(").skip(1) {
            let rule = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            rules.insert(
                rule.unwrap_or_else(|| panic!("a rule that is no literal in {}", path.display())).to_owned(),
            );
        }
    }
}
