//! Writes a report for people or programs.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;

use std::io::{self, Write};

use crate::Report;

pub use human::write_blocking_findings;

/// The format of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text for people, with an excerpt for each finding.
    Human,
    /// A JSON object with a list of findings, and a list of notes about rules that did not run.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands of GitHub Actions: annotations on a pull request.
    Github,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 4] = [Format::Human, Format::Json, Format::Sarif, Format::Github];

    /// Returns the name that selects the format in the arguments of a command, like `json`.
    pub fn name(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Github => "github",
        }
    }

    /// Returns the format with this [`name`](Format::name).
    pub fn from_name(name: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// Writes a report in a format. `colors` only affects the format [`Human`](Format::Human).
///
/// # Errors
///
/// The errors of the writer.
pub fn write(report: &Report, format: Format, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    match format {
        Format::Human => human::write(report, out, colors),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
    }
}
