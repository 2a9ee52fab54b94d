//! Checks the names of the types that are generated for the arguments of constructors. No other type may have such a
//! name.

use std::collections::BTreeMap;

use partner_model::rules::type_name_collision;
use partner_model::{KeyCombination, Model, Object, Schema, TypeDefinition, TypeShape};
use partner_spec::Findings;

use crate::emit::to_required_values_struct_name;
use crate::field_group_enum::find_field_group_enums;

pub(super) fn check_model(model: &Model, found: &mut Findings) {
    let mut known: BTreeMap<String, (&KeyCombination, &Object)> = BTreeMap::new();
    for (name, definition) in model.types.iter().filter(|(_, definition)| definition.is_sent_by_client) {
        let TypeShape::Object(object) = &definition.shape else { continue };
        let mut report = |ty: &str| found.push(new_finding(ty, name, definition));
        let required = to_required_values_struct_name(name);
        if model.types.contains_key(&required) {
            report(&required);
        }
        for choice in find_field_group_enums(definition, object) {
            let is_taken = model.types.contains_key(&choice.enum_name)
                || known
                    .get(&choice.enum_name)
                    .is_some_and(|known| !can_share_field_group_enum(*known, (choice.combination, object)));
            if is_taken {
                report(&choice.enum_name);
            }
            known.entry(choice.enum_name).or_insert((choice.combination, object));
        }
    }
}

fn new_finding(ty: &str, name: &str, definition: &TypeDefinition) -> partner_spec::Finding {
    type_name_collision::new_argument_type_collision_finding(ty, name, &definition.location)
}

/// Whether the constructors of two objects can take the same enum as an argument. Such an enum is generated if the
/// schema of an object has a `oneOf` whose members list `required` keys. The [`KeyCombination`] contains these lists.
/// Two objects can share the enum if the lists of both are equal, and each key has the same type in both objects.
fn can_share_field_group_enum(a: (&KeyCombination, &Object), b: (&KeyCombination, &Object)) -> bool {
    let fields = |(combination, object): (&KeyCombination, &Object)| -> Vec<Option<Schema>> {
        let keys = combination.alternatives.iter().flat_map(|alternative| &alternative.keys);
        keys.map(|key| object.field(key).map(|field| field.schema.clone())).collect()
    };
    let (of_a, of_b) = (fields(a), fields(b));
    a.0 == b.0
        && of_a.iter().zip(&of_b).all(|(a, b)| match (a, b) {
            (Some(a), Some(b)) => a.has_same_rust_type_as(b),
            _ => false,
        })
}
