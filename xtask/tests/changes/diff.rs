//! `cargo xtask diff` and `cargo xtask changelog` in a repository.

use std::process::Command;

use crate::support::{SHOP, Workspace};

/// A workspace in a repository whose branch `main` has one commit.
struct Repository(Workspace);

impl Repository {
    fn new() -> Repository {
        let repository = Repository(Workspace::shop());
        repository.git(&["init", "--quiet", "--initial-branch", "main"]);
        repository.commit();
        repository
    }

    fn git(&self, arguments: &[&str]) {
        let folder = self.0.path("");
        let status = Command::new("git").arg("-C").arg(folder).args(arguments).status().unwrap();
        assert!(status.success(), "{arguments:?}");
    }

    fn commit(&self) {
        self.git(&["add", "."]);
        let author = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
        self.git(&[&author[..], &["commit", "--quiet", "-m", "a"]].concat());
    }

    /// Changes the document of the working tree.
    fn change(&self, from: &str, to: &str) {
        assert!(SHOP.contains(from), "{from}");
        self.0.write("spec/unigox/openapi.yaml", &SHOP.replace(from, to));
    }
}

#[test]
fn the_working_tree_is_compared_with_the_main_branch() {
    let repository = Repository::new();
    assert_eq!(repository.0.run(&["diff", "--deny", "breaking"]).1, 0, "nothing changed yet");
    repository.change("        note: {type: string}\n", "");
    let (printed, code) = repository.0.run(&["diff"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
    assert_eq!(repository.0.run(&["diff", "--deny", "breaking"]).1, 1);
}

#[test]
fn a_pull_request_gets_a_table() {
    let repository = Repository::new();
    repository.change(
        "        note: {type: string}\n",
        "        note: {type: string}\n        paid: {type: boolean}\n",
    );
    let (printed, code) = repository.0.run(&["diff", "--format", "markdown", "--deny", "breaking"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn programs_get_json() {
    let repository = Repository::new();
    repository.change("operationId: getOrder", "operationId: readOrder");
    let (printed, code) = repository.0.run(&["diff", "--format", "json"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
}

#[test]
fn a_break_is_fine_with_the_version_that_it_demands() {
    let repository = Repository::new();
    repository.change("        note: {type: string}\n", "");
    assert_eq!(repository.0.run(&["diff", "--deny", "unversioned"]).1, 1);
    for (version, code) in [("0.1.1", 1), ("0.2.0", 0), ("1.0.0", 0)] {
        repository.0.write("Cargo.toml", &format!("[workspace.package]\nversion = \"{version}\"\n"));
        assert_eq!(repository.0.run(&["diff", "--deny", "unversioned"]).1, code, "{version}");
    }
}

#[test]
fn the_changelog_says_what_breaks_and_what_to_do() {
    let repository = Repository::new();
    repository.change(
        "        total: {type: string}\n        note: {type: string}\n",
        "        total: {type: string}\n        paid: {type: boolean}\n",
    );
    let (printed, code) = repository.0.run(&["changelog"]);
    assert_eq!(code, 0);
    insta::assert_snapshot!(printed);
    assert_eq!(repository.0.run(&["changelog", "--write"]).1, 0);
    let written = repository.0.text("CHANGELOG.md");
    assert_eq!(written, format!("# Changelog\n\n{printed}"));
}

#[test]
fn revisions_folders_and_files_are_states() {
    let repository = Repository::new();
    repository.change("        note: {type: string}\n", "");
    let other = repository.0.path("other/openapi.yaml");
    repository.0.write("other/openapi.yaml", SHOP);
    for (base, head) in [
        ("main", "."),
        ("HEAD", "spec"),
        (other.to_str().unwrap(), "spec/unigox/openapi.yaml"),
        ("other", "spec/unigox"),
    ] {
        let (printed, code) = repository.0.run(&["diff", base, head, "--deny", "breaking"]);
        assert_eq!(code, 1, "{base} {head}: {printed}");
        assert!(printed.contains("no longer returns `note` of `Order`"), "{base} {head}: {printed}");
    }
}

#[test]
fn no_revision_is_an_option_of_git() {
    let repository = Repository::new();
    for name in ["--output=stolen", "-p", "--upload-pack=touch stolen", "main --output=stolen", "@{-1}", ""] {
        let (printed, code) = repository.0.run(&["diff", "--", name]);
        assert_eq!(code, 2, "{name}: {printed}");
        assert!(printed.contains("neither a file or folder nor a revision"), "{name}: {printed}");
    }
    assert!(!repository.0.path("stolen").exists());
}

#[test]
fn links_of_a_revision_lead_nowhere() {
    let repository = Repository::new();
    let link = repository.0.path("spec/unigox/openapi.yaml");
    std::fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", &link).unwrap();
    repository.commit();
    let (printed, code) = repository.0.run(&["diff", "HEAD~1", "HEAD"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("`get_order` (GET /orders/{order_id}) is gone"), "{printed}");
}

#[test]
fn text_of_a_document_reaches_no_terminal_as_it_is() {
    let repository = Repository::new();
    let hostile = r#""n\e[31m\n::error::x##[group]<img src=x>|`a""#;
    repository.change("        note: {type: string}\n", &format!("        {hostile}: {{type: string}}\n"));
    for format in ["human", "markdown", "json"] {
        let (printed, code) = repository.0.run(&["diff", "--format", format]);
        assert_eq!(code, 0, "{printed}");
        assert!(!printed.contains('\u{1b}') && !printed.contains("##["), "{format}: {printed:?}");
        assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{format}: {printed}");
    }
    let (printed, _) = repository.0.run(&["changelog"]);
    assert!(!printed.contains('\u{1b}') && !printed.contains("##["), "{printed:?}");
}

#[test]
fn what_cannot_be_read_is_not_compared() {
    let repository = Repository::new();
    repository.0.write("spec/unigox/openapi.yaml", "openapi: [");
    let (printed, code) = repository.0.run(&["diff"]);
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
    let (printed, code) = repository.0.run(&["diff"]);
    assert_eq!(code, 0, "{printed}");
    assert!(printed.contains("1 finding in the document after"), "{printed}");
    assert!(printed.contains("also returns `paid` of `Order`"), "{printed}");
}
