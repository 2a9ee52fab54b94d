//! `x-lint-allow: {rule: reason}`: what a document says is meant to be so.
//!
//! It stands on any object of the specification and holds for that object and all that is written in it, and only
//! for rules of the validator itself: what cannot be read or generated stays an error.

use partner_spec::{Diagnostics, Kind, Location, Node};

use crate::model::{Model, Place};
use crate::rules::{self, Findings, Rule};

/// The extension.
pub(crate) const KEY: &str = "x-lint-allow";

/// One rule that one object is allowed to break.
struct Allowance<'a> {
    rule: &'a str,
    /// Where it says so.
    location: &'a Location,
    from: &'a Location,
    object: &'a Node,
    used: bool,
}

/// Takes out what is allowed, and adds what is wrong with the suppressions themselves. Whether a suppression is
/// unused can be said only of rules that ran.
pub(crate) fn apply(model: &Model<'_>, found: Diagnostics, ran: impl Fn(&Rule) -> bool) -> Diagnostics {
    let (mut allowances, mut findings) = (Vec::new(), Findings::default());
    for place in model.places() {
        if let Some(entry) = place.node.as_object().and_then(|object| object.entry(KEY)) {
            read(place, &entry.node, &entry.key_location, &mut allowances, &mut findings);
        }
    }
    let kept = found.into_iter().filter(|finding| {
        let mut allowed = false;
        for allowance in
            allowances.iter_mut().filter(|a| a.rule == finding.rule && a.covers(&finding.location))
        {
            allowance.used = true;
            allowed = true;
        }
        !allowed
    });
    let mut kept: Diagnostics = kept.collect();
    let used_elsewhere = |unused: &Allowance<'_>| {
        // An object that is used in several places is looked at in each of them.
        allowances.iter().any(|other| other.used && other.location == unused.location)
    };
    for unused in allowances.iter().filter(|a| !a.used && !used_elsewhere(a)) {
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

impl Allowance<'_> {
    fn covers(&self, place: &Location) -> bool {
        let (from, range) = (self.from, &self.object.location);
        let start = if from.name() == range.name() { from.start.min(range.start) } else { range.start };
        place.name() == range.name() && start <= place.start && place.start <= range.end
    }
}

fn read<'a>(
    place: &Place<'a>,
    node: &'a Node,
    key: &'a Location,
    allowances: &mut Vec<Allowance<'a>>,
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
            Some(known) if known.check.can_be_allowed() => {
                let from =
                    if place.kind == Kind::OpenApi { &place.node.location } else { place.key_location };
                allowances.push(Allowance { rule, location, from, object: place.node, used: false });
            }
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
