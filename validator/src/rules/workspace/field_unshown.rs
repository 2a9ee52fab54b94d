use std::collections::HashSet;

use super::named::properties;
use super::webhook::is_component;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::document(&RULE, check);

static RULE: Rule = Rule::warning("field-unshown", Profile::Workspace, include_str!("field_unshown.md"));

fn check(model: &Model<'_>, found: &mut Findings) {
    let mut shown = Shown { model, objects: HashSet::new(), fields: HashSet::new() };
    for media in model.each(Kind::MediaType) {
        let Some(schema) = media.node.get("schema") else { continue };
        let named = media.node.entries("examples").filter_map(|e| model.resolve(&e.node)?.get("value"));
        for example in media.node.get("example").into_iter().chain(named) {
            shown.collect(schema, example, 0);
        }
    }
    // Webhook payloads are not in the body of an operation, so their examples are on the schemas themselves.
    for schema in model.each(Kind::Schema).filter(|place| is_component(model, place)) {
        if let Some(example) = schema.node.get("example").filter(|_| schema.node.flag("x-public")) {
            shown.collect(schema.node, example, 0);
        }
    }
    for field in properties(model) {
        let at = std::ptr::from_ref(field.node);
        if shown.objects.contains(&at) && !shown.fields.contains(&at) {
            found
                .at(field.at, format!("no example shows `{}`", field.name))
                .help("give it a place in an example; if no source shows a value, allow it with that reason");
        }
    }
}

/// Collects the fields that examples contain.
struct Shown<'m, 'a> {
    model: &'m Model<'a>,
    /// The declared fields of all objects that some example shows, even if it does not contain the field.
    objects: HashSet<*const Node>,
    /// The fields that some example contains.
    fields: HashSet<*const Node>,
}

/// The deepest nesting of compositions that is followed for one value, because compositions may be circular.
const MAX_DEPTH: usize = 16;

impl<'a> Shown<'_, 'a> {
    fn collect(&mut self, schema: &'a Node, value: &Node, depth: usize) {
        let Some(schema) = self.model.resolve(schema).filter(|_| depth < MAX_DEPTH) else { return };
        for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.items(key)) {
            self.collect(part, value, depth + 1);
        }
        match &value.value {
            Value::Object(object) => {
                let fields = schema.entries("properties").filter(|_| object.iter().next().is_some());
                for field in fields {
                    let at = std::ptr::from_ref(&field.node);
                    self.objects.insert(at);
                    if let Some(value) = object.get(&field.key) {
                        self.fields.insert(at);
                        self.collect(&field.node, value, 0);
                    }
                }
                let others = schema.get("additionalProperties").filter(|others| others.as_object().is_some());
                if let Some(others) = others {
                    object.iter().for_each(|entry| self.collect(others, &entry.node, 0));
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    items.iter().for_each(|item| self.collect(schema, item, 0));
                }
            }
            _ => {}
        }
    }
}
