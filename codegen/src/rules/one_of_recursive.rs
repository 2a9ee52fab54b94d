use partner_model::graph::{NameGraph, find_names_in_cycles};
use partner_model::{Model, TypeShape};
use partner_spec::{Finding, Findings, Location, Profile, Rule};

pub(super) static RULE: Rule =
    Rule::error("one-of-recursive", Profile::Generator, include_str!("one_of_recursive.md")).blocking();

/// Reports unions that contain themselves without a list or a map in between. Recursive fields of objects are boxed,
/// but variants of unions are not, and Rust has no types of infinite size.
pub(super) fn check_model(model: &Model, found: &mut Findings) {
    let graph: NameGraph<'_> = model
        .types
        .iter()
        .map(|(name, definition)| (name.as_str(), list_directly_contained_type_names(&definition.shape)))
        .collect();
    let circular = find_names_in_cycles(&graph);
    let unions = model.types.iter().filter(|(_, definition)| matches!(definition.shape, TypeShape::Union(_)));
    for (name, definition) in unions.filter(|(name, _)| circular.contains(name.as_str())) {
        found.push(new_finding(name, &definition.location));
    }
}

/// Returns the names of the types that a type with this shape contains directly, without a list or a map in between.
fn list_directly_contained_type_names(shape: &TypeShape) -> Vec<&str> {
    match shape {
        TypeShape::Union(union) => union.variants.iter().map(|variant| variant.type_name.as_str()).collect(),
        TypeShape::Object(object) => {
            object.fields.iter().filter_map(|field| field.schema.ty.name()).collect()
        }
        TypeShape::Enum(_) | TypeShape::Newtype(_) => Vec::new(),
    }
}

/// Returns the finding about a union that contains itself.
fn new_finding(name: &str, location: &Location) -> Finding {
    let message =
        format!("a `{name}` can directly hold another `{name}`, without a list or a map in between");
    Finding::new(&RULE, location, message)
        .with_help("leave the inner one open (`{}`), or describe it as a list")
}
