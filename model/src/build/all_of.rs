//! Merges objects that are composed with `allOf` into one object.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use partner_spec::{Entry, Finding, Findings, Node, Object, Value};

use super::combinations::{contains_only_key_combination, has_key_combination};
use crate::expansion::ExpansionBudget;
use crate::index::find_referenced_component_name;
use crate::rules::{all_of_circular, all_of_unsupported};

/// The keys that do not make a schema a type of its own if they stand beside an `allOf` with a single member:
/// annotations, and limits of strings and numbers.
const KEYS_ALLOWED_BESIDE_ALL_OF: [&str; 15] = [
    "description",
    "title",
    "nullable",
    "example",
    "default",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "not",
];

/// Returns the reference in `allOf: [{$ref}]` if the schema has only annotations and limits beside the `allOf`;
/// otherwise `None`.
pub(super) fn find_sole_all_of_reference(node: &Node) -> Option<&Node> {
    find_sole_all_of_member(node).filter(|member| member.ref_text().is_some())
}

/// Returns the only member of the `allOf` of a schema. The member has to be a reference or the schema of a plain value,
/// like `{type: string}`, and beside the `allOf` the schema may have only annotations (like `description`) and limits
/// (like `maxLength`). Otherwise returns `None`.
pub(super) fn find_sole_all_of_member(node: &Node) -> Option<&Node> {
    let [only] = node.get_items("allOf") else { return None };
    let beside = |key: &str| {
        key == "allOf" || key == "type" || key.starts_with("x-") || KEYS_ALLOWED_BESIDE_ALL_OF.contains(&key)
    };
    let is_annotated = node.as_object().is_some_and(|object| object.iter().all(|e| beside(&e.key)));
    let is_plain = matches!(only.get_str("type"), Some("string" | "integer" | "number" | "boolean"))
        && ["allOf", "oneOf", "anyOf", "enum"].iter().all(|key| only.get(key).is_none());
    (is_annotated && (is_plain || only.ref_text().is_some())).then_some(only)
}

type Merged = Result<Node, Box<Finding>>;

/// The maximum depth of the recursion that merges a chain of components, in which each component includes the next one
/// with `allOf`. Usually the included components are merged first, so nothing recurses. Only a chain whose last
/// component cannot be merged reaches this depth. In this case, the last component is reported as an error, too.
const MAX_ALL_OF_INCLUSION_DEPTH: usize = 100;

/// Merges schemas that are composed with `allOf`. A component is merged only once, even if many other components
/// include it.
pub(super) struct AllOfMerger<'a> {
    pub(super) components: BTreeMap<&'a str, &'a Node>,
    /// The components that other components include with `allOf`, by name. Each of these components is stored with the
    /// members of its own `allOf` merged.
    merged_components: HashMap<&'a str, Rc<Node>>,
    /// The names of the components that are being merged now. Each of these components includes the next one of the
    /// list. A component that would be in this list twice is part of a cycle.
    component_names_being_merged: Vec<&'a str>,
    pub(super) expansion_budget: ExpansionBudget,
}

