//! Renders a finding as text: the message, an excerpt for each location, and the advice.
//!
//! The layout is that of the Rust compiler. If a long line is cut, the printed column number is still that of the whole
//! line.

use partner_spec::{Finding, Location, Position, Severity, to_harmless_line};
use unicode_width::UnicodeWidthStr;

use crate::report::FindingWithPointer;

/// The maximum number of characters of a source line that an excerpt shows. Longer lines, as in minified files, are
/// cut.
const MAX_SHOWN_LINE_CHARS: u32 = 120;

/// The number of characters that the excerpt of a cut line shows before the location of the finding.
const SHOWN_CHARS_BEFORE_LOCATION: u32 = 40;

/// The parameters of the ANSI escape sequence for bold red text. The constants below are the parameters for bold text
/// in other colors, and in the default color (`BOLD`).
const BOLD_RED: &str = "1;31";
const BOLD_YELLOW: &str = "1;33";
const BOLD_BLUE: &str = "1;34";
const BOLD: &str = "1";

/// Renders a finding as text. `notes` are printed below the finding's advice on how to solve the problem. A note may
/// have several lines.
pub(super) fn render_finding(finding: &Finding, pointer: &str, notes: &[String], colors: bool) -> String {
    let locations = finding.related_locations.iter().map(|(location, _)| location).chain([&finding.location]);
    let line_number_width =
        locations.map(|location| location.start.line.to_string().len()).max().unwrap_or(1);
    let mut output = FindingTextBuilder { text: String::new(), line_number_width, colors };
    let color = severity_color(finding.severity);
    let title = output.paint(color, &format!("{}[{}]", finding.severity, finding.rule.id));
    let message = output.paint(BOLD, &format!(": {}", to_harmless_line(&finding.message)));
    output.push(&format!("{title}{message}"));
    output.push_location("-->", &finding.location, pointer, "");
    output.push_excerpt(&finding.location, color, '^', "");
    for (location, what) in &finding.related_locations {
        output.push_unnumbered_line("");
        output.push_location(":::", location, "", "");
        output.push_excerpt(location, BOLD_BLUE, '-', &to_harmless_line(what));
    }
    let help = finding.help.iter().map(|help| ("help", to_harmless_line(help).into_owned()));
    let remarks: Vec<_> = help.chain(notes.iter().map(|note| ("note", note.clone()))).collect();
    if !remarks.is_empty() {
        output.push_unnumbered_line("");
    }
    for (kind, text) in remarks {
        output.push_remark(kind, &text);
    }
    output.text
}

/// Renders findings of one rule as text: a heading, and one line for each finding in `shown`. `total` is the number of
/// all findings of the rule, including those that are not shown.
pub(super) fn render_findings_of_rule(shown: &[&FindingWithPointer], total: usize, colors: bool) -> String {
    let Some(FindingWithPointer { finding, blocks_generation, .. }) = shown.first() else {
        return String::new();
    };
    let mut output = FindingTextBuilder { text: String::new(), line_number_width: 1, colors };
    let title =
        output.paint(severity_color(finding.severity), &format!("{}[{}]", finding.severity, finding.rule.id));
    let times = if total == 1 { String::new() } else { format!(", {total} times") };
    let blocks = if *blocks_generation { ", no client can be generated" } else { "" };
    output.push(&format!("{title}{times}{blocks}"));
    for FindingWithPointer { finding, pointer, .. } in shown {
        let message = format!(": {}", to_harmless_line(&finding.message));
        output.push_location("-->", &finding.location, pointer.as_deref().unwrap_or_default(), &message);
    }
    if let Some(help) = &finding.help {
        output.push_remark("help", &to_harmless_line(help));
    }
    output.text
}

fn severity_color(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => BOLD_RED,
        Severity::Warning => BOLD_YELLOW,
    }
}

/// Builds the text that is shown for a finding. The text is built line by line.
struct FindingTextBuilder {
    text: String,
    /// The width of the column that contains the line numbers, in characters.
    line_number_width: usize,
    colors: bool,
}

