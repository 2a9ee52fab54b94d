//! Parses YAML 1.2 with the scanner of saphyr.

use std::sync::Arc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span, Tag};

use super::tabs::IndentationTabs;
use super::tree::{InnermostCollectionKind, MAX_COLLECTION_DEPTH, ParseStepResult, TreeBuilder};
use super::{ParsedFile, to_u32};
use crate::rules::{self, syntax};
use crate::scalar::{self, AmbiguousScalar, resolve_unquoted_scalar};
use crate::{Finding, Location, Node, Position, Source, StepBudget, Value};

/// The base of the limit on the YAML tokens of a file. To this base, `TOKEN_LIMIT_INCREASE_PER_KILOBYTE` is added for
/// each kilobyte of the file. Handwritten documents have about 150 tokens per kilobyte.
const BASE_TOKEN_LIMIT: usize = 250_000;
const TOKEN_LIMIT_INCREASE_PER_KILOBYTE: usize = 330;

/// Parses a YAML text as far as possible, and returns the tree with all findings.
pub(super) fn parse_yaml_text(source: &Arc<Source>) -> ParsedFile {
    let mut builder = Builder {
        tree: TreeBuilder::new(source),
        tabs: IndentationTabs::new(&source.text),
        open_flow_depth_and_start_line: None,
    };
    if let Some(place) = find_position_over_token_limit(&source.text) {
        let message = "from here on, the file has more brackets, commas and colons than its size allows";
        let location = builder.tree.location(place, place);
        return builder.tree.finish_without_tree(rules::too_large::new_too_many_values_finding(
            &location,
            message.to_owned(),
        ));
    }
    let mut parser = Parser::new_from_str(&source.text);
    while let Some(next) = parser.next_event() {
        let fatal = match next {
            Ok((event, span)) => match builder.handle_event(event, span) {
                Ok(()) => continue,
                Err(fatal) => fatal,
            },
            Err(error) => builder.new_syntax_error_finding(error.marker(), error.info()),
        };
        return builder.tree.finish_without_tree(fatal);
    }
    if let Some(tab) = builder.tabs.make_forbidden_tab_finding(None, source) {
        builder.tree.findings.push(tab);
    }
    builder.tree.finish_parsing()
}

/// Returns the position at which a text exceeds the maximum number of tokens; `None` if it does not. Estimates the
/// number of tokens before the scanner runs, because the scanner stores all tokens of nested brackets before it returns
/// the first one.
fn find_position_over_token_limit(text: &str) -> Option<Position> {
    let mut budget = StepBudget::new(BASE_TOKEN_LIMIT, TOKEN_LIMIT_INCREASE_PER_KILOBYTE, text.len());
    let tokens = |byte| match byte {
        // Only the characters that are listed here are counted. The number is the maximum number of tokens that the
        // scanner returns for the character and for the text up to the next listed character. For a colon, there can be
        // three: the mark of a key, the mark of a value, and the value.
        b':' => 3,
        b',' => 2,
        b'[' | b']' | b'{' | b'}' => 1,
        _ => 0,
    };
    let end = text.bytes().position(|byte| !budget.try_spend(tokens(byte)))?;
    Some(Position::end_of(&text[..end]))
}

/// Returns a help text for a syntax error. `info` is the message of the YAML scanner about the error.
fn advise_on_syntax_error(info: &str) -> &'static str {
    if info.contains("mapping values are not allowed") {
        "quote a text that has `: ` in it, and look at the indentation of this line and the one before"
    } else if info.contains("unknown anchor") {
        "name a thing with `&name` before it is used as `*name`; a text that starts with `*` needs quotes"
    } else {
        "look at the indentation, quotes and colons of this line and the one before"
    }
}

fn to_position(marker: &Marker) -> Position {
    Position { line: to_u32(marker.line()).max(1), column: to_u32(marker.col()).saturating_add(1) }
}

