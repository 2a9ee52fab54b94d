//! Compares findings with documents in which a comment at the end of a line names the expected finding: `# [rule]`.

use std::collections::BTreeSet;
use std::path::Path;

use partner_validator::ValidationReport;

/// Checks that the findings in a report are exactly those that the comments in the file name.
pub(crate) fn assert_found(path: &Path, report: &ValidationReport) {
    let text = std::fs::read_to_string(path).unwrap();
    let marked = text.lines().enumerate().skip(1).filter_map(|(index, line)| {
        let (_, rest) = line.rsplit_once("# [")?;
        Some((index + 1, rest.strip_suffix(']')?.to_owned()))
    });
    let expected: BTreeSet<(usize, String)> = marked.collect();
    assert!(expected.len() >= 15, "{}", expected.len());
    let found: BTreeSet<(usize, String)> = report
        .findings
        .iter()
        .map(|f| (f.finding.location.start.line as usize, f.finding.rule.id.to_owned()))
        .collect();
    let missing: Vec<_> = expected.difference(&found).collect();
    let unexpected: Vec<_> = found.difference(&expected).collect();
    assert!(
        missing.is_empty() && unexpected.is_empty(),
        "missing: {missing:#?}\nunexpected: {unexpected:#?}"
    );
    assert_eq!(report.findings.len(), expected.len(), "no finding is there twice");
}
