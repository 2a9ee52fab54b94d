//! Edits YAML files by changing their text, so that all comments, formatting and key order outside of the edited part
//! stay as they are.

use std::fmt;
use std::sync::Arc;

use partner_spec::pointer::unescape_token;
use partner_spec::{Entry, Findings, Location, Node, Object, Source, Value, parse_source};

use crate::yaml::{format_as_flow_yaml, format_as_indented_yaml};

/// A YAML file: its text and the tree parsed from it.
#[derive(Clone, Debug)]
pub(super) struct YamlFile {
    pub(super) source: Arc<Source>,
    pub(super) tree: Node,
}

/// The error for an edit that [`YamlFile`] has refused, because it cannot edit that part of the file. Contains the
/// location of the part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RefusedEdit(pub(super) String);

impl fmt::Display for RefusedEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this part of the file is written in a way that cannot be edited here; edit {} by hand",
            self.0
        )
    }
}

type Edited = Result<(), RefusedEdit>;

impl YamlFile {
    /// Parses the text of a file. An empty text counts as an object without keys.
    pub(super) fn parse(source: &Arc<Source>) -> Result<YamlFile, Findings> {
        let tree = match source.text.trim().is_empty() {
            true => Node::new_object([], &Location::start_of_file(source)),
            false => parse_source(source)?,
        };
        Ok(YamlFile { source: Arc::clone(source), tree })
    }

    /// Inserts entries into the object at the JSON pointer `pointer`: right after the entry with the key `after`, or at
    /// the end of the object if there is no such entry.
    pub(super) fn insert_entries(
        &mut self,
        pointer: &str,
        after: Option<&str>,
        entries: &[(String, Node)],
    ) -> Edited {
        let expected = self.copy_tree_with_change(pointer, |node| {
            let is_new = node
                .as_object()
                .is_some_and(|object| entries.iter().all(|(key, _)| !object.contains_key(key)));
            entries.iter().for_each(|(key, value)| node.set_value(key, value.clone()));
            is_new
        })?;
        let container = self.find_node(pointer)?;
        let object = container.as_object().ok_or_else(|| self.refused_edit_at(&container.location))?;
        let before = after.and_then(|key| object.entry(key)).or(object.iter().next_back());
        let entries = entries.iter().map(|(key, value)| (key.as_str(), value.clone()));
        let added = Node::new_object(entries, &container.location);
        let text = match before {
            Some(_) if self.is_flow_style(container) => {
                self.make_text_with_added_flow_entries(container, &added)
            }
            Some(entry) => {
                let indent = compute_char_offset_in_line(&entry.key_location);
                let end = self.find_end_offset_of_entry_or_item(&entry.key_location, is_list(&entry.node));
                // In the files of paths and schemas, a blank line separates the top-level entries, so a blank line is
                // also inserted above a new entry.
                let needs_blank_line_above = indent == 0 && entry.node.as_object().is_some();
                match needs_blank_line_above || self.has_blank_line_above(entry) {
                    true => self.make_text_with_inserted_lines(
                        end,
                        &format_entries_with_blank_lines(&added, indent),
                        true,
                    ),
                    false => self.make_text_with_inserted_lines(
                        end,
                        &format_as_indented_yaml(&added, indent),
                        false,
                    ),
                }
            }
            None => self.make_text_with_filled_container(pointer, container, &added),
        };
        self.adopt_edited_text(text, &expected, &container.location.clone())
    }

    /// Appends an item to the list at the JSON pointer `pointer`.
    pub(super) fn append_item(&mut self, pointer: &str, value: &Node) -> Edited {
        let expected = self.copy_tree_with_change(pointer, |node| match &mut node.value {
            Value::Array(items) => {
                items.push(value.clone());
                true
            }
            _ => false,
        })?;
        let container = self.find_node(pointer)?;
        let added = Node::new(Value::Array(vec![value.clone()]), &container.location);
        let text = match container.as_array().and_then(<[Node]>::last) {
            Some(_) if self.is_flow_style(container) => {
                self.make_text_with_added_flow_entries(container, &added)
            }
            Some(last) => {
                let dash =
                    self.find_dash_location(last).ok_or_else(|| self.refused_edit_at(&last.location))?;
                let end = self.find_end_offset_of_entry_or_item(&dash, false);
                self.make_text_with_inserted_lines(
                    end,
                    &format_as_indented_yaml(&added, compute_char_offset_in_line(&dash)),
                    false,
                )
            }
            None => self.make_text_with_filled_container(pointer, container, &added),
        };
        self.adopt_edited_text(text, &expected, &container.location.clone())
    }

