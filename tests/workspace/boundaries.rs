//! Names that may occur only in some folders.

use std::fs;
use std::path::Path;

use super::workspace;

/// The Rust files below a folder, with their path from the workspace and their text.
fn sources(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() && name != "target" && !name.starts_with('.') {
            sources(&path, found);
        } else if name.ends_with(".rs") {
            let relative = path.strip_prefix(workspace()).unwrap().to_string_lossy().into_owned();
            found.push((relative, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The lines below a folder that have one of these words, in lower case.
fn lines_with(folder: &str, words: &[&str]) -> Vec<String> {
    let mut files = Vec::new();
    sources(&workspace().join(folder), &mut files);
    assert!(!files.is_empty(), "{folder} has no Rust files");
    let lines = files
        .iter()
        .flat_map(|(path, text)| text.lines().map(move |line| format!("{path}: {}", line.trim())));
    lines
        .filter(|line| {
            line.split_once(": ")
                .is_some_and(|(_, text)| words.iter().any(|word| text.to_lowercase().contains(word)))
        })
        .collect()
}

#[test]
fn only_one_folder_knows_the_generator_of_requests_and_models() {
    let room =
        ["codegen/src/progenitor/", "codegen/tests/progenitor.rs: ", "tests/workspace/boundaries.rs: "];
    let declared =
        ["codegen/src/lib.rs: mod progenitor;", "codegen/src/lib.rs: use self::progenitor as core;"];
    let mut found = lines_with("", &["progenitor", "typify", "openapiv3"]);
    found.retain(|line| {
        !room.iter().any(|allowed| line.starts_with(allowed)) && !declared.contains(&line.as_str())
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_runtime_names_no_vendor() {
    let names = partner_spec::Api::ALL.map(partner_spec::Api::name);
    for package in ["runtime", "webhooks"] {
        assert_eq!(lines_with(package, &names), Vec::<String>::new());
    }
}
