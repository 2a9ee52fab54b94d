//! From the text of one file to nodes with places.
//!
//! JSON is a subset of YAML 1.2, so both are read the same way. The scanner and its grammar are saphyr's; what is
//! ours is the tree, the places, and the refusals: duplicate keys, several documents in a file, tags that change
//! meaning, nesting and alias expansion without end.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Span, Tag};

use crate::scalar::resolve_plain;
use crate::{Diagnostic, Diagnostics, Entry, Location, Node, Object, Position, Source, Value};

/// Deeper nesting than this is refused: no OpenAPI document comes near it, and what reads the tree recurses.
const MAX_DEPTH: usize = 128;

/// How many nodes aliases may add to one file: enough for every honest use, too few for a bomb.
const MAX_ALIASED_NODES: usize = 100_000;

/// Reads one file.
///
/// # Errors
///
/// Everything that is wrong with its syntax. Duplicate keys are all reported; after a syntax error nothing else
/// of the file can be trusted, so that one stands alone.
pub fn parse(source: &Arc<Source>) -> Result<Node, Diagnostics> {
    if let Some(found) = tab_in_indentation(source) {
        return Err(found.into());
    }
    let mut builder = Builder::new(source);
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(next) = parser.next_event() {
        match next {
            Ok((event, span)) => {
                if let Err(fatal) = builder.event(event, span) {
                    builder.diagnostics.push(fatal);
                    return Err(builder.diagnostics.sorted());
                }
            }
            Err(error) => {
                let place = place(error.marker());
                let location = builder.location(place, place);
                // The scanner has a limit of its own for flow collections, and looks ahead.
                if error.info() == "recursion limit exceeded" {
                    builder.diagnostics.push(too_deep(&location));
                    return Err(builder.diagnostics.sorted());
                }
                let syntax =
                    Diagnostic::error("syntax", &location, format!("not valid YAML: {}", error.info()))
                        .help(syntax_help(error.info()));
                builder.diagnostics.push(syntax);
                return Err(builder.diagnostics.sorted());
            }
        }
    }
    builder.finish()
}

/// What to do about what the scanner says.
fn syntax_help(info: &str) -> &'static str {
    if info.contains("mapping values are not allowed") {
        "quote a text that has `: ` in it, and look at the indentation of this line and the one before"
    } else {
        "look at the indentation, quotes and colons of this line and the one before"
    }
}

/// YAML forbids tabs for indentation, and the scanner's message for them points elsewhere.
fn tab_in_indentation(source: &Arc<Source>) -> Option<Diagnostic> {
    if source.text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    for (index, line) in source.text.lines().enumerate() {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(at) = line[..indent].find('\t')
            && !line.trim().is_empty()
        {
            let start = Position { line: to_u32(index + 1), column: to_u32(at + 1) };
            let end = Position { column: start.column + 1, ..start };
            let location = Location { source: Arc::clone(source), start, end };
            return Some(
                Diagnostic::error("tab", &location, "a tab in the indentation; YAML allows spaces only")
                    .help("replace the tab by two spaces"),
            );
        }
    }
    None
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn place(marker: &saphyr_parser::Marker) -> Position {
    Position { line: to_u32(marker.line()).max(1), column: to_u32(marker.col()).saturating_add(1) }
}

/// A collection that is being filled.
struct Open {
    start: Position,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Array(Vec<Node>),
    Object { object: Object, seen: HashMap<String, Location>, key: Option<(String, Location)> },
}

struct Builder<'a> {
    source: &'a Arc<Source>,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, usize)>,
    aliased: usize,
    diagnostics: Diagnostics,
}

type Step = Result<(), Diagnostic>;

impl<'a> Builder<'a> {
    fn new(source: &'a Arc<Source>) -> Self {
        Builder {
            source,
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            aliased: 0,
            diagnostics: Diagnostics::new(),
        }
    }

    fn location(&self, start: Position, end: Position) -> Location {
        Location { source: Arc::clone(self.source), start, end }
    }

    fn span(&self, span: Span) -> Location {
        self.location(place(&span.start), place(&span.end))
    }

