//! A document with many different faults at once: each is found, at its line, and nothing else.

use std::path::Path;

use partner_validator::{Profile, ValidationOptions, ValidationTarget, validate};

#[cfg(test)]
#[path = "support/marked.rs"]
mod marked;

#[test]
fn every_fault_of_a_document_is_found_in_one_run_at_its_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/many-faults.yaml");
    let options = ValidationOptions { profile: Some(Profile::OpenApi), ..ValidationOptions::default() };
    let report = validate(&ValidationTarget::for_file_outside_workspace(&path), &options);
    assert!(report.findings.len() >= 40, "{}", report.findings.len());
    marked::assert_found(&path, &report);
}