    /// Removes the entry of an object, or the item of a list, at the JSON pointer `pointer`.
    pub(super) fn remove_entry_or_item(&mut self, pointer: &str) -> Edited {
        let (parent, token) = split_off_last_segment(pointer);
        let expected = self.copy_tree_with_change(parent, |node| match &mut node.value {
            Value::Object(object) => object.remove(&token).is_some(),
            Value::Array(items) => token.parse().is_ok_and(|index: usize| {
                let is_there = index < items.len();
                if is_there {
                    items.remove(index);
                }
                is_there
            }),
            _ => false,
        })?;
        let (parent, node) = (self.find_node(parent)?, self.find_node(pointer)?);
        let start = match parent.as_object().and_then(|object| object.entry(&token)) {
            Some(entry) => Some(entry.key_location.clone()),
            None if self.is_flow_style(parent) => Some(node.location.clone()),
            None => self.find_dash_location(node),
        };
        let start = start.ok_or_else(|| self.refused_edit_at(&node.location))?;
        let text = match self.is_flow_style(parent) {
            true => self
                .make_text_without_flow_entry(self.start_offset(&start), self.find_end_offset_of_value(node)),
            false => {
                let end = self
                    .find_end_offset_of_entry_or_item(&start, is_list(node) && parent.as_object().is_some());
                let mut from = self.source.line_start_offset(start.start.line);
                // If there is a blank line above the removed entry, that line is removed with the entry.
                if self.source.text[..from].ends_with("\n\n") {
                    from -= 1;
                }
                self.make_text_with_replaced_range(from, end, "")
            }
        };
        self.adopt_edited_text(text, &expected, &node.location.clone())
    }

    /// Replaces the value at the JSON pointer `pointer`. If the value is on a single line, a YAML comment at the end of
    /// this line is kept.
    pub(super) fn replace_value(&mut self, pointer: &str, value: &Node) -> Edited {
        let (parent, token) = split_off_last_segment(pointer);
        let expected = self.copy_tree_with_change(pointer, |node| {
            node.value = value.value.clone();
            true
        })?;
        let (parent, node) = (self.find_node(parent)?, self.find_node(pointer)?);
        let is_scalar = |node: &Node| !matches!(node.value, Value::Object(_) | Value::Array(_));
        let is_one_line = node.location.start.line == node.location.end.line;
        let entry = parent.as_object().and_then(|object| object.entry(&token));
        let text = match entry {
            _ if self.is_flow_style(parent) => self.make_text_with_replaced_range(
                self.start_offset(&node.location),
                self.find_end_offset_of_value(node),
                &format_as_flow_yaml(value),
            ),
            _ if is_scalar(node) && is_scalar(value) && is_one_line => {
                let written = format_as_indented_yaml(value, 0);
                self.make_text_with_replaced_range(
                    self.start_offset(&node.location),
                    self.find_end_offset_of_value(node),
                    written.trim_end_matches('\n'),
                )
            }
            Some(entry) => {
                let written = Node::new_object([(token.as_str(), value.clone())], &node.location);
                let start = &entry.key_location;
                let end = self.find_end_offset_of_entry_or_item(start, is_list(node));
                let lines = format_as_indented_yaml(&written, compute_char_offset_in_line(start));
                self.make_text_with_replaced_range(
                    self.start_offset(start),
                    end,
                    lines.trim_start_matches(' '),
                )
            }
            None => return Err(self.refused_edit_at(&node.location)),
        };
        self.adopt_edited_text(text, &expected, &node.location.clone())
    }

    /// Makes `text` the new text of the file, if it parses to the tree `expected`. Otherwise refuses the edit.
    fn adopt_edited_text(&mut self, text: String, expected: &Node, location: &Location) -> Edited {
        let source = Source::new(self.source.display_path.clone(), text);
        match YamlFile::parse(&source) {
            Ok(file) if file.tree == *expected => {
                *self = file;
                Ok(())
            }
            _ => Err(self.refused_edit_at(location)),
        }
    }

