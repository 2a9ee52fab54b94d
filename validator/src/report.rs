//! The result of a validation.

use partner_spec::{Finding, Severity};

/// A finding with the JSON pointer of its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingWithPointer {
    /// The finding, with its message, location and advice.
    pub finding: Finding,
    /// The JSON pointer of the finding's location within its file; `None` if the file could not be parsed.
    pub pointer: Option<String>,
    /// Whether the finding prevents the generation of a client. Always false in the profile `openapi`.
    pub blocks_generation: bool,
}

/// The result of a validation.
#[derive(Clone, Debug, Default)]
pub struct ValidationReport {
    /// The findings, sorted by location.
    pub findings: Vec<FindingWithPointer>,
    /// Sentences that state which rules did not run, and why.
    pub skipped_rule_notes: Vec<String>,
    /// The number of validated documents.
    pub document_count: usize,
    /// The number of operations in the validated documents.
    pub operation_count: usize,
    /// The paths of the files that were read.
    pub file_paths: Vec<std::path::PathBuf>,
    /// The number of steps that were needed to check values against schemas. It measures the cost of the validation.
    pub value_check_step_count: usize,
}

impl ValidationReport {
    /// Returns the number of findings with this severity.
    pub fn count_findings_with_severity(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.finding.severity == severity).count()
    }

    /// Returns the number of findings that prevent the generation of a client.
    pub fn count_blocking_findings(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks_generation).count()
    }

    /// Adds the findings, notes, files and counts of another validation to this report.
    pub fn merge(&mut self, other: ValidationReport) {
        self.findings.extend(other.findings);
        self.findings.sort_by(|a, b| a.finding.cmp(&b.finding));
        self.skipped_rule_notes.extend(other.skipped_rule_notes);
        self.document_count += other.document_count;
        self.operation_count += other.operation_count;
        self.file_paths.extend(other.file_paths);
        self.value_check_step_count += other.value_check_step_count;
    }
}
