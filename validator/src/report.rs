//! What a run found.

use partner_spec::{Diagnostic, Severity};

/// One finding, with the JSON pointer of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, where, and what to do.
    pub diagnostic: Diagnostic,
    /// The JSON pointer of the place within its file; nothing for files that could not be parsed.
    pub pointer: Option<String>,
}

/// What a run found, sorted by place.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// How many documents were validated.
    pub documents: usize,
    /// How many operations they have.
    pub operations: usize,
    /// The files that were read.
    pub files: Vec<std::path::PathBuf>,
    /// How many steps checking values against schemas took.
    pub steps: usize,
}

impl Report {
    /// How many findings have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    /// Adds what another run found.
    pub fn merge(&mut self, other: Report) {
        self.findings.extend(other.findings);
        self.findings.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
        self.documents += other.documents;
        self.operations += other.operations;
        self.files.extend(other.files);
        self.steps += other.steps;
    }
}
