//! Reads `discriminator`: the property whose value tells to which alternative of a union a JSON object belongs.

use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Findings, Location, Node};

use crate::rules::schema_unsupported;
use crate::types::{Type, TypeDefinition, TypeShape, UnionVariant};

/// The `discriminator` of a union: a property, and the alternative that each value of the property selects.
pub(super) struct Discriminator {
    property: String,
    /// The entries of `mapping`. Each entry consists of a value of the discriminator property, the key of the component
    /// that this value selects, and the location of the entry.
    mapping: Vec<(String, String, Location)>,
    location: Location,
}

impl Discriminator {
    pub(super) fn read(node: &Node) -> Option<Discriminator> {
        let property = node.get("propertyName")?;
        let mapping = node.get_entries("mapping").filter_map(|entry| {
            let target = entry.node.as_str()?;
            let key = target.strip_prefix("#/components/schemas/").unwrap_or(target);
            Some((entry.key.clone(), key.to_owned(), entry.key_location.clone()))
        });
        let (mapping, property, location) =
            (mapping.collect(), property.as_str()?.to_owned(), property.location.clone());
        Some(Discriminator { property, mapping, location })
    }

    /// Adds to each variant the values of the discriminator's property that select the variant. They are taken from
    /// `mapping`. If `mapping` has no value for the variant, the key of the variant's component is used. If the
    /// property is an enum, the variant keeps the values of the enum.
    ///
    /// Reports variants in which the property is missing or not a string, and enums that differ from `mapping`.
    pub(super) fn add_distinguishing_values(
        &self,
        variants: &mut [UnionVariant],
        types: &BTreeMap<String, TypeDefinition>,
        found: &mut Findings,
    ) {
        let mut keys = BTreeSet::new();
        for variant in variants {
            let Some(definition) = types.get(&variant.type_name) else { continue };
            keys.insert(definition.component_key_or_type_name.as_str());
            let entries =
                || self.mapping.iter().filter(|(_, key, _)| *key == definition.component_key_or_type_name);
            let mapped: Vec<String> = entries().map(|(value, ..)| value.clone()).collect();
            let values = match mapped.is_empty() {
                true => vec![definition.component_key_or_type_name.clone()],
                false => mapped.clone(),
            };
            let TypeShape::Object(object) = &definition.shape else { continue };
            let own = variant.distinguishing_properties.iter().find(|(key, _)| *key == self.property);
            match (own, object.field(&self.property)) {
                (Some((_, own)), _) if mapped.is_empty() || have_same_values(own, &mapped) => {}
                (Some(_), _) => {
                    let location = entries().next().map_or(&self.location, |(.., location)| location);
                    let what = format!(
                        "`mapping` and the enum of `{}` differ in `{}`",
                        self.property, definition.component_key_or_type_name
                    );
                    found.push(schema_unsupported::new_discriminator_mismatch_finding(what, location));
                }
                (None, Some(field)) if matches!(field.schema.ty, Type::String) => {
                    variant.distinguishing_properties.push((self.property.clone(), values));
                }
                (None, _) => {
                    let what = format!(
                        "`{}` has no property `{}` that is a string",
                        definition.component_key_or_type_name, self.property
                    );
                    found.push(schema_unsupported::new_discriminator_mismatch_finding(what, &self.location));
                }
            }
        }
        for (value, key, location) in self.mapping.iter().filter(|(_, key, _)| !keys.contains(key.as_str())) {
            let what = format!("`{value}` stands for `{key}`, which is none of the alternatives");
            found.push(schema_unsupported::new_discriminator_mismatch_finding(what, location));
        }
    }
}

fn have_same_values(a: &[String], b: &[String]) -> bool {
    a.iter().collect::<BTreeSet<_>>() == b.iter().collect::<BTreeSet<_>>()
}
