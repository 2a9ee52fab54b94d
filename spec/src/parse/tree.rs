//! The tree while it grows, and its limits.

use std::collections::HashMap;
use std::sync::Arc;

use super::Parsed;
use crate::rules;
use crate::scalar::Ambiguous;
use crate::{Budget, Diagnostic, Diagnostics, Entry, Location, Node, Object, Position, Source, Value};

/// Deeper nesting than this is refused: no OpenAPI document comes near it, and what reads the tree recurses.
pub(super) const MAX_DEPTH: usize = 128;

/// How many nodes aliases may add to one file: enough for every honest use, too few for a bomb.
const MAX_ALIASED_NODES: usize = 100_000;

/// How many nodes all anchors of one file together may hold: anchors within anchors are kept once each.
const MAX_ANCHORED_NODES: usize = 2 * MAX_ALIASED_NODES;

/// How many nodes a file may have: so many in every file, and so many more for each kilobyte. Published documents have a
/// node in ten bytes at most; lists of small numbers have one in two, and each takes as much memory as any other.
const NODES_BASE: usize = 150_000;
const NODES_PER_KILOBYTE: usize = 120;

/// How many ambiguous scalars of a file are kept to be looked at.
const MAX_AMBIGUOUS: usize = 50_000;

/// Why reading ends here.
pub(super) type Step = Result<(), Diagnostic>;

/// A collection that is being filled.
struct Open {
    start: Position,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Array(Vec<Node>),
    Object { object: Object, key: Option<Key>, merged: Vec<Node> },
}

/// A key whose value comes next.
enum Key {
    New(String, Location),
    /// The second of two equal keys has been reported; the first one stays.
    Twice,
    /// `<<` has been reported; its value is looked into so that nothing seems to be missing.
    Merge,
}

/// What the innermost open collection is waiting for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    Nothing,
    Array,
    /// An object, and whether a key comes next.
    Object {
        key: bool,
    },
}

/// A tree that is being built, from whichever syntax.
pub(super) struct Tree<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) found: Diagnostics,
    ambiguous: Vec<Ambiguous>,
    stack: Vec<Open>,
    root: Option<Node>,
    anchors: HashMap<usize, (Node, usize)>,
    anchored: usize,
    aliased: usize,
    nodes: Budget,
}

