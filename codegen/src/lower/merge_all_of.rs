use std::collections::BTreeMap;

use partner_spec::{Diagnostic, Diagnostics, Entry, Node, Object, Value};

use super::Pass;
use crate::api::{Api, Schema, ref_name, visit_mut};

pub(super) const PASS: Pass = Pass {
    name: "merge_all_of",
    why: "An object put together with `allOf` becomes one object, so that it is one type with all fields; \
          a single reference with a description beside it stays a reference.",
    apply,
};

/// What may stand beside a single reference without making it another type.
const ANNOTATIONS: [&str; 9] = [
    "description",
    "title",
    "nullable",
    "example",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
];

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let originals = api.schemas.clone();
    let mut times = 0;
    api.for_each_root_mut(|root| {
        visit_mut(root, &mut |node| {
            if node.get("allOf").is_none() {
                return;
            }
            if is_annotated_reference(node) {
                // Beside the reference a type says nothing new.
                node.remove("type");
                return;
            }
            match merge(node, &originals, &mut Vec::new()) {
                Ok(merged) => {
                    *node = merged;
                    times += 1;
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        });
    });
    times
}

/// `allOf: [{$ref}]` with nothing but annotations beside it.
pub(crate) fn is_annotated_reference(node: &Node) -> bool {
    let single = matches!(node.items("allOf"), [only] if only.ref_target().is_some());
    let beside =
        |key: &str| key == "allOf" || key == "type" || key.starts_with("x-") || ANNOTATIONS.contains(&key);
    single && node.as_object().is_some_and(|object| object.iter().all(|e| beside(&e.key)))
}

type Merged = Result<Node, Box<Diagnostic>>;

fn merge(node: &Node, schemas: &BTreeMap<String, Schema>, inside: &mut Vec<String>) -> Merged {
    let mut merged = Object::new();
    for part in node.items("allOf") {
        let part = expand(part, schemas, inside)?;
        merge_into(&mut merged, &part, schemas, inside)?;
    }
    let mut own = node.clone();
    own.remove("allOf");
    merge_into(&mut merged, &own, schemas, inside)?;
    // A title or a description of a part is about the part.
    for key in ["title", "description"] {
        match own.get(key) {
            Some(text) => merged.set(key, text.clone()),
            None => drop(merged.remove(key)),
        }
    }
    Ok(Node::new(Value::Object(merged), &node.location))
}

/// A part of an `allOf`: what it refers to, with its own `allOf` merged.
fn expand(part: &Node, schemas: &BTreeMap<String, Schema>, inside: &mut Vec<String>) -> Merged {
    let Some(name) = ref_name(part) else {
        return if part.get("allOf").is_some() { merge(part, schemas, inside) } else { Ok(part.clone()) };
    };
    if inside.iter().any(|n| n == name) {
        let message = format!("`{name}` is put together from itself with `allOf`");
        return Err(Box::new(
            Diagnostic::error("all-of-circular", &part.location, message)
                .help("an object that holds another of its kind has it in a property, not in `allOf`"),
        ));
    }
    let Some(schema) = schemas.get(name) else { return Ok(part.clone()) };
    inside.push(name.to_owned());
    let expanded = expand(&schema.node, schemas, inside);
    inside.pop();
    expanded
}

fn merge_into(
    merged: &mut Object,
    part: &Node,
    schemas: &BTreeMap<String, Schema>,
    inside: &mut Vec<String>,
) -> Result<(), Box<Diagnostic>> {
    for entry in part.as_object().into_iter().flat_map(|o| o.iter()) {
        match entry.key.as_str() {
            "properties" => {
                let mut properties =
                    merged.get("properties").and_then(Node::as_object).cloned().unwrap_or_default();
                for property in entry.node.as_object().into_iter().flat_map(|o| o.iter()) {
                    let node = match properties.get(&property.key) {
                        Some(before) => refine(before, &property.node),
                        None => property.node.clone(),
                    };
                    properties.set_entry(Entry {
                        node,
                        key: property.key.clone(),
                        key_location: property.key_location.clone(),
                    });
                }
                merged.set("properties", Node::new(Value::Object(properties), &entry.node.location));
            }
            "required" => {
                let mut names = merged.get("required").and_then(Node::as_array).unwrap_or(&[]).to_vec();
                let added = entry.node.as_array().unwrap_or(&[]).iter();
                for name in added.filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>() {
                    names.push(name);
                }
                merged.set("required", Node::new(Value::Array(names), &entry.node.location));
            }
            "type" if entry.node.as_str() != Some("object") => {
                let message = "only objects can be put together with `allOf`";
                return Err(Box::new(
                    Diagnostic::error("all-of-unsupported", &entry.node.location, message)
                        .help("describe the value in one schema"),
                ));
            }
            "anyOf" | "not" => {
                let message = format!("`{}` cannot be part of an `allOf`", entry.key);
                return Err(Box::new(
                    Diagnostic::error("all-of-unsupported", &entry.key_location, message)
                        .help("put the properties together, and tell the rest in the description"),
                ));
            }
            "oneOf" => merge_one_of(merged, entry.node.as_array().unwrap_or(&[]), &entry.node),
            "allOf" => {
                for inner in entry.node.as_array().unwrap_or(&[]) {
                    let inner = expand(inner, schemas, inside)?;
                    merge_into(merged, &inner, schemas, inside)?;
                }
            }
            _ => merged.set_entry(entry.clone()),
        }
    }
    Ok(())
}

/// Several `oneOf`s side by side each have to hold; what is left of them here is reported by `unions`.
fn merge_one_of(merged: &mut Object, alternatives: &[Node], node: &Node) {
    let mut all = merged.get("oneOf").and_then(Node::as_array).unwrap_or(&[]).to_vec();
    all.extend(alternatives.iter().cloned());
    merged.set("oneOf", Node::new(Value::Array(all), &node.location));
}

/// A property that is declared again: the later schema says more about it, the earlier one keeps what is not said
/// again.
fn refine(before: &Node, after: &Node) -> Node {
    match (&before.value, &after.value) {
        (Value::Object(_), Value::Object(object))
            if before.ref_target().is_none()
                && after.ref_target().is_none()
                && after.get("allOf").is_none() =>
        {
            let mut refined = before.clone();
            refined.location = after.location.clone();
            for entry in object.iter() {
                refined.set(&entry.key, entry.node.clone());
            }
            refined
        }
        _ => after.clone(),
    }
}
