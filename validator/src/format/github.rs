//! The format of GitHub Actions: workflow commands, which annotate lines of a pull request.

use std::io::{self, Write};

use partner_spec::{Severity, to_harmless_line};

use crate::report::{FindingWithPointer, ValidationReport};

pub(super) fn write_report(report: &ValidationReport, out: &mut dyn Write) -> io::Result<()> {
    for finding in &report.findings {
        writeln!(out, "{}", format_command(finding))?;
    }
    for note in &report.skipped_rule_notes {
        writeln!(out, "::notice::{}", escape_command_message(&to_harmless_line(note)))?;
    }
    writeln!(out, "{}", super::human::format_summary_line(report))
}

fn format_command(finding: &FindingWithPointer) -> String {
    let d = &finding.finding;
    let kind = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let (start, end) = (d.location.start, d.location.end);
    let mut text = to_harmless_line(&d.message).into_owned();
    for (location, what) in &d.related_locations {
        text.push_str(&format!("\n{location}: {}", to_harmless_line(what)));
    }
    if let Some(help) = &d.help {
        text.push_str(&format!("\nhelp: {}", to_harmless_line(help)));
    }
    if finding.blocks_generation {
        text.push_str("\nnote: no client can be generated");
    }
    // GitHub accepts column numbers only for a location within one line, so the column numbers of a location that spans
    // several lines are left out.
    let columns = match end.line == start.line {
        true => format!(",col={},endColumn={}", start.column, end.column),
        false => String::new(),
    };
    format!(
        "::{kind} file={},line={},endLine={}{columns},title={}::{}",
        escape_command_property(&to_harmless_line(d.location.display_path())),
        start.line,
        end.line,
        escape_command_property(d.rule.id),
        escape_command_message(&text),
    )
}

/// Escapes the message of a workflow command.
fn escape_command_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a workflow command, like the file name.
fn escape_command_property(text: &str) -> String {
    escape_command_message(text).replace(':', "%3A").replace(',', "%2C")
}
