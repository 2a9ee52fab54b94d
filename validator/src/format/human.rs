//! Findings for people: the message, the place with an excerpt, and what to do.

use std::borrow::Cow;
use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};
use partner_spec::{Diagnostic, Diagnostics, Location, Position, Severity, harmless};

use crate::Report;

/// Longer lines are cut around the place: a file of one line would be shown as a whole otherwise.
const MAX_LINE: usize = 400;

pub(super) fn write(report: &Report, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    for finding in &report.findings {
        writeln!(out, "{}\n", renderer.render(&group(&finding.diagnostic, finding.blocks)))?;
    }
    for note in &report.notes {
        writeln!(out, "note: {}\n", harmless(note))?;
    }
    if report.findings.is_empty() {
        let (documents, operations) = (report.documents, report.operations);
        return writeln!(
            out,
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
    writeln!(out, "{}{blocking}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

/// Writes findings that keep a client from being generated, and how many they are.
///
/// # Errors
///
/// When nothing can be written to `out`.
pub fn refusals(found: &Diagnostics, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    for diagnostic in found {
        writeln!(out, "{}\n", renderer.render(&group(diagnostic, false)))?;
    }
    writeln!(out, "{}", plural(found.iter().count(), "error"))
}

/// `1 error`, `2 errors`.
fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn group(diagnostic: &Diagnostic, blocks: bool) -> Vec<Group<'_>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(harmless(&diagnostic.message)).id(diagnostic.rule.id);
    let mut group = Group::with_title(title);
    group = group.element(snippet(&diagnostic.location, AnnotationKind::Primary, None));
    for (location, what) in &diagnostic.related {
        group = group.element(snippet(location, AnnotationKind::Context, Some(what)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(harmless(help)));
    }
    if blocks {
        group = group.element(Level::NOTE.message("no client can be generated"));
    }
    vec![group]
}

/// The line of a place: the renderer reads all of the text it is given, and files may be large.
fn snippet<'a>(
    location: &'a Location,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, Annotation<'a>> {
    let line = location.source.line(location.start.line).unwrap_or_default();
    let (line, span) = excerpt(line, span(location, line));
    let (line, span) = harmless_excerpt(line, span);
    let annotation = kind.span(span).label(label.map(harmless));
    let number = usize::try_from(location.start.line).unwrap_or(usize::MAX);
    Snippet::source(line).path(harmless(location.name())).line_start(number).annotation(annotation)
}

/// The text as it may be printed, with the bytes of a place in it.
fn harmless_excerpt(text: &str, span: Range<usize>) -> (Cow<'_, str>, Range<usize>) {
    let shown = harmless(text);
    let byte = |offset: usize| {
        // Each character is replaced by exactly one.
        let index = text[..offset].chars().count();
        shown.char_indices().nth(index).map_or(shown.len(), |(byte, _)| byte)
    };
    let span = byte(span.start)..byte(span.end);
    (shown, span)
}

/// The bytes of a place within its first line.
fn span(location: &Location, line: &str) -> Range<usize> {
    let text = line.trim_end();
    let first = location.source.line_start(location.start.line);
    let byte = |column: u32| {
        let place = Position { column, ..location.start };
        location.source.byte(place).saturating_sub(first).min(text.len())
    };
    let start = byte(location.start.column);
    let one_line = location.end.line == location.start.line;
    let end = if one_line { byte(location.end.column) } else { text.len() };
    start..end.max(start)
}

/// The part of a long line that a place is in, with the place in it.
fn excerpt(line: &str, span: Range<usize>) -> (&str, Range<usize>) {
    if line.len() <= MAX_LINE {
        return (line, span);
    }
    let boundary = |mut at: usize| {
        while !line.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = boundary(span.start.saturating_sub(MAX_LINE / 4));
    let to = boundary((from + MAX_LINE).min(line.len()));
    (&line[from..to], span.start - from..span.end.min(to) - from)
}
