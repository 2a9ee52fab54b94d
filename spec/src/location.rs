//! Locations in files: file, line and column.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

/// The text of a file. Finds the byte offsets of lines and columns in the text.
#[derive(Debug)]
pub struct Source {
    /// The path of the file, as shown in messages.
    pub display_path: String,
    /// The text of the file, without a byte order mark.
    pub text: String,
    /// The byte offset at which each line starts, computed on first use.
    line_start_offsets: OnceLock<Vec<usize>>,
    /// For long lines, the byte offsets of positions at regular intervals. They are computed on first use. A search for
    /// the byte offset of a column starts at the last indexed position before the column, instead of at the start of
    /// the line.
    indexed_positions: OnceLock<Vec<(Position, usize)>>,
}

/// The distance between two indexed positions, in characters: in a long line, `Source::indexed_positions` has the byte
/// offset of every 1024th character.
const CHARS_PER_INDEXED_POSITION: usize = 1024;

impl Source {
    /// Creates a source from a text and `name`, the path of the file as shown in messages.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Source> {
        Arc::new(Source {
            display_path: name.into(),
            text: text.into(),
            line_start_offsets: OnceLock::new(),
            indexed_positions: OnceLock::new(),
        })
    }

    /// Returns the byte offset at which a line starts. Lines are counted from 1. For a line after the last one, returns
    /// the length of the text.
    pub fn line_start_offset(&self, line: u32) -> usize {
        let index = usize::try_from(line).unwrap_or(usize::MAX).saturating_sub(1);
        self.line_start_offsets().get(index).copied().unwrap_or(self.text.len())
    }

    /// Returns the byte offset at which each line starts.
    fn line_start_offsets(&self) -> &[usize] {
        self.line_start_offsets.get_or_init(|| find_line_start_offsets(&self.text))
    }

    /// Returns the text of a line without its line break. Lines are counted from 1; `None` if the text does not have
    /// the line.
    pub fn line_text(&self, line: u32) -> Option<&str> {
        let start = self.line_start_offset(line);
        let end = self.line_start_offset(line.saturating_add(1));
        (line > 0 && start < self.text.len()).then(|| self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// Returns the byte offset of a position. A column after the end of the line counts as the end of the line.
    pub fn byte_offset(&self, position: Position) -> usize {
        let indexed_positions = self
            .indexed_positions
            .get_or_init(|| build_position_index(&self.text, self.line_start_offsets()));
        let before = indexed_positions.partition_point(|(mark, _)| *mark <= position);
        let start = (Position { column: 1, ..position }, self.line_start_offset(position.line));
        let nearest = before
            .checked_sub(1)
            .map(|index| indexed_positions[index])
            .filter(|(mark, _)| mark.line == position.line);
        let (mark, byte) = nearest.unwrap_or(start);
        let left = usize::try_from(position.column.saturating_sub(mark.column)).unwrap_or(usize::MAX);
        let end = self.line_start_offset(position.line.saturating_add(1));
        let line = self.text[byte..end.max(byte)].trim_end_matches(['\n', '\r']);
        byte + line.char_indices().nth(left).map_or(line.len(), |(offset, _)| offset)
    }
}

/// Returns positions at regular distances in each line, together with their byte offsets in the text. The distance
/// between two positions is [`CHARS_PER_INDEXED_POSITION`] characters.
fn build_position_index(text: &str, starts: &[usize]) -> Vec<(Position, usize)> {
    let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let mut indexed_positions = Vec::new();
    for (index, start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(text.len());
        let places = text[*start..end].char_indices().enumerate().step_by(CHARS_PER_INDEXED_POSITION).skip(1);
        let line = to_u32(index + 1);
        indexed_positions.extend(
            places.map(|(nth, (offset, _))| (Position { line, column: to_u32(nth + 1) }, start + offset)),
        );
    }
    indexed_positions
}

/// Returns the byte offset at which each line starts. As in YAML, a line ends with a line feed, a carriage return, or a
/// carriage return and a line feed.
fn find_line_start_offsets(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends_line = |at: usize| match bytes[at] {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    };
    let after_ends = (0..bytes.len()).filter(|at| ends_line(*at)).map(|at| at + 1);
    let mut starts: Vec<usize> = std::iter::once(0).chain(after_ends).collect();
    starts.shrink_to_fit();
    starts
}

/// A position in a text, as a line and a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The number of the line, counted from 1.
    pub line: u32,
    /// The number of the column, counted from 1 in characters.
    pub column: u32,
}

