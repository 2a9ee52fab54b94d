//! What a document may refer to: regular files of its own repository, wherever links lead.

#![allow(clippy::unwrap_used, reason = "a test that fails panics")]
#![cfg(unix)]

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use partner_spec::{Boundary, ReadResult, read_document, read_document_within};

const SECRET: &str = "hunter2";
const HEAD: &str = "openapi: 3.0.3\ninfo: {title: t, version: '1'}\n";

/// A repository with a document in `api`, and a secret beside the repository.
struct Machine {
    folder: tempfile::TempDir,
}

impl Machine {
    fn new() -> Machine {
        let machine = Machine { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir_all(machine.path("repository/.git")).unwrap();
        std::fs::create_dir_all(machine.path("repository/api")).unwrap();
        machine.write("secrets/token.yaml", &format!("Token: {{type: string, {SECRET}: 1}}\n"));
        machine.write("secrets/token.txt", &format!("\tkey: [{SECRET}\n"));
        machine
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        std::fs::write(self.path(path), text).unwrap();
    }

    fn link(&self, link: &str, target: impl AsRef<Path>) {
        std::fs::create_dir_all(self.path(link).parent().unwrap()).unwrap();
        symlink(target, self.path(link)).unwrap();
    }

    /// Writes the document with one reference.
    fn refer(&self, reference: &str) -> PathBuf {
        let schema = format!("{{name: p, in: query, schema: {{$ref: \"{reference}\"}}}}");
        self.write(
            "repository/api/openapi.yaml",
            &format!("{HEAD}paths:\n  /a:\n    parameters: [{schema}]\n"),
        );
        self.path("repository/api/openapi.yaml")
    }

    /// What is said of one reference.
    fn found(&self, reference: &str) -> String {
        let root = self.refer(reference);
        said(&read_document(&root, root.parent().unwrap()))
    }
}

/// All that a reading says, with the lines that it points at.
fn said(reading: &ReadResult) -> String {
    let mut text = reading.findings.to_string();
    for finding in &reading.findings {
        text.push_str(&finding.location.source.text);
    }
    let document = reading.document.as_ref().map(|document| document.to_json()).unwrap_or_default();
    assert!(!document.contains(SECRET), "{document}");
    text
}

fn assert_refused(found: &str, why: &str) {
    let rules = found.matches("error[").count();
    assert!(rules == 1 && found.contains("error[ref-outside]"), "{found}");
    assert!(found.contains(why) && found.contains("--root DIR"), "{found}");
    assert!(!found.contains(SECRET) && !found.contains("did you mean"), "{found}");
}

#[test]
fn a_reference_out_of_the_repository_is_refused() {
    let machine = Machine::new();
    machine.write("repository-secrets/token.yaml", &format!("Token: {{type: string, {SECRET}: 1}}\n"));
    let up = "../".repeat(40);
    for reference in [
        "../../secrets/token.yaml#/Token",
        "../../secrets/token.txt",
        "../../secrets",
        "../../repository-secrets/token.yaml#/Token",
        "../../repository/../secrets/token.yaml#/Token",
        "../..",
        "%2e%2e/%2e%2e/secrets/token.yaml#/Token",
        "..%2F..%2Fsecrets%2Ftoken.yaml#/Token",
        "%2Fproc%2Fself%2Fenviron",
        &format!("{up}proc/self/environ"),
        &format!("{up}etc/passwd"),
        &format!("{up}dev/zero"),
    ] {
        assert_refused(&machine.found(reference), "is outside of the repository of this document");
    }
}

#[test]
fn a_link_out_of_the_repository_is_refused() {
    let machine = Machine::new();
    machine.link("repository/api/file.yaml", machine.path("secrets/token.yaml"));
    machine.link("repository/api/relative.yaml", "../../secrets/token.yaml");
    machine.link("repository/api/folder", "../../secrets");
    machine.link("repository/api/second.yaml", "file.yaml");
    machine.link("repository/api/environment.yaml", "/proc/self/environ");
    for reference in [
        "file.yaml#/Token",
        "relative.yaml#/Token",
        "folder/token.yaml#/Token",
        "folder/token.txt",
        "folder",
        "second.yaml#/Token",
        "environment.yaml",
    ] {
        assert_refused(&machine.found(reference), "is a link, or leads through one");
    }
}

#[test]
fn what_is_there_outside_of_the_repository_is_not_told() {
    let machine = Machine::new();
    machine.link("repository/api/folder", "../../secrets");
    machine.link("repository/api/there.yaml", "../../secrets/token.yaml");
    machine.link("repository/api/nowhere.yaml", "../../secrets/nowhere.yaml");
    for (there, nowhere) in [
        ("../../secrets/token.yaml", "../../secrets/tokem.yaml"),
        ("../../secrets/token.yaml", "../../nowhere/token.yaml"),
        ("folder/token.yaml", "folder/tokem.yaml"),
        ("there.yaml", "nowhere.yaml"),
    ] {
        let (there_found, nowhere_found) = (machine.found(there), machine.found(nowhere));
        assert_refused(&there_found, there);
        assert_eq!(there_found.replace(there, "x"), nowhere_found.replace(nowhere, "x"));
    }
}

#[test]
fn what_git_keeps_is_no_part_of_the_repository() {
    let machine = Machine::new();
    machine.write("repository/.git/config", &format!("[http]\n\textraheader = {SECRET}\n"));
    machine.write("repository/.Git/config", &format!("[http]\n\textraheader = {SECRET}\n"));
    machine.link("repository/api/config.yaml", "../.git/config");
    for reference in ["../.git/config", "../.git/confgi", "../.Git/config", "config.yaml", "../.git"] {
        assert_refused(&machine.found(reference), "is in `.git`");
    }
}

#[test]
fn files_of_the_repository_are_read_through_links_within_it() {
    let machine = Machine::new();
    machine.write("repository/shared/types.yaml", "Id: {type: string}\n");
    machine.link("repository/api/types.yaml", "../shared/types.yaml");
    machine.link("repository/api/folder", machine.path("repository/shared"));
    // Another way to the repository itself.
    machine.link("way", machine.path("repository"));
    for reference in ["../shared/types.yaml#/Id", "types.yaml#/Id", "folder/types.yaml#/Id"] {
        machine.refer(reference);
        for root in ["repository/api/openapi.yaml", "way/api/openapi.yaml"] {
            let reading = read_document(&machine.path(root), &machine.path("repository"));
            assert!(reading.findings.is_empty(), "{root} {reference}: {}", reading.findings);
        }
    }
}

#[test]
fn a_root_document_that_is_a_link_out_of_the_repository_is_not_read() {
    let machine = Machine::new();
    machine.link("repository/link.yaml", machine.path("secrets/token.txt"));
    machine.link("repository/other", machine.path("secrets"));
    // A link to another repository does not make that one the boundary.
    std::fs::create_dir(machine.path("secrets/.git")).unwrap();
    for root in ["repository/link.yaml", "repository/other/token.txt"] {
        let found = said(&read_document(&machine.path(root), &machine.path("repository")));
        assert!(found.contains("error[file]: the file is not read: it is a link"), "{found}");
        assert!(!found.contains(SECRET) && found.contains("--root DIR"), "{found}");
    }
}

#[test]
fn a_worktree_and_a_submodule_are_repositories_too() {
    let machine = Machine::new();
    machine.write("repository/module/.git", "gitdir: ../.git/modules/module\n");
    machine.write("repository/shared.yaml", "Id: {type: string}\n");
    let schema = "{name: p, in: query, schema: {$ref: '../shared.yaml#/Id'}}";
    machine.write(
        "repository/module/openapi.yaml",
        &format!("{HEAD}paths: {{/a: {{parameters: [{schema}]}}}}\n"),
    );
    let found = said(&read_document(&machine.path("repository/module/openapi.yaml"), machine.folder.path()));
    assert!(found.contains("`../shared.yaml` is outside of the repository"), "{found}");
}

#[test]
fn without_a_repository_the_boundary_is_the_folder_of_the_document_or_the_one_that_was_named() {
    let machine = Machine::new();
    std::fs::remove_dir(machine.path("repository/.git")).unwrap();
    machine.write("repository/shared.yaml", "Id: {type: string}\n");
    let root = machine.refer("../shared.yaml#/Id");
    let repository = Boundary::of_folder(&machine.path("repository")).unwrap();
    assert!(read_document_within(&root, &root, &repository).findings.is_empty());
    // The folder for temporary files may itself be in a repository.
    if !machine.folder.path().ancestors().any(|folder| folder.join(".git").exists()) {
        assert_refused(&machine.found("../shared.yaml#/Id"), "is outside of the folder of this document");
    }
    let root = machine.refer("../../secrets/token.yaml#/Token");
    let found = said(&read_document_within(&root, &root, &repository));
    assert_refused(&found, "is outside of the folder that was named as the root");
    assert!(Boundary::of_folder(&root).is_err() && Boundary::of_folder(&machine.path("nowhere")).is_err());
}

#[test]
fn only_regular_files_are_read() {
    let machine = Machine::new();
    let everything = Boundary::of_folder(Path::new("/")).unwrap();
    let pipe = machine.path("repository/api/pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let _socket = std::os::unix::net::UnixListener::bind(machine.path("repository/api/socket")).unwrap();
    for reference in
        ["pipe", "socket", "/proc/self/environ", "/proc/version", "/dev/null", "/dev/zero", "/sys", "/etc"]
    {
        let path = machine.path("repository/api").join(reference);
        let refused = partner_spec::read_text_file(&path, "name", &everything).unwrap_err();
        assert!(refused.message.contains("this is not a regular file"), "{reference}: {refused}");
    }
    machine.link("repository/api/stdin.yaml", "/dev/stdin");
    let found = machine.found("stdin.yaml");
    assert!(found.contains("error[ref-outside]"), "{found}");
}

#[test]
fn a_file_that_becomes_a_link_is_refused_from_then_on() {
    let machine = Machine::new();
    machine.write("repository/api/types.yaml", "Token: {type: string}\n");
    assert!(!machine.found("types.yaml#/Token").contains("error"));
    std::fs::remove_file(machine.path("repository/api/types.yaml")).unwrap();
    machine.link("repository/api/types.yaml", machine.path("secrets/token.yaml"));
    assert_refused(&machine.found("types.yaml#/Token"), "is a link");
}

#[test]
fn a_file_without_an_end_is_not_read_to_its_end() {
    let machine = Machine::new();
    let large = std::fs::File::create(machine.path("repository/api/large.yaml")).unwrap();
    large.set_len(64 * 1024 * 1024 + 1).unwrap();
    assert!(machine.found("large.yaml").contains("larger than 64 MiB"));
}