    /// Returns a copy of the tree in which `change` was applied to the node at the JSON pointer `pointer`. Returns an
    /// error if there is no such node, or if `change` returns false because the node cannot be changed.
    fn copy_tree_with_change(
        &self,
        pointer: &str,
        change: impl FnOnce(&mut Node) -> bool,
    ) -> Result<Node, RefusedEdit> {
        let mut tree = self.tree.clone();
        let is_changed = find_node_mut(&mut tree, pointer).is_some_and(change);
        if is_changed { Ok(tree) } else { Err(self.refused_edit_at(&self.tree.location)) }
    }

    fn find_node(&self, pointer: &str) -> Result<&Node, RefusedEdit> {
        self.tree.pointer(pointer).ok_or_else(|| self.refused_edit_at(&self.tree.location))
    }

    fn refused_edit_at(&self, location: &Location) -> RefusedEdit {
        RefusedEdit(location.to_string())
    }

    fn start_offset(&self, location: &Location) -> usize {
        self.source.byte_offset(location.start)
    }

    /// Returns the byte offset in the file's text at which a value ends.
    fn find_end_offset_of_value(&self, node: &Node) -> usize {
        let (start, end) = (self.start_offset(&node.location), self.source.byte_offset(node.location.end));
        let text = &self.source.text[start..end.max(start)];
        let Some(close) = text.chars().next().and_then(|open| match open {
            '{' => Some('}'),
            '[' => Some(']'),
            _ => None,
        }) else {
            return end;
        };
        // According to the YAML parser, an object or list in brackets includes the spaces and the comment after its
        // closing bracket. The real end is in the last line, after the first closing bracket that is followed only by
        // spaces or a comment.
        let last_line_start = text.rfind('\n').map_or(0, |line_end| line_end + 1);
        let is_end_of_line = |rest: &str| rest.trim().is_empty() || rest.trim_start().starts_with('#');
        let mut brackets =
            text[last_line_start..].match_indices(close).map(|(offset, _)| last_line_start + offset + 1);
        brackets.find(|bracket| is_end_of_line(&text[*bracket..])).map_or(end, |bracket| start + bracket)
    }

    fn make_text_with_replaced_range(&self, from: usize, to: usize, with: &str) -> String {
        let text = &self.source.text;
        format!("{}{with}{}", &text[..from], &text[to.max(from)..])
    }

    /// Returns the text of the file with `lines` inserted at the byte offset `offset`, which is at the end of a line.
    /// If `blank_line_above` is true, a blank line is inserted above `lines`.
    fn make_text_with_inserted_lines(&self, offset: usize, lines: &str, blank_line_above: bool) -> String {
        let text = &self.source.text;
        let separator = match (text[..offset].ends_with('\n') || offset == 0, blank_line_above) {
            (true, false) => "",
            (true, true) | (false, false) => "\n",
            (false, true) => "\n\n",
        };
        let added = format!("{separator}{lines}");
        match text.contains("\r\n") {
            true => self.make_text_with_replaced_range(offset, offset, &added.replace('\n', "\r\n")),
            false => self.make_text_with_replaced_range(offset, offset, &added),
        }
    }

    /// Returns the text of the file with `added` written into the empty object or list `container`.
    fn make_text_with_filled_container(&self, pointer: &str, container: &Node, added: &Node) -> String {
        let (parent, token) = split_off_last_segment(pointer);
        if self.tree.pointer(parent).is_some_and(|parent| self.is_flow_style(parent)) {
            return self.make_text_with_replaced_range(
                self.start_offset(&container.location),
                self.find_end_offset_of_value(container),
                &format_as_flow_yaml(added),
            );
        }
        let entry =
            self.tree.pointer(parent).and_then(Node::as_object).and_then(|object| object.entry(&token));
        let lines = format_as_indented_yaml(
            added,
            entry.map_or(0, |entry| compute_char_offset_in_line(&entry.key_location) + 2),
        );
        match entry {
            Some(entry) => {
                let colon = self.source.byte_offset(entry.key_location.end) + 1;
                let end = self.find_end_offset_of_value(container);
                self.make_text_with_replaced_range(colon, end, &format!("\n{}", lines.trim_end_matches('\n')))
            }
            None => format_entries_with_blank_lines(added, 0),
        }
    }

