//! A tree of the paths of a document, with a level for each segment. In it, the paths that match the same URLs as a
//! given path are found without comparing all pairs of paths.

use std::collections::BTreeMap;

use partner_spec::Entry;

/// In a tree with `n` branches, all searches together may visit `n` times this number of branches (a smaller tree
/// counts as one with 1000 branches). Without this limit, the searches could take long, because paths with many
/// placeholders match many other paths.
const MAX_VISITS_PER_BRANCH: usize = 256;

/// A tree of paths, with a level for each segment of a path.
pub(super) struct PathTree<'a> {
    /// The branches of the tree, which refer to each other by their position in this list.
    branches: Vec<Branch<'a>>,
    /// The number of branches that all searches have visited so far.
    visited_branch_count: usize,
}

#[derive(Default)]
/// A branch of the tree, which stands for the first segments of a path. For each segment that can follow these, the
/// branch refers to another branch below it.
struct Branch<'a> {
    /// The branches below this branch for segments without placeholders: a map from the segment, like `users`, to the
    /// position of its branch in the list of branches.
    fixed_branches: BTreeMap<&'a str, usize>,
    /// The branches below this branch for segments with both text and placeholders: a map from the segment, like
    /// `v{version}`, to the position of its branch in the list of branches.
    mixed_branches: BTreeMap<&'a str, usize>,
    /// The position of the branch below this branch for a segment that is only a placeholder, like `{id}`; `None` if no
    /// path has such a segment here.
    placeholder_branch: Option<usize>,
    /// The path whose last segment leads to this branch; `None` if only longer paths go through this branch.
    ending_path: Option<&'a Entry>,
}

#[derive(Clone, Copy)]
enum Segment<'a> {
    Fixed(&'a str),
    Mixed(&'a str),
    Open,
}

/// The error of a search that was stopped because the searches visited too many branches.
pub(super) struct SearchExhausted;

/// A step of a search: a branch of the tree whose segments can match the first segments of the searched path.
struct SearchStep {
    branch: usize,
    depth: usize,
    /// Whether the searched path has, among the segments compared so far, one that is more specific than the segment in
    /// the tree: fixed text where the tree has a placeholder, or text with a placeholder where the tree has only a
    /// placeholder.
    is_searched_path_more_specific: bool,
    /// Whether the tree has, among the segments compared so far, one that is more specific than the segment in the
    /// searched path.
    is_branch_more_specific: bool,
}

impl Default for PathTree<'_> {
    fn default() -> Self {
        PathTree { branches: vec![Branch::default()], visited_branch_count: 0 }
    }
}

impl<'a> PathTree<'a> {
    /// Inserts a path into the tree.
    pub(super) fn insert(&mut self, path: &'a Entry) {
        let mut at = 0;
        for segment in split_into_segments(&path.key) {
            let fresh = self.branches.len();
            let branch = &mut self.branches[at];
            at = match segment {
                Segment::Fixed(text) => *branch.fixed_branches.entry(text).or_insert(fresh),
                Segment::Mixed(text) => *branch.mixed_branches.entry(text).or_insert(fresh),
                Segment::Open => *branch.placeholder_branch.get_or_insert(fresh),
            };
            if at == fresh {
                self.branches.push(Branch::default());
            }
        }
        self.branches[at].ending_path = Some(path);
    }

    /// Finds a path that conflicts with the searched path: some URLs match both paths, and each path has a segment in
    /// which it is more specific than the other path. For example, `/a/b` matches both `/a/{x}` and `/{y}/b`, and a
    /// server cannot tell which of them is meant.
    ///
    /// # Errors
    ///
    /// If the search would visit too many branches.
    pub(super) fn find_conflicting_path(
        &mut self,
        path: &Entry,
    ) -> Result<Option<&'a Entry>, SearchExhausted> {
        let segments: Vec<_> = split_into_segments(&path.key).collect();
        let mut pending_steps = vec![SearchStep {
            branch: 0,
            depth: 0,
            is_searched_path_more_specific: false,
            is_branch_more_specific: false,
        }];
        while let Some(step) = pending_steps.pop() {
            let branch = &self.branches[step.branch];
            self.visited_branch_count +=
                1 + segments.get(step.depth).map_or(0, |segment| branch.count_branches_to_compare(*segment));
            if self.visited_branch_count > MAX_VISITS_PER_BRANCH * self.branches.len().max(1000) {
                return Err(SearchExhausted);
            }
            match segments.get(step.depth) {
                Some(segment) => branch.add_matching_branches(*segment, &step, &mut pending_steps),
                None if step.is_searched_path_more_specific
                    && step.is_branch_more_specific
                    && branch.ending_path.is_some() =>
                {
                    return Ok(branch.ending_path);
                }
                None => {}
            }
        }
        Ok(None)
    }
}

