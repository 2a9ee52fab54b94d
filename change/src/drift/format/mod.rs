//! Writes the differences between our document and the vendor's docs in several formats. Text from documents is
//! escaped, so that it cannot act as terminal codes, markup or commands of a CI runner.

mod human;
mod json;
mod markdown;

pub use human::write_terminal_text;
pub use json::write_json;
pub use markdown::write_markdown;

use partner_spec::Location;

use super::{ComparedVendorDocument, Difference, DifferenceKind, DriftReport};
use crate::format::format_count;

/// The maximum number of entries that are shown of one list, like the list of findings. This limit applies to reports
/// for terminals and in Markdown.
const MAX_SHOWN_ENTRIES_PER_LIST: usize = 50;

/// Formats the locations of a difference, in our document and in the vendor's docs, like `openapi.yaml:7:3 (ours),
/// docs.yaml:9:5 (docs)`.
fn format_locations(difference: &Difference) -> String {
    let shown = |location: &Option<Location>, name: &str| {
        location.as_ref().map(|location| format!("{location} ({name})"))
    };
    let change = &difference.change;
    [shown(&change.old_location, "ours"), shown(&change.new_location, "docs")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Says in one sentence which documents were compared, and how many operations and webhooks they have.
fn describe_compared_documents(report: &DriftReport) -> String {
    let operations: usize =
        report.compared_vendor_documents.iter().map(|compared| compared.operation_count).sum();
    let documents = match &report.compared_vendor_documents[..] {
        [ComparedVendorDocument { file_name, .. }] => format!("`{file_name}`"),
        many => format_count(many.len(), "document"),
    };
    let webhooks: usize =
        report.compared_vendor_documents.iter().map(|compared| compared.webhook_count).sum();
    let webhooks =
        if webhooks > 0 { format!(" and {}", format_count(webhooks, "webhook")) } else { String::new() };
    format!(
        "{} of ours, {operations}{webhooks} in {documents}",
        format_count(report.our_operation_count, "operation")
    )
}

/// Returns a line that says how many differences of each kind are not accepted, and how many differences are accepted.
fn describe_difference_counts(report: &DriftReport) -> String {
    let open = || report.differences.iter().filter(|difference| difference.acceptance_reason.is_none());
    let kinds = [
        DifferenceKind::OnlyInVendorDocs,
        DifferenceKind::OnlyInOurDocument,
        DifferenceKind::DescribedDifferently,
    ]
    .map(|only| format!("{} {}", open().filter(|difference| difference.kind == only).count(), only.name()));
    let accepted = report.accepted_difference_count();
    let accepted = if accepted > 0 { format!("; {accepted} more accepted") } else { String::new() };
    format!("{}: {}{accepted}", format_count(open().count(), "difference"), kinds.join(", "))
}
