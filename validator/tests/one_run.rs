//! One run finds everything: findings of the reader hide no rule, and no rule hides another.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use partner_validator::{Profile, ValidationOptions, ValidationReport, ValidationTarget, validate};

#[cfg(test)]
#[path = "support/marked.rs"]
mod marked;

#[cfg(test)]
fn fixture() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/all-stages.yaml")
}

#[cfg(test)]
fn validate_without(path: &Path, skipped_rule_ids: Vec<String>) -> ValidationReport {
    let options = ValidationOptions {
        profile: Some(Profile::Generator),
        skipped_rule_ids,
        ..ValidationOptions::default()
    };
    validate(&ValidationTarget::for_file_outside_workspace(path), &options)
}

/// The findings: rule and JSON pointer.
#[cfg(test)]
fn found(report: &ValidationReport) -> BTreeSet<(String, String)> {
    let findings = report.findings.iter();
    findings.map(|f| (f.finding.rule.id.to_owned(), f.pointer.clone().unwrap_or_default())).collect()
}

#[test]
fn what_every_stage_finds_is_found_together() {
    let path = fixture();
    let report = validate_without(&path, Vec::new());
    marked::assert_found(&path, &report);
    assert!(report.skipped_rule_notes.is_empty(), "{:?}", report.skipped_rule_notes);
}

#[test]
fn without_a_rule_the_others_find_what_they_found_with_it() {
    let path = fixture();
    let all = found(&validate_without(&path, Vec::new()));
    let rules: BTreeSet<&String> = all.iter().map(|(rule, _)| rule).collect();
    for skipped in rules {
        let rest: BTreeSet<_> = all.iter().filter(|(rule, _)| rule != skipped).cloned().collect();
        assert_eq!(found(&validate_without(&path, vec![skipped.clone()])), rest, "without {skipped}");
        let options = ValidationOptions {
            profile: Some(Profile::Generator),
            selected_rule_ids: vec![skipped.clone()],
            ..ValidationOptions::default()
        };
        let alone = found(&validate(&ValidationTarget::for_file_outside_workspace(&path), &options));
        assert_eq!(
            alone,
            all.iter().filter(|(rule, _)| rule == skipped).cloned().collect(),
            "only {skipped}"
        );
    }
}

#[test]
fn a_document_in_one_line_has_the_findings_that_it_has_in_many() {
    let folder = tempfile::tempdir().unwrap();
    let reading = partner_spec::read_document(&fixture(), Path::new(""));
    let in_many = reading.document.unwrap().to_json();
    let value: serde_json::Value = serde_json::from_str(&in_many).unwrap();
    let (many, one) = (folder.path().join("many.json"), folder.path().join("one.json"));
    std::fs::write(&many, &in_many).unwrap();
    std::fs::write(&one, value.to_string()).unwrap();
    let found_in_many = found(&validate_without(&many, Vec::new()));
    assert!(found_in_many.len() > 15, "{found_in_many:?}");
    assert_eq!(found(&validate_without(&one, Vec::new())), found_in_many);
}

#[test]
fn a_run_says_which_rules_did_not_run_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("openapi.yaml");
    let report = validate_without(&file, Vec::new());
    assert_eq!(report.skipped_rule_notes, ["no other rule was run, because there is no document to look at"]);

    let text =
        "openapi: 3.0.3\ninfo: {title: Wallets, version: '1'}\npaths: {/wallets: {$ref: broken.yaml}}\n";
    std::fs::write(&file, text).unwrap();
    std::fs::write(folder.path().join("broken.yaml"), "get: [\n").unwrap();
    let report = validate_without(&file, Vec::new());
    let [note] = &report.skipped_rule_notes[..] else { panic!("{:?}", report.skipped_rule_notes) };
    assert!(
        note.contains("`component-unused`") && note.ends_with("because a file could not be read"),
        "{note}"
    );
}