    fn is_flow_style(&self, container: &Node) -> bool {
        self.source.text[self.start_offset(&container.location)..].starts_with(['{', '['])
    }

    /// Returns the text of the file after the entries or items of `added` are appended to `container`. The container is
    /// a non-empty object or list in brackets (flow style).
    fn make_text_with_added_flow_entries(&self, container: &Node, added: &Node) -> String {
        let end = self.find_end_offset_of_value(container).saturating_sub(1);
        let inner = self.source.text[..end].trim_end().len();
        let written = format_as_flow_yaml(added);
        self.make_text_with_replaced_range(inner, inner, &format!(", {}", &written[1..written.len() - 1]))
    }

    /// Returns the text of the file without one entry of an object, or without one item of a list. The object or list
    /// is written in brackets (flow style). The entry or item is between the byte offsets `start` and `end`. One comma
    /// beside it is removed, too.
    fn make_text_without_flow_entry(&self, start: usize, end: usize) -> String {
        let text = &self.source.text;
        let rest = text[end..].trim_start();
        if let Some(rest) = rest.strip_prefix(',') {
            return self.make_text_with_replaced_range(
                start,
                text.len() - rest.trim_start_matches(' ').len(),
                "",
            );
        }
        let before = text[..start].trim_end();
        self.make_text_with_replaced_range(before.strip_suffix(',').unwrap_or(before).len(), end, "")
    }

    /// The location of the dash in front of a list item; `None` if the dash is not in the line in which the item's
    /// value starts.
    fn find_dash_location(&self, item: &Node) -> Option<Location> {
        let mut location = item.location.collapse_to_start();
        let line = self.source.line_text(location.start.line)?;
        let before: String = line.chars().take(compute_char_offset_in_line(&location)).collect();
        let column = before.trim_end_matches(' ').strip_suffix('-')?.chars().count();
        location.start.column = u32::try_from(column).ok()? + 1;
        Some(location)
    }

    /// Returns the byte offset after the last line of the entry or list item that starts at `location`. `is_list` must
    /// be true for an entry whose value is a list, because the items of such a list may have the same indentation as
    /// the key.
    fn find_end_offset_of_entry_or_item(&self, location: &Location, is_list: bool) -> usize {
        let (first, indent) = (location.start.line, compute_char_offset_in_line(location));
        let mut last = first;
        for number in first + 1.. {
            let Some(line) = self.source.line_text(number) else { break };
            let depth = line.len() - line.trim_start_matches(' ').len();
            let content = line.trim();
            let is_item = is_list && depth == indent && (content == "-" || content.starts_with("- "));
            if depth > indent && !content.is_empty() || is_item {
                last = number;
            } else if !content.is_empty() {
                break;
            }
        }
        self.source.line_start_offset(last + 1)
    }

    fn has_blank_line_above(&self, entry: &Entry) -> bool {
        let line = entry.key_location.start.line;
        line > 1 && self.source.line_text(line - 1).is_some_and(|line| line.trim().is_empty())
    }
}

fn is_list(node: &Node) -> bool {
    matches!(node.value, Value::Array(_))
}

/// Returns the number of characters that precede the start of a location in its line.
fn compute_char_offset_in_line(location: &Location) -> usize {
    usize::try_from(location.start.column).unwrap_or(usize::MAX).saturating_sub(1)
}

/// Formats the entries of an object as YAML, with blank lines between the entries.
fn format_entries_with_blank_lines(object: &Node, indent: usize) -> String {
    let entries = object.as_object().into_iter().flat_map(Object::iter);
    let blocks = entries.map(|entry| {
        format_as_indented_yaml(
            &Node::new_object([(entry.key.as_str(), entry.node.clone())], &object.location),
            indent,
        )
    });
    blocks.collect::<Vec<_>>().join("\n")
}