struct Builder<'a> {
    tree: TreeBuilder<'a>,
    tabs: IndentationTabs,
    /// The number of open flow collections (collections in brackets), and the line on which the outermost one starts;
    /// `None` if no flow collection is open.
    open_flow_depth_and_start_line: Option<(usize, u32)>,
}

impl Builder<'_> {
    fn to_location(&self, span: Span) -> Location {
        self.tree.location(to_position(&span.start), to_position(&span.end))
    }

    fn new_syntax_error_finding(&self, marker: &Marker, info: &str) -> Finding {
        let place = to_position(marker);
        if let Some(tab) = self.tabs.make_forbidden_tab_finding(Some(place.line), self.tree.source) {
            return tab;
        }
        let location = self.tree.location(place, place);
        // The scanner has its own limit on the depth of nested `[...]` and `{...}`, which may be exceeded before
        // `MAX_COLLECTION_DEPTH`. Both limits are reported with the same message.
        if info == "recursion limit exceeded" {
            return rules::too_deep::new_deep_nesting_finding(&location, MAX_COLLECTION_DEPTH);
        }
        syntax::new_finding(&location, format!("not valid YAML: {info}"))
            .with_help(advise_on_syntax_error(info))
    }

    fn handle_event(&mut self, event: Event<'_>, span: Span) -> ParseStepResult {
        match event {
            Event::DocumentStart(_) if self.tree.has_root() => {
                Err(rules::several_documents::new_finding(&self.to_location(span)))
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.add_scalar(&text, style, anchor, tag.as_deref(), span)
            }
            Event::SequenceStart(anchor, tag) => {
                self.start_collection(tag.as_deref(), span)?;
                self.tree.open_array(to_position(&span.start), anchor)
            }
            Event::MappingStart(anchor, tag) => {
                self.start_collection(tag.as_deref(), span)?;
                self.tree.open_object(to_position(&span.start), anchor)
            }
            Event::SequenceEnd | Event::MappingEnd => self.end_collection(span),
            Event::Alias(anchor) => self.add_alias(anchor, span),
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => Ok(()),
        }
    }

    fn add_scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Span,
    ) -> ParseStepResult {
        let location = self.to_location(span);
        let plain = style == ScalarStyle::Plain && tag.is_none();
        if !plain {
            self.tabs.allow_tabs_in_lines(location.start.line, location.end.line);
        }
        if let Some(tag) = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == "str")) {
            self.tree.findings.push(new_tag_finding(tag, &location));
        }
        let is_key =
            self.tree.innermost_collection_kind() == InnermostCollectionKind::Object { expects_key: true };
        if plain && let Some(yaml_1_1_type) = scalar::describe_yaml_1_1_type(text, is_key) {
            self.tree.add_ambiguous_scalar(AmbiguousScalar {
                location: location.clone(),
                text: text.to_owned(),
                yaml_1_1_type_description: yaml_1_1_type,
            });
        }
        if is_key {
            match plain && text == "<<" {
                true => self.tree.add_and_report_merge_key(&location),
                // A key is always a string, even if its text is an unquoted number or boolean, because status codes
                // (`200`) and words like `on` are common as keys.
                false => self.tree.add_key(text.to_owned(), location),
            }
            return Ok(());
        }
        let value = match plain {
            // A number that JSON cannot represent is reported and becomes a string, so that the rest of the file can be
            // parsed.
            true => resolve_unquoted_scalar(text).unwrap_or_else(|why| {
                self.tree.findings.push(syntax::new_finding(&location, format!("`{text}`: {why}")));
                Value::String(text.to_owned())
            }),
            false => Value::String(text.to_owned()),
        };
        self.tree.add_value(Node { value, location }, anchor)
    }

    fn start_collection(&mut self, tag: Option<&Tag>, span: Span) -> ParseStepResult {
        let location = self.to_location(span);
        if let Some(tag) = tag {
            self.tree.findings.push(new_tag_finding(tag, &location));
        }
        if self.tree.innermost_collection_kind() == (InnermostCollectionKind::Object { expects_key: true }) {
            return Err(syntax::new_finding(&location, "a list or an object cannot be a key")
                .with_help("quote a key that starts with `{` or `[`"));
        }
        // A collection in brackets (flow style) has the opening bracket as its location. The location of any other
        // collection is empty: it starts and ends at the same position.
        self.open_flow_depth_and_start_line = match self.open_flow_depth_and_start_line {
            Some((open, line)) => Some((open + 1, line)),
            None => (location.start != location.end).then_some((1, location.start.line)),
        };
        Ok(())
    }

    fn end_collection(&mut self, span: Span) -> ParseStepResult {
        let end = to_position(&span.end);
        match self.open_flow_depth_and_start_line {
            None => return self.tree.close_block_collection(end),
            Some((1, line)) => {
                self.tabs.allow_tabs_in_lines(line, end.line);
                self.open_flow_depth_and_start_line = None;
            }
            Some((open, line)) => self.open_flow_depth_and_start_line = Some((open - 1, line)),
        }
        self.tree.close_collection(end)
    }

    fn add_alias(&mut self, anchor: usize, span: Span) -> ParseStepResult {
        let location = self.to_location(span);
        if self.tree.innermost_collection_kind() == (InnermostCollectionKind::Object { expects_key: true }) {
            return Err(syntax::new_finding(&location, "an alias cannot be a key")
                .with_help("write the key out; a text that starts with `*` needs quotes"));
        }
        self.tree.add_aliased_node(anchor, &location)
    }
}

