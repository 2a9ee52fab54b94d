use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use partner_spec::{Diagnostic, Diagnostics, Entry, Node, Object, Value};

use super::Pass;
use crate::api::{Api, Expansion, Schema, ref_name, visit_mut};

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
    let originals = included_anywhere(api);
    let mut expansion = std::mem::take(&mut api.expansion);
    let mut merger = Merger::new(&originals, &mut expansion);
    found.extend(std::mem::take(&mut merger.too_large));
    let mut times = 0;
    api.for_each_root_mut(|root| {
        visit_mut(root, &mut |node| {
            if node.get("allOf").is_none() || merger.expansion.is_over() {
                return;
            }
            if is_annotated_reference(node) {
                // Beside the reference a type says nothing new.
                node.remove("type");
                return;
            }
            match merger.merge(node) {
                Ok(merged) => {
                    *node = merged;
                    times += 1;
                }
                Err(diagnostic) => found.push(*diagnostic),
            }
        });
    });
    api.expansion = expansion;
    times
}

/// The components that others include, as they are before anything is merged.
fn included_anywhere(api: &mut Api) -> BTreeMap<String, Schema> {
    let mut open: Vec<String> = Vec::new();
    api.for_each_schema_mut(|node| open.extend(included(node).map(str::to_owned)));
    let mut originals = BTreeMap::new();
    while let Some(name) = open.pop() {
        if !originals.contains_key(&name)
            && let Some(schema) = api.schemas.get(&name)
        {
            open.extend(included(&schema.node).chain(ref_name(&schema.node)).map(str::to_owned));
            originals.insert(name, schema.clone());
        }
    }
    originals
}

/// `allOf: [{$ref}]` with nothing but annotations beside it.
pub fn is_annotated_reference(node: &Node) -> bool {
    let single = matches!(node.items("allOf"), [only] if only.ref_target().is_some());
    let beside =
        |key: &str| key == "allOf" || key == "type" || key.starts_with("x-") || ANNOTATIONS.contains(&key);
    single && node.as_object().is_some_and(|object| object.iter().all(|e| beside(&e.key)))
}

type Merged = Result<Node, Box<Diagnostic>>;

/// How many components may include one another in a row. Only those that end in an error are followed that far, and the
/// ones that are near the error report it.
const MAX_INSIDE: usize = 100;

/// Merges compositions, each component once, however many others include it.
struct Merger<'a> {
    schemas: &'a BTreeMap<String, Schema>,
    /// The components that others include, merged.
    merged: HashMap<&'a str, Rc<Node>>,
    /// The components that are being merged, outer ones first.
    inside: Vec<&'a str>,
    /// Where the components alone, merged, are too large.
    too_large: Diagnostics,
    expansion: &'a mut Expansion,
}

