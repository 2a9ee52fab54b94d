//! A client is generated unless `validate` finds something that keeps it from being generated, and what generating
//! reports is exactly that: the same rules, texts and places.

#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

use std::path::{Path, PathBuf};

use partner_spec::{Boundary, Diagnostic};
use partner_validator::{Options, Profile, Target, rules, validate};

/// What both say of a document: what keeps a client from being generated, as text, and what is wrong with it beside.
struct Said {
    validated: Vec<String>,
    generated: Vec<String>,
    beside: usize,
}

fn look_at(root: &Path) -> Said {
    let folder = root.parent().unwrap();
    let mut target = Target::file(root).within(Boundary::folder(folder).unwrap());
    target.base = folder.to_owned();
    let options = Options { profile: Some(Profile::Generator), ..Options::default() };
    let report = validate(&target, &options);
    let reading = partner_spec::read_within(&target.root, &target.base, &target.boundary);
    let refused = partner_codegen::generate(&reading, &target.module).err().unwrap_or_default();
    let text = |diagnostic: &Diagnostic| diagnostic.to_string();
    let blocking = report.findings.iter().filter(|finding| finding.blocks);
    let validated: Vec<String> = blocking.map(|finding| text(&finding.diagnostic)).collect();
    Said {
        beside: report.findings.len() - validated.len(),
        validated,
        generated: refused.iter().map(text).collect(),
    }
}

/// The documents in a folder.
fn documents(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_file()).collect()
}

fn complain(name: &str, said: &Said, complaints: &mut String) {
    if said.validated != said.generated {
        complaints.push_str(&format!(
            "{name}: validate finds\n{}\nand generate\n{}\n",
            said.validated.join("\n"),
            said.generated.join("\n")
        ));
    }
}

#[test]
fn of_the_example_of_every_rule_generating_reports_what_validate_marks() {
    let mut complaints = String::new();
    let mut blocking = 0;
    for rule in rules::all() {
        let folder = tempfile::tempdir().unwrap();
        let root = partner_validator::write_text(rule.bad(), folder.path()).unwrap();
        let said = look_at(&root);
        complain(rule.id, &said, &mut complaints);
        blocking += usize::from(!said.generated.is_empty());
        if rule.blocks && said.generated.is_empty() {
            complaints.push_str(&format!("{}: a client was generated\n", rule.id));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
    assert!(blocking > 70, "{blocking}");
}

#[test]
fn of_every_broken_document_generating_reports_what_validate_marks() {
    let folders =
        ["../codegen/tests/errors", "tests/fixtures", "../xtask/tests/fixtures", "../fuzz/corpus/validator"];
    let mut complaints = String::new();
    let mut broken = 0;
    let documents = folders.into_iter().flat_map(documents);
    for document in documents.filter(|path| path.extension().is_none_or(|kind| kind != "snap")) {
        let said = look_at(&document);
        broken += usize::from(!said.generated.is_empty());
        complain(&document.display().to_string(), &said, &mut complaints);
    }
    assert!(complaints.is_empty(), "{complaints}");
    assert!(broken > 80, "{broken}");
}

#[test]
fn an_example_that_does_not_fit_its_schema_is_an_error_and_blocks_no_client() {
    let rule = rules::find("example-mismatch").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = partner_validator::write_text(rule.bad(), folder.path()).unwrap();
    let said = look_at(&root);
    assert!(said.beside > 0 && said.validated.is_empty(), "{:?}", said.validated);
    assert!(said.generated.is_empty(), "{:?}", said.generated);
}