fn new_tag_finding(tag: &Tag, location: &Location) -> Finding {
    rules::yaml_tag::new_finding(&format!("{}{}", tag.handle, tag.suffix), location)
}

#[cfg(test)]
mod tests {
    use crate::{Source, Value, parse_source};

    fn messages(text: &str) -> String {
        match parse_source(&Source::new("t.yaml", text)) {
            Ok(_) => String::from("fine"),
            Err(found) => found.to_string(),
        }
    }

    #[test]
    fn every_node_and_key_knows_its_place() {
        let root = parse_source(&Source::new("t.yaml", "a: 1\nb:\n  - x\n  - {c: 'd'}\n")).unwrap();
        let c = root.pointer("/b/1/c").unwrap();
        assert_eq!((c.as_str(), c.location.to_string().as_str()), (Some("d"), "t.yaml:4:9"));
        assert_eq!(root.as_object().unwrap().entry("b").unwrap().key_location.to_string(), "t.yaml:2:1");
        let flow = &root.pointer("/b/1").unwrap().location;
        assert_eq!((flow.start.column, flow.end.column), (5, 13));
    }

    #[test]
    fn yaml_in_braces_is_read_as_yaml() {
        let root = parse_source(&Source::new("t.yaml", "{a: [1, true, null, \"\\u00e9\"]}")).unwrap();
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
        assert!(messages("a: b: c\n").starts_with("t.yaml:1:5: error[syntax]"), "{}", messages("a: b: c\n"));
        assert!(messages("a: 1\n---\nb: 2\n").contains("error[several-documents]"));
        assert!(messages("a: !!binary aGk=\n").contains("error[yaml-tag]"));
        assert!(messages("a: &x {b: 1}\nc: {<<: *x}\n").contains("error[merge-key]"));
        assert!(messages("? [a]\n: 1\n").contains("cannot be a key"));
    }

