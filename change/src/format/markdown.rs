//! Writes reports about the changes of documents as Markdown, for pull requests.

use std::io::{self, Write};

use super::{
    describe_required_version, describe_signature_disagreement, escape_markdown, format_count,
    format_locations,
};
use crate::change::Change;
use crate::report::ChangeReport;
use crate::rule::Effect;
use crate::version::{Version, VersionBump};

/// The maximum number of changes that are listed for one docs page. The limit keeps a report small enough for the
/// summary of a GitHub job, which can have at most one megabyte.
pub(crate) const MAX_LISTED_CHANGES_PER_PAGE: usize = 500;

/// Writes reports as Markdown. `version` is the current version of the client.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_markdown(
    reports: &[ChangeReport],
    version: Option<Version>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bump = reports.iter().map(ChangeReport::required_version_bump).max().unwrap_or(VersionBump::None);
    writeln!(out, "# What changed in the documents\n\n**{}**", describe_required_version(bump, version))?;
    for report in reports {
        let (before, after) =
            (report.old_state_summary.operation_count, report.new_state_summary.operation_count);
        writeln!(out, "\n## {}\n", escape_markdown(&report.api_name))?;
        let breaking = report.count_changes_with_strongest_effect(Effect::Breaking);
        let (compatible, documentation) = (
            report.count_changes_with_strongest_effect(Effect::Compatible),
            report.count_changes_with_strongest_effect(Effect::DocumentationOnly),
        );
        writeln!(
            out,
            "{} before, {after} after. {breaking} breaking, {compatible} compatible, {documentation} documentation.",
            format_count(before, "operation")
        )?;
        for (side, findings) in [
            ("before", &report.old_state_summary.document_findings),
            ("after", &report.new_state_summary.document_findings),
        ] {
            if let Some(first) = findings.first() {
                let (text, count) =
                    (escape_markdown(&first.message), format_count(findings.len(), "finding"));
                writeln!(out, "\n{count} in the document {side}; what is wrong was left out: {text}")?;
            }
        }
        for (page, changes) in report.group_changes_by_docs_page() {
            writeln!(out, "\n### {}\n", escape_markdown(page))?;
            table(&changes, out)?;
        }
        let disagreements = report.disagreements.as_deref().unwrap_or_default();
        if !disagreements.is_empty() {
            writeln!(out, "\n### The two views on Rust callers disagree\n")?;
            disagreements.iter().try_for_each(|found| {
                writeln!(out, "- {}", escape_markdown(&describe_signature_disagreement(found)))
            })?;
        }
    }
    Ok(())
}

fn table(changes: &[&Change], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | change | requests | responses | Rust | where |\n|---|---|---|---|---|---|")?;
    for change in changes.iter().take(MAX_LISTED_CHANGES_PER_PAGE) {
        let word = |effect: Effect| match effect {
            Effect::Unaffected => "–",
            Effect::Breaking => "**breaking**",
            other => other.name(),
        };
        let mark = match change.strongest_effect() {
            Effect::Breaking => "💥",
            Effect::Compatible => "✨",
            _ => "📝",
        };
        let migration = match (&change.migration_advice, change.is_breaking()) {
            (Some(text), true) => format!("<br>{}", escape_markdown(text)),
            _ => String::new(),
        };
        writeln!(
            out,
            "| {mark} | {}{migration} | {} | {} | {} | {} |",
            escape_markdown(&change.message),
            word(change.request_effect),
            word(change.response_effect),
            word(change.rust_effect),
            escape_markdown(&format_locations(change)),
        )?;
    }
    match changes.len().saturating_sub(MAX_LISTED_CHANGES_PER_PAGE) {
        0 => Ok(()),
        more => writeln!(out, "\n{more} more are not listed."),
    }
}
