//! Writes reports as JSON.

use std::io::{self, Write};

use partner_spec::{Location, harmless_json};
use serde::Serialize;

use super::sentence;
use crate::change::Change;
use crate::report::Report;
use crate::version::{Bump, Version};

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
    before: Option<Place<'a>>,
    after: Option<Place<'a>>,
}

/// A location in a file.
#[derive(Serialize)]
pub(crate) struct Place<'a> {
    file: &'a str,
    line: u32,
    column: u32,
}

/// Writes reports as one JSON object. `version` is the present version of the client.
///
/// # Errors
///
/// The errors of the writer.
pub fn json(reports: &[Report], version: Option<Version>, out: &mut dyn Write) -> io::Result<()> {
    let bump = reports.iter().map(Report::bump).max().unwrap_or(Bump::None);
    let all = All {
        bump: match bump {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        },
        version: version.map(|version| version.to_string()),
        next: version.map(|version| version.after(bump).to_string()),
        apis: reports.iter().map(api).collect(),
    };
    let text = serde_json::to_string_pretty(&all).map_err(io::Error::from)?;
    writeln!(out, "{}", harmless_json(&text))
}

fn api(report: &Report) -> Api<'_> {
    Api {
        api: &report.api,
        effect: report.effect().name(),
        operations_before: report.before.operations,
        operations_after: report.after.operations,
        findings_before: report.before.findings.len(),
        findings_after: report.after.findings.len(),
        changes: report.changes.iter().map(row).collect(),
        disagreements: report.disagreements.as_ref().map(|all| all.iter().map(sentence).collect()),
    }
}

fn row(change: &Change) -> Row<'_> {
    Row {
        rule: change.rule.id,
        effect: change.effect().name(),
        request: change.request.name(),
        response: change.response.name(),
        rust: change.rust.name(),
        page: &change.page,
        text: &change.text,
        reason: change.rule.reason,
        migration: change.migration.as_deref().filter(|_| change.is_breaking()),
        before: change.before.as_ref().map(Place::new),
        after: change.after.as_ref().map(Place::new),
    }
}

impl Place<'_> {
    pub(crate) fn new(location: &Location) -> Place<'_> {
        Place { file: location.name(), line: location.start.line, column: location.start.column }
    }
}