    #[test]
    fn a_tab_is_blamed_only_where_it_indents() {
        assert!(messages("a:\n\tb: 1\n").starts_with("t.yaml:2:1: error[tab]"));
        assert!(messages("a:\n  b: 1\n\tc: 1\n").starts_with("t.yaml:3:1: error[tab]"));
        assert!(messages("a:\n  b: 1\n  \tc: 1\n").starts_with("t.yaml:3:3: error[tab]"));
        assert!(messages("a:\n  - 1\n\t- 2\n").starts_with("t.yaml:3:1: error[tab]"));
        assert_eq!(messages("a: |\n  b\n  \tc\nd: 1\n"), "fine");
        assert_eq!(messages("a: {\n  b: 1,\n\tc: {d: 1,\n\te: 2}}\n"), "fine");
        assert_eq!(messages("{\n\ta: [\n\t\t1]}\n"), "fine");
        assert!(messages("a: \"b\n\tc\"\n").starts_with("t.yaml:2:1: error[tab]"));
        assert!(messages("a:\n \tb: 1\n").starts_with("t.yaml:2:2: error[tab]"));
        assert!(messages("a: |\n  b\n  \tc\nd:\n\te: 1\n").starts_with("t.yaml:5:1: error[tab]"));
    }

    #[test]
    fn several_faults_of_one_file_are_all_found() {
        let found = messages("a: 1\na: 2\nb: !x 1\nc: {<<: {d: 1}}\nb: 3\n");
        assert_eq!(found.matches("error[").count(), 4, "{found}");
    }

    #[test]
    fn anchors_are_expanded_but_bombs_are_not() {
        let root = parse_source(&Source::new("t.yaml", "a: &x {b: 1}\nc: *x\n")).unwrap();
        assert_eq!(root.get("a"), root.get("c"));
        let mut bomb = String::from("l0: &l0 [x, x, x, x, x, x, x, x, x, x]\n");
        for level in 1..9 {
            let before = format!("*l{}, ", level - 1).repeat(10);
            bomb.push_str(&format!("l{level}: &l{level} [{}]\n", before.trim_end_matches(", ")));
        }
        assert!(messages(&bomb).contains("error[too-large]"));
        // The text nests 100 lists, each with an anchor, and the innermost list has 20,000 numbers. Every number is
        // counted for each of the 100 lists that contain it, so the total number of anchored nodes is too large.
        let mut nested_anchors_text: String = (0..100).map(|n| format!("&a{n} [")).collect();
        nested_anchors_text.push_str(&"1, ".repeat(20_000));
        nested_anchors_text.push_str(&"]".repeat(100));
        assert!(messages(&nested_anchors_text).contains("error[too-large]"));
    }

    #[test]
    fn a_file_of_more_tokens_than_its_size_allows_is_refused_before_it_is_scanned() {
        // Each `[],` counts as four tokens, so the text has 414,000 tokens. The maximum for a file of 303 KB is 350,000
        // tokens.
        let text_with_many_tokens = format!("a: [[{}]]\n", "[],".repeat(103_500));
        let found = messages(&text_with_many_tokens);
        assert!(
            found.starts_with("t.yaml:1:262552: error[too-large]: from here on, the file"),
            "{found:.200}"
        );
        let text_with_fewer_tokens = format!("a: [[{}]]\n", "[],".repeat(75_000));
        assert_eq!(messages(&text_with_fewer_tokens), "fine");
        let long = format!("a: {}\n", "A sentence of a description, with a comma. ".repeat(50_000));
        assert_eq!(messages(&long), "fine");
    }

    #[test]
    fn a_duplicate_in_an_anchored_object_is_found_once() {
        let found = messages("a: &x {b: 1, b: 2}\nc: *x\nd: *x\n");
        assert_eq!(found.matches("error[").count(), 1, "{found}");
    }

    #[test]
    fn nesting_has_a_limit() {
        assert!(messages(&"[".repeat(100_000)).contains("error[too-deep]"));
        assert!(messages(&"{a: ".repeat(1_000)).contains("error[too-deep]"));
        assert!(messages(&format!("a:\n{}", "- ".repeat(100_000))).contains("error[too-deep]"));
        assert!(messages(&"{\"a\":".repeat(100_000)).contains("error[too-deep]"));
        let lines: String = (0..1_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert!(messages(&lines).contains("error[too-deep]"));
    }
}
