//! Reads the alternatives of unions (`oneOf`). Any two alternatives have to differ in their required keys or in the
//! values of a key. Otherwise, a value could be deserialized as the wrong alternative.

use std::collections::{BTreeMap, HashMap, HashSet};

use partner_spec::{Findings, Location, StepBudget};

use super::discriminators::Discriminator;
use super::enums::UNRECOGNIZED_VARIANT_NAME;
use crate::names::to_variant_name;
use crate::rules::{one_of_indistinct, one_of_unsupported, type_name_collision};
use crate::types::{Field, Object, Schema, TypeDefinition, TypeShape, Union, UnionVariant};

/// The base of the limit on comparisons between the alternatives of unions. These comparisons check that the
/// alternatives differ. The limit is this base, plus an allowance for each kilobyte of the document. A union of forty
/// alternatives with ten keys each needs about a fiftieth of the base.
const BASE_COMPARISON_LIMIT: usize = 2_000_000;
const COMPARISON_LIMIT_INCREASE_PER_KILOBYTE: usize = 10_000;

type Types = BTreeMap<String, TypeDefinition>;

/// Fills in the variants of each union, one for each alternative of its `oneOf`.
pub(super) fn fill_in_union_variants(
    types: &mut Types,
    unions: BTreeMap<String, Vec<Schema>>,
    discriminators: &BTreeMap<String, Discriminator>,
    size: usize,
    found: &mut Findings,
) {
    let mut budget = StepBudget::new(BASE_COMPARISON_LIMIT, COMPARISON_LIMIT_INCREASE_PER_KILOBYTE, size);
    let unions: Vec<(String, Vec<UnionVariant>)> = unions
        .into_iter()
        .map(|(name, alternatives)| {
            let variants = read_variants(&name, &alternatives, discriminators.get(&name), types, found);
            (name, variants)
        })
        .collect();
    for (name, mut variants) in unions {
        let Some(location) = types.get(&name).map(|definition| definition.location.clone()) else { continue };
        if !budget.try_spend(estimate_comparison_count(&variants)) {
            found.push(one_of_unsupported::new_too_large_union_finding(&name, &location));
            return;
        }
        report_indistinguishable_variants(&name, &variants, types, found);
        remove_unneeded_open_enum_keys(&mut variants, types);
        if let Some(definition) = types.get_mut(&name) {
            definition.shape = TypeShape::Union(Union { variants, is_open: false });
        }
    }
}

/// Returns an estimate of how many comparisons of keys and values are needed to check that all variants of a union are
/// distinguishable.
fn estimate_comparison_count(variants: &[UnionVariant]) -> usize {
    let size = |variant: &UnionVariant| {
        1 + variant.required_keys.len()
            + variant.distinguishing_properties.iter().map(|(_, values)| 1 + values.len()).sum::<usize>()
    };
    let all: usize = variants.iter().map(size).sum();
    all.saturating_mul(variants.len())
}

fn read_variants(
    name: &str,
    alternatives: &[Schema],
    discriminator: Option<&Discriminator>,
    types: &Types,
    found: &mut Findings,
) -> Vec<UnionVariant> {
    let mut variants: Vec<UnionVariant> = Vec::new();
    for alternative in alternatives {
        match alternative.ty.name().and_then(|name| Some((name, find_object_type(name, types)?))) {
            Some((type_name, object)) => variants.push(new_variant(type_name, object, alternative, types)),
            None => found
                .push(one_of_unsupported::new_non_object_alternative_finding(name, &alternative.location)),
        }
    }
    if let Some(discriminator) = discriminator {
        discriminator.add_distinguishing_values(&mut variants, types, found);
    }
    assign_variant_names(name, &mut variants, found);
    variants
}

/// Returns the object type with this name. Returns `None` if the type is not an object, or if it is an open object: one
/// with `x-public` and without fields.
fn find_object_type<'t>(name: &str, types: &'t Types) -> Option<&'t Object> {
    let definition = types.get(name).filter(|definition| !definition.is_open_object())?;
    match &definition.shape {
        TypeShape::Object(object) => Some(object),
        _ => None,
    }
}

fn new_variant(type_name: &str, object: &Object, alternative: &Schema, types: &Types) -> UnionVariant {
    let values = object.fields.iter().filter(|field| field.required).filter_map(|field| {
        match &types.get(field.schema.ty.name()?)?.shape {
            TypeShape::Enum(values) if !values.has_number_or_boolean_value() => {
                Some((field.name.clone(), values.values.iter().map(|v| v.wire_value.clone()).collect()))
            }
            _ => None,
        }
    });
    UnionVariant {
        name: type_name.to_owned(),
        type_name: type_name.to_owned(),
        distinguishing_properties: values.collect(),
        required_keys: object.required_keys.iter().map(|word| word.text.clone()).collect(),
        location: alternative.location.clone(),
    }
}