impl<'a> AllOfMerger<'a> {
    pub(super) fn new(
        components: BTreeMap<&'a str, &'a Node>,
        expansion_budget: ExpansionBudget,
    ) -> AllOfMerger<'a> {
        AllOfMerger {
            components,
            merged_components: HashMap::new(),
            component_names_being_merged: Vec::new(),
            expansion_budget,
        }
    }

    /// Merges the components that other schemas include with `allOf`, except those that cannot be merged. A component
    /// is merged after the components that it includes, so that a long chain does not need a deep stack.
    pub(super) fn merge_included_components(&mut self, found: &mut Findings) {
        let mut seen = HashSet::new();
        for node in self.components.values().copied().collect::<Vec<_>>() {
            let mut open: Vec<(&str, bool)> =
                find_included_component_names(node).map(|name| (name, false)).collect();
            while let Some((name, is_ready)) = open.pop() {
                let Some(node) = self.components.get(name).copied() else { continue };
                if is_ready {
                    self.merge_component_all_of(name, node, found);
                } else if seen.insert(name) {
                    open.push((name, true));
                    open.extend(find_included_component_names(node).map(|name| (name, false)));
                }
            }
        }
    }

    /// Merges the members of a component's `allOf` into one schema. Does nothing if the `allOf` includes another
    /// component that could not be merged.
    fn merge_component_all_of(&mut self, name: &'a str, node: &'a Node, found: &mut Findings) {
        let is_known =
            |name: &str| self.merged_components.contains_key(name) || !self.components.contains_key(name);
        if self.expansion_budget.is_expansion_limit_exceeded()
            || !find_included_component_names(node).all(is_known)
        {
            return;
        }
        match self.resolve_and_merge_part(node) {
            Ok(whole) => drop(self.merged_components.insert(name, whole)),
            Err(why) if self.expansion_budget.is_expansion_limit_exceeded() => found.push(*why),
            // The error is ignored here, because a component that cannot be merged is reported when the component
            // itself is read.
            Err(_) => {}
        }
    }

    /// Returns the merged schema of a component.
    ///
    /// # Errors
    ///
    /// The reason why the component cannot be merged.
    pub(super) fn get_or_merge_component(
        &mut self,
        name: &'a str,
        node: &'a Node,
    ) -> Result<Rc<Node>, Box<Finding>> {
        match self.merged_components.get(name) {
            Some(whole) => Ok(Rc::clone(whole)),
            None => self.merge_all_of(node).map(|node| Rc::new(node.into_owned())),
        }
    }

    /// Returns the schema `node` with the members of its `allOf` merged into it. An `allOf` is not merged if its only
    /// member is a reference or a plain value like `{type: string}`, and the schema has only annotations and limits
    /// beside the `allOf`.
    ///
    /// # Errors
    ///
    /// The reason why the schema cannot be merged.
    pub(super) fn merge_all_of<'n>(&mut self, node: &'n Node) -> Result<Cow<'n, Node>, Box<Finding>> {
        let is_composed = node.get("allOf").is_some() && find_sole_all_of_member(node).is_none();
        if is_composed || has_key_combination(node) {
            return self.merge_parts(node).map(Cow::Owned);
        }
        Ok(Cow::Borrowed(node))
    }

    fn merge_parts(&mut self, node: &Node) -> Merged {
        let mut merged = Object::new();
        let is_object = node.get("properties").is_some();
        for part in node.get_items("allOf") {
            // A part that contains only a key combination (a restriction on which keys the object may have together) is
            // not merged, because `read_key_combinations` reads it.
            if is_object && contains_only_key_combination(part) {
                continue;
            }
            let part = self.resolve_and_merge_part(part)?;
            if !self.expansion_budget.try_spend_copy_bytes(&part) {
                return Err(Box::new(self.expansion_budget.new_expansion_limit_finding(&node.location)));
            }
            merge_into(&mut merged, &part)?;
        }
        let mut own = node.clone();
        own.remove("allOf");
        merge_into(&mut merged, &own)?;
        // The title and the description of a part of the `allOf` describe only that part. So the merged schema has only
        // the title and the description of the outer schema.
        for key in ["title", "description"] {
            match own.get(key) {
                Some(text) => merged.set_value(key, text.clone()),
                None => drop(merged.remove(key)),
            }
        }
        Ok(Node::new(Value::Object(merged), &node.location))
    }

    /// Returns the schema that a part of an `allOf` stands for. If the part is a reference, it is resolved. If the
    /// resulting schema has an `allOf` itself, this `allOf` is merged.
    fn resolve_and_merge_part(&mut self, part: &Node) -> Result<Rc<Node>, Box<Finding>> {
        let Some(name) = find_referenced_component_name(part) else {
            return match part.get("allOf") {
                Some(_) => self.merge_parts(part).map(Rc::new),
                None => Ok(Rc::new(part.clone())),
            };
        };
        if let Some(whole) = self.merged_components.get(name) {
            return Ok(Rc::clone(whole));
        }
        let Some((name, node)) = self.components.get_key_value(name).map(|(name, node)| (*name, *node))
        else {
            return Ok(Rc::new(part.clone()));
        };
        if self.component_names_being_merged.contains(&name) {
            return Err(Box::new(all_of_circular::new_finding(name, part)));
        }
        if self.component_names_being_merged.len() >= MAX_ALL_OF_INCLUSION_DEPTH {
            return Err(Box::new(all_of_unsupported::new_deep_inclusion_finding(
                name,
                MAX_ALL_OF_INCLUSION_DEPTH,
                part,
            )));
        }
        self.component_names_being_merged.push(name);
        let expanded = self.resolve_and_merge_part(node);
        self.component_names_being_merged.pop();
        expanded
    }
}