impl<'a> Merger<'a> {
    /// Merges all components that are included somewhere, and can be. Those that they include come first, so that a long
    /// chain of them does not need a deep stack.
    fn new(schemas: &'a BTreeMap<String, Schema>, expansion: &'a mut Expansion) -> Merger<'a> {
        let mut merger = Merger {
            schemas,
            merged: HashMap::new(),
            inside: Vec::new(),
            too_large: Diagnostics::new(),
            expansion,
        };
        let mut seen = HashSet::new();
        for schema in schemas.values() {
            let mut open: Vec<(&str, bool)> = included(&schema.node).map(|name| (name, false)).collect();
            while let Some((name, is_ready)) = open.pop() {
                let Some(schema) = schemas.get(name) else { continue };
                if is_ready {
                    merger.prepare(name, schema);
                } else if seen.insert(name) {
                    open.push((name, true));
                    open.extend(included(&schema.node).map(|name| (name, false)));
                }
            }
        }
        merger
    }

    /// Merges a component, unless one that it includes could not be.
    fn prepare(&mut self, name: &'a str, schema: &'a Schema) {
        let is_known = |name: &str| self.merged.contains_key(name) || !self.schemas.contains_key(name);
        if self.expansion.is_over() || !included(&schema.node).all(is_known) {
            return;
        }
        match self.expand(&schema.node) {
            Ok(whole) => drop(self.merged.insert(name, whole)),
            Err(why) if self.expansion.is_over() => self.too_large.push(*why),
            // What else is wrong is found where the component itself is merged.
            Err(_) => {}
        }
    }

    fn merge(&mut self, node: &Node) -> Merged {
        let mut merged = Object::new();
        for part in node.items("allOf") {
            let part = self.expand(part)?;
            if !self.expansion.allows(&part) {
                return Err(Box::new(self.expansion.diagnostic(&node.location)));
            }
            self.merge_into(&mut merged, &part)?;
        }
        let mut own = node.clone();
        own.remove("allOf");
        self.merge_into(&mut merged, &own)?;
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
    fn expand(&mut self, part: &Node) -> Result<Rc<Node>, Box<Diagnostic>> {
        let Some(name) = ref_name(part) else {
            return match part.get("allOf") {
                Some(_) => self.merge(part).map(Rc::new),
                None => Ok(Rc::new(part.clone())),
            };
        };
        if let Some(whole) = self.merged.get(name) {
            return Ok(Rc::clone(whole));
        }
        let Some((name, schema)) = self.schemas.get_key_value(name) else { return Ok(Rc::new(part.clone())) };
        if self.inside.iter().any(|n| n == name) {
            let message = format!("`{name}` is put together from itself with `allOf`");
            return Err(Box::new(
                Diagnostic::error("all-of-circular", &part.location, message)
                    .help("an object that holds another of its kind has it in a property, not in `allOf`"),
            ));
        }
        if self.inside.len() >= MAX_INSIDE {
            let message = format!("`{name}` is included through more than {MAX_INSIDE} others");
            return Err(Box::new(
                Diagnostic::error("all-of-unsupported", &part.location, message)
                    .help("mend what is found in the schemas that it includes, and look again"),
            ));
        }
        self.inside.push(name);
        let expanded = self.expand(&schema.node);
        self.inside.pop();
        expanded
    }

    fn merge_into(&mut self, merged: &mut Object, part: &Node) -> Result<(), Box<Diagnostic>> {
        for entry in part.as_object().into_iter().flat_map(|o| o.iter()) {
            match entry.key.as_str() {
                "properties" => merge_properties(merged, &entry.node),
                "required" => merge_required(merged, &entry.node),
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
                "oneOf" => merge_one_of(merged, &entry.node),
                "allOf" => {
                    for inner in entry.node.as_array().unwrap_or(&[]) {
                        let inner = self.expand(inner)?;
                        self.merge_into(merged, &inner)?;
                    }
                }
                _ => merged.set_entry(entry.clone()),
            }
        }
        Ok(())
    }
}

/// The components that a schema includes with `allOf`, also those of an `allOf` in its `allOf`.
fn included(node: &Node) -> impl Iterator<Item = &str> {
    let mut open: Vec<&Node> = node.items("allOf").iter().collect();
    // A component that is nothing but a reference was resolved when the document was linked.
    std::iter::from_fn(move || {
        let part = open.pop()?;
        open.extend(part.items("allOf"));
        Some(ref_name(part))
    })
    .flatten()
}

fn merge_properties(merged: &mut Object, added: &Node) {
    let mut properties = match taken(merged, "properties") {
        Value::Object(properties) => properties,
        _ => Object::new(),
    };
    for property in added.as_object().into_iter().flat_map(|o| o.iter()) {
        let node = match properties.get_mut(&property.key) {
            Some(before) => {
                let location = before.location.clone();
                refine(std::mem::replace(before, Node::new(Value::Null, &location)), &property.node)
            }
            None => property.node.clone(),
        };
        properties.set_entry(Entry {
            node,
            key: property.key.clone(),
            key_location: property.key_location.clone(),
        });
    }
    merged.set("properties", Node::new(Value::Object(properties), &added.location));
}

fn merge_required(merged: &mut Object, added: &Node) {
    let mut names = list(taken(merged, "required"));
    for name in added.as_array().unwrap_or(&[]) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    merged.set("required", Node::new(Value::Array(names), &added.location));
}

/// Several `oneOf`s side by side each have to hold; what is left of them here is reported by `unions`.
fn merge_one_of(merged: &mut Object, added: &Node) {
    let mut alternatives = list(taken(merged, "oneOf"));
    alternatives.extend(added.as_array().unwrap_or(&[]).iter().cloned());
    merged.set("oneOf", Node::new(Value::Array(alternatives), &added.location));
}

/// The value of a key, which is going to be set again: what was merged so far is not copied for every part.
fn taken(merged: &mut Object, key: &str) -> Value {
    merged.get_mut(key).map_or(Value::Null, |node| std::mem::replace(&mut node.value, Value::Null))
}

fn list(value: Value) -> Vec<Node> {
    match value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// A property that is declared again: the later schema says more about it, the earlier one keeps what is not said
/// again.
fn refine(mut before: Node, after: &Node) -> Node {
    match (&mut before.value, &after.value) {
        (Value::Object(refined), Value::Object(object))
            if refined.get("$ref").and_then(Node::as_str).is_none()
                && after.ref_target().is_none()
                && after.get("allOf").is_none() =>
        {
            for entry in object.iter() {
                refined.set(&entry.key, entry.node.clone());
            }
            before.location = after.location.clone();
            before
        }
        _ => after.clone(),
    }
}
