//! Writes the report of the validator in the format `human`: text for people, with excerpts of the OpenAPI document.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::io::{self, Write};

use partner_spec::{Finding, Findings, Rule, Severity, to_harmless_line};

use super::excerpt;
use crate::report::{FindingWithPointer, ValidationReport};

/// The maximum number of findings with the same cause that are shown one by one. If a cause has more findings, only the
/// first one is shown, and a note summarizes the others.
const MAX_SHOWN_FINDINGS_PER_CAUSE: usize = 3;

/// The maximum number of findings that are shown with excerpts of the source. If there are more, the output has one
/// paragraph for each rule instead, because the excerpts would fill several screens.
const MAX_FINDINGS_WITH_EXCERPTS: usize = 15;

pub(super) fn write_report(report: &ValidationReport, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let clusters = cluster_findings_by_cause(&report.findings);
    if clusters.len() > MAX_FINDINGS_WITH_EXCERPTS {
        write_findings_by_rule(&report.findings, out, colors)?;
    } else {
        for cluster in clusters {
            write_finding_cluster(&cluster, out, colors)?;
        }
    }
    for note in &report.skipped_rule_notes {
        writeln!(out, "note: {}\n", to_harmless_line(note))?;
    }
    writeln!(out, "{}", format_summary_line(report))
}

/// Writes a cluster of findings with the same cause: the first finding with an excerpt of the document, and a note
/// about the other findings.
fn write_finding_cluster(
    FindingCluster { first, others }: &FindingCluster<'_>,
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<()> {
    let blocks = first.blocks_generation.then(|| String::from("no client can be generated"));
    let others = (!others.is_empty()).then(|| describe_other_findings(others));
    let notes: Vec<String> = blocks.into_iter().chain(others).collect();
    let pointer = first.pointer.as_deref().unwrap_or_default();
    writeln!(out, "{}", excerpt::render_finding(&first.finding, pointer, &notes, colors))
}

/// Writes a paragraph for each rule, the most severe rules first. A paragraph shows a few findings of the rule, if
/// possible with different causes.
fn write_findings_by_rule(
    findings: &[FindingWithPointer],
    out: &mut dyn Write,
    colors: bool,
) -> io::Result<()> {
    let mut rules: BTreeMap<(Severity, bool, &Rule), Vec<&FindingWithPointer>> = BTreeMap::new();
    for entry in findings {
        let FindingWithPointer { finding, blocks_generation, .. } = entry;
        rules.entry((finding.severity, !blocks_generation, finding.rule)).or_default().push(entry);
    }
    for list in rules.values() {
        let mut causes = HashSet::new();
        let (new, repeated): (Vec<&FindingWithPointer>, Vec<&FindingWithPointer>) =
            list.iter().partition(|finding| causes.insert(make_cause_key(finding)));
        let shown: Vec<&FindingWithPointer> =
            new.into_iter().chain(repeated).take(MAX_SHOWN_FINDINGS_PER_CAUSE).collect();
        writeln!(out, "{}", excerpt::render_findings_of_rule(&shown, list.len(), colors))?;
    }
    writeln!(
        out,
        "note: `--only RULE` shows the findings of a rule with excerpts, `--format json` lists all of them\n"
    )
}

/// Returns the last line of the output: the number of findings, or, if there are no findings, the numbers of documents
/// and operations.
pub(super) fn format_summary_line(report: &ValidationReport) -> String {
    if report.findings.is_empty() {
        let (documents, operations) = (report.document_count, report.operation_count);
        return format!(
            "{}, {}: no findings",
            format_count(documents, "document"),
            format_count(operations, "operation")
        );
    }
    let blocking = match report.count_blocking_findings() {
        0 => String::new(),
        blocking => format!(" ({blocking} blocking)"),
    };
    let (errors, warnings) = (
        report.count_findings_with_severity(Severity::Error),
        report.count_findings_with_severity(Severity::Warning),
    );
    format!("{}{blocking}, {}", format_count(errors, "error"), format_count(warnings, "warning"))
}

/// Writes the findings that prevent the generation of a client, and their number.
///
/// # Errors
///
/// The errors of the writer.
pub fn write_blocking_findings(findings: &Findings, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}", excerpt::render_finding(finding, "", &[], colors))?;
    }
    writeln!(out, "{}", format_count(findings.iter().count(), "error"))
}

/// A cluster of findings that have the same cause. The first finding is shown with an excerpt of the document, and the
/// others are summarized in a note.
struct FindingCluster<'a> {
    first: &'a FindingWithPointer,
    others: Vec<&'a FindingWithPointer>,
}

/// Groups findings with the same cause into clusters, in the order of the findings. If a cause has at most
/// [`MAX_SHOWN_FINDINGS_PER_CAUSE`] findings, each of them becomes a cluster of its own.
fn cluster_findings_by_cause(findings: &[FindingWithPointer]) -> Vec<FindingCluster<'_>> {
    let mut alike: HashMap<(&Rule, String), Vec<&FindingWithPointer>> = HashMap::new();
    for finding in findings {
        alike.entry(make_cause_key(finding)).or_default().push(finding);
    }
    let cluster = |finding| {
        let list =
            alike.get(&make_cause_key(finding)).filter(|list| list.len() > MAX_SHOWN_FINDINGS_PER_CAUSE);
        let Some((first, others)) = list.and_then(|list| list.split_first()) else {
            return Some(FindingCluster { first: finding, others: Vec::new() });
        };
        std::ptr::eq(*first, finding).then(|| FindingCluster { first: finding, others: others.to_vec() })
    };
    findings.iter().filter_map(cluster).collect()
}

/// Returns a key that is equal for findings with the same cause. The key consists of the rule, and of the message
/// without its quoted texts, operations and numbers.
fn make_cause_key(finding: &FindingWithPointer) -> (&'static Rule, String) {
    let Finding { rule, message, .. } = &finding.finding;
    let plain = message.split('`').step_by(2).flat_map(str::split_whitespace);
    let is_name = |word: &&str| {
        let is_method = word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase());
        is_method || word.starts_with('/') || word.contains(|c: char| c.is_ascii_digit())
    };
    (rule, plain.filter(|word| !is_name(word)).collect::<Vec<_>>().join(" "))
}

/// Returns the note about the other findings with the same cause, which are not shown in full. The note has their
/// number, and the messages of the first few.
fn describe_other_findings(others: &[&FindingWithPointer]) -> String {
    let mut text = format!("{} more like it", others.len());
    for FindingWithPointer { finding, .. } in others.iter().take(MAX_SHOWN_FINDINGS_PER_CAUSE) {
        text.push_str(&format!("\n{}: {}", finding.location, to_harmless_line(&finding.message)));
    }
    if others.len() > MAX_SHOWN_FINDINGS_PER_CAUSE {
        text.push_str("\n… (`--format json` lists them all)");
    }
    text
}

/// Formats a count with its noun, like `1 error` or `2 errors`.
fn format_count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
