//! Writes the report of the validator as JSON: an object with the findings, and with notes about rules that did not
//! run.

use std::io::{self, Write};

use partner_spec::to_harmless_json;
use serde::Serialize;

use crate::ValidationReport;

#[derive(Serialize)]
struct Findings<'a> {
    findings: Vec<Row<'a>>,
    /// Sentences that state which rules did not run, and why.
    notes: &'a [String],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Row<'a> {
    rule: &'a str,
    severity: String,
    /// Whether the finding prevents the generation of a client.
    blocks: bool,
    message: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
    pointer: Option<&'a str>,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    file: &'a str,
    line: u32,
    column: u32,
}

pub(super) fn write_report(report: &ValidationReport, out: &mut dyn Write) -> io::Result<()> {
    let findings: Vec<Row<'_>> = report
        .findings
        .iter()
        .map(|finding| {
            let d = &finding.finding;
            let related = d.related_locations.iter().map(|(location, what)| Related {
                message: what,
                file: location.display_path(),
                line: location.start.line,
                column: location.start.column,
            });
            Row {
                rule: d.rule.id,
                severity: d.severity.to_string(),
                blocks: finding.blocks_generation,
                message: &d.message,
                file: d.location.display_path(),
                line: d.location.start.line,
                column: d.location.start.column,
                end_line: d.location.end.line,
                end_column: d.location.end.column,
                pointer: finding.pointer.as_deref(),
                help: d.help.as_deref(),
                related: related.collect(),
            }
        })
        .collect();
    let text = serde_json::to_string_pretty(&Findings { findings, notes: &report.skipped_rule_notes })
        .map_err(io::Error::from)?;
    writeln!(out, "{}", to_harmless_json(&text))
}
