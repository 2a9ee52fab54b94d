//! The format SARIF 2.1.0, for code scanning services.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use partner_spec::{Citation, Finding, Location, Rule, Severity, to_harmless_json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location as SarifLocation, LogicalLocation, Message,
    MultiformatMessageString, Notification, PhysicalLocation, PropertyBag, Region, ReportingConfiguration,
    ReportingDescriptor, Result as SarifResult, ResultLevel, Run, SCHEMA_URL, Sarif, Tool, ToolComponent,
};

use crate::report::{FindingWithPointer, ValidationReport};

pub(super) fn write_report(report: &ValidationReport, out: &mut dyn Write) -> io::Result<()> {
    let used: BTreeSet<&Rule> = report.findings.iter().map(|finding| finding.finding.rule).collect();
    let descriptors: Vec<ReportingDescriptor> = used.into_iter().map(make_descriptor).collect();
    let driver = ToolComponent::builder()
        .name("partner-validator")
        .version(env!("CARGO_PKG_VERSION"))
        .rules(descriptors)
        .build();
    let results: Vec<SarifResult> = report.findings.iter().map(make_result).collect();
    let run = Run::builder()
        .tool(Tool::builder().driver(driver).build())
        .column_kind(serde_json::json!("unicodeCodePoints"))
        .results(results)
        .invocations(vec![make_invocation(report)])
        .build();
    let sarif =
        Sarif::builder().schema(SCHEMA_URL).version(serde_json::json!("2.1.0")).runs(vec![run]).build();
    let text = serde_json::to_string_pretty(&sarif).map_err(io::Error::from)?;
    writeln!(out, "{}", to_harmless_json(&text))
}

fn to_result_level(severity: Severity) -> ResultLevel {
    match severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
    }
}

fn make_descriptor(rule: &Rule) -> ReportingDescriptor {
    let level = serde_json::json!(to_result_level(rule.default_severity()));
    let mut descriptor = ReportingDescriptor::builder()
        .id(rule.id)
        .short_description(MultiformatMessageString::builder().text(rule.reason()).build())
        .help(
            MultiformatMessageString::builder()
                .text(format_plain_text_help(rule))
                .markdown(rule.page_without_title())
                .build(),
        )
        .default_configuration(ReportingConfiguration::builder().level(level).build())
        .build();
    descriptor.help_uri = rule.citation().map(|citation| citation.url.to_owned());
    descriptor
}

/// Returns the help text of a rule for viewers without Markdown: the reason of the rule, and the sentence of the
/// OpenAPI specification that the rule enforces.
///
/// The documentation page of the rule is included in the report as Markdown. It cannot be linked, because a link
/// (`helpUri`) must be an absolute URL, and the URL of this repository is unknown here. So `helpUri` is the URL of the
/// specification.
fn format_plain_text_help(rule: &Rule) -> String {
    match rule.citation() {
        Some(Citation { sentence, specification_and_section: source, .. }) => {
            break_markdown_links(&format!("{}\n\n{source}: {sentence}", rule.reason()))
        }
        None => rule.reason().to_owned(),
    }
}

fn make_result(finding: &FindingWithPointer) -> SarifResult {
    let d = &finding.finding;
    let related: Vec<SarifLocation> = d
        .related_locations
        .iter()
        .map(|(location, what)| {
            let message = Message::builder().text(break_markdown_links(what)).build();
            SarifLocation::builder()
                .physical_location(make_physical_location(location))
                .message(message)
                .build()
        })
        .collect();
    let mut place = SarifLocation::builder().physical_location(make_physical_location(&d.location)).build();
    place.logical_locations = finding.pointer.as_ref().map(|pointer| vec![make_logical_location(pointer)]);
    SarifResult::builder()
        .rule_id(d.rule.id)
        .level(to_result_level(d.severity))
        .message(Message::builder().text(format_message_with_advice(d)).build())
        .locations(vec![place])
        .related_locations(related)
        .properties(make_blocking_property(finding.blocks_generation))
        .build()
}

/// Returns a property that tells whether a finding prevents the generation of a client. SARIF has no field for that.
fn make_blocking_property(blocks_generation: bool) -> PropertyBag {
    let properties = [(String::from("blocksGeneration"), serde_json::json!(blocks_generation))];
    PropertyBag::builder().additional_properties(BTreeMap::from(properties)).build()
}

/// Returns the `invocation` object of a SARIF report. The object lists the notes about rules that did not run, as
/// notifications.
fn make_invocation(report: &ValidationReport) -> Invocation {
    let notification = |note: &String| {
        Notification::builder().message(Message::builder().text(break_markdown_links(note)).build()).build()
    };
    let notifications: Vec<Notification> = report.skipped_rule_notes.iter().map(notification).collect();
    Invocation::builder().execution_successful(true).tool_execution_notifications(notifications).build()
}

/// Returns the message of a finding, followed by its advice. The advice is in the message because SARIF has no field
/// for advice.
fn format_message_with_advice(d: &Finding) -> String {
    match &d.help {
        Some(help) => break_markdown_links(&format!("{}\n{help}", d.message)),
        None => break_markdown_links(&d.message),
    }
}

/// Breaks up everything that looks like a Markdown link. SARIF viewers would show it as a link, and an untrusted
/// document must not be able to put links into a report.
fn break_markdown_links(text: &str) -> String {
    text.replace("](", "] (")
}

/// Makes a logical location of SARIF from the JSON pointer of a value. Unlike a line number, the pointer identifies the
/// value even if the whole file is a single line.
fn make_logical_location(pointer: &str) -> LogicalLocation {
    LogicalLocation::builder().fully_qualified_name(pointer).kind("value").build()
}

fn make_physical_location(location: &Location) -> PhysicalLocation {
    let (start, end) = (location.start, location.end);
    let region = Region::builder()
        .start_line(i64::from(start.line))
        .start_column(i64::from(start.column))
        .end_line(i64::from(end.line))
        .end_column(i64::from(end.column))
        .build();
    let artifact = ArtifactLocation::builder().uri(path_to_uri_reference(location.display_path())).build();
    PhysicalLocation::builder().artifact_location(artifact).region(region).build()
}

/// Converts a relative path to a URI reference.
fn path_to_uri_reference(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
