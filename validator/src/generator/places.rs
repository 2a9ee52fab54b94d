//! The places of findings, to be asked whether any of them is in a part of the document.

use std::collections::HashMap;

use partner_spec::{Diagnostics, Location, Node, Position, Severity};

/// The places of errors, sorted within each file.
pub(super) struct Places(HashMap<String, Vec<Position>>);

impl Places {
    /// Those of these findings.
    pub(super) fn of(found: &Diagnostics) -> Places {
        let mut places: HashMap<String, Vec<Position>> = HashMap::new();
        for error in found.iter().filter(|d| d.severity == Severity::Error) {
            places.entry(error.location.name().to_owned()).or_default().push(error.location.start);
        }
        places.values_mut().for_each(|list| list.sort());
        Places(places)
    }

    /// How many are in a value or on its key.
    pub(super) fn within(&self, key: &Location, node: &Node) -> usize {
        let on_key = if key.start < node.location.start || key.name() != node.location.name() {
            self.between(key.name(), key.start, key.end)
        } else {
            0
        };
        on_key + self.inside(node)
    }

    /// How many are in a value.
    pub(super) fn inside(&self, node: &Node) -> usize {
        self.between(node.location.name(), node.location.start, node.location.end)
    }

    fn between(&self, file: &str, start: Position, end: Position) -> usize {
        let Some(list) = self.0.get(file) else { return 0 };
        // What is an empty stretch of text is a place all the same.
        let last = list.partition_point(|place| *place < end || *place == start);
        last.saturating_sub(list.partition_point(|place| *place < start))
    }
}