impl FindingTextBuilder {
    fn paint(&self, style: &str, text: &str) -> String {
        if self.colors { format!("\u{1b}[{style}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// Adds a line without a line number: spaces instead of the number, a vertical bar, and the text `rest`.
    fn push_unnumbered_line(&mut self, rest: &str) {
        let margin = self.paint(BOLD_BLUE, &format!("{:1$} |", "", self.line_number_width));
        self.push(&format!("{margin} {rest}"));
    }

    fn push_location(&mut self, arrow: &str, location: &Location, pointer: &str, rest: &str) {
        let arrow = self.paint(BOLD_BLUE, &format!("{:1$}{arrow}", "", self.line_number_width));
        let pointer =
            if pointer.is_empty() { String::new() } else { format!(" ({})", to_harmless_line(pointer)) };
        self.push(&format!("{arrow} {location}{pointer}{rest}"));
    }

    fn push_excerpt(&mut self, location: &Location, color: &str, mark: char, label: &str) {
        let Excerpt { line, width_before_location, mark_width } = make_excerpt(location);
        self.push_unnumbered_line("");
        let number = self.paint(BOLD_BLUE, &format!("{:1$} |", location.start.line, self.line_number_width));
        self.push(&format!("{number} {line}"));
        let marks = self.paint(color, &format!("{} {label}", String::from(mark).repeat(mark_width)));
        self.push_unnumbered_line(&format!("{:width_before_location$}{marks}", ""));
    }

    fn push_remark(&mut self, kind: &str, text: &str) {
        let start = self.paint(BOLD_BLUE, &format!("{:1$} =", "", self.line_number_width));
        let kind = self.paint(BOLD, kind);
        let indent = format!("\n{:1$}", "", self.line_number_width + " = help: ".len());
        self.push(&format!("{start} {kind}: {}", text.replace('\n', &indent)));
    }
}

/// The source line in which a location starts, shortened if it is too long, and the part of the line to mark.
struct Excerpt {
    line: String,
    /// The width of the text in `line` before the location of the finding, in terminal columns.
    width_before_location: usize,
    /// The width of the mark that is printed under the text at the location, in terminal columns.
    mark_width: usize,
}

fn make_excerpt(location: &Location) -> Excerpt {
    let Location { source, start, end } = location;
    let byte = |column: u32| source.byte_offset(Position { line: start.line, column });
    let first = if byte(MAX_SHOWN_LINE_CHARS + 1) == byte(u32::MAX) {
        1
    } else {
        start.column.saturating_sub(SHOWN_CHARS_BEFORE_LOCATION).max(1)
    };
    let last = first.saturating_add(MAX_SHOWN_LINE_CHARS);
    // If the location spans several lines, only its part in the first line is marked.
    let mark_end = if end.line == start.line { end.column.min(last) } else { last };
    let text = |from: u32, to: u32| {
        let text = source.text.get(byte(from)..byte(to)).unwrap_or_default();
        text.trim_end_matches(['\n', '\r'])
    };
    let parts = [text(first, start.column), text(start.column, mark_end), text(mark_end, last)];
    // Control characters are replaced in the whole line and not in each of its three parts, because a terminal escape
    // sequence may start in one part and end in the next one. Each control character is replaced by exactly one
    // character, so the line can be split into parts of the same lengths afterwards.
    let line_text = parts.concat();
    let line_text = to_harmless_line(&line_text);
    let mut characters = line_text.chars();
    let [text_before, marked, after] = parts.map(|part| {
        let part: String = characters.by_ref().take(part.chars().count()).collect();
        part.replace('\t', "    ")
    });
    let cut = |is_cut: bool| if is_cut { "…" } else { "" };
    let text_before = format!("{}{text_before}", cut(first > 1));
    let line = format!("{text_before}{marked}{after}{}", cut(byte(last) < byte(u32::MAX)));
    Excerpt { line, width_before_location: text_before.width(), mark_width: marked.width().max(1) }
}
