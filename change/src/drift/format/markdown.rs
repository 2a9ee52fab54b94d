//! Writes the differences as Markdown, for the summary of a job.

use std::io::{self, Write};

use super::{MAX_LISTED, compared, places, summary};
use crate::drift::{Difference, Report};
use crate::format::{MAX_LISTED_PER_PAGE, escaped, plural};

/// Writes the differences as Markdown.
///
/// # Errors
///
/// The errors of the writer.
pub fn markdown(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let (api, summary) = (escaped(&report.api), summary(report));
    writeln!(out, "# {api}: differences from the vendor's docs\n\n**{summary}**\n")?;
    writeln!(out, "{}.", escaped(&compared(report)))?;
    if report.unseen > 0 {
        writeln!(out, "\n{} on no page that was compared.", plural(report.unseen, "operation"))?;
    }
    let problems = report.findings.iter().map(|found| format!("{} ({})", found.message, found.location));
    let title =
        format!("{} in the docs; what is wrong was left out", plural(report.findings.len(), "problem"));
    list(&title, problems, out)?;
    let title = format!("{} operations or webhooks could not be compared", report.uncompared.len());
    list(&title, report.uncompared.iter().cloned(), out)?;
    let stale = report.stale.iter().map(|entry| format!("`{}` ({})", entry.rule, entry.location));
    let title = format!("{} no longer there", plural(report.stale.len(), "accepted difference"));
    list(&title, stale, out)?;
    for (page, differences) in report.pages() {
        writeln!(out, "\n## {}\n", escaped(page))?;
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
    for entry in entries.take(MAX_LISTED) {
        writeln!(out, "- {}", escaped(&entry))?;
    }
    match count.saturating_sub(MAX_LISTED) {
        0 => Ok(()),
        more => writeln!(out, "- and {more} more"),
    }
}

fn table(differences: &[&Difference], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| | what following the docs would change | where |\n|---|---|---|")?;
    for difference in differences.iter().take(MAX_LISTED_PER_PAGE) {
        let (text, rule) = (escaped(&difference.change.text), difference.change.rule.id);
        writeln!(
            out,
            "| {} | {text} (`{rule}`) | {} |",
            difference.only.name(),
            escaped(&places(difference))
        )?;
    }
    match differences.len().saturating_sub(MAX_LISTED_PER_PAGE) {
        0 => Ok(()),
        more => writeln!(out, "\n{more} more are not listed."),
    }
}
