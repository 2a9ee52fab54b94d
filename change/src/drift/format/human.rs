//! Writes the differences for terminals.

use std::io::{self, Write};

use partner_spec::harmless;

use super::{MAX_LISTED, compared, places, summary};
use crate::drift::{Difference, Only, Report};
use crate::format::plural;

/// Writes the differences for people.
///
/// # Errors
///
/// The errors of the writer.
pub fn human(report: &Report, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    writeln!(out, "{}: {}\n", harmless(&report.api), harmless(&compared(report)))?;
    if !report.findings.is_empty() {
        writeln!(
            out,
            "{} in the docs; what is wrong was left out:",
            plural(report.findings.len(), "problem")
        )?;
        for found in report.findings.iter().take(MAX_LISTED) {
            writeln!(out, "  {}: {} [{}]", found.location, harmless(&found.message), found.rule.id)?;
        }
        write_more(report.findings.len(), out)?;
    }
    if !report.uncompared.is_empty() {
        writeln!(out, "{} operations or webhooks could not be compared:", report.uncompared.len())?;
        for title in report.uncompared.iter().take(MAX_LISTED) {
            writeln!(out, "  {}", harmless(title))?;
        }
        write_more(report.uncompared.len(), out)?;
    }
    for (page, differences) in report.pages() {
        writeln!(out, "{}\n", harmless(page))?;
        differences.into_iter().try_for_each(|difference| write_difference(difference, out, colors))?;
    }
    if !report.stale.is_empty() {
        writeln!(out, "{} no longer there:", plural(report.stale.len(), "accepted difference"))?;
        for entry in &report.stale {
            let text = entry.text.as_deref().or(entry.page.as_deref()).unwrap_or("all pages");
            writeln!(out, "  {}: {} ({})", entry.location, harmless(&entry.rule), harmless(text))?;
        }
        writeln!(out)?;
    }
    if report.unseen > 0 {
        writeln!(out, "{} on no page that was compared", plural(report.unseen, "operation"))?;
    }
    writeln!(out, "{}", summary(report))
}

fn write_difference(difference: &Difference, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let color = match difference.only {
        Only::Docs => "\x1b[32m",
        Only::Ours => "\x1b[31m",
        Only::Neither => "\x1b[33m",
    };
    let (start, end) = if colors { (color, "\x1b[0m") } else { ("", "") };
    let change = &difference.change;
    writeln!(
        out,
        "  {start}{}{end}: {} [{}]",
        difference.only.name(),
        harmless(&change.text),
        change.rule.id
    )?;
    writeln!(out, "    at {}\n", places(difference))
}

/// Says how many entries of a list are not shown, and ends the list.
fn write_more(count: usize, out: &mut dyn Write) -> io::Result<()> {
    match count.saturating_sub(MAX_LISTED) {
        0 => writeln!(out),
        more => writeln!(out, "  and {more} more\n"),
    }
}
