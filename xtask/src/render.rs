//! Findings for people: the message, the place with an excerpt, and what to do.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use partner_spec::{Diagnostic, Diagnostics, Location, Severity};

/// Writes all findings and how many they are.
pub(crate) fn findings(found: &Diagnostics, out: &mut dyn Write, colors: bool) -> io::Result<()> {
    let renderer = if colors { Renderer::styled() } else { Renderer::plain() };
    for diagnostic in found {
        writeln!(out, "{}\n", renderer.render(&report(diagnostic)))?;
    }
    let count = |severity| found.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    writeln!(out, "{}, {}", plural(errors, "error"), plural(warnings, "warning"))
}

/// `1 error`, `2 errors`.
pub(crate) fn plural(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn report(diagnostic: &Diagnostic) -> Vec<Group<'_>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str()).id(diagnostic.rule);
    let mut group = Group::with_title(title);
    group = group.element(snippet(&diagnostic.location, AnnotationKind::Primary, None));
    for (location, what) in &diagnostic.related {
        group = group.element(snippet(location, AnnotationKind::Context, Some(what)));
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

fn snippet<'a>(
    location: &'a Location,
    kind: AnnotationKind,
    label: Option<&'a str>,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let annotation = kind.span(span(location)).label(label);
    Snippet::source(location.source.text.as_str()).path(location.name()).annotation(annotation)
}

/// The bytes of the first line of a place, one at least.
fn span(location: &Location) -> std::ops::Range<usize> {
    let text = &location.source.text;
    let mut start_of_line = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        if index + 1 == location.start.line as usize {
            let columns = line.trim_end().chars().count() as u32 + 1;
            let end = if location.end.line == location.start.line { location.end.column } else { columns };
            let byte = |column: u32| {
                let offset = line.char_indices().nth(column.saturating_sub(1) as usize);
                start_of_line + offset.map_or(line.trim_end().len(), |(offset, _)| offset)
            };
            let start = byte(location.start.column);
            return start..byte(end.min(columns)).max(start);
        }
        start_of_line += line.len();
    }
    text.len()..text.len()
}
