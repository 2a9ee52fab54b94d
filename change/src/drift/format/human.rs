//! Writes the differences between our document and the vendor's docs as text for terminals.

use std::io::{self, Write};

use partner_spec::to_harmless_line;

use super::{
    MAX_SHOWN_ENTRIES_PER_LIST, describe_compared_documents, describe_difference_counts, format_locations,
};
use crate::drift::{Difference, DifferenceKind, DriftReport};
use crate::format::format_count;

/// Writes a report of differences as text for terminals, with colors if `colors` is true.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_terminal_text(report: &DriftReport, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    writeln!(
        out,
        "{}: {}\n",
        to_harmless_line(&report.api_name),
        to_harmless_line(&describe_compared_documents(report))
    )?;
    if !report.vendor_findings.is_empty() {
        writeln!(
            out,
            "{} in the docs; what is wrong was left out:",
            format_count(report.vendor_findings.len(), "problem")
        )?;
        for found in report.vendor_findings.iter().take(MAX_SHOWN_ENTRIES_PER_LIST) {
            writeln!(out, "  {}: {} [{}]", found.location, to_harmless_line(&found.message), found.rule.id)?;
        }
        write_list_footer(report.vendor_findings.len(), out)?;
    }
    if !report.uncompared_operations_and_webhooks.is_empty() {
        writeln!(
            out,
            "{} operations or webhooks could not be compared:",
            report.uncompared_operations_and_webhooks.len()
        )?;
        for title in report.uncompared_operations_and_webhooks.iter().take(MAX_SHOWN_ENTRIES_PER_LIST) {
            writeln!(out, "  {}", to_harmless_line(title))?;
        }
        write_list_footer(report.uncompared_operations_and_webhooks.len(), out)?;
    }
    for (page, differences) in report.group_unaccepted_differences_by_page() {
        writeln!(out, "{}\n", to_harmless_line(page))?;
        differences.into_iter().try_for_each(|difference| write_difference(difference, out, colors))?;
    }
    if !report.stale_acceptance_entries.is_empty() {
        writeln!(
            out,
            "{} no longer there:",
            format_count(report.stale_acceptance_entries.len(), "accepted difference")
        )?;
        for entry in &report.stale_acceptance_entries {
            let text = entry.message.as_deref().or(entry.page_title.as_deref()).unwrap_or("all pages");
            writeln!(
                out,
                "  {}: {} ({})",
                entry.location,
                to_harmless_line(&entry.rule_id),
                to_harmless_line(text)
            )?;
        }
        writeln!(out)?;
    }
    if report.undescribed_operation_count > 0 {
        writeln!(
            out,
            "{} on no page that was compared",
            format_count(report.undescribed_operation_count, "operation")
        )?;
    }
    writeln!(out, "{}", describe_difference_counts(report))
}

fn write_difference(difference: &Difference, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let color = match difference.kind {
        DifferenceKind::OnlyInVendorDocs => "\x1b[32m",
        DifferenceKind::OnlyInOurDocument => "\x1b[31m",
        DifferenceKind::DescribedDifferently => "\x1b[33m",
    };
    let (start, end) = if colors { (color, "\x1b[0m") } else { ("", "") };
    let change = &difference.change;
    writeln!(
        out,
        "  {start}{}{end}: {} [{}]",
        difference.kind.name(),
        to_harmless_line(&change.message),
        change.rule.id
    )?;
    writeln!(out, "    at {}\n", format_locations(difference))
}

/// Writes what follows the shown entries of a list: `and … more` if the list has more than
/// [`MAX_SHOWN_ENTRIES_PER_LIST`] entries, and then an empty line. `entry_count` is the number of all entries.
fn write_list_footer(entry_count: usize, out: &mut dyn Write) -> io::Result<()> {
    match entry_count.saturating_sub(MAX_SHOWN_ENTRIES_PER_LIST) {
        0 => writeln!(out),
        more => writeln!(out, "  and {more} more\n"),
    }
}
