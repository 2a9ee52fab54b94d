//! A document with many different faults at once: each is found, at its line, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use partner_validator::{Options, Profile, Target, validate};

/// The faults that the document says it has: rule and line.
fn expected(text: &str) -> BTreeSet<(usize, String)> {
    let lines = text.lines().enumerate().skip(1);
    let marked = lines.filter_map(|(index, line)| {
        let (_, rest) = line.rsplit_once("# [")?;
        Some((index + 1, rest.strip_suffix(']')?.to_owned()))
    });
    marked.collect()
}

#[test]
fn every_fault_of_a_document_is_found_in_one_run_at_its_line() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/many-faults.yaml");
    let expected = expected(&std::fs::read_to_string(&path).unwrap());
    assert!(expected.len() >= 40, "{}", expected.len());
    let options = Options { profile: Some(Profile::Openapi), ..Options::default() };
    let report = validate(&Target::file(&path), &options);
    let found: BTreeSet<(usize, String)> = report
        .findings
        .iter()
        .map(|f| (f.diagnostic.location.start.line as usize, f.diagnostic.rule.id.to_owned()))
        .collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unexpected: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "missing: {missing:#?}\nunexpected: {unexpected:#?}"
    );
    assert_eq!(report.findings.len(), expected.len(), "no finding is there twice");
}
