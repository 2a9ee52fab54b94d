//! Reads aliases: components that are only a list, a map or a plain value. No Rust type is generated for an alias. The
//! list, map or value takes the place of each reference to the alias.

use std::rc::Rc;

use partner_spec::Node;

use super::faults::FaultOwner;
use super::names::becomes_named_type;
use super::reader::DocumentReader;
use crate::graph::{NameGraph, find_names_in_cycles, sort_topologically};
use crate::index::{find_referenced_component_name, list_child_schemas};
use crate::rules::{alias_circular, expansion_limit};
use crate::types::{Schema, Type};

/// A type is refused if its lists and maps are nested this deep, or deeper. The limit protects the stack, because the
/// functions that process types are recursive.
pub(super) const MIN_REFUSED_NESTING_DEPTH: usize = 16;

impl DocumentReader<'_> {
    /// Reads the aliases (components for which no Rust type is generated). Each alias is read after the aliases that it
    /// refers to. Reports aliases that refer to themselves, directly or through other aliases.
    pub(super) fn read_aliases(&mut self) {
        let nodes: Vec<(&str, Rc<Node>)> = self
            .components
            .iter()
            .filter(|(_, component)| component.is_alias)
            .map(|(key, component)| (*key, Rc::clone(&component.merged_schema)))
            .collect();
        let graph: NameGraph<'_> =
            nodes.iter().map(|(key, node)| (*key, self.find_referenced_alias_names(node))).collect();
        let circular_names = find_names_in_cycles(&graph);
        for (key, node) in nodes.iter().filter(|(key, _)| circular_names.contains(key)) {
            self.found.push(alias_circular::new_finding(key, node));
        }
        if !circular_names.is_empty() {
            return;
        }
        for key in sort_topologically(&graph) {
            let Some((&key, component)) = self.components.get_key_value(key) else { continue };
            let (node, name) = (Rc::clone(&component.merged_schema), component.type_name.clone());
            self.faults.set_current_fault_owner(FaultOwner::Alias(key.to_owned()));
            let schema = self.read_schema(&node, &name);
            self.faults.set_current_fault_owner(FaultOwner::SomeOperation);
            if is_nested_too_deeply(&schema) {
                self.found.push(expansion_limit::new_deep_nesting_finding(
                    &format!("`{key}`"),
                    MIN_REFUSED_NESTING_DEPTH,
                    &node.location,
                ));
                return;
            }
            self.schemas_by_alias_key.insert(key, schema);
        }
    }

    /// Returns the names of the aliases (components for which no Rust type is generated) to which a schema refers.
    /// References in nested schemas count as well, unless the nested schema becomes a named type.
    fn find_referenced_alias_names<'n>(&self, node: &'n Node) -> Vec<&'n str> {
        let mut names = Vec::new();
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            names.extend(find_referenced_component_name(node));
            open.extend(list_child_schemas(node).into_iter().filter(|child| !becomes_named_type(child)));
        }
        names.retain(|name| self.components.get(name).is_some_and(|component| component.is_alias));
        names
    }
}

/// Whether the lists and maps in a schema are nested `MIN_REFUSED_NESTING_DEPTH` levels deep, or deeper.
pub(super) fn is_nested_too_deeply(schema: &Schema) -> bool {
    let mut depth = 0;
    let mut inner = schema;
    while let Type::List(next) | Type::Map(next) = &inner.ty {
        (inner, depth) = (next, depth + 1);
    }
    depth >= MIN_REFUSED_NESTING_DEPTH
}
