//! Counts how often each declared field occurs in the examples of bodies and webhooks.

use std::collections::HashMap;

use super::webhook::is_component;
use crate::rules::prelude::*;

/// For each field that a schema declares, the counts of its occurrences in the examples of bodies and webhooks.
pub(super) struct OccurrenceCountsByField<'m, 'a> {
    model: &'m Model<'a>,
    uses: HashMap<*const Node, FieldOccurrenceCounts>,
}

/// Counts for one field: how many objects in the examples could have the field, and how many do have it.
#[derive(Default)]
pub(super) struct FieldOccurrenceCounts {
    /// How many objects in the examples could have the counted field, because they are not empty and their schema
    /// declares the field.
    eligible_object_count: usize,
    /// How many objects in the examples have the counted field, with any value or with null.
    pub(super) occurrence_count: usize,
    /// How many objects in the examples have the counted field with a value other than null.
    non_null_count: usize,
}

impl FieldOccurrenceCounts {
    /// Whether all objects in the examples have a value other than null for the field. Objects that are empty, and
    /// objects whose schema does not declare the field, are not considered.
    pub(super) fn has_value_in_every_object(&self) -> bool {
        self.non_null_count == self.eligible_object_count
    }
}

/// The maximum depth of nested `allOf`, `oneOf` and `anyOf` that are followed for one value. The limit is needed
/// because a schema may contain itself through these keywords.
const MAX_COMPOSITION_DEPTH: usize = 16;

impl<'m, 'a> OccurrenceCountsByField<'m, 'a> {
    /// Counts how often each declared field occurs in the examples of bodies and webhooks.
    pub(super) fn count_field_occurrences(model: &'m Model<'a>) -> OccurrenceCountsByField<'m, 'a> {
        let mut occurrences = OccurrenceCountsByField { model, uses: HashMap::new() };
        for media in model.object_places_of_kind(ObjectKind::MediaType) {
            let Some(schema) = media.node.get("schema") else { continue };
            let named = media
                .node
                .get_entries("examples")
                .filter_map(|e| model.resolve_reference(&e.node)?.get("value"));
            for example in media.node.get("example").into_iter().chain(named) {
                occurrences.add(schema, example, 0);
            }
        }
        // The payload of a webhook is described by a schema alone. So the example of the payload is in this schema, not
        // in a media type object.
        for schema in
            model.object_places_of_kind(ObjectKind::Schema).filter(|place| is_component(model, place))
        {
            if let Some(example) =
                schema.node.get("example").filter(|_| schema.node.value_is_true("x-public"))
            {
                occurrences.add(schema.node, example, 0);
            }
        }
        occurrences
    }

    /// Returns how often a field occurs in the examples. `field` is the node that declares the field. Returns `None` if
    /// no example contains a non-empty object whose schema declares the field.
    pub(super) fn find_occurrence_counts(&self, field: &Node) -> Option<&FieldOccurrenceCounts> {
        self.uses.get(&std::ptr::from_ref(field))
    }

    fn add(&mut self, schema: &'a Node, value: &Node, depth: usize) {
        let Some(schema) = self.model.resolve_reference(schema).filter(|_| depth < MAX_COMPOSITION_DEPTH)
        else {
            return;
        };
        for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.get_items(key)) {
            self.add(part, value, depth + 1);
        }
        match &value.value {
            Value::Object(object) => {
                let fields = schema.get_entries("properties").filter(|_| object.iter().next().is_some());
                for field in fields {
                    let uses = self.uses.entry(std::ptr::from_ref(&field.node)).or_default();
                    uses.eligible_object_count += 1;
                    if let Some(value) = object.get(&field.key) {
                        uses.occurrence_count += 1;
                        uses.non_null_count += usize::from(!matches!(value.value, Value::Null));
                        self.add(&field.node, value, 0);
                    }
                }
                let others = schema.get("additionalProperties").filter(|others| others.as_object().is_some());
                if let Some(others) = others {
                    object.iter().for_each(|entry| self.add(others, &entry.node, 0));
                }
            }
            Value::Array(items) => {
                if let Some(schema) = schema.get("items") {
                    items.iter().for_each(|item| self.add(schema, item, 0));
                }
            }
            _ => {}
        }
    }
}
