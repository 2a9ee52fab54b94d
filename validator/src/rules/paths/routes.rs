//! A tree of the paths in a document, with a level for each path segment. The tree finds paths that match the same URLs
//! as another path, without comparing all pairs of paths.

use std::collections::BTreeMap;

use partner_spec::Entry;

/// The budget of node visits that all searches for conflicting paths share is this number, multiplied by the number of
/// nodes of the path tree. A tree with fewer than 1000 nodes counts as one with 1000. Without this limit, the searches
/// could take long, because paths with many placeholders match many other paths.
const VISIT_BUDGET_PER_TREE_NODE: usize = 256;

/// A tree of paths, with a level for each path segment.
pub(super) struct PathTree<'a> {
    /// The nodes of the tree. They refer to each other by their indices in this list.
    nodes: Vec<PathTreeNode<'a>>,
    /// How many nodes all searches in the tree have visited so far. A node that was visited several times counts each
    /// time.
    node_visit_count: usize,
}

#[derive(Default)]
/// A node of the tree. It stands for the first segments of a path, and has a child for each segment that can follow
/// them.
struct PathTreeNode<'a> {
    /// A map from each path segment without placeholders, like `users`, to the index of the child node for this
    /// segment.
    literal_child_indices: BTreeMap<&'a str, usize>,
    /// A map from each path segment with both text and placeholders, like `v{version}`, to the index of the child node
    /// for this segment.
    mixed_child_indices: BTreeMap<&'a str, usize>,
    /// The index of the child for a segment that is only a placeholder, like `{id}`; `None` if no path continues with
    /// such a segment.
    placeholder_child_index: Option<usize>,
    /// The path that ends at this node; `None` if there are only longer paths.
    ending_path: Option<&'a Entry>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Literal(&'a str),
    Mixed(&'a str),
    Placeholder,
}

/// The error of a search that was stopped, because all searches together visited too many nodes.
pub(super) struct SearchLimitExceeded;

/// A step of the search for a path that conflicts with a given path. With this step, the search has reached a node of
/// the path tree: the segments from the root to the node can match the same text as the first segments of the given
/// path.
struct ConflictSearchStep {
    node: usize,
    depth: usize,
    /// Whether the given path is more specific than the path to `node` in at least one of the segments compared so far.
    /// Text is more specific than a placeholder, and text with a placeholder is more specific than a placeholder alone.
    given_path_has_more_specific_segment: bool,
    /// Whether the path to `node` is more specific than the given path in at least one of the segments compared so far.
    node_has_more_specific_segment: bool,
}

impl Default for PathTree<'_> {
    fn default() -> Self {
        PathTree { nodes: vec![PathTreeNode::default()], node_visit_count: 0 }
    }
}

impl<'a> PathTree<'a> {
    /// Inserts a path into the tree.
    pub(super) fn insert(&mut self, path: &'a Entry) {
        let mut at = 0;
        for segment in split_into_segments(&path.key) {
            let fresh = self.nodes.len();
            let node = &mut self.nodes[at];
            at = match segment {
                Segment::Literal(text) => *node.literal_child_indices.entry(text).or_insert(fresh),
                Segment::Mixed(text) => *node.mixed_child_indices.entry(text).or_insert(fresh),
                Segment::Placeholder => *node.placeholder_child_index.get_or_insert(fresh),
            };
            if at == fresh {
                self.nodes.push(PathTreeNode::default());
            }
        }
        self.nodes[at].ending_path = Some(path);
    }

    /// Finds a path that conflicts with the given path: some URLs match both paths, and each path has a segment in
    /// which it is more specific than the other path. For example, `/a/b` matches both `/a/{x}` and `/{y}/b`, and a
    /// server cannot tell which of them is meant.
    ///
    /// # Errors
    ///
    /// If all searches together visited too many nodes.
    pub(super) fn find_conflicting_path(
        &mut self,
        path: &Entry,
    ) -> Result<Option<&'a Entry>, SearchLimitExceeded> {
        let segments: Vec<_> = split_into_segments(&path.key).collect();
        let mut pending_steps = vec![ConflictSearchStep {
            node: 0,
            depth: 0,
            given_path_has_more_specific_segment: false,
            node_has_more_specific_segment: false,
        }];
        while let Some(step) = pending_steps.pop() {
            let node = &self.nodes[step.node];
            self.node_visit_count +=
                1 + segments.get(step.depth).map_or(0, |segment| node.count_children_to_compare(*segment));
            if self.node_visit_count > VISIT_BUDGET_PER_TREE_NODE * self.nodes.len().max(1000) {
                return Err(SearchLimitExceeded);
            }
            match segments.get(step.depth) {
                Some(segment) => node.push_steps_to_matching_children(*segment, &step, &mut pending_steps),
                None if step.given_path_has_more_specific_segment
                    && step.node_has_more_specific_segment
                    && node.ending_path.is_some() =>
                {
                    return Ok(node.ending_path);
                }
                None => {}
            }
        }
        Ok(None)
    }
}

