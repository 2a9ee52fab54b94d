//! A tree of the paths of a document, with a level for each segment. In it, the paths that match the same URLs as a
//! given path are found without comparing all pairs of paths.

use std::collections::BTreeMap;

use partner_spec::Entry;

/// The most branches that all searches together may visit, for each branch of the tree. A tree with fewer than 1000
/// branches counts as a tree with 1000 branches. Without this limit, the searches could take long, because paths with
/// many placeholders match many other paths.
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
    literal_branches: BTreeMap<&'a str, usize>,
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
    Literal(&'a str),
    Mixed(&'a str),
    Placeholder,
}

/// The error of a search that was stopped because the searches visited too many branches.
pub(super) struct SearchLimitExceeded;

/// A step of the search for a path that conflicts with a given path: a branch of the tree that can match the beginning
/// of the given path.
struct SearchStep {
    branch: usize,
    depth: usize,
    /// Whether any of the given path's segments compared so far is more specific than that of the branch: literal text
    /// where the branch has a placeholder, or text with a placeholder where the branch has only a placeholder.
    given_path_has_more_specific_segment: bool,
    /// Whether any of the branch's segments compared so far is more specific than that of the given path.
    branch_has_more_specific_segment: bool,
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
                Segment::Literal(text) => *branch.literal_branches.entry(text).or_insert(fresh),
                Segment::Mixed(text) => *branch.mixed_branches.entry(text).or_insert(fresh),
                Segment::Placeholder => *branch.placeholder_branch.get_or_insert(fresh),
            };
            if at == fresh {
                self.branches.push(Branch::default());
            }
        }
        self.branches[at].ending_path = Some(path);
    }

    /// Finds a path that conflicts with the given path: some URLs match both paths, and each path has a segment in
    /// which it is more specific than the other path. For example, `/a/b` matches both `/a/{x}` and `/{y}/b`, and a
    /// server cannot tell which of them is meant.
    ///
    /// # Errors
    ///
    /// If the search would visit too many branches.
    pub(super) fn find_conflicting_path(
        &mut self,
        path: &Entry,
    ) -> Result<Option<&'a Entry>, SearchLimitExceeded> {
        let segments: Vec<_> = split_into_segments(&path.key).collect();
        let mut pending_steps = vec![SearchStep {
            branch: 0,
            depth: 0,
            given_path_has_more_specific_segment: false,
            branch_has_more_specific_segment: false,
        }];
        while let Some(step) = pending_steps.pop() {
            let branch = &self.branches[step.branch];
            self.visited_branch_count +=
                1 + segments.get(step.depth).map_or(0, |segment| branch.count_branches_to_compare(*segment));
            if self.visited_branch_count > MAX_VISITS_PER_BRANCH * self.branches.len().max(1000) {
                return Err(SearchLimitExceeded);
            }
            match segments.get(step.depth) {
                Some(segment) => branch.push_steps_to_matching_branches(*segment, &step, &mut pending_steps),
                None if step.given_path_has_more_specific_segment
                    && step.branch_has_more_specific_segment
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
    /// Returns how many of the branches directly below this branch have to be compared with `segment` one by one.
    /// Literal text is looked up among the literal branches, and a placeholder without text matches every branch, so
    /// neither needs a comparison.
    fn count_branches_to_compare(&self, segment: Segment<'_>) -> usize {
        match segment {
            Segment::Literal(_) => self.mixed_branches.len(),
            Segment::Mixed(_) => self.mixed_branches.len() + self.literal_branches.len(),
            Segment::Placeholder => 0,
        }
    }

    /// Pushes a step onto `pending_steps` for each branch directly below this branch that can match `segment`, the next
    /// segment of the given path. `from` is the step that reached this branch.
    fn push_steps_to_matching_branches(
        &self,
        segment: Segment<'_>,
        from: &SearchStep,
        pending_steps: &mut Vec<SearchStep>,
    ) {
        let mut go = |branch: usize,
                      given_path_has_more_specific_segment: bool,
                      branch_has_more_specific_segment: bool| {
            pending_steps.push(SearchStep {
                branch,
                depth: from.depth + 1,
                given_path_has_more_specific_segment: from.given_path_has_more_specific_segment
                    || given_path_has_more_specific_segment,
                branch_has_more_specific_segment: from.branch_has_more_specific_segment
                    || branch_has_more_specific_segment,
            });
        };
        match segment {
            Segment::Literal(text) => {
                self.literal_branches.get(text).into_iter().for_each(|branch| go(*branch, false, false));
                let fitting = self
                    .mixed_branches
                    .iter()
                    .filter(|(mixed, _)| can_mixed_segment_match(mixed, text, text));
                fitting.for_each(|(_, branch)| go(*branch, true, false));
            }
            Segment::Mixed(text) => {
                let (start, end) = split_literal_ends(text);
                let fitting = self
                    .literal_branches
                    .iter()
                    .filter(|(fixed, _)| can_mixed_segment_match(text, fixed, fixed));
                fitting.for_each(|(_, branch)| go(*branch, false, true));
                let fitting = self
                    .mixed_branches
                    .iter()
                    .filter(|(mixed, _)| can_mixed_segment_match(mixed, start, end));
                fitting.for_each(|(_, branch)| go(*branch, false, false));
            }
            Segment::Placeholder => {
                self.literal_branches
                    .values()
                    .chain(self.mixed_branches.values())
                    .for_each(|branch| go(*branch, false, true));
            }
        }
        if let Some(branch) = self.placeholder_branch {
            go(branch, !matches!(segment, Segment::Placeholder), false);
        }
    }
}

/// Whether the segment `mixed` (text and placeholders) can match the same text as another segment, whose literal text
/// begins with `start` and ends with `end`.
fn can_mixed_segment_match(mixed: &str, start: &str, end: &str) -> bool {
    let (own_start, own_end) = split_literal_ends(mixed);
    (start.starts_with(own_start) || own_start.starts_with(start))
        && (end.ends_with(own_end) || own_end.ends_with(end))
}

/// Returns the text of a mixed segment before its first placeholder, and the text after its last placeholder.
fn split_literal_ends(mixed: &str) -> (&str, &str) {
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
