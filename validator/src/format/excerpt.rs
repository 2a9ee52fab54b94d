//! Renders a finding as text: the message, an excerpt for each location, and the advice.
//!
//! The layout is that of the Rust compiler. Printed column numbers are those of the file, even where a long line is
//! cut.

use partner_spec::{Diagnostic, Location, Position, Severity, harmless};
use unicode_width::UnicodeWidthStr;

use crate::report::Finding;

/// The most characters of a source line that an excerpt shows. Longer lines, as in minified files, are cut.
const MAX_WIDTH: u32 = 120;

/// The number of characters that an excerpt shows before the location if its line is cut.
const CONTEXT_BEFORE: u32 = 40;

/// ANSI parameters for bold text: three with a color, and one without.
const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const BLUE: &str = "1;34";
const BOLD: &str = "1";

/// Renders a finding as text. `notes` are printed below the advice, and may have several lines.
pub(super) fn render(diagnostic: &Diagnostic, pointer: &str, notes: &[String], colors: bool) -> String {
    let locations = diagnostic.related.iter().map(|(location, _)| location).chain([&diagnostic.location]);
    let gutter = locations.map(|location| location.start.line.to_string().len()).max().unwrap_or(1);
    let mut page = Page { text: String::new(), gutter, colors };
    let color = color(diagnostic.severity);
    let title = page.paint(color, &format!("{}[{}]", diagnostic.severity, diagnostic.rule.id));
    let message = page.paint(BOLD, &format!(": {}", harmless(&diagnostic.message)));
    page.push(&format!("{title}{message}"));
    page.push_location("-->", &diagnostic.location, pointer, "");
    page.push_excerpt(&diagnostic.location, color, '^', "");
    for (location, what) in &diagnostic.related {
        page.push_margin("");
        page.push_location(":::", location, "", "");
        page.push_excerpt(location, BLUE, '-', &harmless(what));
    }
    let help = diagnostic.help.iter().map(|help| ("help", harmless(help).into_owned()));
    let remarks: Vec<_> = help.chain(notes.iter().map(|note| ("note", note.clone()))).collect();
    if !remarks.is_empty() {
        page.push_margin("");
    }
    for (kind, text) in remarks {
        page.push_remark(kind, &text);
    }
    page.text
}

/// Renders findings of one rule as a heading and one line for each finding. `total` is the number of all findings of
/// the rule.
pub(super) fn render_list(shown: &[&Finding], total: usize, colors: bool) -> String {
    let Some(Finding { diagnostic, blocks, .. }) = shown.first() else { return String::new() };
    let mut page = Page { text: String::new(), gutter: 1, colors };
    let title =
        page.paint(color(diagnostic.severity), &format!("{}[{}]", diagnostic.severity, diagnostic.rule.id));
    let times = if total == 1 { String::new() } else { format!(", {total} times") };
    let blocks = if *blocks { ", no client can be generated" } else { "" };
    page.push(&format!("{title}{times}{blocks}"));
    for Finding { diagnostic, pointer, .. } in shown {
        let message = format!(": {}", harmless(&diagnostic.message));
        page.push_location("-->", &diagnostic.location, pointer.as_deref().unwrap_or_default(), &message);
    }
    if let Some(help) = &diagnostic.help {
        page.push_remark("help", &harmless(help));
    }
    page.text
}

fn color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => RED,
        Severity::Warning => YELLOW,
    }
}

/// Collects the lines of the output.
struct Page {
    text: String,
    /// The width of the column with the line numbers, in characters.
    gutter: usize,
    colors: bool,
}

impl Page {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.colors { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Adds a line of the excerpt that has no line number.
    fn push_margin(&mut self, rest: &str) {
        let margin = self.paint(BLUE, &format!("{:1$} |", "", self.gutter));
        self.push(&format!("{margin} {rest}"));
    }

    fn push_location(&mut self, arrow: &str, location: &Location, pointer: &str, rest: &str) {
        let arrow = self.paint(BLUE, &format!("{:1$}{arrow}", "", self.gutter));
        let pointer = if pointer.is_empty() { String::new() } else { format!(" ({})", harmless(pointer)) };
        self.push(&format!("{arrow} {location}{pointer}{rest}"));
    }

    fn push_excerpt(&mut self, location: &Location, color: &str, mark: char, label: &str) {
        let Excerpt { line, before, width } = excerpt(location);
        self.push_margin("");
        let number = self.paint(BLUE, &format!("{:1$} |", location.start.line, self.gutter));
        self.push(&format!("{number} {line}"));
        let marks = self.paint(color, &format!("{} {label}", String::from(mark).repeat(width)));
        self.push_margin(&format!("{:before$}{marks}", ""));
    }

    fn push_remark(&mut self, kind: &str, text: &str) {
        let start = self.paint(BLUE, &format!("{:1$} =", "", self.gutter));
        let kind = self.paint(BOLD, kind);
        let indent = format!("\n{:1$}", "", self.gutter + " = help: ".len());
        self.push(&format!("{start} {kind}: {}", text.replace('\n', &indent)));
    }
}

/// The source line in which a location starts, and the part of the line to mark.
struct Excerpt {
    line: String,
    /// The number of characters of the line before the location.
    before: usize,
    /// The number of characters of the line that belong to the location.
    width: usize,
}

fn excerpt(location: &Location) -> Excerpt {
    let Location { source, start, end } = location;
    let byte = |column: u32| source.byte(Position { line: start.line, column });
    let first = if byte(MAX_WIDTH + 1) == byte(u32::MAX) {
        1
    } else {
        start.column.saturating_sub(CONTEXT_BEFORE).max(1)
    };
    let last = first.saturating_add(MAX_WIDTH);
    // If a location spans several lines, the mark ends with its first line.
    let end = if end.line == start.line { end.column.min(last) } else { last };
    let text = |from: u32, to: u32| {
        let text = source.text.get(byte(from)..byte(to)).unwrap_or_default();
        text.trim_end_matches(['\n', '\r'])
    };
    let parts = [text(first, start.column), text(start.column, end), text(end, last)];
    // The three parts of the line are made harmless together, because a terminal command may span several of them. Each
    // character is replaced by exactly one, so the text can be split again.
    let whole = parts.concat();
    let whole = harmless(&whole);
    let mut characters = whole.chars();
    let [before, marked, after] = parts.map(|part| {
        let part: String = characters.by_ref().take(part.chars().count()).collect();
        part.replace('\t', "    ")
    });
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let before = format!("{}{before}", cut(first > 1));
    let line = format!("{before}{marked}{after}{}", cut(byte(last) < byte(u32::MAX)));
    Excerpt { line, before: before.width(), width: marked.width().max(1) }
}
