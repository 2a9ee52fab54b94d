use std::collections::HashSet;

use super::{sample, shape};
use crate::instance::{CompiledSchema, Direction, shorten_quoted_text};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Schema, check);

/// This rule applies only in the profile `openapi`. In the stricter profiles, the stricter rule `one-of-indistinct`
/// replaces this rule.
static RULE: Rule = Rule::warning("one-of-ambiguous", Profile::OpenApi, include_str!("one_of_ambiguous.md"))
    .superseded_from(Profile::Generator);

/// The maximum number of alternatives of one `oneOf` that are compared with each other.
const MAX_COMPARED_ALTERNATIVES: usize = 40;

/// An alternative of a `oneOf`, with sample values that match this alternative.
struct AlternativeWithSamples<'a> {
    member: &'a Node,
    compiled: CompiledSchema,
    name: String,
    values: Vec<Node>,
    /// The names of the properties that the alternative declares. `None` if the alternative has `additionalProperties`
    /// that allow properties with any name.
    property_names: Option<HashSet<&'a str>>,
    /// The schemas with a discriminator that the alternative includes by `allOf`, and the alternative itself if it has
    /// a discriminator. Two alternatives that share such a schema are not ambiguous, because the discriminator tells
    /// them apart.
    schemas_with_discriminator: HashSet<*const Node>,
}

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut RuleFindings) {
    let alternative_schemas = schema.node.get_items("oneOf");
    // The alternatives of a schema with a discriminator are not compared, because the discriminator distinguishes them.
    if alternative_schemas.len() < 2
        || schema.node.get("discriminator").is_some()
        || !shape::try_reserve_visit_steps(model, schema.node)
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
    let alternatives: Vec<AlternativeWithSamples<'_>> = alternative_schemas
        .iter()
        .enumerate()
        .take(MAX_COMPARED_ALTERNATIVES)
        .filter_map(|(index, member)| read_alternative(model, schema.node, member, index))
        .collect();
    let pairs =
        alternatives.iter().enumerate().flat_map(|(i, a)| alternatives[i + 1..].iter().map(move |b| (a, b)));
    // Pairs of equal alternatives are skipped, because the rule `one-of-duplicate` reports them. Pairs that a
    // discriminator distinguishes are skipped, too.
    let pairs = pairs.filter(|(a, b)| {
        a.member != b.member && a.schemas_with_discriminator.is_disjoint(&b.schemas_with_discriminator)
    });
    let mut ambiguous_pairs =
        pairs.filter_map(|(a, b)| Some((a, b, find_sample_value_matching_both(model, a, b)?)));
    // Only the first pair is reported, because similar alternatives form many pairs.
    let Some((a, b, value)) = ambiguous_pairs.next() else { return };
    let value = shorten_quoted_text(&value.to_json());
    let message = format!("{} and {} cannot be distinguished: `{value}` fits both", a.name, b.name);
    found
        .report_at(&b.member.location.collapse_to_start(), message)
        .with_related_location(&a.member.location.collapse_to_start(), "the other alternative")
        .with_help("give each a required property that the other does not have, or a tag with one value");
}

fn read_alternative<'a>(
    model: &Model<'a>,
    union: &'a Node,
    member: &'a Node,
    index: usize,
) -> Option<AlternativeWithSamples<'a>> {
    let node = model.resolve_reference(member)?;
    let mut values = sample::make_sample_values(model, node);
    values.extend(union.get("example").cloned());
    let compiled = model.value_checker().get_or_compile_schema(node, Direction::RequestOrResponse);
    values.retain(|value| model.value_checker().matches_schema(&compiled, value));
    // An empty list is not used as a sample, because it matches almost every schema of a list.
    values.retain(|value| value.as_array().is_none_or(|items| !items.is_empty()));
    let allows_other_properties =
        node.get("additionalProperties").is_some_and(|extra| extra.as_bool() != Some(false));
    let property_names =
        (!allows_other_properties).then(|| shape::collect_declared_property_names(model, node));
    let included = shape::collect_self_and_all_of_members(model, node).into_iter();
    let schemas_with_discriminator =
        included.filter(|node| node.get("discriminator").is_some()).map(std::ptr::from_ref);
    let name = shape::make_member_label(member, index);
    Some(AlternativeWithSamples {
        member,
        compiled,
        name,
        values,
        property_names,
        schemas_with_discriminator: schemas_with_discriminator.collect(),
    })
}

/// Returns a sample value that matches both alternatives; `None` if there is none. A sample value of one alternative is
/// ignored if it has a property that the other alternative does not declare.
fn find_sample_value_matching_both<'b>(
    model: &Model<'_>,
    a: &'b AlternativeWithSamples<'_>,
    b: &'b AlternativeWithSamples<'_>,
) -> Option<&'b Node> {
    let fits = |value: &&Node, other: &AlternativeWithSamples<'_>| {
        knows_all_properties_of(other, value) && model.value_checker().matches_schema(&other.compiled, value)
    };
    let of_a = a.values.iter().find(|value| fits(value, b));
    of_a.or_else(|| b.values.iter().find(|value| fits(value, a)))
}

fn knows_all_properties_of(alternative: &AlternativeWithSamples<'_>, value: &Node) -> bool {
    let (Some(object), Some(property_names)) = (value.as_object(), &alternative.property_names) else {
        return true;
    };
    object.iter().all(|entry| property_names.contains(entry.key.as_str()))
}
