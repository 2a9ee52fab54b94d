//! Finds the objects for which a `oneOf` says that callers have to set exactly one of several groups of fields. Instead
//! of the fields, callers pass an enum that has a variant for each group.

use std::collections::{BTreeMap, HashSet};

use partner_model::names::{to_snake_case_name, to_type_name};
use partner_model::{KeyCombination, Model, Object, TypeDefinition, TypeShape};
use proc_macro2::Ident;

use crate::ident::create_ident;

/// An enum that is generated for a [`KeyCombination`]: a `oneOf` whose alternatives only list required keys. The enum
/// has a variant for each group of fields that callers may set. No enum is generated for a `oneOf` without a title.
pub(crate) struct FieldGroupEnum<'m> {
    /// The name of the generated enum.
    pub(crate) enum_name: String,
    pub(crate) combination: &'m KeyCombination,
}

impl FieldGroupEnum<'_> {
    /// Returns the name of the constructor argument that takes a value of this enum. The constructor is that of the
    /// object to which the fields belong.
    pub(crate) fn constructor_argument_name(&self) -> Ident {
        create_ident(&to_snake_case_name(&self.enum_name))
    }

    /// Whether a variant of the enum holds the field with this JSON key.
    pub(crate) fn contains_key(&self, key: &str) -> bool {
        self.combination.alternatives.iter().any(|alternative| alternative.keys.iter().any(|k| k == key))
    }
}

/// Finds the field group enums of an object. A field group enum stands for several groups of fields, of which a caller
/// has to set one: it has a variant for each group, and callers pass a value of it to the constructor, which sets the
/// fields of the chosen group. An object that also occurs in responses has no such enums, because code that reads a
/// response needs the single fields.
pub(crate) fn find_field_group_enums<'m>(
    definition: &'m TypeDefinition,
    object: &Object,
) -> Vec<FieldGroupEnum<'m>> {
    if definition.is_received_by_client || !definition.is_sent_by_client {
        return Vec::new();
    }
    let combinations = &definition.schema_details.key_combinations;
    let is_optional = |key: &String| object.field(key).is_some_and(|field| !field.required);
    let mut keys = HashSet::new();
    let choice = |combination: &'m KeyCombination| {
        let enum_name = to_type_name(combination.title.as_ref()?);
        let alternatives = &combination.alternatives;
        let all: HashSet<&String> = alternatives.iter().flat_map(|one| &one.keys).collect();
        let is_field_group_enum = alternatives.iter().all(|one| !one.keys.is_empty())
            && all.iter().all(|key| is_optional(key) && !keys.contains(*key));
        keys.extend(all);
        is_field_group_enum.then_some(FieldGroupEnum { enum_name, combination })
    };
    combinations.iter().filter_map(choice).collect()
}

/// Maps the name of each [`FieldGroupEnum`] to the name of its owner. The owner is the object next to which the enum is
/// emitted.
pub(crate) type FieldGroupEnumOwnerNames<'m> = BTreeMap<String, &'m str>;

/// Returns the owner of each [`FieldGroupEnum`]: the object next to which the enum is emitted. If several objects have
/// the same enum, the first of these objects in alphabetical order is the owner.
pub(crate) fn find_field_group_enum_owners(model: &Model) -> FieldGroupEnumOwnerNames<'_> {
    let mut owners = FieldGroupEnumOwnerNames::new();
    for (name, definition) in &model.types {
        if let TypeShape::Object(object) = &definition.shape {
            for choice in find_field_group_enums(definition, object) {
                owners.entry(choice.enum_name).or_insert(name.as_str());
            }
        }
    }
    owners
}
