//! Builds the tree of a file, and enforces the limits on the size and depth of the tree.

use std::collections::HashMap;
use std::sync::Arc;

use super::ParsedFile;
use crate::rules;
use crate::scalar::AmbiguousScalar;
use crate::{Entry, Finding, Findings, Location, Node, Object, Position, Source, StepBudget, Value};

/// The maximum depth of nested collections. The code that processes trees is recursive, so a deeper tree could overflow
/// the stack. OpenAPI documents are far less deep.
pub(super) const MAX_COLLECTION_DEPTH: usize = 128;

/// The maximum number of nodes that YAML aliases may add to one file. It stops alias bombs: small files in which
/// aliases stand for millions of nodes, because they refer to nodes that contain further aliases.
const MAX_ALIASED_NODES: usize = 100_000;

/// The maximum total number of nodes in all subtrees with a YAML anchor in one file. A node counts once for each
/// anchored subtree that contains it.
const MAX_ANCHORED_SUBTREE_NODES: usize = 2 * MAX_ALIASED_NODES;

/// The base of the maximum number of nodes of a file, to which [`NODE_LIMIT_INCREASE_PER_KILOBYTE`] nodes per kilobyte
/// are added. Published documents have at most one node per ten bytes, and a list of one-digit numbers has one node per
/// two bytes.
const BASE_NODE_LIMIT: usize = 150_000;
const NODE_LIMIT_INCREASE_PER_KILOBYTE: usize = 120;

/// The maximum number of ambiguous scalars that are collected from one file. A scalar is ambiguous if YAML 1.1 readers
/// and YAML 1.2 readers interpret it differently.
const MAX_AMBIGUOUS_SCALARS: usize = 50_000;

/// The result of one step of parsing a file, like adding a node to the tree. An error ends the parsing.
pub(super) type ParseStepResult = Result<(), Finding>;

/// A collection whose end has not been read yet.
struct OpenCollection {
    start: Position,
    anchor: usize,
    kind: OpenKind,
}

enum OpenKind {
    Array(Vec<Node>),
    Object { object: Object, key: Option<PendingKey>, merged: Vec<Node> },
}

/// A key whose value has not been read yet.
enum PendingKey {
    FirstOccurrence(String, Location),
    /// A key that the object already has. It was reported as an error. The object keeps the first value of the key.
    Duplicate,
    /// The merge key `<<`, which was reported as an error. The keys of its value are still added to the object, so that
    /// they are not reported as missing.
    MergeKey,
}

/// The kind of the innermost collection whose end has not been read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum InnermostCollectionKind {
    Nothing,
    Array,
    /// An object. If `expects_key` is true, a key is expected next, otherwise a value.
    Object {
        expects_key: bool,
    },
}

/// Builds the tree of a file from the events of the JSON or the YAML parser.
pub(super) struct TreeBuilder<'a> {
    pub(super) source: &'a Arc<Source>,
    pub(super) findings: Findings,
    ambiguous_scalars: Vec<AmbiguousScalar>,
    /// The collections whose end has not been read yet, outer ones first.
    open_collections: Vec<OpenCollection>,
    root: Option<Node>,
    /// The nodes with a YAML anchor, by the number of the anchor. The `usize` is the number of nodes in the subtree of
    /// the node, or `usize::MAX` if the subtree is too large to be copied.
    anchored_nodes: HashMap<usize, (Node, usize)>,
    /// The total number of nodes in all anchored subtrees read so far. A subtree is anchored if its root has a YAML
    /// anchor.
    anchored_subtree_node_count: usize,
    /// The number of nodes that YAML aliases have added so far.
    aliased_node_count: usize,
    /// Limits the number of nodes that the file may have.
    node_budget: StepBudget,
}

impl<'a> TreeBuilder<'a> {
    pub(super) fn new(source: &'a Arc<Source>) -> Self {
        TreeBuilder {
            source,
            findings: Findings::new(),
            ambiguous_scalars: Vec::new(),
            open_collections: Vec::new(),
            root: None,
            anchored_nodes: HashMap::new(),
            anchored_subtree_node_count: 0,
            aliased_node_count: 0,
            node_budget: StepBudget::new(
                BASE_NODE_LIMIT,
                NODE_LIMIT_INCREASE_PER_KILOBYTE,
                source.text.len(),
            ),
        }
    }

    pub(super) fn location(&self, start: Position, end: Position) -> Location {
        Location { source: Arc::clone(self.source), start, end }
    }

    pub(super) fn has_root(&self) -> bool {
        self.root.is_some()
    }

    pub(super) fn innermost_collection_kind(&self) -> InnermostCollectionKind {
        match self.open_collections.last().map(|open| &open.kind) {
            None => InnermostCollectionKind::Nothing,
            Some(OpenKind::Array(_)) => InnermostCollectionKind::Array,
            Some(OpenKind::Object { key, .. }) => {
                InnermostCollectionKind::Object { expects_key: key.is_none() }
            }
        }
    }