/// Names each variant after its type, without leading and trailing words that are also in the name of the union. For
/// example, the type `CardPayment` becomes the variant `Card` of the union `Payment`. So the name of a variant does not
/// depend on the other variants. Reports variants with the same name.
fn assign_variant_names(union: &str, variants: &mut [UnionVariant], found: &mut Findings) {
    let known = split_into_words(union);
    let mut seen: HashMap<String, Location> = HashMap::new();
    for variant in variants {
        let mut words = &split_into_words(&variant.type_name)[..];
        while let [first, rest @ ..] = words
            && !rest.is_empty()
            && known.contains(first)
        {
            words = rest;
        }
        while let [rest @ .., last] = words
            && !rest.is_empty()
            && known.contains(last)
        {
            words = rest;
        }
        let name = to_variant_name(&words.concat());
        if name != UNRECOGNIZED_VARIANT_NAME {
            variant.name = name;
        }
        if let Some(first) = seen.insert(variant.name.clone(), variant.location.clone()) {
            found.push(type_name_collision::new_variant_collision_finding(
                union,
                &variant.name,
                &variant.location,
                &first,
            ));
        }
    }
}

fn split_into_words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for c in name.chars() {
        match words.last_mut() {
            Some(word) if !c.is_ascii_uppercase() => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    words
}

/// A variant of a union, and the fields of the variant's type, which are stored by key.
struct VariantWithFields<'a> {
    variant: &'a UnionVariant,
    fields: HashMap<&'a str, &'a Field>,
}

fn add_fields_to_variants<'a>(variants: &'a [UnionVariant], types: &'a Types) -> Vec<VariantWithFields<'a>> {
    let alternative = |variant: &'a UnionVariant| {
        let fields = find_object_type(&variant.type_name, types).map_or(&[][..], |object| &object.fields);
        let fields = fields.iter().map(|field| (field.name.as_str(), field)).collect();
        VariantWithFields { variant, fields }
    };
    variants.iter().map(alternative).collect()
}

/// Reports each pair of variants that are indistinguishable: a value could belong to both.
fn report_indistinguishable_variants(
    name: &str,
    variants: &[UnionVariant],
    types: &Types,
    found: &mut Findings,
) {
    let alternatives = add_fields_to_variants(variants, types);
    for (index, a) in alternatives.iter().enumerate() {
        for b in &alternatives[index + 1..] {
            if !a.differs_from(b) {
                found.push(one_of_indistinct::new_finding(
                    name,
                    (&a.variant.type_name, &a.variant.location),
                    (&b.variant.type_name, &b.variant.location),
                ));
            }
        }
    }
}

impl VariantWithFields<'_> {
    fn differs_from(&self, other: &VariantWithFields<'_>) -> bool {
        let by_values = |x: &VariantWithFields<'_>, y: &VariantWithFields<'_>| {
            x.variant.distinguishing_properties.iter().any(|(key, _)| x.is_distinguishable_by_value(y, key))
        };
        self.is_distinguishable_by_required_keys(other) || by_values(self, other) || by_values(other, self)
    }

    /// Whether one of the two variants requires a key for which the other variant has no field.
    fn is_distinguishable_by_required_keys(&self, other: &VariantWithFields<'_>) -> bool {
        let own_key = |x: &VariantWithFields<'_>, y: &VariantWithFields<'_>| {
            x.variant.required_keys.iter().any(|key| !y.fields.contains_key(key.as_str()))
        };
        own_key(self, other) || own_key(other, self)
    }

    /// Whether the value of `key` distinguishes the variants `self` and `other`. This is true if `self` lists the
    /// values that it allows for `key`, and `other` either lists only different values, or forbids all values that
    /// `self` allows.
    fn is_distinguishable_by_value(&self, other: &VariantWithFields<'_>, key: &str) -> bool {
        let Some((_, values)) = self.variant.distinguishing_properties.iter().find(|(own, _)| own == key)
        else {
            return false;
        };
        let disjoint = other.variant.distinguishing_properties.iter().filter(|(other, _)| key == other).any(
            |(_, others)| {
                let others: HashSet<&String> = others.iter().collect();
                !values.iter().any(|value| others.contains(value))
            },
        );
        let excluded = other.fields.get(key).map_or(&[][..], |field| &field.schema.forbidden_strings);
        let excluded: HashSet<&String> = excluded.iter().collect();
        disjoint || (!excluded.is_empty() && values.iter().all(|value| excluded.contains(value)))
    }
}

/// The `distinguishing_properties` are the keys whose values identify a variant. Removes those keys whose type is not a
/// closed enum (an open enum, or a string that a `discriminator` names), unless a key is needed to distinguish two
/// variants. If such a key stayed, an object with an enum value that the vendor added later would match no variant.
fn remove_unneeded_open_enum_keys(variants: &mut [UnionVariant], types: &Types) {
    let whole = variants.to_vec();
    let alternatives = add_fields_to_variants(&whole, types);
    for (variant, own) in variants.iter_mut().zip(&alternatives) {
        variant.distinguishing_properties.retain(|(key, _)| {
            let others = alternatives.iter().filter(|other| other.variant.type_name != own.variant.type_name);
            let distinguishes = |other: &VariantWithFields<'_>| {
                !own.is_distinguishable_by_required_keys(other)
                    && (own.is_distinguishable_by_value(other, key)
                        || other.is_distinguishable_by_value(own, key))
            };
            own.is_closed_enum_field(key, types) || others.into_iter().any(distinguishes)
        });
    }
}

impl VariantWithFields<'_> {
    /// Whether the type of the field `key` is a closed enum, in which a value that the document does not list is an
    /// error.
    fn is_closed_enum_field(&self, key: &str, types: &Types) -> bool {
        let name = self.fields.get(key).and_then(|field| field.schema.ty.name());
        let shape = name.and_then(|name| types.get(name)).map(|definition| &definition.shape);
        matches!(shape, Some(TypeShape::Enum(values)) if values.is_closed)
    }
}
