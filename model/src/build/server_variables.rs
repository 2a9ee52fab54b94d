//! Reads the variables in the addresses of servers. Clients set a variable by its name, for all servers at once.

use std::collections::HashMap;

use partner_spec::{Diagnostics, Entry, Node};

use crate::names::{to_snake_name, to_variant_name};
use crate::rules::key_unsupported;
use crate::server::{Server, SettableVariable};
use crate::types::EnumValue;

/// The variables of all servers that have been read so far.
#[derive(Debug, Default)]
pub(super) struct ServerVariables {
    list: Vec<SettableVariable>,
    /// The positions of the variables in `list`, by Rust name. Each variable has two Rust names: that of its function
    /// and that of its type.
    positions_by_name: HashMap<String, usize>,
    /// The values in the `enum`s of the variables, by the position of the variable and the name of the value's variant.
    values_by_variant: HashMap<(usize, String), String>,
}

impl ServerVariables {
    /// Adds the variables of a server. Reports a variable that would have the same Rust name as a different variable.
    pub(super) fn add_variables(&mut self, node: &Node, server: &Server, found: &mut Diagnostics) {
        for variable in &server.variables {
            let Some(entry) = find_variable_declaration(node, &variable.name) else { continue };
            let names = [to_snake_name(&variable.name), to_variant_name(&variable.name)];
            let position = names.iter().find_map(|name| self.positions_by_name.get(name)).copied();
            let position = position.unwrap_or(self.list.len());
            if position == self.list.len() {
                self.positions_by_name.extend(names.map(|name| (name, position)));
                let description = entry.node.get_str("description").map(str::to_owned);
                self.list.push(SettableVariable {
                    name: variable.name.clone(),
                    description,
                    values: Some(Vec::new()),
                    location: entry.key_location.clone(),
                });
            }
            let known = &mut self.list[position];
            if known.name != variable.name {
                found.push(key_unsupported::new_same_name_finding(
                    &variable.name,
                    &known.name,
                    &entry.key_location,
                ));
                continue;
            }
            match &mut known.values {
                values if variable.values.is_empty() => *values = None,
                Some(values) => add_values(&entry.node, position, values, &mut self.values_by_variant, found),
                None => {}
            }
        }
    }

    /// Returns the variables that clients can set.
    pub(super) fn into_variables(self) -> Vec<SettableVariable> {
        self.list
    }
}

/// Adds the values of a variable that earlier servers did not list. Reports a value that would have the same Rust name
/// as a different value.
fn add_values(
    variable: &Node,
    position: usize,
    values: &mut Vec<EnumValue>,
    known: &mut HashMap<(usize, String), String>,
    found: &mut Diagnostics,
) {
    for value in variable.items("enum") {
        let Some(wire) = value.as_str() else { continue };
        let variant = to_variant_name(wire);
        match known.get(&(position, variant.clone())) {
            Some(same) if same == wire => {}
            Some(same) => found.push(key_unsupported::new_same_name_finding(wire, same, &value.location)),
            None => {
                known.insert((position, variant.clone()), wire.to_owned());
                values.push(EnumValue {
                    wire_value: wire.to_owned(),
                    is_number_or_boolean: false,
                    variant_name: variant,
                    description: None,
                    location: value.location.clone(),
                });
            }
        }
    }
}

/// Returns the declaration of a variable in the `variables` of a server.
pub(super) fn find_variable_declaration<'a>(node: &'a Node, name: &str) -> Option<&'a Entry> {
    node.get("variables")?.as_object()?.entry(name)
}
