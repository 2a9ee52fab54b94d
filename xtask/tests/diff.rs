//! `cargo xtask diff` and `cargo xtask changelog` in a repository of their own, as a person and a workflow run them.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const BASE: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
paths:
  /orders/{order_id}:
    get:
      operationId: getOrder
      parameters:
        - {name: order_id, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: The order.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Order'}
      x-docs: {page: Orders, confidence: documented}
components:
  schemas:
    Order:
      type: object
      properties:
        total: {type: string}
        note: {type: string}
";

/// A workspace like this one, in a repository whose branch `main` has one commit.
struct Repository(TempDir);

impl Repository {
    fn new() -> Repository {
        let repository = Repository(tempfile::tempdir().unwrap());
        repository.write("Cargo.toml", "[workspace.package]\nversion = \"0.1.0\"\n");
        repository.write("spec/unigox/openapi.yaml", BASE);
        repository
            .write("spec/p100/openapi.yaml", "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n");
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.git(&["add", "."]);
        repository.git(&[
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b.example",
            "commit",
            "--quiet",
            "-m",
            "a",
        ]);
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn git(&self, arguments: &[&str]) {
        let status = Command::new("git").arg("-C").arg(self.0.path()).args(arguments).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    /// What a command printed, and its exit code.
    fn run(&self, arguments: &[&str]) -> (String, i32) {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(arguments)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        (format!("{}{}", text(&output.stdout), text(&output.stderr)), output.status.code().unwrap_or(-1))
    }

    /// Changes the document of the working tree.
    fn change(&self, from: &str, to: &str) {
        assert!(BASE.contains(from), "{from}");
        self.write("spec/unigox/openapi.yaml", &BASE.replace(from, to));
    }
}

#[test]
fn the_working_tree_is_compared_with_the_main_branch() {
    let repository = Repository::new();
    assert_eq!(repository.run(&["diff", "--deny", "breaking"]).1, 0, "nothing changed yet");
    repository.change("        note: {type: string}\n", "");
    let (printed, code) = repository.run(&["diff"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
    assert_eq!(repository.run(&["diff", "--deny", "breaking"]).1, 1);
}

#[test]
fn a_pull_request_gets_a_table() {
    let repository = Repository::new();
    repository.change(
        "        note: {type: string}\n",
        "        note: {type: string}\n        paid: {type: boolean}\n",
    );
    let (printed, code) = repository.run(&["diff", "--format", "markdown", "--deny", "breaking"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn programs_get_json() {
    let repository = Repository::new();
    repository.change("operationId: getOrder", "operationId: readOrder");
    let (printed, code) = repository.run(&["diff", "--format", "json"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn a_break_is_fine_with_the_version_that_it_demands() {
    let repository = Repository::new();
    repository.change("        note: {type: string}\n", "");
    assert_eq!(repository.run(&["diff", "--deny", "unversioned"]).1, 1);
    for (version, code) in [("0.1.1", 1), ("0.2.0", 0), ("1.0.0", 0)] {
        repository.write("Cargo.toml", &format!("[workspace.package]\nversion = \"{version}\"\n"));
        assert_eq!(repository.run(&["diff", "--deny", "unversioned"]).1, code, "{version}");
    }
}

#[test]
fn the_changelog_says_what_breaks_and_what_to_do() {
    let repository = Repository::new();
    repository.change(
        "        total: {type: string}\n        note: {type: string}\n",
        "        total: {type: string}\n        paid: {type: boolean}\n",
    );
    let (printed, code) = repository.run(&["changelog"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
    assert_eq!(repository.run(&["changelog", "--write"]).1, 0);
    let written = std::fs::read_to_string(repository.0.path().join("CHANGELOG.md")).unwrap();
    assert_eq!(written, format!("# Changelog\n\n{printed}"));
}

#[test]
fn revisions_folders_and_files_are_states() {
    let repository = Repository::new();
    repository.change("        note: {type: string}\n", "");
    let other = repository.0.path().join("other/openapi.yaml");
    repository.write("other/openapi.yaml", BASE);
    for (base, head) in [
        ("main", "."),
        ("HEAD", "spec"),
        (other.to_str().unwrap(), "spec/unigox/openapi.yaml"),
        ("other", "spec/unigox"),
    ] {
        let (printed, code) = repository.run(&["diff", base, head, "--deny", "breaking"]);
        assert_eq!(code, 1, "{base} {head}: {printed}");
        assert!(printed.contains("no longer returns `note` of `Order`"), "{base} {head}: {printed}");
    }
}

#[test]
fn no_revision_is_an_option_of_git() {
    let repository = Repository::new();
    for name in ["--output=stolen", "-p", "--upload-pack=touch stolen", "main --output=stolen", "@{-1}", ""] {
        let (printed, code) = repository.run(&["diff", "--", name]);
        assert_eq!(code, 2, "{name}: {printed}");
        assert!(printed.contains("neither a file or folder nor a revision"), "{name}: {printed}");
    }
    assert!(!Path::new(repository.0.path()).join("stolen").exists());
}

#[test]
fn links_of_a_revision_lead_nowhere() {
    let repository = Repository::new();
    let link = repository.0.path().join("spec/unigox/openapi.yaml");
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    repository.git(&["add", "."]);
    repository.git(&["-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "--quiet", "-m", "b"]);
    let (printed, code) = repository.run(&["diff", "HEAD~1", "HEAD"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("`get_order` (GET /orders/{order_id}) is gone"), "{printed}");
}

#[test]
fn text_of_a_document_reaches_no_terminal_as_it_is() {
    let repository = Repository::new();
    let hostile = r#""n\e[31m\n::error::x##[group]<img src=x>|`a""#;
    repository.change("        note: {type: string}\n", &format!("        {hostile}: {{type: string}}\n"));
    for format in ["human", "markdown", "json"] {
        let (printed, code) = repository.run(&["diff", "--format", format]);
        assert_eq!(code, 0, "{printed}");
        assert!(!printed.contains('\u{1b}') && !printed.contains("##["), "{format}: {printed:?}");
        assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{format}: {printed}");
    }
    let (printed, _) = repository.run(&["changelog"]);
    assert!(!printed.contains('\u{1b}') && !printed.contains("##["), "{printed:?}");
}

#[test]
fn what_cannot_be_read_is_not_compared() {
    let repository = Repository::new();
    repository.write("spec/unigox/openapi.yaml", "openapi: [");
    let (printed, code) = repository.run(&["diff"]);
    assert_eq!(code, 2, "{printed}");
    assert!(printed.contains("a document cannot be read"), "{printed}");
}

#[test]
fn what_is_wrong_with_a_document_is_left_out_and_said() {
    let repository = Repository::new();
    repository.change(
        "        note: {type: string}\n",
        "        note: {$ref: '#/components/schemas/Nowhere'}\n        paid: {type: boolean}\n",
    );
    let (printed, code) = repository.run(&["diff"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("1 finding in the document after"), "{printed}");
    assert!(printed.contains("also returns `paid` of `Order`"), "{printed}");
}
