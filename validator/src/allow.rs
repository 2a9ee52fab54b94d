//! Suppressions: `x-lint-allow: {rule: reason}`.
//!
//! The extension may be on any object of the specification. It covers that object and everything written in it. Rules
//! that block generation, and rules about suppressions, cannot be suppressed.

use std::collections::{HashMap, HashSet};

use partner_model::findings::MAX_FINDINGS;
use partner_spec::{Diagnostic, Diagnostics, Kind, Location, Node, Position, Rule};

use crate::model::{Model, Place};
use crate::rules;
use crate::rules::suppressions::{allow_malformed, allow_unknown_rule, allow_unused};

/// The key of the extension that suppresses rules.
pub(crate) const SUPPRESSION_KEY: &str = "x-lint-allow";

/// One suppression: a rule that an `x-lint-allow` suppresses in one object.
struct Suppression<'a> {
    rule: &'a str,
    /// The location of the suppression in `x-lint-allow`.
    location: &'a Location,
    /// Whether the suppression has suppressed a finding.
    is_used: bool,
}

/// The part of a file that a suppression covers. Two spans are either disjoint or nested.
struct Span<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    /// The index of the suppression in `Suppressions::list`.
    suppression_index: usize,
}

/// The suppressions of a document.
#[derive(Default)]
struct Suppressions<'a> {
    list: Vec<Suppression<'a>>,
    /// The position in `list` of the suppression at each location. An object that is used several times is visited for
    /// each use, but its suppression is listed once.
    positions: HashMap<(&'a str, Position), usize>,
    /// The spans that the suppressions of each rule cover.
    spans: HashMap<&'a str, Vec<Span<'a>>>,
}

/// Removes suppressed findings, and adds findings about the suppressions themselves. A suppression is reported as
/// unused only if its rule ran and all findings of the rule were collected.
pub(crate) fn apply_suppressions(
    model: &Model<'_>,
    found: Diagnostics,
    ran: impl Fn(&Rule) -> bool,
) -> Diagnostics {
    let (mut suppressions, mut kept) = (Suppressions::default(), Diagnostics::new());
    for place in model.places() {
        if let Some(entry) = place.node.as_object().and_then(|object| object.entry(SUPPRESSION_KEY)) {
            read(place, &entry.node, &entry.key_location, &mut suppressions, &mut kept);
        }
    }
    let mut is_cut: HashSet<&str> = HashSet::new();
    let mut by_rule: HashMap<&str, Vec<Diagnostic>> = HashMap::new();
    for finding in found {
        by_rule.entry(finding.rule.id).or_default().push(finding);
    }
    for (rule, list) in by_rule {
        if list.len() >= MAX_FINDINGS {
            is_cut.insert(rule);
        }
        let rest = match suppressions.spans.get_mut(rule) {
            Some(spans) => without_suppressed(list, spans, &mut suppressions.list),
            None => list,
        };
        kept.extend(rest.into_iter().collect());
    }
    for unused in suppressions.list.iter().filter(|a| !a.is_used && !is_cut.contains(a.rule)) {
        if rules::find_rule(unused.rule).is_some_and(&ran) {
            kept.push(allow_unused::report(unused.rule, unused.location));
        }
    }
    kept
}

/// Returns the findings of one rule that no suppression covers, and marks the suppressions that cover some. Findings
/// and spans are sorted and visited in parallel.
fn without_suppressed(
    mut found: Vec<Diagnostic>,
    spans: &mut [Span<'_>],
    suppressions: &mut [Suppression<'_>],
) -> Vec<Diagnostic> {
    found.sort();
    spans.sort_by(|a, b| (a.file, a.start, b.end).cmp(&(b.file, b.start, a.end)));
    let mut coming = spans.iter().peekable();
    let mut open: Vec<&Span<'_>> = Vec::new();
    found.retain(|finding| {
        let (file, at) = (finding.location.name(), finding.location.start);
        while let Some(span) = coming.next_if(|span| (span.file, span.start) <= (file, at)) {
            while open.pop_if(|outer| outer.file != span.file || outer.end <= span.start).is_some() {}
            open.push(span);
        }
        while open.pop_if(|span| span.file != file || span.end <= at).is_some() {}
        for span in &open {
            suppressions[span.suppression_index].is_used = true;
        }
        open.is_empty()
    });
    found
}

impl<'a> Suppressions<'a> {
    /// Adds a suppression, which covers an object and the key of the object.
    fn add(&mut self, rule: &'a str, location: &'a Location, place: &Place<'a>) {
        let next = self.list.len();
        let number = *self.positions.entry((location.name(), location.start)).or_insert(next);
        if number == next {
            self.list.push(Suppression { rule, location, is_used: false });
        }
        let whole = &place.node.location;
        // For an object in another file, the key is that of the reference to the object. The document itself has no
        // key.
        let key_range =
            Some(place.key_location).filter(|key_range| place.kind != Kind::OpenApi && *key_range != whole);
        // The span of an object is added once, even if the object is used several times.
        let ranges = (number == next).then_some(whole).into_iter().chain(key_range);
        self.spans.entry(rule).or_default().extend(ranges.map(|range| Span {
            file: range.name(),
            start: range.start,
            end: range.end,
            suppression_index: number,
        }));
    }
}

fn read<'a>(
    place: &Place<'a>,
    node: &'a Node,
    key: &'a Location,
    suppressions: &mut Suppressions<'a>,
    found: &mut Diagnostics,
) {
    let Some(object) = node.as_object() else {
        found.push(allow_malformed::not_a_map(node, key));
        return;
    };
    for entry in object.iter() {
        let (rule, location) = (entry.key.as_str(), &entry.key_location);
        if entry.node.as_str().is_none_or(|reason| reason.trim().is_empty()) {
            found.push(allow_malformed::no_reason(rule, location));
        }
        match rules::find_rule(rule) {
            Some(known) if rules::is_suppressible(known) => suppressions.add(rule, location, place),
            Some(_) => found.push(allow_unknown_rule::not_suppressible(rule, location)),
            None => found.push(allow_unknown_rule::unknown_rule(rule, location)),
        }
    }
}
