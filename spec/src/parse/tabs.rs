//! Finds tabs in the indentation. YAML forbids them, but the scanner's error points elsewhere.

use std::sync::Arc;

use super::to_u32;
use crate::{Diagnostic, Location, Position, Source, rules};

/// The lines of a text that are indented with tabs, and the line ranges in which YAML allows that.
pub(super) struct Tabs {
    /// The position of the first tab in the indentation of each such line.
    lines: Vec<Position>,
    /// The first and last lines of multi-line strings and of flow collections, in the order of the text. Tabs may
    /// start all lines of a range but the first one.
    exempt: Vec<(u32, u32)>,
}

impl Tabs {
    pub(super) fn new(text: &str) -> Tabs {
        let mut lines = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let rest = line.trim_start_matches([' ', '\t']);
            let indent = &line[..line.len() - rest.len()];
            if let Some(at) = indent.find('\t')
                && !rest.is_empty()
                && !rest.starts_with('#')
            {
                lines.push(Position { line: to_u32(index + 1), column: to_u32(at + 1) });
            }
        }
        Tabs { lines, exempt: Vec::new() }
    }

    /// Adds a range of lines in which tabs may start a line.
    pub(super) fn allow(&mut self, first: u32, last: u32) {
        if !self.lines.is_empty() && last > first {
            self.exempt.push((first, last));
        }
    }

    /// Returns the finding about the tab that is probably the cause of an error in the line `error`. If the text
    /// could be parsed (`None`), returns the finding about the first forbidden tab.
    pub(super) fn blame(&self, error: Option<u32>, source: &Arc<Source>) -> Option<Diagnostic> {
        let (mut first_exempt, mut wrong) = (0, Vec::new());
        for tab in &self.lines {
            // Both lists are in the order of the text.
            while self.exempt.get(first_exempt).is_some_and(|(_, last)| *last < tab.line) {
                first_exempt += 1;
            }
            let exempt = self.exempt.get(first_exempt).is_some_and(|(first, _)| *first < tab.line);
            if !exempt {
                wrong.push(*tab);
            }
        }
        let start = match error {
            // The scanner points at the tab, or at the end of the line before it.
            Some(line) => wrong
                .into_iter()
                .filter(|t| t.line.abs_diff(line) <= 1)
                .min_by_key(|t| t.line.abs_diff(line))?,
            None => wrong.into_iter().next()?,
        };
        let end = Position { column: start.column + 1, ..start };
        let location = Location { source: Arc::clone(source), start, end };
        Some(rules::tab::report(&location))
    }
}
