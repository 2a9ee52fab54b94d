//! The result of a validation.

use partner_spec::{Diagnostic, Severity};

/// A finding with the JSON pointer of its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The message, the location and the advice.
    pub diagnostic: Diagnostic,
    /// The JSON pointer of the finding's location within its file; `None` if the file could not be parsed.
    pub pointer: Option<String>,
    /// Whether the finding prevents the generation of a client. Always false in the profile `openapi`.
    pub blocks_generation: bool,
}

/// The result of a validation.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings, sorted by location.
    pub findings: Vec<Finding>,
    /// Sentences that state which rules did not run, and why.
    pub notes: Vec<String>,
    /// The number of validated documents.
    pub document_count: usize,
    /// The number of operations in these documents.
    pub operation_count: usize,
    /// The files that were read.
    pub files: Vec<std::path::PathBuf>,
    /// The number of steps that the checks of values against schemas took, as a measure of their cost.
    pub checking_step_count: usize,
}

impl Report {
    /// Returns the number of findings with this severity.
    pub fn count_findings(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    /// Returns the number of findings that prevent the generation of a client.
    pub fn blocking_finding_count(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks_generation).count()
    }

    /// Adds the findings, notes, files and counts of another validation to this report.
    pub fn merge(&mut self, other: Report) {
        self.findings.extend(other.findings);
        self.findings.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
        self.notes.extend(other.notes);
        self.document_count += other.document_count;
        self.operation_count += other.operation_count;
        self.files.extend(other.files);
        self.checking_step_count += other.checking_step_count;
    }
}
