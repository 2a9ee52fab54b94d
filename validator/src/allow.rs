//! `x-lint-allow: {rule: reason}`: what a document says is meant to be so.
//!
//! It stands on any object of the specification and holds for that object and all that is written in it, and only
//! for rules of the validator itself: what cannot be read or generated stays an error.

use std::collections::HashMap;

use partner_spec::{Diagnostic, Diagnostics, Kind, Location, Node, Position};

use crate::model::{Model, Place};
use crate::rules::{self, Findings, Rule};

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
/// unused can be said only of rules that ran.
pub(crate) fn apply(model: &Model<'_>, found: Diagnostics, ran: impl Fn(&Rule) -> bool) -> Diagnostics {
    let (mut allowances, mut findings) = (Allowances::default(), Findings::default());
    for place in model.places() {
        if let Some(entry) = place.node.as_object().and_then(|object| object.entry(KEY)) {
            read(place, &entry.node, &entry.key_location, &mut allowances, &mut findings);
        }
    }
    let mut by_rule: HashMap<&str, Vec<Diagnostic>> = HashMap::new();
    for finding in found {
        by_rule.entry(finding.rule).or_default().push(finding);
    }
    let mut kept = Diagnostics::new();
    for (rule, list) in by_rule {
        let rest = match allowances.spans.get_mut(rule) {
            Some(spans) => not_allowed(list, spans, &mut allowances.list),
            None => list,
        };
        kept.extend(rest.into_iter().collect());
    }
    for unused in allowances.list.iter().filter(|a| !a.used) {
        if rules::find(unused.rule).is_some_and(&ran) {
            report(&mut findings, "allow-unused", |found| {
                let message = format!("nothing here breaks `{}`", unused.rule);
                found.at(unused.location, message).help("take this line away");
            });
        }
    }
    kept.extend(findings.into_diagnostics());
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
    findings: &mut Findings,
) {
    let Some(object) = node.as_object() else {
        let message = format!("`{KEY}` is a map from rules to reasons; this is {}", node.value.describe());
        report(findings, "allow-malformed", |found| {
            found.at(key, message).help("write `x-lint-allow: {rule-id: why it is right here}`");
        });
        return;
    };
    for entry in object.iter() {
        let (rule, location) = (entry.key.as_str(), &entry.key_location);
        if entry.node.as_str().is_none_or(|reason| reason.trim().is_empty()) {
            report(findings, "allow-malformed", |found| {
                let message = format!("there is no reason why `{rule}` may be broken here");
                found.at(location, message).help("say why in a sentence; the next reader will ask");
            });
        }
        match rules::find(rule) {
            Some(known) if known.check.can_be_allowed() => allowances.add(rule, location, place),
            Some(_) => report(findings, "allow-unknown-rule", |found| {
                let message = format!("`{rule}` cannot be allowed: nothing could be generated");
                found.at(location, message).help("mend what it is about");
            }),
            None => report(findings, "allow-unknown-rule", |found| {
                let note = found.at(location, format!("there is no rule `{rule}`"));
                let ids = rules::all().map(|rule| rule.id);
                let help = partner_spec::did_you_mean(rule, ids);
                note.help(help.unwrap_or_else(|| String::from("`cargo xtask validate --rules` lists them")));
            }),
        }
    }
}

/// Reports a finding of one of the rules about suppressions.
fn report(findings: &mut Findings, id: &str, add: impl FnOnce(&mut Findings)) {
    if let Some(rule) = rules::find(id) {
        findings.start(rule);
        add(findings);
    }
}
