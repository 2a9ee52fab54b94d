//! What the tests of the validator share.

#![allow(dead_code, reason = "each test uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

use std::collections::BTreeSet;
use std::path::Path;

use partner_validator::{Profile, Report};

/// Validates a document that is given as text. A line `# file: name` starts another file beside the first.
pub(crate) fn validate(example: &str, profile: Profile) -> Report {
    partner_validator::validate_text(example, profile).unwrap()
}

/// The rules that the sources of the reader and the generator name.
pub(crate) fn ids_in_sources() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    let workspace = partner_spec::base();
    for folder in ["spec/src", "model/src", "codegen/src"] {
        scan(&workspace.join(folder), &mut ids);
    }
    assert!(ids.len() > 50, "{ids:?}");
    ids
}

fn scan(folder: &Path, ids: &mut BTreeSet<String>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            scan(&path, ids);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.replace("Diagnostic::warning(", "Diagnostic::error(");
        for after in text.split("Diagnostic::error(").skip(1) {
            let id = after.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next());
            ids.extend(id.map(str::to_owned));
        }
    }
}
