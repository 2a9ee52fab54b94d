//! Writes the changes as an entry of a changelog.

use std::io::{self, Write};

use partner_spec::to_harmless_line;

use super::format_count;
use crate::change::Change;
use crate::report::ChangeReport;
use crate::rule::Effect;
use crate::version::{Version, VersionBump};

/// Writes the changelog entry for the next version: breaking changes with migration advice, additions, and the number
/// of changes in the documentation. The entry is a draft for a person to edit.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_changelog_entry(
    reports: &[ChangeReport],
    version: Option<Version>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let bump = reports.iter().map(ChangeReport::required_version_bump).max().unwrap_or(VersionBump::None);
    match version {
        Some(version) => writeln!(out, "## {}", version.bumped_by(bump))?,
        None => writeln!(out, "## Unreleased")?,
    }
    if bump == VersionBump::None {
        return writeln!(out, "\nNothing changed for callers.");
    }
    for report in reports.iter().filter(|report| !report.changes.is_empty()) {
        writeln!(out, "\n### {}", to_harmless_line(&report.api_name))?;
        section("Breaking", report, Effect::Breaking, out)?;
        section("New", report, Effect::Compatible, out)?;
        let documentation = report.count_changes_with_strongest_effect(Effect::DocumentationOnly);
        if documentation > 0 {
            writeln!(out, "\nThe documentation of {} is another one.", format_count(documentation, "item"))?;
        }
    }
    Ok(())
}

fn section(title: &str, report: &ChangeReport, effect: Effect, out: &mut dyn Write) -> io::Result<()> {
    // New types (rule `schema-added`) are not listed, because the field or operation that uses a new type is listed as
    // a change of its own.
    let is_listed =
        |change: &&Change| change.strongest_effect() == effect && change.rule.id != "schema-added";
    let mut is_first = true;
    for (page, changes) in report.group_changes_by_docs_page() {
        let changes: Vec<&Change> = changes.into_iter().filter(is_listed).collect();
        if changes.is_empty() {
            continue;
        }
        if std::mem::take(&mut is_first) {
            writeln!(out, "\n#### {title}")?;
        }
        writeln!(out, "\n{}\n", to_harmless_line(page))?;
        for change in changes {
            writeln!(out, "- {}.", to_harmless_line(&change.message))?;
            if let Some(migration) = change.migration_advice.as_ref().filter(|_| effect == Effect::Breaking) {
                writeln!(out, "  *Migration*: {}", to_harmless_line(migration))?;
            }
        }
    }
    Ok(())
}
