//! Finds choices. A choice consists of groups of an object's fields, of which a caller has to set exactly one group.
//! Callers pass an enum with a variant for each group, instead of the fields.

use std::collections::{BTreeMap, HashSet};

use partner_model::names::{to_snake_case_name, to_type_name};
use partner_model::{KeyCombination, Model, Object, Shape, TypeDefinition};
use proc_macro2::Ident;

use crate::ident::ident;

/// A choice between groups of fields of an object that callers send. It becomes an enum, with a variant for each group.
/// Only a [`KeyCombination`] (a `oneOf` of sets of required keys) that has a title becomes a choice.
pub(crate) struct Choice<'m> {
    /// The name of the enum that is generated for the choice.
    pub(crate) enum_name: String,
    pub(crate) combination: &'m KeyCombination,
}

impl Choice<'_> {
    /// Returns the name of the constructor's argument that takes the choice.
    pub(crate) fn argument_name(&self) -> Ident {
        ident(&to_snake_case_name(&self.enum_name))
    }

    /// Whether the field with this key on the wire belongs to one of the choice's groups.
    pub(crate) fn contains_key(&self, key: &str) -> bool {
        self.combination.alternatives.iter().any(|alternative| alternative.keys.iter().any(|k| k == key))
    }
}

/// Returns the choices of an object. An object that also occurs in responses has no choices, because code that reads a
/// response needs the single fields.
pub(crate) fn find_choices<'m>(definition: &'m TypeDefinition, object: &Object) -> Vec<Choice<'m>> {
    if definition.is_received || !definition.is_sent {
        return Vec::new();
    }
    let combinations = &definition.details.key_combinations;
    let is_optional = |key: &String| object.field(key).is_some_and(|field| !field.required);
    let mut keys = HashSet::new();
    let choice = |combination: &'m KeyCombination| {
        let enum_name = to_type_name(combination.title.as_ref()?);
        let alternatives = &combination.alternatives;
        let all: HashSet<&String> = alternatives.iter().flat_map(|one| &one.keys).collect();
        let is_choice = alternatives.iter().all(|one| !one.keys.is_empty())
            && all.iter().all(|key| is_optional(key) && !keys.contains(*key));
        keys.extend(all);
        is_choice.then_some(Choice { enum_name, combination })
    };
    combinations.iter().filter_map(choice).collect()
}

/// The owner of each choice, by the name of the choice's enum. The owner is the object beside which the enum is
/// emitted, given by its name.
pub(crate) type ChoiceOwners<'m> = BTreeMap<String, &'m str>;

/// Returns the owner of each choice. If several objects share a choice, the first of them in alphabetical order owns
/// the choice.
pub(crate) fn find_choice_owners(model: &Model) -> ChoiceOwners<'_> {
    let mut owners = ChoiceOwners::new();
    for (name, definition) in &model.types {
        if let Shape::Object(object) = &definition.shape {
            for choice in find_choices(definition, object) {
                owners.entry(choice.enum_name).or_insert(name.as_str());
            }
        }
    }
    owners
}