impl Position {
    /// The position at which every text starts.
    pub const START: Position = Position { line: 1, column: 1 };

    /// Returns the position right after the end of a text.
    pub(crate) fn end_of(text: &str) -> Position {
        let starts = find_line_start_offsets(text);
        let last = &text[starts.last().copied().unwrap_or_default()..];
        let to_u32 = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: to_u32(starts.len()), column: to_u32(last.chars().count() + 1) }
    }
}

/// A range of the text of one file.
#[derive(Clone)]
pub struct Location {
    /// The file.
    pub source: Arc<Source>,
    /// The position of the first character.
    pub start: Position,
    /// The position right after the last character.
    pub end: Position,
}

impl Location {
    /// Returns the start of a file as a location, for findings about the whole file.
    pub fn start_of_file(source: &Arc<Source>) -> Location {
        Location { source: Arc::clone(source), start: Position::START, end: Position::START }
    }

    /// Returns this location collapsed to its start, which is an empty range. Findings about nodes of many lines use
    /// it, so that they mark only the first character of the node, and not all its lines.
    #[must_use]
    pub fn collapse_to_start(&self) -> Location {
        Location { end: self.start, ..self.clone() }
    }

    /// Returns the path of the file, as shown in messages.
    pub fn display_path(&self) -> &str {
        &self.source.display_path
    }
}

impl PartialEq for Location {
    fn eq(&self, other: &Self) -> bool {
        (self.display_path(), self.start, self.end) == (other.display_path(), other.start, other.end)
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
        (self.display_path(), self.start, self.end).cmp(&(other.display_path(), other.start, other.end))
    }
}

impl Hash for Location {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.display_path(), self.start, self.end).hash(state);
    }
}

/// Writes `file:line:column`. In the path of the file, control characters and invisible characters are replaced (see
/// [`to_harmless_line`](crate::to_harmless_line)).
impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}",
            crate::to_harmless_line(self.display_path()),
            self.start.line,
            self.start.column
        )
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
        let lines: Vec<_> = (0..=6).map(|line| source.line_text(line)).collect();
        assert_eq!(lines, [None, Some("a"), Some("bc"), Some("d"), Some(""), Some("e"), None]);
        assert_eq!(Position::end_of("a\rbc"), Position { line: 2, column: 3 });
    }

    #[test]
    fn a_place_in_a_long_line_is_found_without_reading_the_line() {
        let source = Source::new("t.yaml", format!("short\n{}\r\nlast", "é1".repeat(5_000)));
        let byte = |line, column| source.byte_offset(Position { line, column });
        assert_eq!((byte(1, 1), byte(1, 6), byte(1, 99)), (0, 5, 5));
        for column in [1_u32, 2, 3, 1_023, 1_024, 1_025, 1_026, 9_999, 10_000] {
            let characters = column - 1;
            let bytes = 6 + characters / 2 * 3 + characters % 2 * 2;
            assert_eq!(byte(2, column), usize::try_from(bytes).unwrap(), "{column}");
        }
        assert_eq!((byte(2, 10_001), byte(2, 99_999)), (6 + 15_000, 6 + 15_000));
        assert_eq!((byte(3, 1), byte(3, 5), byte(9, 1)), (15_008, 15_012, 15_012));
        assert_eq!(source.indexed_positions.get().map(Vec::len), Some(9));
    }
}
