use std::collections::HashSet;

use super::{sample, shape};
use crate::instance::{CompiledSchema, Direction, shorten_quote};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

/// This rule applies only in the profile `openapi`. From the profile `generator` on, the stricter rule
/// `one-of-indistinct` replaces it.
static RULE: Rule = Rule::warning("one-of-ambiguous", Profile::OpenApi, include_str!("one_of_ambiguous.md"))
    .superseded_from(Profile::Generator);

/// The most alternatives of one `oneOf` that are compared with each other.
const MAX_COMPARED_ALTERNATIVES: usize = 40;

/// An alternative of a `oneOf`, with sample values that match this alternative.
struct Alternative<'a> {
    member: &'a Node,
    compiled: CompiledSchema,
    name: String,
    values: Vec<Node>,
    /// The names of the properties that the alternative declares; `None` if its `additionalProperties` allow properties
    /// with any name.
    property_names: Option<HashSet<&'a str>>,
    /// Of the alternative and the schemas that it includes by `allOf`, those that have a discriminator. If two
    /// alternatives have such a schema in common, they are not ambiguous, because its discriminator distinguishes them.
    bases_with_discriminator: HashSet<*const Node>,
}

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    // A schema with a discriminator is not checked, because the discriminator distinguishes the alternatives.
    let alternative_schemas = schema.node.items("oneOf");
    if alternative_schemas.len() < 2
        || schema.node.get("discriminator").is_some()
        || !shape::try_reserve_composition_visit(model, schema.node)
    {
        return;
    }
    if let Some(member) = alternative_schemas.get(MAX_COMPARED_ALTERNATIVES) {
        let what =
            "from here on, the alternatives of this schema are too many to be compared with each other";
        model.record_stopped_check(
            &member.location,
            what,
            "put alternatives that belong together into a schema of their own",
        );
    }
    let alternatives: Vec<Alternative<'_>> = alternative_schemas
        .iter()
        .enumerate()
        .take(MAX_COMPARED_ALTERNATIVES)
        .filter_map(|(index, member)| read_alternative(model, schema.node, member, index))
        .collect();
    let pairs =
        alternatives.iter().enumerate().flat_map(|(i, a)| alternatives[i + 1..].iter().map(move |b| (a, b)));
    // Two kinds of pairs are left out: pairs of equal alternatives, because the rule `one-of-duplicate` reports them,
    // and pairs that a discriminator distinguishes.
    let pairs = pairs.filter(|(a, b)| {
        a.member != b.member && a.bases_with_discriminator.is_disjoint(&b.bases_with_discriminator)
    });
    let mut ambiguous_pairs = pairs.filter_map(|(a, b)| Some((a, b, find_common_value(model, a, b)?)));
    // Only the first pair is reported, because similar alternatives form many pairs.
    let Some((a, b, value)) = ambiguous_pairs.next() else { return };
    let value = shorten_quote(&value.to_json());
    let message = format!("{} and {} cannot be distinguished: `{value}` fits both", a.name, b.name);
    found
        .report_at(&b.member.location.to_start(), message)
        .with_related_location(&a.member.location.to_start(), "the other alternative")
        .with_help("give each a required property that the other does not have, or a tag with one value");
}

fn read_alternative<'a>(
    model: &Model<'a>,
    union: &'a Node,
    member: &'a Node,
    index: usize,
) -> Option<Alternative<'a>> {
    let node = model.resolve(member)?;
    let mut values = sample::make_sample_values(model, node);
    values.extend(union.get("example").cloned());
    let compiled = model.value_checker().compile_schema(node, Direction::Either);
    values.retain(|value| model.value_checker().matches_schema(&compiled, value));
    // An empty list is no useful sample, because it matches almost every schema of a list.
    values.retain(|value| value.as_array().is_none_or(|items| !items.is_empty()));
    let allows_other_properties =
        node.get("additionalProperties").is_some_and(|extra| extra.as_bool() != Some(false));
    let property_names =
        (!allows_other_properties).then(|| shape::collect_declared_property_names(model, node));
    let included = shape::collect_all_of_members(model, node).into_iter();
    let bases_with_discriminator =
        included.filter(|node| node.get("discriminator").is_some()).map(std::ptr::from_ref);
    let name = shape::make_member_name(member, index);
    Some(Alternative {
        member,
        compiled,
        name,
        values,
        property_names,
        bases_with_discriminator: bases_with_discriminator.collect(),
    })
}

/// Returns a sample value of one alternative that also matches the other alternative, and has no property that the
/// other alternative does not know; `None` if there is no such value.
fn find_common_value<'b>(
    model: &Model<'_>,
    a: &'b Alternative<'_>,
    b: &'b Alternative<'_>,
) -> Option<&'b Node> {
    let fits = |value: &&Node, other: &Alternative<'_>| {
        knows_all_properties_of(other, value) && model.value_checker().matches_schema(&other.compiled, value)
    };
    let of_a = a.values.iter().find(|value| fits(value, b));
    of_a.or_else(|| b.values.iter().find(|value| fits(value, a)))
}

fn knows_all_properties_of(alternative: &Alternative<'_>, value: &Node) -> bool {
    let (Some(object), Some(property_names)) = (value.as_object(), &alternative.property_names) else {
        return true;
    };
    object.iter().all(|entry| property_names.contains(entry.key.as_str()))
}