    /// Adds a key to the innermost open object. The next node that is added becomes the value of the key.
    pub(super) fn add_key(&mut self, text: String, location: Location) {
        let Some(OpenCollection { kind: OpenKind::Object { object, key, .. }, .. }) =
            self.open_collections.last_mut()
        else {
            return;
        };
        *key = Some(match object.entry(&text) {
            Some(first) => {
                self.findings.push(rules::duplicate_key::new_finding(&text, &location, &first.key_location));
                PendingKey::Duplicate
            }
            None => PendingKey::FirstOccurrence(text, location),
        });
    }

    /// Adds the merge key `<<` to the innermost open object, and reports the key. YAML 1.1 readers replace a merge key
    /// by the keys of its value.
    pub(super) fn add_and_report_merge_key(&mut self, location: &Location) {
        self.findings.push(rules::merge_key::new_finding(location));
        if let Some(OpenCollection { kind: OpenKind::Object { key, .. }, .. }) =
            self.open_collections.last_mut()
        {
            *key = Some(PendingKey::MergeKey);
        }
    }

    /// Collects a scalar that YAML 1.1 readers and YAML 1.2 readers interpret differently. If a file has more than
    /// `MAX_AMBIGUOUS_SCALARS` of them, reports this once.
    pub(super) fn add_ambiguous_scalar(&mut self, scalar: AmbiguousScalar) {
        if self.ambiguous_scalars.len() == MAX_AMBIGUOUS_SCALARS {
            let message = "from here on, values that other readers take for something else are not found";
            let help = "put texts in quotes, or split the file";
            self.findings.push(rules::checking_stopped::new_finding(&scalar.location, message, help));
        }
        if self.ambiguous_scalars.len() <= MAX_AMBIGUOUS_SCALARS {
            self.ambiguous_scalars.push(scalar);
        }
    }

    pub(super) fn open_array(&mut self, start: Position, anchor: usize) -> ParseStepResult {
        self.open(OpenKind::Array(Vec::new()), start, anchor)
    }

    pub(super) fn open_object(&mut self, start: Position, anchor: usize) -> ParseStepResult {
        self.open(OpenKind::Object { object: Object::new(), key: None, merged: Vec::new() }, start, anchor)
    }

    fn open(&mut self, kind: OpenKind, start: Position, anchor: usize) -> ParseStepResult {
        if self.open_collections.len() >= MAX_COLLECTION_DEPTH {
            return Err(rules::too_deep::new_deep_nesting_finding(
                &self.location(start, start),
                MAX_COLLECTION_DEPTH,
            ));
        }
        self.open_collections.push(OpenCollection { start, anchor, kind });
        Ok(())
    }

    /// Ends the innermost open collection at the position `end`, which the parser reports.
    pub(super) fn close_collection(&mut self, end: Position) -> ParseStepResult {
        let Some(open) = self.open_collections.pop() else { return Ok(()) };
        let value = match open.kind {
            OpenKind::Array(mut items) => {
                items.shrink_to_fit();
                Value::Array(items)
            }
            OpenKind::Object { object, merged, .. } => {
                let mut object = add_merged_keys(object, merged);
                object.shrink_to_fit();
                Value::Object(object)
            }
        };
        let location = self.location(open.start, end.max(open.start));
        self.add_value(Node { value, location }, open.anchor)
    }

    /// Closes the innermost open collection. It must be a YAML block collection, which has no brackets, so it ends
    /// where its last child ends. If it has no children, it ends at `end`, the position of the next token.
    pub(super) fn close_block_collection(&mut self, end: Position) -> ParseStepResult {
        let last = match self.open_collections.last().map(|open| &open.kind) {
            Some(OpenKind::Array(items)) => items.last().map(|node| node.location.end),
            Some(OpenKind::Object { object, .. }) => {
                object.iter().next_back().map(|entry| entry.node.location.end)
            }
            None => None,
        };
        self.close_collection(last.unwrap_or(end))
    }

    /// Adds a copy of the node to which a YAML alias refers. `anchor` is the number of the anchor of that node.
    pub(super) fn add_aliased_node(&mut self, anchor: usize, location: &Location) -> ParseStepResult {
        let Some((node, size)) = self.anchored_nodes.get(&anchor).cloned() else {
            let message = "this alias stands inside the anchor it names";
            return Err(
                rules::syntax::new_finding(location, message).with_help("use `$ref` for what is recursive")
            );
        };
        self.aliased_node_count = self.aliased_node_count.saturating_add(size);
        if self.aliased_node_count > MAX_ALIASED_NODES {
            let message = format!("aliases make this file larger than {MAX_ALIASED_NODES} nodes");
            return Err(rules::too_large::new_too_many_values_finding(location, message));
        }
        self.add_value(node, 0)
    }