fn merge_into(merged: &mut Object, part: &Node) -> Result<(), Box<Finding>> {
    for entry in part.as_object().into_iter().flat_map(|o| o.iter()) {
        match entry.key.as_str() {
            "properties" => merge_properties(merged, &entry.node),
            "required" => merge_required(merged, &entry.node),
            "type" if entry.node.as_str() != Some("object") => {
                return Err(Box::new(all_of_unsupported::new_non_object_schema_finding(&entry.node)));
            }
            "anyOf" | "not" => {
                return Err(Box::new(all_of_unsupported::new_unmergeable_keyword_finding(entry)));
            }
            "oneOf" if has_key_combination(part) => {}
            "oneOf" => append_one_of_alternatives(merged, &entry.node),
            _ => merged.set_entry(entry.clone()),
        }
    }
    Ok(())
}

/// Iterates over the names of the components that a schema includes with `allOf`, also within nested `allOf`s.
fn find_included_component_names(node: &Node) -> impl Iterator<Item = &str> {
    let mut open: Vec<&Node> = node.get_items("allOf").iter().collect();
    // Only `allOf`s are searched. A component that is only a `$ref` cannot occur here: when the document was read,
    // references to such a component were replaced by references to its target.
    std::iter::from_fn(move || {
        let part = open.pop()?;
        open.extend(part.get_items("allOf"));
        Some(find_referenced_component_name(part))
    })
    .flatten()
}

fn merge_properties(merged: &mut Object, added: &Node) {
    let mut properties = match take_value(merged, "properties") {
        Value::Object(properties) => properties,
        _ => Object::new(),
    };
    for property in added.as_object().into_iter().flat_map(|o| o.iter()) {
        let node = match properties.get_mut(&property.key) {
            Some(before) => {
                let location = before.location.clone();
                merge_property_declarations(
                    std::mem::replace(before, Node::new(Value::Null, &location)),
                    &property.node,
                )
            }
            None => property.node.clone(),
        };
        properties.set_entry(Entry {
            node,
            key: property.key.clone(),
            key_location: property.key_location.clone(),
        });
    }
    merged.set_value("properties", Node::new(Value::Object(properties), &added.location));
}

fn merge_required(merged: &mut Object, added: &Node) {
    let mut names = into_items(take_value(merged, "required"));
    for name in added.as_array().unwrap_or(&[]) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    merged.set_value("required", Node::new(Value::Array(names), &added.location));
}

/// Adds the alternatives of a second `oneOf` to those of the first. The result is not correct, because a value would
/// have to match both `oneOf`s. Clients do not support two `oneOf`s, so the schema is reported as an error when unions
/// are built.
fn append_one_of_alternatives(merged: &mut Object, added: &Node) {
    let mut alternatives = into_items(take_value(merged, "oneOf"));
    alternatives.extend(added.as_array().unwrap_or(&[]).iter().cloned());
    merged.set_value("oneOf", Node::new(Value::Array(alternatives), &added.location));
}

/// Takes the value of a key out of the object and leaves null in its place, so that the caller can extend the value and
/// set it again without a copy. Returns null if the object does not have the key.
fn take_value(merged: &mut Object, key: &str) -> Value {
    merged.get_mut(key).map_or(Value::Null, |node| std::mem::replace(&mut node.value, Value::Null))
}

fn into_items(value: Value) -> Vec<Node> {
    match value {
        Value::Array(items) => items,
        _ => Vec::new(),
    }
}

/// Merges two declarations of a property. The keywords of the later declaration replace those of the earlier one. The
/// later declaration replaces the earlier one as a whole if either has a `$ref`, or if the later one has an `allOf`.
fn merge_property_declarations(mut before: Node, after: &Node) -> Node {
    match (&mut before.value, &after.value) {
        (Value::Object(refined), Value::Object(object))
            if refined.get("$ref").and_then(Node::as_str).is_none()
                && after.ref_text().is_none()
                && after.get("allOf").is_none() =>
        {
            for entry in object.iter() {
                refined.set_value(&entry.key, entry.node.clone());
            }
            before.location = after.location.clone();
            before
        }
        _ => after.clone(),
    }
}