impl Branch<'_> {
    /// Returns how many of the branches directly below this branch have to be compared with `segment` one by one. Fixed
    /// text is looked up among the fixed branches, and a placeholder without text matches every branch, so neither
    /// needs a comparison.
    fn count_branches_to_compare(&self, segment: Segment<'_>) -> usize {
        match segment {
            Segment::Fixed(_) => self.mixed_branches.len(),
            Segment::Mixed(_) => self.mixed_branches.len() + self.fixed_branches.len(),
            Segment::Open => 0,
        }
    }

    /// Adds a step to `pending_steps` for each branch below this branch that can match `segment`, the next segment of
    /// the searched path. `from` is the step that reached this branch.
    fn add_matching_branches(
        &self,
        segment: Segment<'_>,
        from: &SearchStep,
        pending_steps: &mut Vec<SearchStep>,
    ) {
        let mut go = |branch: usize, is_searched_path_more_specific: bool, is_branch_more_specific: bool| {
            pending_steps.push(SearchStep {
                branch,
                depth: from.depth + 1,
                is_searched_path_more_specific: from.is_searched_path_more_specific
                    || is_searched_path_more_specific,
                is_branch_more_specific: from.is_branch_more_specific || is_branch_more_specific,
            });
        };
        match segment {
            Segment::Fixed(text) => {
                self.fixed_branches.get(text).into_iter().for_each(|branch| go(*branch, false, false));
                let fitting = self
                    .mixed_branches
                    .iter()
                    .filter(|(mixed, _)| can_mixed_segment_match(mixed, text, text));
                fitting.for_each(|(_, branch)| go(*branch, true, false));
            }
            Segment::Mixed(text) => {
                let (start, end) = split_fixed_ends(text);
                let fitting = self
                    .fixed_branches
                    .iter()
                    .filter(|(fixed, _)| can_mixed_segment_match(text, fixed, fixed));
                fitting.for_each(|(_, branch)| go(*branch, false, true));
                let fitting = self
                    .mixed_branches
                    .iter()
                    .filter(|(mixed, _)| can_mixed_segment_match(mixed, start, end));
                fitting.for_each(|(_, branch)| go(*branch, false, false));
            }
            Segment::Open => {
                self.fixed_branches
                    .values()
                    .chain(self.mixed_branches.values())
                    .for_each(|branch| go(*branch, false, true));
            }
        }
        if let Some(branch) = self.placeholder_branch {
            go(branch, !matches!(segment, Segment::Open), false);
        }
    }
}

/// Whether the segment `mixed` (text and placeholders) can match the same text as another segment, whose fixed text
/// begins with `start` and ends with `end`.
fn can_mixed_segment_match(mixed: &str, start: &str, end: &str) -> bool {
    let (own_start, own_end) = split_fixed_ends(mixed);
    (start.starts_with(own_start) || own_start.starts_with(start))
        && (end.ends_with(own_end) || own_end.ends_with(end))
}

/// Returns the text of a mixed segment before its first placeholder, and the text after its last placeholder.
fn split_fixed_ends(mixed: &str) -> (&str, &str) {
    let start = mixed.split('{').next().unwrap_or_default();
    (start, mixed.rsplit('}').next().unwrap_or_default())
}

fn split_into_segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.trim_matches('/').split('/').map(|text| match text.find('{') {
        None => Segment::Fixed(text),
        Some(0) if text.find('}') == Some(text.len() - 1) => Segment::Open,
        Some(_) => Segment::Mixed(text),
    })
}
