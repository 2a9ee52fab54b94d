//! SECURITY.md names a test for each promise: those tests exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::workspace;

/// The folders that have tests.
const FOLDERS: [&str; 12] = [
    "spec",
    "model",
    "codegen",
    "change",
    "validator",
    "webhooks",
    "runtime",
    "client",
    "sandbox",
    "xtask",
    "tests",
    "matrix",
];

#[test]
fn every_test_that_security_md_names_exists() {
    let mut tests = BTreeSet::new();
    for folder in FOLDERS {
        add_tests(&workspace().join(folder), &mut tests);
    }
    let page = fs::read_to_string(workspace().join("SECURITY.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ") && line.contains('`'));
    let named: Vec<&str> = rows.flat_map(named_tests).collect();
    assert!(named.len() > 20, "the tables name tests: {named:?}");
    let missing: Vec<&str> = named.into_iter().filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "SECURITY.md names tests that do not exist: {missing:?}");
}

/// The names in the last column of a row.
fn named_tests(row: &str) -> impl Iterator<Item = &str> {
    let last = row.trim_end_matches(['|', ' ']).rsplit('|').next().unwrap_or_default();
    last.split('`').skip(1).step_by(2)
}

/// Adds the names of the test functions in the sources of a folder.
fn add_tests(folder: &Path, tests: &mut BTreeSet<String>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            add_tests(&path, tests);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let mut is_test = false;
            for line in text.lines().map(str::trim) {
                // Tests that run for several stores or APIs are in lists of names and functions.
                let listed = line.strip_prefix("(\"").and_then(|line| line.split_once("\", ||"));
                let walked = line.strip_prefix('"').and_then(|line| line.split_once("\":"));
                tests.extend(listed.or(walked).map(|(name, _)| name.to_owned()));
                is_test |= line.starts_with("#[test]") || line.starts_with("#[tokio::test");
                let function = line.split_once("fn ").and_then(|(_, rest)| rest.split_once('('));
                if let (true, Some((name, _))) = (is_test, function) {
                    tests.insert(name.to_owned());
                    is_test = false;
                }
            }
        }
    }
}
