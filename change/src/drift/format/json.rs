//! Writes the differences between our document and the vendor's docs as JSON.

use std::io::{self, Write};

use partner_spec::to_harmless_json;
use serde::Serialize;

use crate::drift::{Difference, DriftReport};
use crate::format::JsonLocation;

#[derive(Serialize)]
struct All<'a> {
    api: &'a str,
    operations: usize,
    unseen: usize,
    documents: Vec<Document<'a>>,
    problems: Vec<Problem<'a>>,
    uncompared: &'a [String],
    differences: Vec<Row<'a>>,
    stale: Vec<Stale<'a>>,
}

#[derive(Serialize)]
struct Document<'a> {
    file: &'a str,
    page: Option<&'a str>,
    operations: usize,
    webhooks: usize,
}

#[derive(Serialize)]
struct Problem<'a> {
    rule: &'a str,
    message: &'a str,
    place: JsonLocation<'a>,
}

#[derive(Serialize)]
struct Row<'a> {
    rule: &'a str,
    only: &'static str,
    page: &'a str,
    text: &'a str,
    request: &'static str,
    response: &'static str,
    rust: &'static str,
    ours: Option<JsonLocation<'a>>,
    docs: Option<JsonLocation<'a>>,
    accepted: Option<&'a str>,
}

#[derive(Serialize)]
struct Stale<'a> {
    rule: &'a str,
    page: Option<&'a str>,
    text: Option<&'a str>,
    place: JsonLocation<'a>,
}

/// Writes a report of differences as one JSON object.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_json(report: &DriftReport, out: &mut dyn Write) -> io::Result<()> {
    let documents = report.compared_vendor_documents.iter().map(|compared| Document {
        file: &compared.file_name,
        page: compared.page_title.as_deref(),
        operations: compared.operation_count,
        webhooks: compared.webhook_count,
    });
    let problems = report.vendor_findings.iter().map(|found| Problem {
        rule: found.rule.id,
        message: &found.message,
        place: JsonLocation::new(&found.location),
    });
    let stale = report.stale_acceptance_entries.iter().map(|entry| Stale {
        rule: &entry.rule_id,
        page: entry.page_title.as_deref(),
        text: entry.message.as_deref(),
        place: JsonLocation::new(&entry.location),
    });
    let all = All {
        api: &report.api_name,
        operations: report.our_operation_count,
        unseen: report.undescribed_operation_count,
        documents: documents.collect(),
        problems: problems.collect(),
        uncompared: &report.uncompared_operations_and_webhooks,
        differences: report.differences.iter().map(row).collect(),
        stale: stale.collect(),
    };
    let text = serde_json::to_string_pretty(&all).map_err(io::Error::from)?;
    writeln!(out, "{}", to_harmless_json(&text))
}

fn row(difference: &Difference) -> Row<'_> {
    let change = &difference.change;
    Row {
        rule: change.rule.id,
        only: difference.kind.name(),
        page: &change.page_title,
        text: &change.message,
        request: change.request_effect.name(),
        response: change.response_effect.name(),
        rust: change.rust_effect.name(),
        ours: change.old_location.as_ref().map(JsonLocation::new),
        docs: change.new_location.as_ref().map(JsonLocation::new),
        accepted: difference.acceptance_reason.as_deref(),
    }
}
