//! Reads the variables in the addresses of servers. If several servers have a variable of the same name, a client sets
//! the variable once for all of them.

use std::collections::HashMap;

use partner_spec::{Entry, Findings, Node};

use crate::names::{to_snake_case_name, to_variant_name};
use crate::rules::key_unsupported;
use crate::server::{Server, SettableServerVariable};
use crate::types::EnumValue;

/// The variables of all servers that have been read so far.
#[derive(Debug, Default)]
pub(super) struct ServerVariables {
    settable_variables: Vec<SettableServerVariable>,
    /// The index of each variable in `settable_variables`. The key is a Rust name of the variable. A variable has two
    /// Rust names: the name of the function that sets the variable, and the name of the type of its values.
    variable_indices_by_rust_name: HashMap<String, usize>,
    /// The values that the `enum` of each variable lists. The key of a value has two parts: the index of the variable
    /// in `settable_variables`, and the name of the Rust variant that stands for the value.
    enum_values_by_variable_and_variant: HashMap<(usize, String), String>,
}

impl ServerVariables {
    /// Adds the variables of a server. Reports an error if two variables with different names have the same name in
    /// Rust.
    pub(super) fn add_variables(&mut self, node: &Node, server: &Server, found: &mut Findings) {
        for variable in &server.variables {
            let Some(entry) = find_variable_declaration(node, &variable.name) else { continue };
            let names = [to_snake_case_name(&variable.name), to_variant_name(&variable.name)];
            let position =
                names.iter().find_map(|name| self.variable_indices_by_rust_name.get(name)).copied();
            let position = position.unwrap_or(self.settable_variables.len());
            if position == self.settable_variables.len() {
                self.variable_indices_by_rust_name.extend(names.map(|name| (name, position)));
                let description = entry.node.get_str("description").map(str::to_owned);
                self.settable_variables.push(SettableServerVariable {
                    name: variable.name.clone(),
                    description,
                    allowed_values: Some(Vec::new()),
                    key_location: entry.key_location.clone(),
                });
            }
            let known = &mut self.settable_variables[position];
            if known.name != variable.name {
                found.push(key_unsupported::new_same_rust_name_finding(
                    &variable.name,
                    &known.name,
                    &entry.key_location,
                ));
                continue;
            }
            match &mut known.allowed_values {
                values if variable.allowed_values.is_empty() => *values = None,
                Some(values) => add_enum_values(
                    &entry.node,
                    position,
                    values,
                    &mut self.enum_values_by_variable_and_variant,
                    found,
                ),
                None => {}
            }
        }
    }

    /// Returns the variables that clients can set.
    pub(super) fn into_settable_variables(self) -> Vec<SettableServerVariable> {
        self.settable_variables
    }
}

/// Adds the values in the `enum` of a server variable to `values`. A value that was added before, for an earlier
/// server, is skipped. A value is reported as an error if an earlier, different value has the same variant name in
/// Rust.
fn add_enum_values(
    variable: &Node,
    position: usize,
    values: &mut Vec<EnumValue>,
    known: &mut HashMap<(usize, String), String>,
    found: &mut Findings,
) {
    for value in variable.get_items("enum") {
        let Some(wire) = value.as_str() else { continue };
        let variant = to_variant_name(wire);
        match known.get(&(position, variant.clone())) {
            Some(same) if same == wire => {}
            Some(same) => {
                found.push(key_unsupported::new_same_rust_name_finding(wire, same, &value.location))
            }
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

/// Returns the declaration of the variable with this name in the `variables` of a server.
pub(super) fn find_variable_declaration<'a>(node: &'a Node, name: &str) -> Option<&'a Entry> {
    node.get("variables")?.as_object()?.entry(name)
}
