//! Applies the suppressions of a document, which are written as `x-lint-allow: {rule: reason}`.
//!
//! Any object of an OpenAPI document may have this extension key. It suppresses the findings of the rule in that object
//! and in everything inside it. Rules that prevent the generation of a client, and rules about suppressions, cannot be
//! suppressed.

use std::collections::{HashMap, HashSet};

use partner_model::findings::MAX_COLLECTED_FINDINGS_PER_RULE;
use partner_spec::{Finding, Findings, Location, Node, ObjectKind, Position, Rule};

use crate::model::{Model, Place};
use crate::rules;
use crate::rules::suppressions::{allow_malformed, allow_unknown_rule, allow_unused};

/// The key of the OpenAPI extension that suppresses findings of rules.
pub(crate) const SUPPRESSION_KEY: &str = "x-lint-allow";

/// The suppression of one rule in one object: an entry of an `x-lint-allow`.
struct Suppression<'a> {
    rule: &'a str,
    /// The location of the rule's identifier, which is a key in the `x-lint-allow`.
    rule_id_location: &'a Location,
    /// Whether the suppression has suppressed at least one finding.
    is_used: bool,
}

/// A range of a file in which a suppression applies. Two ranges either do not overlap, or one contains the other.
struct SuppressionSpan<'a> {
    file: &'a str,
    start: Position,
    end: Position,
    /// The index of the suppression in `Suppressions::list`.
    suppression_index: usize,
}

/// All suppressions of findings in a document.
#[derive(Default)]
struct Suppressions<'a> {
    list: Vec<Suppression<'a>>,
    /// The index of each suppression in `list`. The key is the file and the start position of the suppression. The map
    /// ensures that no suppression is added to `list` twice. Otherwise, this could happen if several references or
    /// aliases lead to the object that contains the suppression.
    suppression_indices_by_start: HashMap<(&'a str, Position), usize>,
    /// The parts of files in which findings are suppressed. The key is the id of the rule whose findings are
    /// suppressed.
    suppression_spans: HashMap<&'a str, Vec<SuppressionSpan<'a>>>,
}

/// Removes suppressed findings, and adds findings about invalid or unused suppressions. A suppression is unused if it
/// suppressed no finding, although its rule ran and all findings of the rule were collected.
pub(crate) fn apply_suppressions(
    model: &Model<'_>,
    found: Findings,
    ran: impl Fn(&Rule) -> bool,
) -> Findings {
    let (mut suppressions, mut kept) = (Suppressions::default(), Findings::new());
    for place in model.places() {
        if let Some(entry) = place.node.as_object().and_then(|object| object.entry(SUPPRESSION_KEY)) {
            read_suppressions(place, &entry.node, &entry.key_location, &mut suppressions, &mut kept);
        }
    }
    let mut is_cut: HashSet<&str> = HashSet::new();
    let mut by_rule: HashMap<&str, Vec<Finding>> = HashMap::new();
    for finding in found {
        by_rule.entry(finding.rule.id).or_default().push(finding);
    }
    for (rule, list) in by_rule {
        if list.len() >= MAX_COLLECTED_FINDINGS_PER_RULE {
            is_cut.insert(rule);
        }
        let rest = match suppressions.suppression_spans.get_mut(rule) {
            Some(spans) => remove_suppressed_findings(list, spans, &mut suppressions.list),
            None => list,
        };
        kept.extend(rest.into_iter().collect());
    }
    for unused in suppressions.list.iter().filter(|a| !a.is_used && !is_cut.contains(a.rule)) {
        if rules::find_rule(unused.rule).is_some_and(&ran) {
            kept.push(allow_unused::new_finding(unused.rule, unused.rule_id_location));
        }
    }
    kept
}

/// Removes the findings that are suppressed, and returns the other findings. A finding is suppressed if it is in one of
/// the `spans`, the ranges of a file in which a suppression applies. All findings and spans belong to the same rule.
/// Marks the suppressions of the removed findings as used. Sorts the findings and the spans by position, so that one
/// pass through both lists is enough.
fn remove_suppressed_findings(
    mut found: Vec<Finding>,
    spans: &mut [SuppressionSpan<'_>],
    suppressions: &mut [Suppression<'_>],
) -> Vec<Finding> {
    found.sort();
    spans.sort_by(|a, b| (a.file, a.start, b.end).cmp(&(b.file, b.start, a.end)));
    let mut coming = spans.iter().peekable();
    let mut open: Vec<&SuppressionSpan<'_>> = Vec::new();
    found.retain(|finding| {
        let (file, at) = (finding.location.display_path(), finding.location.start);
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
    /// Adds a suppression. It applies to two ranges of text: the object that contains the suppression, and the key
    /// whose value is this object.
    fn add_suppression(&mut self, rule: &'a str, location: &'a Location, place: &Place<'a>) {
        let new_index = self.list.len();
        let index = *self
            .suppression_indices_by_start
            .entry((location.display_path(), location.start))
            .or_insert(new_index);
        if index == new_index {
            self.list.push(Suppression { rule, rule_id_location: location, is_used: false });
        }
        let object_span = &place.node.location;
        // If a reference leads to the object, the key of the object may be in another file than the object. So the text
        // range of the key is added to `suppression_spans` separately. The root object of the document has no key.
        let key_span = Some(place.key_location)
            .filter(|key_span| place.kind != ObjectKind::OpenApi && *key_span != object_span);
        // If several references or aliases lead to the same object, this function is called several times for each
        // suppression of that object. The text range of the object is added only at the first call. The text range of
        // the key is added at every call, because the key may be different each time.
        let suppression_spans = (index == new_index).then_some(object_span).into_iter().chain(key_span);
        self.suppression_spans.entry(rule).or_default().extend(suppression_spans.map(|span| {
            SuppressionSpan {
                file: span.display_path(),
                start: span.start,
                end: span.end,
                suppression_index: index,
            }
        }));
    }
}

fn read_suppressions<'a>(
    place: &Place<'a>,
    node: &'a Node,
    key: &'a Location,
    suppressions: &mut Suppressions<'a>,
    found: &mut Findings,
) {
    let Some(object) = node.as_object() else {
        found.push(allow_malformed::new_not_a_map_finding(node, key));
        return;
    };
    for entry in object.iter() {
        let (rule, location) = (entry.key.as_str(), &entry.key_location);
        if entry.node.as_str().is_none_or(|reason| reason.trim().is_empty()) {
            found.push(allow_malformed::new_missing_reason_finding(rule, location));
        }
        match rules::find_rule(rule) {
            Some(known) if rules::is_suppressible(known) => {
                suppressions.add_suppression(rule, location, place)
            }
            Some(_) => found.push(allow_unknown_rule::new_not_suppressible_finding(rule, location)),
            None => found.push(allow_unknown_rule::new_unknown_rule_finding(rule, location)),
        }
    }
}
