//! The result of a validation.

use partner_spec::{Diagnostic, Severity};

/// A finding with the JSON pointer of its location.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, where, and what to do.
    pub diagnostic: Diagnostic,
    /// The JSON pointer of the location within its file; `None` if the file could not be parsed.
    pub pointer: Option<String>,
    /// Whether the finding prevents the generation of a client. Always false in the profile `openapi`.
    pub blocks: bool,
}

/// The result of a validation, sorted by location.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// Sentences about rules that did not run, and why.
    pub notes: Vec<String>,
    /// How many documents were validated.
    pub documents: usize,
    /// How many operations the documents have.
    pub operations: usize,
    /// The files that were read.
    pub files: Vec<std::path::PathBuf>,
    /// How many steps the checks of values against schemas took.
    pub steps: usize,
}

impl Report {
    /// How many findings have that severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.diagnostic.severity == severity).count()
    }

    /// How many findings prevent the generation of a client.
    pub fn blocking(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks).count()
    }

    /// Adds the result of another validation.
    pub fn merge(&mut self, other: Report) {
        self.findings.extend(other.findings);
        self.findings.sort_by(|a, b| a.diagnostic.cmp(&b.diagnostic));
        self.notes.extend(other.notes);
        self.documents += other.documents;
        self.operations += other.operations;
        self.files.extend(other.files);
        self.steps += other.steps;
    }
}
