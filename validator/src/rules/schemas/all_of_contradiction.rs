use std::collections::{HashMap, HashSet};

use super::shape;
use crate::instance::{Decimal, to_canonical_text};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

static RULE: Rule =
    Rule::warning("all-of-contradiction", Profile::OpenApi, include_str!("all_of_contradiction.md"));

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    if schema.node.get_items("allOf").is_empty() || !shape::try_reserve_visit_steps(model, schema.node) {
        return;
    }
    let members = shape::collect_self_and_all_of_members(model, schema.node);
    let place = schema.location_of_key_or_start("allOf");
    if let Some(conflict) = find_keyword_conflict(&members) {
        conflict.report_conflict("no value fits all members: ", &place, found);
        return;
    }
    let mut declared: HashMap<&str, Vec<&Node>> = HashMap::new();
    for property in members.iter().flat_map(|member| member.get_entries("properties")) {
        declared.entry(property.key.as_str()).or_default().push(&property.node);
    }
    let mut twice: Vec<_> = declared.into_iter().filter(|(_, nodes)| nodes.len() > 1).collect();
    twice.sort_by_key(|(name, _)| *name);
    for (name, nodes) in twice {
        let all: Vec<&Node> =
            nodes.into_iter().flat_map(|node| shape::collect_self_and_all_of_members(model, node)).collect();
        if let Some(conflict) = find_keyword_conflict(&all) {
            conflict.report_conflict(&format!("no value of `{name}` fits all members: "), &place, found);
        }
    }
}

/// A conflict between two keywords in members of an `allOf`: no value can satisfy both.
struct KeywordConflict<'a> {
    what: String,
    places: [&'a Node; 2],
}

impl KeywordConflict<'_> {
    fn report_conflict(&self, start: &str, place: &Location, found: &mut RuleFindings) {
        found
            .report_at(place, format!("{start}{}", self.what))
            .with_related_location(&self.places[0].location.collapse_to_start(), "one of them")
            .with_related_location(&self.places[1].location.collapse_to_start(), "another one");
    }
}

fn find_keyword_conflict<'a>(members: &[&'a Node]) -> Option<KeywordConflict<'a>> {
    types(members).or_else(|| enums(members)).or_else(|| limits(members))
}

fn types<'a>(members: &[&'a Node]) -> Option<KeywordConflict<'a>> {
    let typed = members.iter().filter_map(|member| member.get("type"));
    let mut typed = typed.filter_map(|node| Some((node.as_str()?, node)));
    let (first, place) = typed.next()?;
    let number = |kind: &str| matches!(kind, "number" | "integer");
    let (other, other_place) = typed.find(|(kind, _)| *kind != first && !(number(kind) && number(first)))?;
    let what = format!("one is `type: {first}`, another one `type: {other}`");
    Some(KeywordConflict { what, places: [place, other_place] })
}

fn enums<'a>(members: &[&'a Node]) -> Option<KeywordConflict<'a>> {
    let mut lists = members.iter().filter_map(|member| member.get("enum"));
    let first = lists.next()?;
    let values = |node: &Node| -> HashSet<String> {
        node.as_array().into_iter().flatten().map(to_canonical_text).collect()
    };
    let mut common = values(first);
    for list in lists {
        let other = values(list);
        common.retain(|value| other.contains(value));
        if common.is_empty() && !other.is_empty() {
            let what = String::from("their `enum`s have no value in common");
            return Some(KeywordConflict { what, places: [first, list] });
        }
    }
    None
}

const LIMITS: [(&str, &str); 4] = [
    ("minimum", "maximum"),
    ("minLength", "maxLength"),
    ("minItems", "maxItems"),
    ("minProperties", "maxProperties"),
];

fn limits<'a>(members: &[&'a Node]) -> Option<KeywordConflict<'a>> {
    LIMITS.iter().find_map(|(low, high)| {
        let values =
            |key| members.iter().filter_map(move |m| Some((Decimal::from_keyword(m, key)?, m.get(key)?)));
        let (least, least_place) = values(low).max_by(|(a, _), (b, _)| a.cmp(b))?;
        let (most, most_place) = values(high).min_by(|(a, _), (b, _)| a.cmp(b))?;
        // Two limits that are in the same schema are left out, because the rule `limits-contradict` reports them.
        let are_limits_in_same_schema = members.iter().any(|m| {
            m.get(low).is_some_and(|n| std::ptr::eq(n, least_place))
                && m.get(high).is_some_and(|n| std::ptr::eq(n, most_place))
        });
        let what = format!("`{low}` of one is more than `{high}` of another one");
        (least > most && !are_limits_in_same_schema)
            .then_some(KeywordConflict { what, places: [least_place, most_place] })
    })
}