impl<'a> Tree<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        Tree {
            source,
            found: Diagnostics::new(),
            ambiguous: Vec::new(),
            stack: Vec::new(),
            root: None,
            anchors: HashMap::new(),
            anchored: 0,
            aliased: 0,
            nodes: Budget::new(NODES_BASE, NODES_PER_KILOBYTE, source.text.len()),
        }
    }

    pub(super) fn location(&self, start: Position, end: Position) -> Location {
        Location { source: Arc::clone(self.source), start, end }
    }

    pub(super) fn has_root(&self) -> bool {
        self.root.is_some()
    }

    pub(super) fn inside(&self) -> Inside {
        match self.stack.last().map(|open| &open.kind) {
            None => Inside::Nothing,
            Some(OpenKind::Array(_)) => Inside::Array,
            Some(OpenKind::Object { key, .. }) => Inside::Object { key: key.is_none() },
        }
    }

    /// A key of the innermost object.
    pub(super) fn key(&mut self, text: String, location: Location) {
        let Some(Open { kind: OpenKind::Object { object, key, .. }, .. }) = self.stack.last_mut() else {
            return;
        };
        *key = Some(match object.entry(&text) {
            Some(first) => {
                self.found.push(rules::duplicate_key::report(&text, &location, &first.key_location));
                Key::Twice
            }
            None => Key::New(text, location),
        });
    }

    /// `<<`, which other readers take for the keys of another object.
    pub(super) fn merge_key(&mut self, location: &Location) {
        self.found.push(rules::merge_key::report(location));
        if let Some(Open { kind: OpenKind::Object { key, .. }, .. }) = self.stack.last_mut() {
            *key = Some(Key::Merge);
        }
    }

    /// A value or key that other readers take for something else.
    pub(super) fn ambiguous(&mut self, scalar: Ambiguous) {
        if self.ambiguous.len() == MAX_AMBIGUOUS {
            let message = "from here on, values that other readers take for something else are not found";
            let help = "put texts in quotes, or split the file";
            self.found.push(rules::checking_stopped::report(&scalar.location, message, help));
        }
        if self.ambiguous.len() <= MAX_AMBIGUOUS {
            self.ambiguous.push(scalar);
        }
    }

    pub(super) fn open_array(&mut self, start: Position, anchor: usize) -> Step {
        self.open(OpenKind::Array(Vec::new()), start, anchor)
    }

    pub(super) fn open_object(&mut self, start: Position, anchor: usize) -> Step {
        self.open(OpenKind::Object { object: Object::new(), key: None, merged: Vec::new() }, start, anchor)
    }

    fn open(&mut self, kind: OpenKind, start: Position, anchor: usize) -> Step {
        if self.stack.len() >= MAX_DEPTH {
            return Err(rules::too_deep::nested(&self.location(start, start), MAX_DEPTH));
        }
        self.stack.push(Open { start, anchor, kind });
        Ok(())
    }

    /// The end of the innermost collection, given where the syntax says it is.
    pub(super) fn close(&mut self, end: Position) -> Step {
        let Some(open) = self.stack.pop() else { return Ok(()) };
        let value = match open.kind {
            OpenKind::Array(mut items) => {
                items.shrink_to_fit();
                Value::Array(items)
            }
            OpenKind::Object { object, merged, .. } => {
                let mut object = with_merged(object, merged);
                object.shrink();
                Value::Object(object)
            }
        };
        let location = self.location(open.start, end.max(open.start));
        self.add(Node { value, location }, open.anchor)
    }

    /// The end of the innermost collection, which is where its last child ends: a block collection of YAML "ends"
    /// where the next token starts.
    pub(super) fn close_block(&mut self, end: Position) -> Step {
        let last = match self.stack.last().map(|open| &open.kind) {
            Some(OpenKind::Array(items)) => items.last().map(|node| node.location.end),
            Some(OpenKind::Object { object, .. }) => {
                object.iter().next_back().map(|entry| entry.node.location.end)
            }
            None => None,
        };
        self.close(last.unwrap_or(end))
    }

    /// The node that an anchor names, once more.
    pub(super) fn alias(&mut self, anchor: usize, location: &Location) -> Step {
        let Some((node, size)) = self.anchors.get(&anchor).cloned() else {
            let message = "this alias stands inside the anchor it names";
            return Err(rules::syntax::report(location, message).help("use `$ref` for what is recursive"));
        };
        self.aliased = self.aliased.saturating_add(size);
        if self.aliased > MAX_ALIASED_NODES {
            let message = format!("aliases make this file larger than {MAX_ALIASED_NODES} nodes");
            return Err(rules::too_large::expanded(location, message));
        }
        self.add(node, 0)
    }

    /// A value.
    pub(super) fn add(&mut self, node: Node, anchor: usize) -> Step {
        if !self.nodes.spend(1) {
            let message = format!("the file has more than {} values", self.nodes.limit());
            return Err(rules::too_large::expanded(&node.location.to_start(), message));
        }
        if anchor != 0 {
            self.keep(&node, anchor)?;
        }
        match self.stack.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Array(items)) => items.push(node),
            Some(OpenKind::Object { object, key, merged }) => match key.take() {
                Some(Key::New(key, key_location)) => object.push(Entry { key, key_location, node }),
                Some(Key::Merge) => merged.push(node),
                Some(Key::Twice) | None => {}
            },
        }
        Ok(())
    }

    /// Keeps a copy for aliases. Anchors within anchors are kept once each, so all of them together have a limit too.
    fn keep(&mut self, node: &Node, anchor: usize) -> Step {
        let mut budget = MAX_ALIASED_NODES;
        if !fits(node, &mut budget) {
            // An alias to it would be too large; without one there is no harm.
            self.anchors.insert(anchor, (Node::new(Value::Null, &node.location), usize::MAX));
            return Ok(());
        }
        let size = MAX_ALIASED_NODES - budget;
        self.anchored += size;
        if self.anchored > MAX_ANCHORED_NODES {
            let message = format!("the anchors of this file hold more than {MAX_ANCHORED_NODES} nodes");
            return Err(rules::too_large::expanded(&node.location.to_start(), message));
        }
        self.anchors.insert(anchor, (node.clone(), size));
        Ok(())
    }

    /// The tree, when the whole text was read.
    pub(super) fn finish(mut self) -> Parsed {
        let tree = match self.root.take() {
            Some(Node { value: Value::Null, .. }) | None => {
                let whole = Location::file(self.source);
                self.found.push(rules::empty_file::report(&whole));
                None
            }
            root => root,
        };
        Parsed { tree, found: self.found.sorted(), ambiguous: self.ambiguous }
    }

    /// No tree: what was read up to there cannot be trusted.
    pub(super) fn refuse(mut self, fatal: Diagnostic) -> Parsed {
        self.found.push(fatal);
        Parsed { tree: None, found: self.found.sorted(), ambiguous: Vec::new() }
    }
}

/// An object with the keys of others that it does not have itself.
fn with_merged(mut object: Object, merged: Vec<Node>) -> Object {
    let lists = merged.into_iter().flat_map(|node| match node.value {
        Value::Array(items) => items,
        _ => vec![node],
    });
    for node in lists {
        let Value::Object(other) = node.value else { continue };
        for entry in other.iter() {
            if !object.contains(&entry.key) {
                object.push(entry.clone());
            }
        }
    }
    object
}

/// Whether a node has no more nodes below and with it than the budget, which is used up by them.
fn fits(node: &Node, budget: &mut usize) -> bool {
    let Some(left) = budget.checked_sub(1) else { return false };
    *budget = left;
    match &node.value {
        Value::Array(items) => items.iter().all(|item| fits(item, budget)),
        Value::Object(object) => object.iter().all(|entry| fits(&entry.node, budget)),
        _ => true,
    }
}
