//! `x-lint-allow: {rule: reason}`: what a document says is meant to be so.
//!
//! It stands on any object of the specification and holds for that object and all that is written in it, and only
//! for rules of the validator itself: what cannot be read or generated stays an error.

use std::collections::{HashMap, HashSet};

use partner_model::findings::MAX_FINDINGS;
use partner_spec::{Diagnostic, Diagnostics, Kind, Location, Node, Position, Rule};

use crate::model::{Model, Place};
use crate::rules;
use crate::rules::suppressions::{allow_malformed, allow_unknown_rule, allow_unused};

/// The extension.
pub(crate) const KEY: &str = "x-lint-allow";

/// One rule that one object is allowed to break.
struct Allowance<'a> {
    rule: &'a str,
    /// Where it says so.
    location: &'a Location,
    used: bool,
}

/// A stretch of a file in which an allowance holds. Two of them are apart, or one is in the other.
struct Span<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    /// The number of the allowance.
    allowance: usize,
}

/// What a document allows itself.
#[derive(Default)]
struct Allowances<'a> {
    list: Vec<Allowance<'a>>,
    /// The number of each, by the place where it says so: an object that is used in several places is met in each.
    numbers: HashMap<(&'a str, Position), usize>,
    /// Where they hold, by rule.
    spans: HashMap<&'a str, Vec<Span<'a>>>,
}

/// Takes out what is allowed, and adds what is wrong with the suppressions themselves. Whether a suppression is
/// unused can be said only of rules that ran, and of which all findings are known.
pub(crate) fn apply(model: &Model<'_>, found: Diagnostics, ran: impl Fn(&Rule) -> bool) -> Diagnostics {
    let (mut allowances, mut kept) = (Allowances::default(), Diagnostics::new());
    for place in model.places() {
        if let Some(entry) = place.node.as_object().and_then(|object| object.entry(KEY)) {
            read(place, &entry.node, &entry.key_location, &mut allowances, &mut kept);
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
        let rest = match allowances.spans.get_mut(rule) {
            Some(spans) => not_allowed(list, spans, &mut allowances.list),
            None => list,
        };
        kept.extend(rest.into_iter().collect());
    }
    for unused in allowances.list.iter().filter(|a| !a.used && !is_cut.contains(a.rule)) {
        if rules::find(unused.rule).is_some_and(&ran) {
            kept.push(allow_unused::report(unused.rule, unused.location));
        }
    }
    kept
}

/// The findings of one rule that none of its allowances covers. Both are gone through once, in the order of the text.
fn not_allowed(
    mut found: Vec<Diagnostic>,
    spans: &mut [Span<'_>],
    allowances: &mut [Allowance<'_>],
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
            allowances[span.allowance].used = true;
        }
        open.is_empty()
    });
    found
}

impl<'a> Allowances<'a> {
    /// Adds that an object may break a rule: in all that is written in it, and at its own name.
    fn add(&mut self, rule: &'a str, location: &'a Location, place: &Place<'a>) {
        let next = self.list.len();
        let number = *self.numbers.entry((location.name(), location.start)).or_insert(next);
        if number == next {
            self.list.push(Allowance { rule, location, used: false });
        }
        let whole = &place.node.location;
        // The name of an object from another file stands where it is referred to; the document has none.
        let name = Some(place.key_location).filter(|name| place.kind != Kind::OpenApi && *name != whole);
        // The object itself is the same wherever it is used.
        let ranges = (number == next).then_some(whole).into_iter().chain(name);
        self.spans.entry(rule).or_default().extend(ranges.map(|range| Span {
            file: range.name(),
            start: range.start,
            end: range.end,
            allowance: number,
        }));
    }
}

fn read<'a>(
    place: &Place<'a>,
    node: &'a Node,
    key: &'a Location,
    allowances: &mut Allowances<'a>,
    found: &mut Diagnostics,
) {
    let Some(object) = node.as_object() else {
        found.push(allow_malformed::no_map(node, key));
        return;
    };
    for entry in object.iter() {
        let (rule, location) = (entry.key.as_str(), &entry.key_location);
        if entry.node.as_str().is_none_or(|reason| reason.trim().is_empty()) {
            found.push(allow_malformed::no_reason(rule, location));
        }
        match rules::find(rule) {
            Some(known) if rules::can_be_allowed(known) => allowances.add(rule, location, place),
            Some(_) => found.push(allow_unknown_rule::not_allowable(rule, location)),
            None => found.push(allow_unknown_rule::unknown(rule, location)),
        }
    }
}
