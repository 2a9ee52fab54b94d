//! Choices: where exactly one of several groups of fields has to be set, callers give an enum in place of the fields.

use std::collections::{BTreeMap, HashSet};

use partner_model::names::{snake_name, type_name};
use partner_model::{Combination, Definition, Model, Object, Shape};
use proc_macro2::Ident;

use crate::ident::ident;

/// A choice between groups of fields of an object that callers send. Its variants are the alternatives of a combination
/// that has a title.
pub(crate) struct Choice<'m> {
    /// The name of the enum.
    pub(crate) name: String,
    pub(crate) combination: &'m Combination,
}

impl Choice<'_> {
    /// The name of the argument that takes the choice.
    pub(crate) fn argument(&self) -> Ident {
        ident(&snake_name(&self.name))
    }

    /// Whether an alternative contains the field with this key.
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.combination.alternatives.iter().any(|alternative| alternative.keys.iter().any(|k| k == key))
    }
}

/// Returns the choices of an object. An object that responses contain, too, has none: readers need its fields.
pub(crate) fn choices<'m>(definition: &'m Definition, object: &Object) -> Vec<Choice<'m>> {
    if definition.received || !definition.sent {
        return Vec::new();
    }
    let combinations = &definition.about.combinations;
    let is_optional = |key: &String| object.field(key).is_some_and(|field| !field.required);
    let mut keys = HashSet::new();
    let choice = |combination: &'m Combination| {
        let name = type_name(combination.title.as_ref()?);
        let alternatives = &combination.alternatives;
        let all: HashSet<&String> = alternatives.iter().flat_map(|one| &one.keys).collect();
        let is_choice = alternatives.iter().all(|one| !one.keys.is_empty())
            && all.iter().all(|key| is_optional(key) && !keys.contains(*key));
        keys.extend(all);
        is_choice.then_some(Choice { name, combination })
    };
    combinations.iter().filter_map(choice).collect()
}

/// The name of the object on whose page the enum of a choice is, by the name of the choice.
pub(crate) type Owners<'m> = BTreeMap<String, &'m str>;

/// Returns the owners of all choices. Of several objects with one choice, the first by name is the owner.
pub(crate) fn owners(model: &Model) -> Owners<'_> {
    let mut owners = Owners::new();
    for (name, definition) in &model.types {
        if let Shape::Object(object) = &definition.shape {
            for choice in choices(definition, object) {
                owners.entry(choice.name).or_insert(name.as_str());
            }
        }
    }
    owners
}