impl PathTreeNode<'_> {
    /// Returns how many children of this node have to be compared with `segment` one by one. If `segment` is literal
    /// text, the children in the map `literal_child_indices` are not compared, because the text is looked up in the
    /// map. If `segment` is only a placeholder, no child is compared, because a placeholder matches every child.
    fn count_children_to_compare(&self, segment: Segment<'_>) -> usize {
        match segment {
            Segment::Literal(_) => self.mixed_child_indices.len(),
            Segment::Mixed(_) => self.mixed_child_indices.len() + self.literal_child_indices.len(),
            Segment::Placeholder => 0,
        }
    }

    /// Adds a step of the search to `pending_steps` for each child of this node that can match `segment`, which is the
    /// next segment of the given path. `from` is the step that reached this node.
    fn push_steps_to_matching_children(
        &self,
        segment: Segment<'_>,
        from: &ConflictSearchStep,
        pending_steps: &mut Vec<ConflictSearchStep>,
    ) {
        let mut go = |node: usize,
                      given_path_has_more_specific_segment: bool,
                      node_has_more_specific_segment: bool| {
            pending_steps.push(ConflictSearchStep {
                node,
                depth: from.depth + 1,
                given_path_has_more_specific_segment: from.given_path_has_more_specific_segment
                    || given_path_has_more_specific_segment,
                node_has_more_specific_segment: from.node_has_more_specific_segment
                    || node_has_more_specific_segment,
            });
        };
        match segment {
            Segment::Literal(text) => {
                self.literal_child_indices.get(text).into_iter().for_each(|node| go(*node, false, false));
                let fitting = self
                    .mixed_child_indices
                    .iter()
                    .filter(|(mixed, _)| can_match_same_text(mixed, text, text));
                fitting.for_each(|(_, node)| go(*node, true, false));
            }
            Segment::Mixed(text) => {
                let (start, end) = find_literal_prefix_and_suffix(text);
                let fitting = self
                    .literal_child_indices
                    .iter()
                    .filter(|(fixed, _)| can_match_same_text(text, fixed, fixed));
                fitting.for_each(|(_, node)| go(*node, false, true));
                let fitting = self
                    .mixed_child_indices
                    .iter()
                    .filter(|(mixed, _)| can_match_same_text(mixed, start, end));
                fitting.for_each(|(_, node)| go(*node, false, false));
            }
            Segment::Placeholder => {
                self.literal_child_indices
                    .values()
                    .chain(self.mixed_child_indices.values())
                    .for_each(|node| go(*node, false, true));
            }
        }
        if let Some(node) = self.placeholder_child_index {
            go(node, !matches!(segment, Segment::Placeholder), false);
        }
    }
}

/// Whether two path segments can match the same text. The first segment, `mixed`, has both text and placeholders. The
/// second segment matches the texts that begin with `start` and end with `end`.
fn can_match_same_text(mixed: &str, start: &str, end: &str) -> bool {
    let (own_start, own_end) = find_literal_prefix_and_suffix(mixed);
    (start.starts_with(own_start) || own_start.starts_with(start))
        && (end.ends_with(own_end) || own_end.ends_with(end))
}

/// Returns the text before the first placeholder of a segment, and the text after its last placeholder.
fn find_literal_prefix_and_suffix(mixed: &str) -> (&str, &str) {
    let start = mixed.split('{').next().unwrap_or_default();
    (start, mixed.rsplit('}').next().unwrap_or_default())
}

fn split_into_segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.trim_matches('/').split('/').map(|text| match text.find('{') {
        None => Segment::Literal(text),
        Some(0) if text.find('}') == Some(text.len() - 1) => Segment::Placeholder,
        Some(_) => Segment::Mixed(text),
    })
}
