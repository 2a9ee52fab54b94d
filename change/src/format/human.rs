//! Writes reports about the changes of documents as text for terminals.

use std::io::{self, Write};

use partner_spec::to_harmless_line;

use super::{describe_required_version, describe_signature_disagreement, format_count, format_locations};
use crate::change::Change;
use crate::report::ChangeReport;
use crate::rule::Effect;
use crate::version::{Version, VersionBump};

/// Writes reports as text for terminals, with colors if `colors` is true. `version` is the current version of the
/// client.
///
/// # Errors
///
/// Returns an error if writing to `out` fails.
pub fn write_terminal_text(
    reports: &[ChangeReport],
    version: Option<Version>,
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<()> {
    for report in reports {
        let (before, after) =
            (report.old_state_summary.operation_count, report.new_state_summary.operation_count);
        writeln!(
            out,
            "{}: {} before, {after} after\n",
            to_harmless_line(&report.api_name),
            format_count(before, "operation")
        )?;
        for (side, findings) in [
            ("before", &report.old_state_summary.document_findings),
            ("after", &report.new_state_summary.document_findings),
        ] {
            if let Some(first) = findings.first() {
                let (text, count) =
                    (to_harmless_line(&first.message), format_count(findings.len(), "finding"));
                writeln!(out, "{count} in the document {side}; what is wrong was left out: {text}")?;
                writeln!(out, "  at {}\n", first.location)?;
            }
        }
        for (page, changes) in report.group_changes_by_docs_page() {
            writeln!(out, "{}\n", to_harmless_line(page))?;
            changes.into_iter().try_for_each(|change| write_change(change, out, colors))?;
        }
        for found in report.disagreements.iter().flatten() {
            writeln!(
                out,
                "the two views on Rust callers disagree\n  {}\n",
                to_harmless_line(&describe_signature_disagreement(found))
            )?;
        }
        let counts = [Effect::Breaking, Effect::Compatible, Effect::DocumentationOnly];
        let counts =
            counts.map(|effect| format!("{} {effect}", report.count_changes_with_strongest_effect(effect)));
        writeln!(out, "{}: {}\n", format_count(report.changes.len(), "change"), counts.join(", "))?;
    }
    let bump = reports.iter().map(ChangeReport::required_version_bump).max().unwrap_or(VersionBump::None);
    writeln!(out, "{}", describe_required_version(bump, version))
}

fn write_change(change: &Change, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let effect = change.strongest_effect();
    let color = match effect {
        Effect::Breaking => "\x1b[31m",
        Effect::Compatible => "\x1b[32m",
        _ => "\x1b[2m",
    };
    let (start, end) = if colors { (color, "\x1b[0m") } else { ("", "") };
    writeln!(out, "  {start}{effect}{end}: {} [{}]", to_harmless_line(&change.message), change.rule.id)?;
    let Change { request_effect: request, response_effect: response, rust_effect: rust, .. } = change;
    writeln!(out, "    requests: {request}, responses: {response}, Rust: {rust}")?;
    if effect == Effect::Breaking {
        writeln!(out, "    why: {}", change.rule.reason)?;
        if let Some(migration) = &change.migration_advice {
            writeln!(out, "    do: {}", to_harmless_line(migration))?;
        }
    }
    writeln!(out, "    at {}\n", format_locations(change))
}