    fn event(&mut self, event: Event<'_>, span: Span) -> Step {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => Err(Diagnostic::error(
                "several-documents",
                &self.span(span),
                "a second YAML document starts here; a file holds one",
            )
            .help("remove the `---`, or move what follows into a file of its own")),
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(OpenKind::Array(Vec::new()), anchor, tag.as_deref(), span)
            }
            Event::MappingStart(anchor, tag) => {
                let kind = OpenKind::Object { object: Object::new(), seen: HashMap::new(), key: None };
                self.open(kind, anchor, tag.as_deref(), span)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span),
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> Step {
        let location = self.span(span);
        let value = match tag {
            Some(tag) if tag.is_yaml_core_schema() && tag.suffix == "str" => Value::String(text.to_owned()),
            Some(tag) => return Err(foreign_tag(tag, &location)),
            None if style != ScalarStyle::Plain => Value::String(text.to_owned()),
            None => resolve_plain(text)
                .map_err(|why| Diagnostic::error("syntax", &location, format!("`{text}`: {why}")))?,
        };
        if let Some(Open { kind: OpenKind::Object { key: key @ None, seen, .. }, .. }) = self.stack.last_mut()
        {
            if style == ScalarStyle::Plain && text == "<<" {
                return Err(Diagnostic::error("merge-key", &location, "`<<` is no part of YAML 1.2")
                    .help("write the keys out, or share a schema with `$ref`"));
            }
            // A number or boolean as a key is what a person writes for status codes and `on`: its text is meant.
            if let Some(first) = seen.get(text) {
                let twice =
                    Diagnostic::error("duplicate-key", &location, format!("the key `{text}` is here twice"))
                        .related(first, "first here")
                        .help("remove one of the two; readers keep either, without a word");
                self.diagnostics.push(twice);
            } else {
                seen.insert(text.to_owned(), location.clone());
            }
            *key = Some((text.to_owned(), location));
            return Ok(());
        }
        self.add(Node { value, location }, anchor)
    }

    fn open(&mut self, kind: OpenKind, anchor: usize, tag: Option<&Tag>, span: Span) -> Step {
        let location = self.span(span);
        if let Some(tag) = tag {
            return Err(foreign_tag(tag, &location));
        }
        if self.stack.len() >= MAX_DEPTH {
            return Err(too_deep(&location));
        }
        if let Some(Open { kind: OpenKind::Object { key: None, .. }, .. }) = self.stack.last() {
            return Err(Diagnostic::error("syntax", &location, "a list or an object cannot be a key")
                .help("quote a key that starts with `{` or `[`"));
        }
        self.stack.push(Open { start: location.start, anchor, kind });
        Ok(())
    }

    fn close(&mut self, span: Span) -> Step {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let value = match open.kind {
            OpenKind::Array(items) => Value::Array(items),
            OpenKind::Object { object, .. } => Value::Object(object),
        };
        // A block collection "ends" where the next token starts; its own text ends with its last child.
        let end = match &value {
            Value::Array(items) => items.last().map(|n| n.location.end),
            Value::Object(object) => object.iter().last().map(|e| e.node.location.end),
            _ => None,
        };
        let end = end.map_or(place(&span.end), |last| last.max(open.start));
        let location = self.location(open.start, end);
        self.add(Node { value, location }, open.anchor)
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Step {
        let location = self.span(span);
        let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
            return Err(Diagnostic::error(
                "syntax",
                &location,
                "this alias stands inside the anchor it names",
            ));
        };
        self.aliased = self.aliased.saturating_add(size);
        if self.aliased > MAX_ALIASED_NODES {
            let message = format!("aliases make this file larger than {MAX_ALIASED_NODES} nodes");
            return Err(Diagnostic::error("alias-expansion", &location, message).help("use `$ref` instead"));
        }
        if let Some(Open { kind: OpenKind::Object { key: None, .. }, .. }) = self.stack.last() {
            return Err(Diagnostic::error("syntax", &location, "an alias cannot be a key"));
        }
        self.add(node, 0)
    }

    fn add(&mut self, node: Node, anchor: usize) -> Step {
        if anchor != 0 {
            let size = count(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Array(items)) => items.push(node),
            Some(OpenKind::Object { object, seen, key }) => {
                // The second of two equal keys has been reported; the first one stays.
                if let Some((key, key_location)) = key.take()
                    && seen.get(&key) == Some(&key_location)
                {
                    object.push(Entry { key, key_location, node });
                }
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<Node, Diagnostics> {
        let mut diagnostics = self.diagnostics;
        let whole = Location::file(self.source);
        match self.root {
            Some(Node { value: Value::Null, .. }) | None => {
                diagnostics.push(Diagnostic::error("empty-file", &whole, "the file is empty").help(
                    "an OpenAPI document starts with `openapi: 3.0.3`; other files hold what it refers to",
                ));
                Err(diagnostics.sorted())
            }
            Some(root) => diagnostics.into_result(root),
        }
    }
}

fn too_deep(location: &Location) -> Diagnostic {
    Diagnostic::error("too-deep", location, format!("nested deeper than {MAX_DEPTH} levels"))
}

fn foreign_tag(tag: &Tag, location: &Location) -> Diagnostic {
    let message = format!("the tag `{}{}` has no meaning in an OpenAPI document", tag.handle, tag.suffix);
    Diagnostic::error("yaml-tag", location, message).help("quote the value when a string is meant")
}

/// How many nodes there are below and with this one.
fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::Array(items) => items.iter().map(count).sum(),
        Value::Object(object) => object.iter().map(|e| count(&e.node)).sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(text: &str) -> String {
        match parse(&Source::new("t.yaml", text)) {
            Ok(_) => String::from("fine"),
            Err(found) => found.to_string(),
        }
    }

    #[test]
    fn every_node_and_key_knows_its_place() {
        let root = parse(&Source::new("t.yaml", "a: 1\nb:\n  - x\n  - {c: 'd'}\n")).unwrap();
        let c = root.pointer("/b/1/c").unwrap();
        assert_eq!((c.as_str(), c.location.to_string().as_str()), (Some("d"), "t.yaml:4:9"));
        assert_eq!(root.as_object().unwrap().entry("b").unwrap().key_location.to_string(), "t.yaml:2:1");
    }

    #[test]
    fn json_is_read_as_yaml() {
        let root = parse(&Source::new("t.json", "{\"a\": [1, true, null, \"\\u00e9\"]}")).unwrap();
        assert_eq!(root.pointer("/a/3").unwrap().as_str(), Some("\u{e9}"));
        assert_eq!(root.pointer("/a/0").unwrap().value, Value::Number("1".into()));
    }

    #[test]
    fn a_duplicate_key_names_both_places() {
        let found = messages("a:\n  x: 1\n  y: 2\n  x: 3\n");
        assert!(found.starts_with("t.yaml:4:3: error[duplicate-key]: the key `x` is here twice"), "{found}");
        assert!(found.contains("t.yaml:2:3: first here"), "{found}");
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        assert!(messages("").contains("t.yaml:1:1: error[empty-file]"));
        assert!(messages("# only a comment\n").contains("error[empty-file]"));
        assert!(messages("a:\n\tb: 1\n").starts_with("t.yaml:2:1: error[tab]"));
        assert!(messages("a: b: c\n").starts_with("t.yaml:1:5: error[syntax]"), "{}", messages("a: b: c\n"));
        assert!(messages("a: 1\n---\nb: 2\n").contains("error[several-documents]"));
        assert!(messages("a: !!binary aGk=\n").contains("error[yaml-tag]"));
        assert!(messages("a: &x {b: 1}\nc: {<<: *x}\n").contains("error[merge-key]"));
        assert!(messages("? [a]\n: 1\n").contains("cannot be a key"));
    }

    #[test]
    fn anchors_are_expanded_but_bombs_are_not() {
        let root = parse(&Source::new("t.yaml", "a: &x {b: 1}\nc: *x\n")).unwrap();
        assert_eq!(root.get("a"), root.get("c"));
        let mut bomb = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let before = format!("*l{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("l{level}: &l{level} [{}]\n", before.trim_end_matches(", ")));
        }
        assert!(messages(&bomb).contains("error[alias-expansion]"));
    }

    #[test]
    fn nesting_has_a_limit() {
        assert!(messages(&"[".repeat(100_000)).contains("error[too-deep]"));
        assert!(messages(&"{a: ".repeat(1_000)).contains("error[too-deep]"));
    }
}
