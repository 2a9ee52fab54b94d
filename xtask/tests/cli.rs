//! What the commands print when a person runs them, and their exit codes.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;
use std::process::Command;

/// Runs a command. Returns what it printed, and its exit code.
fn run(arguments: &[&str]) -> String {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let output =
        Command::new(env!("CARGO_BIN_EXE_xtask")).args(arguments).current_dir(fixtures).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    format!(
        "{}{}exit code: {}",
        text(&output.stdout),
        text(&output.stderr),
        output.status.code().map_or(String::from("none"), |code| code.to_string())
    )
}

#[test]
fn the_documents_of_this_workspace_are_without_findings() {
    let printed = run(&["validate"]);
    let count = partner_spec::Api::ALL.len();
    assert!(printed.starts_with(&format!("{count} documents, ")), "{printed}");
    assert!(printed.ends_with(": no findings\nexit code: 0"), "{printed}");
}

#[test]
fn findings_show_the_location_and_what_to_do() {
    insta::assert_snapshot!(run(&["validate", "broken.yaml"]));
}

#[test]
fn a_missing_document_is_not_a_finding() {
    let known = partner_spec::Api::ALL.map(partner_spec::Api::name).join(", ");
    let expected = format!("error: `missing.yaml` is neither an API ({known}) nor a file\nexit code: 2");
    assert_eq!(run(&["validate", "missing.yaml"]), expected);
}

#[test]
fn a_bundle_is_one_file_in_either_format() {
    insta::assert_snapshot!("bundle_yaml", run(&["bundle", "small.yaml"]));
    insta::assert_snapshot!("bundle_json", run(&["bundle", "small.yaml", "--format", "json"]));
}

#[test]
fn a_bundle_is_parsed_as_the_document_that_it_was_made_of() {
    let folder = tempfile::tempdir().unwrap();
    for api in partner_spec::Api::ALL {
        let document =
            partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder()).unwrap();
        for format in ["yaml", "json"] {
            let path = folder.path().join(format!("{}.{format}", api.name()));
            run(&["bundle", api.name(), "--format", format, "--out", path.to_str().unwrap()]);
            let bundle = partner_spec::load_document(&path, folder.path()).unwrap();
            assert!(document.root == bundle.root, "{}: {format}", api.name());
        }
    }
}

#[test]
fn coverage_lists_every_operation_with_examples_and_a_wire_test() {
    let printed = run(&["coverage"]);
    assert!(printed.contains(
        "| `createPartnerUser` | `POST /api/v1/partner/users` | documented | general | yes | yes |"
    ));
    assert!(printed.contains("## p100: operations that nobody has read"));
    let missing: Vec<&str> = printed.lines().filter(|line| line.contains("| no |")).collect();
    assert!(missing.is_empty(), "without examples or without a wire test:\n{}", missing.join("\n"));
    let json = run(&["coverage", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(json.strip_suffix("exit code: 0").unwrap()).unwrap();
    for api in json.as_array().unwrap() {
        let number = |key: &str| api[key].as_u64().unwrap();
        let count = |key: &str| api[key].as_array().unwrap().len() as u64;
        assert_eq!(number("operations_listed"), number("operations_described") + count("unread_operations"));
        assert!(
            number("operations_described") >= count("operations"),
            "an operation may have several entries"
        );
        assert_eq!(number("webhooks_listed"), number("webhooks_described") + count("unread_webhooks"));
    }
}

#[test]
fn generate_writes_the_files_and_prints_a_table() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let printed = run(&["generate", "small.yaml", "--out", out]);
    assert!(printed.contains("small               1      1      2"), "{printed}");
    let source = std::fs::read_to_string(folder.path().join("small/small_schemas.rs"));
    let source = source.or_else(|_| std::fs::read_to_string(folder.path().join("small/small.rs"))).unwrap();
    assert!(source.contains("pub struct Payout"), "{source}");
}

#[test]
fn generate_writes_a_package_that_depends_on_the_given_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let manifest = |name: &str, arguments: &[&str]| {
        let package = folder.path().join(name);
        let out = package.to_str().unwrap();
        let printed = run(&[&["generate", "small.yaml", "--crate", out][..], arguments].concat());
        assert!(printed.ends_with("exit code: 0"), "{printed}");
        let root = std::fs::read_to_string(package.join("src/lib.rs")).unwrap();
        assert!(root.contains("mod api;") && package.join("src/api/mod.rs").is_file(), "{root}");
        std::fs::read_to_string(package.join("Cargo.toml")).unwrap()
    };
    let this_tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime").canonicalize().unwrap();
    let path = format!("partner-runtime = {{ path = {:?} }}", this_tree.to_str().unwrap());
    assert!(manifest("default", &[]).contains(&path));
    assert!(manifest("path", &["--runtime", this_tree.to_str().unwrap()]).contains(&path));
    let git = "https://git.example.com/partner-apis";
    let expected = format!("partner-runtime = {{ git = \"{git}\" }}");
    assert!(manifest("git", &["--runtime", git]).contains(&expected));
    assert!(manifest("version", &["--runtime", "0.1.0"]).contains("partner-runtime = \"0.1.0\""));
    assert!(manifest("version", &[]).contains("\"0.1.0\""), "an existing file is not changed");
}

#[test]
fn generate_refuses_a_package_of_several_documents_and_a_folder_without_a_runtime() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let several = run(&["generate", "unigox", "p100", "--crate", out]);
    assert!(several.contains("name one") && several.ends_with("exit code: 2"), "{several}");
    let none = run(&["generate", "small.yaml", "--crate", out, "--runtime", out]);
    assert!(none.contains("there is no `Cargo.toml`") && none.ends_with("exit code: 2"), "{none}");
    assert!(std::fs::read_dir(out).unwrap().next().is_none());
}
