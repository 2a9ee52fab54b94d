//! Writes the differences between our document and the vendor's docs as Markdown, for the summary of a CI job.

use std::io::{self, Write};

use super::{
    MAX_SHOWN_ENTRIES_PER_LIST, describe_compared_documents, describe_difference_counts, format_locations,
};
use crate::drift::{Difference, DriftReport};
use crate::format::{MAX_LISTED_CHANGES_PER_PAGE, escape_markdown, format_count};

/// Writes a report of differences as Markdown.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_markdown(report: &DriftReport, out: &mut dyn Write) -> io::Result<()> {
    let (api, summary) = (escape_markdown(&report.api_name), describe_difference_counts(report));
    writeln!(out, "# {api}: differences from the vendor's docs\n\n**{summary}**\n")?;
    writeln!(out, "{}.", escape_markdown(&describe_compared_documents(report)))?;
    if report.undescribed_operation_count > 0 {
        writeln!(
            out,
            "\n{} on no page that was compared.",
            format_count(report.undescribed_operation_count, "operation")
        )?;
    }
    let problems =
        report.vendor_findings.iter().map(|found| format!("{} ({})", found.message, found.location));
    let title = format!(
        "{} in the docs; what is wrong was left out",
        format_count(report.vendor_findings.len(), "problem")
    );
    list(&title, problems, out)?;
    let title = format!(
        "{} operations or webhooks could not be compared",
        report.uncompared_operations_and_webhooks.len()
    );
    list(&title, report.uncompared_operations_and_webhooks.iter().cloned(), out)?;
    let stale = report
        .stale_acceptance_entries
        .iter()
        .map(|entry| format!("`{}` ({})", entry.rule_id, entry.location));
    let title = format!(
        "{} no longer there",
        format_count(report.stale_acceptance_entries.len(), "accepted difference")
    );
    list(&title, stale, out)?;
    for (page, differences) in report.group_unaccepted_differences_by_page() {
        writeln!(out, "\n## {}\n", escape_markdown(page))?;
        table(&differences, out)?;
    }
    Ok(())
}

fn list(title: &str, entries: impl ExactSizeIterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
    let count = entries.len();
    if count == 0 {
        return Ok(());
    }
    writeln!(out, "\n## {title}\n")?;
    for entry in entries.take(MAX_SHOWN_ENTRIES_PER_LIST) {
        writeln!(out, "- {}", escape_markdown(&entry))?;
    }
    match count.saturating_sub(MAX_SHOWN_ENTRIES_PER_LIST) {
        0 => Ok(()),
        more => writeln!(out, "- and {more} more"),
    }
}

fn table(differences: &[&Difference], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | what following the docs would change | where |\n|---|---|---|")?;
    for difference in differences.iter().take(MAX_LISTED_CHANGES_PER_PAGE) {
        let (text, rule) = (escape_markdown(&difference.change.message), difference.change.rule.id);
        writeln!(
            out,
            "| {} | {text} (`{rule}`) | {} |",
            difference.kind.name(),
            escape_markdown(&format_locations(difference))
        )?;
    }
    match differences.len().saturating_sub(MAX_LISTED_CHANGES_PER_PAGE) {
        0 => Ok(()),
        more => writeln!(out, "\n{more} more are not listed."),
    }
}
