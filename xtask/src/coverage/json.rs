//! Writes the coverage as JSON.

use std::io::{self, Write};

use partner_spec::to_harmless_json;
use serde_json::{Value, json};

use super::collect::{ApiCoverage, UnreadOperationOrWebhook};

/// Writes the coverage of all APIs as a JSON array, with one object for each API.
pub(crate) fn write_coverage_json(
    coverages: &[ApiCoverage],
    summary: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let apis: Vec<Value> = coverages.iter().map(|coverage| api_object(coverage, summary)).collect();
    let text = serde_json::to_string_pretty(&apis).map_err(io::Error::other)?;
    writeln!(out, "{}", to_harmless_json(&text))
}

fn api_object(coverage: &ApiCoverage, summary: bool) -> Value {
    let mut value = json!({
        "api": coverage.api.name(),
        "operations_listed": coverage.count_operations_in_vendor_docs(),
        "operations_described": coverage.count_described_vendor_operations(),
        "webhooks_listed": coverage.webhooks.len() + coverage.unread_webhooks.len(),
        "webhooks_described": coverage.webhooks.len(),
    });
    if summary {
        return value;
    }
    let operations = coverage.operations.iter().map(|operation| {
        json!({
            "id": operation.id,
            "method": operation.method,
            "path": operation.path,
            "page": operation.page,
            "confidence": operation.confidence,
            "availability": operation.availability,
            "examples": operation.all_bodies_have_examples,
            "wire_test": operation.is_compared_with_document,
        })
    });
    let webhooks = coverage.webhooks.iter().map(|webhook| {
        json!({ "title": webhook.title, "schema": webhook.schema, "confidence": webhook.confidence })
    });
    value["operations"] = operations.collect();
    value["webhooks"] = webhooks.collect();
    value["unread_operations"] = coverage.unread_operations.iter().map(unread).collect();
    value["unread_webhooks"] = coverage.unread_webhooks.iter().map(unread).collect();
    value
}

fn unread(entry: &UnreadOperationOrWebhook) -> Value {
    json!({
        "title": entry.title,
        "group": entry.group,
        "method": entry.method,
        "page": entry.page,
        "known": entry.known,
        "missing": entry.missing,
        "inferred": entry.inferred,
    })
}
