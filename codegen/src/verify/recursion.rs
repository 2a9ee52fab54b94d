use std::collections::BTreeMap;

use partner_spec::Diagnostics;

use super::{Check, Outcome};
use crate::core::name_of;
use crate::rules::one_of_recursive;
use partner_model::Shape;
use partner_model::graph::{Graph, circular};

pub(super) const CHECK: Check = Check {
    name: "recursion",
    why: "No choice holds itself without a list or a map in between: such fields of objects are boxed, but those of our \
          unions are not, and Rust has no type of endless size.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let model = outcome.model;
    let held: BTreeMap<&str, Vec<String>> =
        model.types.keys().map(|name| (name.as_str(), held_by(name, outcome))).collect();
    let graph: Graph<'_> =
        held.iter().map(|(name, held)| (*name, held.iter().map(String::as_str).collect())).collect();
    let circular = circular(&graph);
    let unions = model.types.iter().filter(|(_, definition)| matches!(definition.shape, Shape::Union(_)));
    for (name, definition) in unions.filter(|(name, _)| circular.contains(name.as_str())) {
        found.push(one_of_recursive::report(name, &definition.location));
    }
}

/// The names of the types that a value of a type has inside, not behind a pointer.
fn held_by(name: &str, outcome: &Outcome<'_>) -> Vec<String> {
    if let Some(union) = outcome.model.union(name) {
        return union.variants.iter().map(|variant| variant.type_name.clone()).collect();
    }
    let fields = outcome.core.fields(name).unwrap_or_default().iter();
    fields.filter(|field| !field.value.boxed).filter_map(|field| name_of(&field.value.ty)).collect()
}
