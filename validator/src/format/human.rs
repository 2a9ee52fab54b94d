//! Findings for people: the message, the place with an excerpt, and what to do.

use std::collections::HashMap;
use std::io::{self, Write};

use partner_spec::{Diagnostics, Rule, Severity, harmless};

use super::excerpt;
use crate::report::{Finding, Report};

/// Up to so many findings that differ only in the names they mention are shown one by one.
const MAX_ALIKE: usize = 3;

pub(super) fn write(report: &Report, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    for Cluster { first, others } in clusters(&report.findings) {
        let blocks = first.blocks.then(|| String::from("no client can be generated"));
        let others = (!others.is_empty()).then(|| others_like_it(&others));
        let notes: Vec<String> = blocks.into_iter().chain(others).collect();
        let pointer = first.pointer.as_deref().unwrap_or_default();
        writeln!(out, "{}", excerpt::render(&first.diagnostic, pointer, &notes, colors))?;
    }
    for note in &report.notes {
        writeln!(out, "note: {}\n", harmless(note))?;
    }
    writeln!(out, "{}", summary(report))
}

/// How many findings there are; without any, what was looked at.
pub(super) fn summary(report: &Report) -> String {
    if report.findings.is_empty() {
        let (documents, operations) = (report.documents, report.operations);
        return format!(
            "{}, {}: no findings",
            plural(documents, "document"),
            plural(operations, "operation")
        );
    }
    let blocking = match report.blocking() {
        0 => String::new(),
        blocking => format!(" ({blocking} blocking)"),
    };
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    format!("{}{blocking}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

/// Writes findings that keep a client from being generated, and how many they are.
///
/// # Errors
///
/// When nothing can be written to `out`.
pub fn refusals(found: &Diagnostics, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    for diagnostic in found {
        writeln!(out, "{}", excerpt::render(diagnostic, "", &[], colors))?;
    }
    writeln!(out, "{}", plural(found.iter().count(), "error"))
}

/// A finding, and the findings like it that are counted instead of shown.
struct Cluster<'a> {
    first: &'a Finding,
    others: Vec<&'a Finding>,
}

/// The findings in the order of their places. Where more than a few of one rule differ only in the names that they
/// mention, they have one cause: the first of them stands for all.
fn clusters(findings: &[Finding]) -> Vec<Cluster<'_>> {
    let cause = |finding: &Finding| (finding.diagnostic.rule, without_names(&finding.diagnostic.message));
    let mut alike: HashMap<(&Rule, String), Vec<&Finding>> = HashMap::new();
    for finding in findings {
        alike.entry(cause(finding)).or_default().push(finding);
    }
    let cluster = |finding| {
        let others = match alike.get(&cause(finding)) {
            Some(list) if list.len() > MAX_ALIKE => list,
            _ => return Some(Cluster { first: finding, others: Vec::new() }),
        };
        let (first, others) = others.split_first()?;
        std::ptr::eq(*first, finding).then(|| Cluster { first: finding, others: others.to_vec() })
    };
    findings.iter().filter_map(cluster).collect()
}

/// A message without the texts in backticks.
fn without_names(message: &str) -> String {
    message.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// How many findings are like the one that is shown, and the first of them.
fn others_like_it(others: &[&Finding]) -> String {
    let mut text = format!("{} more like it", others.len());
    for Finding { diagnostic, .. } in others.iter().take(MAX_ALIKE) {
        text.push_str(&format!("\n{}: {}", diagnostic.location, harmless(&diagnostic.message)));
    }
    if others.len() > MAX_ALIKE {
        text.push_str("\n… (`--format json` lists them all)");
    }
    text
}

/// `1 error`, `2 errors`.
fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
