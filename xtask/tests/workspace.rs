//! The commands work on the clone that they are run in, also when they were built from another one.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;
use std::process::Command;

fn run(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(folder).output().unwrap();
    (String::from_utf8([output.stdout, output.stderr].concat()).unwrap(), output.status.code())
}

/// Another clone of the workspace, in which one document has a fault.
fn clone_with_a_fault() -> tempfile::TempDir {
    let clone = tempfile::tempdir().unwrap();
    std::fs::write(clone.path().join("Cargo.toml"), "[workspace]\n").unwrap();
    for (api, rest) in [("unigox", ""), ("p100", "extra: 1\n")] {
        let folder = clone.path().join("spec").join(api);
        std::fs::create_dir_all(&folder).unwrap();
        let text = format!("openapi: 3.0.3\ninfo: {{title: {api}, version: '1'}}\npaths: {{}}\n{rest}");
        std::fs::write(folder.join("openapi.yaml"), text).unwrap();
    }
    clone
}

#[test]
fn a_command_works_on_the_clone_that_it_is_run_in() {
    let clone = clone_with_a_fault();
    for folder in [clone.path().to_owned(), clone.path().join("spec/unigox")] {
        let (text, code) = run(&folder, &["validate", "--format", "github"]);
        assert!(text.starts_with("::error file=spec/p100/openapi.yaml,line=4,"), "{text}");
        assert_eq!(code, Some(1));
        let (text, code) = run(&folder, &["bundle", "unigox"]);
        assert!(text.contains("title: unigox\n") && code == Some(0), "{text}");
        let (text, code) = run(&folder, &["coverage"]);
        assert!(text.contains("error[unknown-key]") && code == Some(1), "{text}");
        let (text, code) = run(&folder, &["generate", "p100"]);
        assert!(text.contains("error[unknown-key]") && code == Some(1), "{text}");
    }
    std::fs::write(
        clone.path().join("spec/p100/openapi.yaml"),
        "openapi: 3.0.3\ninfo: {title: p100, version: '1'}\npaths: {}\n",
    )
    .unwrap();
    let (text, code) = run(clone.path(), &["coverage", "--summary"]);
    assert!(text.contains("| p100 | 0 | 0 |") && code == Some(0), "{text}");
}

#[test]
fn the_path_of_a_document_in_the_clone_names_that_document() {
    let clone = clone_with_a_fault();
    let path = clone.path().join("spec/p100/openapi.yaml");
    let (text, _) = run(clone.path(), &["validate", path.to_str().unwrap(), "--format", "github"]);
    assert!(text.starts_with("::error file=spec/p100/openapi.yaml,"), "{text}");
}

#[test]
fn outside_of_a_workspace_documents_have_to_be_named() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        [&["validate"][..], &["validate", "p100"], &["generate"], &["bundle", "unigox"], &["coverage"]]
    {
        let (text, code) = run(folder.path(), arguments);
        assert!(text.contains("run the command in a clone of the workspace"), "{text}");
        assert_eq!(code, Some(2));
    }
    std::fs::write(
        folder.path().join("a.yaml"),
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\n",
    )
    .unwrap();
    assert_eq!(run(folder.path(), &["validate", "a.yaml"]).1, Some(0));
}
