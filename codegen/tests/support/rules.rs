//! The rules that diagnostics of this crate can name, and the documents that break them.

use std::collections::BTreeSet;
use std::path::Path;

use super::fixture;

/// The names of the documents that break a rule, sorted.
pub(crate) fn fixtures() -> Vec<String> {
    let entries =
        std::fs::read_dir(fixture::folder().join("errors")).unwrap().map(|entry| entry.unwrap().path());
    let documents = entries.filter(|path| path.extension().is_some_and(|found| found == "yaml"));
    let mut names: Vec<String> =
        documents.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The rules that the sources of this crate and of the model name.
pub(crate) fn in_sources() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for folder in ["src", "../model/src"] {
        scan(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut rules);
    }
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
