//! `generate` refuses a document if and only if `validate` has blocking findings, and both report the same rules,
//! messages and locations.

#![allow(clippy::unwrap_used, reason = "a helper that cannot go on fails the test that uses it")]

use std::path::{Path, PathBuf};

use partner_spec::{Boundary, Finding};
use partner_validator::{Profile, ValidationOptions, ValidationTarget, rules, validate};

/// The blocking findings of `validate` and of `generate` as text, and the number of other findings.
struct Reports {
    validated: Vec<String>,
    generated: Vec<String>,
    beside: usize,
}

fn validate_and_generate(root: &Path) -> Reports {
    let folder = root.parent().unwrap();
    let mut target = ValidationTarget::for_file_outside_workspace(root)
        .with_boundary(Boundary::of_folder(folder).unwrap());
    target.base_folder = folder.to_owned();
    let options = ValidationOptions { profile: Some(Profile::Generator), ..ValidationOptions::default() };
    let report = validate(&target, &options);
    let reading =
        partner_spec::read_document_within(&target.root_file_path, &target.base_folder, &target.boundary);
    let refused = partner_codegen::generate_client(&reading, &target.module_name).err().unwrap_or_default();
    let text = |finding: &Finding| finding.to_string();
    let blocking = report.findings.iter().filter(|finding| finding.blocks_generation);
    let validated: Vec<String> = blocking.map(|finding| text(&finding.finding)).collect();
    Reports {
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

fn push_difference(name: &str, reports: &Reports, differences: &mut String) {
    if reports.validated != reports.generated {
        differences.push_str(&format!(
            "{name}: validate finds\n{}\nand generate\n{}\n",
            reports.validated.join("\n"),
            reports.generated.join("\n")
        ));
    }
}

#[test]
fn of_the_example_of_every_rule_generating_reports_what_validate_marks() {
    let mut differences = String::new();
    let mut blocking = 0;
    for rule in rules::all_rules() {
        let folder = tempfile::tempdir().unwrap();
        let root = partner_validator::write_document_files(rule.bad_example(), folder.path()).unwrap();
        let reports = validate_and_generate(&root);
        push_difference(rule.id, &reports, &mut differences);
        blocking += usize::from(!reports.generated.is_empty());
        if rule.blocks_generation && reports.generated.is_empty() {
            differences.push_str(&format!("{}: a client was generated\n", rule.id));
        }
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(blocking > 70, "{blocking}");
}

#[test]
fn of_every_broken_document_generating_reports_what_validate_marks() {
    let folders =
        ["../codegen/tests/errors", "tests/fixtures", "../xtask/tests/fixtures", "../fuzz/corpus/validator"];
    let mut differences = String::new();
    let mut broken = 0;
    let documents = folders.into_iter().flat_map(documents);
    for document in documents.filter(|path| path.extension().is_none_or(|kind| kind != "snap")) {
        let reports = validate_and_generate(&document);
        broken += usize::from(!reports.generated.is_empty());
        push_difference(&document.display().to_string(), &reports, &mut differences);
    }
    assert!(differences.is_empty(), "{differences}");
    assert!(broken > 80, "{broken}");
}

#[test]
fn an_example_that_does_not_fit_its_schema_is_an_error_and_blocks_no_client() {
    let rule = rules::find_rule("example-mismatch").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let root = partner_validator::write_document_files(rule.bad_example(), folder.path()).unwrap();
    let reports = validate_and_generate(&root);
    assert!(reports.beside > 0 && reports.validated.is_empty(), "{:?}", reports.validated);
    assert!(reports.generated.is_empty(), "{:?}", reports.generated);
}
