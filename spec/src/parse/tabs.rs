//! Finds tabs in the indentation, which YAML forbids. The error of the YAML scanner does not have the location of the
//! tab.

use std::sync::Arc;

use super::to_u32;
use crate::{Finding, Location, Position, Source, rules};

/// The tabs in the indentation of a text, and the ranges of lines in which YAML allows tabs in the indentation.
pub(super) struct IndentationTabs {
    /// The position of the first tab in the indentation, for each line that has one.
    first_tab_positions: Vec<Position>,
    /// The ranges of lines that are exempt from the ban on tabs in the indentation. Only the first line of a range is
    /// not exempt. A range is given by the first and the last line of a multi-line string, or of a collection in
    /// brackets. The ranges are in the order of the text.
    exempt_line_ranges: Vec<(u32, u32)>,
}

impl IndentationTabs {
    pub(super) fn new(text: &str) -> IndentationTabs {
        let mut first_tab_positions = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let rest = line.trim_start_matches([' ', '\t']);
            let indent = &line[..line.len() - rest.len()];
            if let Some(at) = indent.find('\t')
                && !rest.is_empty()
                && !rest.starts_with('#')
            {
                first_tab_positions.push(Position { line: to_u32(index + 1), column: to_u32(at + 1) });
            }
        }
        IndentationTabs { first_tab_positions, exempt_line_ranges: Vec::new() }
    }

    /// Records that tabs are allowed in these lines, which belong to a multi-line string or to a collection in
    /// brackets. YAML allows tabs in the indentation of the lines, except in the line `first`.
    pub(super) fn allow_tabs_in_lines(&mut self, first: u32, last: u32) {
        if !self.first_tab_positions.is_empty() && last > first {
            self.exempt_line_ranges.push((first, last));
        }
    }

    /// Returns the finding about a forbidden tab; `None` if there is no such tab. If the text has a syntax error,
    /// `error_line` is the line of the error, and the finding is about the tab that probably caused the error.
    /// Otherwise, the finding is about the first forbidden tab.
    pub(super) fn make_forbidden_tab_finding(
        &self,
        error_line: Option<u32>,
        source: &Arc<Source>,
    ) -> Option<Finding> {
        let (mut exempt_range_index, mut forbidden_tabs) = (0, Vec::new());
        for tab in &self.first_tab_positions {
            // The tabs, and the ranges of lines in which tabs are allowed, are in the order of the text. So a range
            // that ends before this tab is irrelevant for all later tabs, too.
            while self.exempt_line_ranges.get(exempt_range_index).is_some_and(|(_, last)| *last < tab.line) {
                exempt_range_index += 1;
            }
            let is_exempt =
                self.exempt_line_ranges.get(exempt_range_index).is_some_and(|(first, _)| *first < tab.line);
            if !is_exempt {
                forbidden_tabs.push(*tab);
            }
        }
        let start = match error_line {
            // If a tab causes an error, the scanner reports the error in the line of the tab, or at the end of the line
            // before. So only a tab that is at most one line away from the error can be its cause.
            Some(line) => forbidden_tabs
                .into_iter()
                .filter(|t| t.line.abs_diff(line) <= 1)
                .min_by_key(|t| t.line.abs_diff(line))?,
            None => forbidden_tabs.into_iter().next()?,
        };
        let end = Position { column: start.column + 1, ..start };
        let location = Location { source: Arc::clone(source), start, end };
        Some(rules::tab::new_finding(&location))
    }
}
