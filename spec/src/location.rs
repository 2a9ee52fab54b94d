//! Where something stands: file, line, column.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// One file as it was read.
#[derive(Debug)]
pub struct Source {
    /// The path as messages name it.
    pub name: String,
    /// The whole text.
    pub text: String,
    /// Where each line starts, once somebody asked for one.
    lines: OnceLock<Vec<usize>>,
    /// Some places with the bytes at which they are, once somebody asked for one: lines may be long.
    marks: OnceLock<Vec<(Position, usize)>>,
}

/// How many characters are between two marks.
const MARKED: usize = 1024;

impl Source {
    /// A source with that name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Arc::new(Source {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
            marks: OnceLock::new(),
        })
    }

    /// The byte at which a line starts, counted from 1; the end of the text for lines it does not have.
    pub fn line_start(&self, line: u32) -> usize {
        let starts = self.lines.get_or_init(|| line_starts(&self.text));
        let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        starts.get(index).copied().unwrap_or(self.text.len())
    }

    /// The text of a line, counted from 1, without its end.
    pub fn line(&self, line: u32) -> Option<&str> {
        let start = self.line_start(line);
        let end = self.line_start(line.saturating_add(1));
        (line > 0 && start < self.text.len()).then(|| self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// The byte at a place; the end of its line for columns that it does not have.
    pub fn byte(&self, position: Position) -> usize {
        let marks = self.marks.get_or_init(|| marks(&self.text));
        let before = marks.partition_point(|(mark, _)| *mark <= position);
        let start = (Position { column: 1, ..position }, self.line_start(position.line));
        let nearest =
            before.checked_sub(1).map(|index| marks[index]).filter(|(mark, _)| mark.line == position.line);
        let (mark, byte) = nearest.unwrap_or(start);
        let left = usize::try_from(position.column.saturating_sub(mark.column)).unwrap_or(usize::MAX);
        let end = self.line_start(position.line.saturating_add(1));
        let line = self.text[byte..end.max(byte)].trim_end_matches(['\n', '\r']);
        byte + line.char_indices().nth(left).map_or(line.len(), |(offset, _)| offset)
    }
}

/// Places in long lines, one for so many characters.
fn marks(text: &str) -> Vec<(Position, usize)> {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut marks = Vec::new();
    let starts = line_starts(text);
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let places = text[*start..end].char_indices().enumerate().step_by(MARKED).skip(1);
        let line = to_u32(index + 1);
        marks.extend(
            places.map(|(nth, (offset, _))| (Position { line, column: to_u32(nth + 1) }, start + offset)),
        );
    }
    marks
}

/// Where lines start. YAML ends a line with a line feed, a carriage return, or both.
fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends_line = |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    std::iter::once(0).chain((0..bytes.len()).filter(|at| ends_line(*at)).map(|at| at + 1)).collect()
}

/// A place in a text: line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
}

impl Position {
    /// The first place of a text.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The place right after a text.
    pub(crate) fn after(text: &str) -> Position {
        let starts = line_starts(text);
        let last = &text[starts.last().copied().unwrap_or_default()..];
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: to_u32(starts.len()), column: to_u32(last.chars().count() + 1) }
    }
}

/// A stretch of one file.
#[derive(Clone)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// Where it starts.
    pub start: Position,
    /// Where it ends: the first place that is no longer part of it.
    pub end: Position,
}

impl Location {
    /// The very start of a file, for what concerns the file as a whole.
    pub fn file(source: &Arc<Source>) -> Location {
        Location { source: Arc::clone(source), start: Position::START, end: Position::START }
    }

    /// The first point of this place: a long node is pointed at by its first line only.
    #[must_use]
    pub fn to_start(&self) -> Location {
        Location { end: self.start, ..self.clone() }
    }

    /// The path of the file as messages name it.
    pub fn name(&self) -> &str {
        &self.source.name
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        (self.name(), self.start, self.end) == (other.name(), other.start, other.end)
    }
}

impl Eq for Location {}

impl PartialOrd for Location {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Location {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.name(), self.start, self.end).cmp(&(other.name(), other.start, other.end))
    }
}

impl Hash for Location {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.name(), self.start, self.end).hash(state);
    }
}

/// `file:line:column`, the name of the file [made harmless](crate::harmless).
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", crate::harmless(self.name()), self.start.line, self.start.column)
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_as_yaml_says() {
        let source = Source::new("t.yaml", "a\r\nbc\rd\n\ne");
        let lines: Vec<_> = (0..=6).map(|line| source.line(line)).collect();
        assert_eq!(lines, [None, Some("a"), Some("bc"), Some("d"), Some(""), Some("e"), None]);
        assert_eq!(Position::after("a\rbc"), Position { line: 2, column: 3 });
    }
}
