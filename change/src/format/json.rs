//! Writes reports about the changes of documents as JSON.

use std::io::{self, Write};

use partner_spec::{Location, to_harmless_json};
use serde::Serialize;

use super::describe_signature_disagreement;
use crate::change::Change;
use crate::report::ChangeReport;
use crate::version::{Version, VersionBump};

#[derive(Serialize)]
struct All<'a> {
    bump: &'static str,
    version: Option<String>,
    next: Option<String>,
    apis: Vec<Api<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Api<'a> {
    api: &'a str,
    effect: &'static str,
    operations_before: usize,
    operations_after: usize,
    findings_before: usize,
    findings_after: usize,
    changes: Vec<Row<'a>>,
    disagreements: Option<Vec<String>>,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    effect: &'static str,
    request: &'static str,
    response: &'static str,
    rust: &'static str,
    page: &'a str,
    text: &'a str,
    reason: &'a str,
    migration: Option<&'a str>,
    before: Option<JsonLocation<'a>>,
    after: Option<JsonLocation<'a>>,
}

/// A location in a file, as JSON.
#[derive(Serialize)]
pub(crate) struct JsonLocation<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

/// Writes reports as one JSON object. `version` is the current version of the client.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_json(reports: &[ChangeReport], version: Option<Version>, out: &mut dyn Write) -> io::Result<()> {
    let bump = reports.iter().map(ChangeReport::required_version_bump).max().unwrap_or(VersionBump::None);
    let all = All {
        bump: match bump {
            VersionBump::None => "none",
            VersionBump::Patch => "patch",
            VersionBump::Minor => "minor",
            VersionBump::Major => "major",
        },
        version: version.map(|version| version.to_string()),
        next: version.map(|version| version.bumped_by(bump).to_string()),
        apis: reports.iter().map(api).collect(),
    };
    let text = serde_json::to_string_pretty(&all).map_err(io::Error::from)?;
    writeln!(out, "{}", to_harmless_json(&text))
}

fn api(report: &ChangeReport) -> Api<'_> {
    Api {
        api: &report.api_name,
        effect: report.strongest_effect().name(),
        operations_before: report.old_state_summary.operation_count,
        operations_after: report.new_state_summary.operation_count,
        findings_before: report.old_state_summary.document_findings.len(),
        findings_after: report.new_state_summary.document_findings.len(),
        changes: report.changes.iter().map(row).collect(),
        disagreements: report
            .disagreements
            .as_ref()
            .map(|all| all.iter().map(describe_signature_disagreement).collect()),
    }
}

fn row(change: &Change) -> Row<'_> {
    Row {
        rule: change.rule.id,
        effect: change.strongest_effect().name(),
        request: change.request_effect.name(),
        response: change.response_effect.name(),
        rust: change.rust_effect.name(),
        page: &change.page_title,
        text: &change.message,
        reason: change.rule.reason,
        migration: change.migration_advice.as_deref().filter(|_| change.is_breaking()),
        before: change.old_location.as_ref().map(JsonLocation::new),
        after: change.new_location.as_ref().map(JsonLocation::new),
    }
}

impl JsonLocation<'_> {
    pub(crate) fn new(location: &Location) -> JsonLocation<'_> {
        JsonLocation {
            file: location.display_path(),
            line: location.start.line,
            column: location.start.column,
        }
    }
}
