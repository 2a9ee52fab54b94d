use std::collections::{HashMap, HashSet};

use partner_spec::{Kind, Node, did_you_mean};

use super::{shape, union};

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::document(&partner_model::rules::required_undeclared::RULE, check);

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut outside = Outside { model, includers: includers(model), left: MAX_OUTER };
    for schema in model.each(Kind::Schema) {
        let node = schema.node;
        // On another type `required` says nothing at all, which is another finding.
        let is_object = node.str("type").is_none_or(|kind| kind == "object");
        if !is_object
            || node.items("required").is_empty()
            || takes_any_name(node)
            || !shape::is_known(model, node)
        {
            continue;
        }
        let own = shape::declared(model, node);
        let missing: Vec<&Node> = node
            .items("required")
            .iter()
            .filter(|name| name.as_str().is_some_and(|n| !own.contains(n)))
            .collect();
        if missing.is_empty() {
            continue;
        }
        let Some(outer) = outside.declared(schema) else { continue };
        for name in missing {
            let text = name.as_str().unwrap_or_default();
            if outer.contains(text) || found.is_full() {
                continue;
            }
            let message = format!("`{text}` is required, but there is no such property");
            let close =
                did_you_mean(text, own.iter().copied()).filter(|help| help.starts_with("did you mean"));
            found
                .at(&name.location, message)
                .help(close.unwrap_or_else(|| String::from("declare it in `properties`, or take it away")));
        }
    }
}

/// Whether the names of the properties are data: a map with some keys that have to be there.
fn takes_any_name(node: &Node) -> bool {
    let typed = node.get("additionalProperties").is_some_and(|extra| extra.as_object().is_some());
    let open = node.get("additionalProperties").is_some_and(|extra| extra.as_bool() == Some(true));
    typed || (open && node.get("properties").is_none())
}

/// The places that include each component by reference, as a member of a composition.
fn includers<'m, 'a>(model: &'m Model<'a>) -> HashMap<&'a str, Vec<&'m Place<'a>>> {
    let mut includers: HashMap<&str, Vec<&Place<'_>>> = HashMap::new();
    for place in model.all(Kind::Schema).filter(|place| shape::is_member(place)) {
        if let Some(target) = place.node.ref_target() {
            includers.entry(target).or_default().push(place);
        }
    }
    includers
}

/// How many including schemas are looked at in all. Documents that people write need a small part of it.
const MAX_OUTER: usize = 20_000;

/// How many of them for one schema.
const MAX_OUTER_OF_ONE: usize = 200;

/// What schemas declare that a schema is a part of.
struct Outside<'m, 'a> {
    model: &'m Model<'a>,
    includers: HashMap<&'a str, Vec<&'m Place<'a>>>,
    left: usize,
}

impl<'m, 'a> Outside<'m, 'a> {
    /// The names that are declared there; `None` when that cannot be known.
    fn declared(&mut self, schema: &'m Place<'a>) -> Option<HashSet<&'a str>> {
        let (mut names, mut seen, mut next) = (HashSet::new(), HashSet::new(), vec![schema]);
        while let Some(place) = next.pop() {
            if !seen.insert(place.id) {
                continue;
            }
            if self.left == 0 || seen.len() > MAX_OUTER_OF_ONE {
                let what = "too many schemas include this one to see whether they declare what it requires";
                self.model.stop(&schema.node.location, what, "declare what is required beside `required`");
                return None;
            }
            self.left -= 1;
            if shape::is_member(place)
                && let Some(parent) = self.model.parent(place)
            {
                if !shape::is_known(self.model, parent.node) || takes_any_name(parent.node) {
                    return None;
                }
                names.extend(shape::declared(self.model, parent.node));
                next.push(parent);
            }
            let target = union::reference_to(self.model, place);
            next.extend(target.and_then(|target| self.includers.get(target.as_str())).into_iter().flatten());
        }
        Some(names)
    }
}
