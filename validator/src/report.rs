//! What a run found.

use partner_spec::{Diagnostic, Severity};

/// One finding, with the JSON pointer of its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, where, and what to do.
    pub diagnostic: Diagnostic,
    /// The JSON pointer of the place within its file; nothing for files that could not be parsed.
    pub pointer: Option<String>,
    /// Whether it keeps a client from being generated, and one was asked about.
    pub blocks: bool,
}

/// What a run found, sorted by place.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The findings.
    pub findings: Vec<Finding>,
    /// What was not looked at, and why, in sentences.
    pub notes: Vec<String>,
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

    /// How many findings keep a client from being generated.
    pub fn blocking(&self) -> usize {
        self.findings.iter().filter(|finding| finding.blocks).count()
    }

    /// Adds what another run found.
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