/// Splits a JSON pointer into the pointer of the parent and the last segment, which is unescaped: `/paths/~1orders`
/// into `/paths` and `/orders`.
fn split_off_last_segment(pointer: &str) -> (&str, String) {
    let (parent, token) = pointer.rsplit_once('/').unwrap_or(("", pointer));
    (parent, unescape_token(token))
}

/// Finds the node at a JSON pointer, for modification.
fn find_node_mut<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    if pointer.is_empty() {
        return Some(root);
    }
    let mut node = root;
    for token in pointer.strip_prefix('/')?.split('/') {
        let token = unescape_token(token);
        node = match &mut node.value {
            Value::Object(object) => object.get_mut(&token)?,
            Value::Array(items) => items.get_mut(token.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
# Head.
paths:
  /a:
    get:
      tags: [A, B]   # Two.
      required:
      - x
      - y

  # About b.
  /b: {get: {description: 'it''s', x: 1}, put: {}}
list:
  - name: one   # First.
    text: >
      Folded
      # no comment

      text.
  - name: two
empty: []
none: {}
last: 1   # End.
";

    fn file() -> YamlFile {
        YamlFile::parse(&Source::new("t.yaml", TEXT)).unwrap()
    }

    fn node(json: &str) -> Node {
        parse_source(&Source::new("n.json", json)).unwrap()
    }

    /// Edits the test file, and checks that the new text of the file is the old text with `from` replaced by `to`.
    #[track_caller]
    fn assert_edit_replaces(edit: impl FnOnce(&mut YamlFile) -> Edited, from: &str, to: &str) {
        let mut file = file();
        edit(&mut file).unwrap();
        assert_eq!(TEXT.matches(from).count(), 1, "{from}");
        assert_eq!(file.source.text, TEXT.replace(from, to));
    }

    #[test]
    fn an_entry_is_added_where_it_belongs_and_nothing_else_moves() {
        let value = node(r#"{"a": "b: c", "d": ["e"]}"#);
        assert_edit_replaces(
            |f| f.insert_entries("/paths", Some("/a"), &[("/c".into(), value.clone())]),
            "      - y\n",
            "      - y\n  /c:\n    a: 'b: c'\n    d:\n      - e\n",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/paths", None, &[("/c".into(), node("1"))]),
            "put: {}}\n",
            "put: {}}\n  /c: 1\n",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/paths/~1b/get", None, &[("z".into(), node("2"))]),
            "x: 1}",
            "x: 1, z: 2}",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/paths/~1b/put", None, &[("z".into(), node("2"))]),
            "put: {}",
            "put: {z: 2}",
        );
        assert_edit_replaces(
            |f| f.insert_entries("", None, &[("z".into(), node("{}"))]),
            "# End.\n",
            "# End.\nz: {}\n",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/none", None, &[("z".into(), node("true"))]),
            "none: {}",
            "none:\n  z: true",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/list/0", Some("name"), &[("z".into(), node("true"))]),
            "# First.\n",
            "# First.\n    z: true\n",
        );
        assert_edit_replaces(
            |f| f.insert_entries("/list/0", None, &[("z".into(), node("1"))]),
            "      text.\n",
            "      text.\n    z: 1\n",
        );
    }

    #[test]
    fn an_item_is_added_at_the_end_of_its_list() {
        let value = node(r#"{"name": "three", "x": 1}"#);
        assert_edit_replaces(
            |f| f.append_item("/list", &value),
            "name: two\n",
            "name: two\n  - name: three\n    x: 1\n",
        );
        assert_edit_replaces(
            |f| f.append_item("/paths/~1a/get/required", &node("\"z\"")),
            "- y\n",
            "- y\n      - z\n",
        );
        assert_edit_replaces(|f| f.append_item("/paths/~1a/get/tags", &node("\"C\"")), "[A, B]", "[A, B, C]");
        assert_edit_replaces(|f| f.append_item("/empty", &node("1")), "empty: []", "empty:\n  - 1");
    }

    #[test]
    fn what_is_removed_leaves_no_trace_and_comments_stay() {
        assert_edit_replaces(
            |f| f.remove_entry_or_item("/paths/~1b"),
            "  /b: {get: {description: 'it''s', x: 1}, put: {}}\n",
            "",
        );
        assert_edit_replaces(
            |f| f.remove_entry_or_item("/paths/~1a/get/required"),
            "      required:\n      - x\n      - y\n",
            "",
        );
        assert_edit_replaces(|f| f.remove_entry_or_item("/paths/~1a/get/required/0"), "      - x\n", "");
        assert_edit_replaces(|f| f.remove_entry_or_item("/paths/~1a/get/tags/0"), "[A, B]", "[B]");
        assert_edit_replaces(|f| f.remove_entry_or_item("/paths/~1a/get/tags/1"), "[A, B]", "[A]");
        assert_edit_replaces(
            |f| f.remove_entry_or_item("/paths/~1b/get/description"),
            "description: 'it''s', ",
            "",
        );
        assert_edit_replaces(|f| f.remove_entry_or_item("/list/1"), "  - name: two\n", "");
        assert_edit_replaces(|f| f.remove_entry_or_item("/last"), "last: 1   # End.\n", "");
        assert_edit_replaces(
            |f| f.remove_entry_or_item("/list/0/text"),
            "    text: >\n      Folded\n      # no comment\n\n      text.\n",
            "",
        );
    }

    #[test]
    fn a_value_is_replaced_and_its_comment_stays() {
        assert_edit_replaces(|f| f.replace_value("/last", &node("\"1\"")), "last: 1 ", "last: '1' ");
        assert_edit_replaces(|f| f.replace_value("/list/0/name", &node("\"a # b\"")), "one ", "'a # b' ");
        assert_edit_replaces(|f| f.replace_value("/empty", &node("[[]]")), "empty: []", "empty:\n  - []");
        assert_edit_replaces(
            |f| f.replace_value("/list/0/text", &node("\"a\\nb\"")),
            ">\n      Folded\n      # no comment\n\n      text.\n",
            "|-\n      a\n      b\n",
        );
        assert_edit_replaces(|f| f.replace_value("/paths/~1b/get/x", &node("[1]")), "x: 1", "x: [1]");
    }

    #[test]
    fn an_edit_that_would_change_something_else_is_refused() {
        let text = "a: &x\n  b: 1\nc: *x\n";
        let mut file = YamlFile::parse(&Source::new("t.yaml", text)).unwrap();
        let refused = file.insert_entries("/a", None, &[("d".into(), node("1"))]).unwrap_err();
        assert!(refused.0.starts_with("t.yaml:"), "{refused}");
        assert!(
            file.remove_entry_or_item("/c/b").is_err() && file.replace_value("/c/b", &node("2")).is_err()
        );
        assert!(file.insert_entries("/nowhere", None, &[("d".into(), node("1"))]).is_err());
        assert!(
            file.remove_entry_or_item("/nowhere").is_err() && file.append_item("/a", &node("1")).is_err()
        );
        assert_eq!(file.source.text, text);
    }

    #[test]
    fn blank_lines_between_entries_are_kept_up() {
        let mut file = YamlFile::parse(&Source::new("t.yaml", "a:\n  x: 1\n\nb:\n  x: 1")).unwrap();
        file.insert_entries("", None, &[("c".into(), node("{\"x\": 1}"))]).unwrap();
        assert_eq!(file.source.text, "a:\n  x: 1\n\nb:\n  x: 1\n\nc:\n  x: 1\n");
        file.remove_entry_or_item("/b").unwrap();
        assert_eq!(file.source.text, "a:\n  x: 1\n\nc:\n  x: 1\n");
        let mut empty = YamlFile::parse(&Source::new("t.yaml", "")).unwrap();
        empty.insert_entries("", None, &[("a".into(), node("{\"x\": 1}"))]).unwrap();
        assert_eq!(empty.source.text, "a:\n  x: 1\n");
    }

    #[test]
    fn line_ends_are_kept() {
        let mut file = YamlFile::parse(&Source::new("t.yaml", "a:\r\n  x: 1\r\nb: 1\r\n")).unwrap();
        file.insert_entries("/a", None, &[("z".into(), node("[1]"))]).unwrap();
        assert_eq!(file.source.text, "a:\r\n  x: 1\r\n  z:\r\n    - 1\r\nb: 1\r\n");
    }
}