    /// Adds a value to the innermost open collection. If no collection is open, the value becomes the root of the tree.
    /// `anchor` is the number of the YAML anchor of the value, or 0 if the value has no anchor.
    pub(super) fn add_value(&mut self, node: Node, anchor: usize) -> ParseStepResult {
        if !self.node_budget.try_spend(1) {
            let message = format!("the file has more than {} values", self.node_budget.initial_step_count());
            return Err(rules::too_large::new_too_many_values_finding(
                &node.location.collapse_to_start(),
                message,
            ));
        }
        if anchor != 0 {
            self.store_anchored_node(&node, anchor)?;
        }
        match self.open_collections.last_mut().map(|open| &mut open.kind) {
            None => self.root = Some(node),
            Some(OpenKind::Array(items)) => items.push(node),
            Some(OpenKind::Object { object, key, merged }) => match key.take() {
                Some(PendingKey::FirstOccurrence(key, key_location)) => {
                    object.push_new_entry(Entry { key, key_location, node })
                }
                Some(PendingKey::MergeKey) => merged.push(node),
                Some(PendingKey::Duplicate) | None => {}
            },
        }
        Ok(())
    }

    /// Stores a copy of a node with an anchor, so that aliases can refer to the node.
    fn store_anchored_node(&mut self, node: &Node, anchor: usize) -> ParseStepResult {
        let mut budget = MAX_ALIASED_NODES;
        if !try_spend_nodes(node, &mut budget) {
            // The node is too large to be copied, so a null with the size `usize::MAX` is stored instead. If an alias
            // refers to the anchor, `add_aliased_node` reports an error, because this size exceeds the limit for the
            // nodes that aliases add. If no alias refers to the anchor, no error is reported.
            self.anchored_nodes.insert(anchor, (Node::new(Value::Null, &node.location), usize::MAX));
            return Ok(());
        }
        let size = MAX_ALIASED_NODES - budget;
        self.anchored_subtree_node_count += size;
        if self.anchored_subtree_node_count > MAX_ANCHORED_SUBTREE_NODES {
            let message =
                format!("the anchors of this file hold more than {MAX_ANCHORED_SUBTREE_NODES} nodes");
            return Err(rules::too_large::new_too_many_values_finding(
                &node.location.collapse_to_start(),
                message,
            ));
        }
        self.anchored_nodes.insert(anchor, (node.clone(), size));
        Ok(())
    }

    /// Returns the tree and all findings, after the whole text was parsed. Adds a finding if the file is empty.
    pub(super) fn finish_parsing(mut self) -> ParsedFile {
        let tree = match self.root.take() {
            Some(Node { value: Value::Null, .. }) | None => {
                let whole = Location::start_of_file(self.source);
                self.findings.push(rules::empty_file::new_finding(&whole));
                None
            }
            root => root,
        };
        ParsedFile {
            tree,
            findings: self.findings.into_sorted_and_deduplicated(),
            ambiguous_scalars: self.ambiguous_scalars,
        }
    }

    /// Returns a parsed file that has all findings, but no tree, because an error has ended the parsing. `fatal` is the
    /// finding about that error.
    pub(super) fn finish_without_tree(mut self, fatal: Finding) -> ParsedFile {
        self.findings.push(fatal);
        ParsedFile {
            tree: None,
            findings: self.findings.into_sorted_and_deduplicated(),
            ambiguous_scalars: Vec::new(),
        }
    }
}

/// Adds the keys of the objects in `merged` to `object`, except keys that `object` already has. `merged` contains the
/// values of the merge key `<<`.
fn add_merged_keys(mut object: Object, merged: Vec<Node>) -> Object {
    let lists = merged.into_iter().flat_map(|node| match node.value {
        Value::Array(items) => items,
        _ => vec![node],
    });
    for node in lists {
        let Value::Object(other) = node.value else { continue };
        for entry in other.iter() {
            if !object.contains_key(&entry.key) {
                object.push_new_entry(entry.clone());
            }
        }
    }
    object
}

/// Subtracts the number of nodes in a tree from the budget, and returns true. If the tree has more nodes than the
/// budget allows, sets the budget to 0 and returns false.
fn try_spend_nodes(node: &Node, budget: &mut usize) -> bool {
    let Some(left) = budget.checked_sub(1) else { return false };
    *budget = left;
    match &node.value {
        Value::Array(items) => items.iter().all(|item| try_spend_nodes(item, budget)),
        Value::Object(object) => object.iter().all(|entry| try_spend_nodes(&entry.node, budget)),
        _ => true,
    }
}
