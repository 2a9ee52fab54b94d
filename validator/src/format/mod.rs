//! Writes the report of a validation in one of several formats.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;

use std::io::{self, Write};

use crate::ValidationReport;

pub use human::write_blocking_findings;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// Text for people, with an excerpt for each finding.
    Human,
    /// A JSON object with a list of findings, and a list of notes about rules that did not run.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions: annotations on a pull request.
    Github,
}

impl ReportFormat {
    /// All formats.
    pub const ALL: [ReportFormat; 4] =
        [ReportFormat::Human, ReportFormat::Json, ReportFormat::Sarif, ReportFormat::Github];

    /// Returns the name of the format in command-line arguments, like `json`.
    pub fn name(self) -> &'static str {
        match self {
            ReportFormat::Human => "human",
            ReportFormat::Json => "json",
            ReportFormat::Sarif => "sarif",
            ReportFormat::Github => "github",
        }
    }

    /// Returns the format with this [`name`](ReportFormat::name).
    pub fn from_name(name: &str) -> Option<ReportFormat> {
        ReportFormat::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Writes a report in the given format. `colors` only affects the format [`Human`](ReportFormat::Human).
///
/// # Errors
///
/// The errors of the writer.
pub fn write_report(
    report: &ValidationReport,
    format: ReportFormat,
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<()> {
    match format {
        ReportFormat::Human => human::write_report(report, out, colors),
        ReportFormat::Json => json::write_report(report, out),
        ReportFormat::Sarif => sarif::write_report(report, out),
        ReportFormat::Github => github::write_report(report, out),
    }
}
