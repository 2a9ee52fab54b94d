//! Reads the schemas of `components`. Most schemas become named types. A list, a map or a plain value becomes an alias:
//! it has no Rust type, and each reference to it is replaced by a copy of the schema. If an alias has `x-newtype`, it
//! also becomes a Rust newtype. This newtype is then used wherever the document refers to the alias.

use std::rc::Rc;

use partner_spec::Node;

use super::reader::{ComponentSchema, DocumentReader};
use super::{combinations, names, newtypes};
use crate::details::SchemaDetails;
use crate::index::{is_enum, is_nullable};
use crate::rules::public_without_type;
use crate::types::{TypeDefinition, TypeShape};

impl DocumentReader<'_> {
    /// Reads the components of the document. Each component gets the name of its Rust type, and its `allOf` is merged
    /// into one schema.
    pub(super) fn read_components(&mut self) {
        self.all_of_merger.merge_included_components(&mut self.found);
        let mut names = names::choose_component_type_names(&self.all_of_merger.components, &mut self.found);
        let mut newtypes = newtypes::read_newtypes(&self.all_of_merger.components, &names, &mut self.found);
        for (key, node) in self.all_of_merger.components.clone() {
            if self.is_expansion_limit_exceeded() {
                return;
            }
            let (combinations, public) =
                (combinations::read_key_combinations(node), node.value_is_true("x-public"));
            let node = match self.all_of_merger.get_or_merge_component(key, node) {
                Ok(node) => node,
                Err(finding) => {
                    self.found.push(*finding);
                    continue;
                }
            };
            let component = ComponentSchema {
                type_name: names.remove(key).unwrap_or_default(),
                schema_details: SchemaDetails {
                    key_combinations: combinations,
                    ..SchemaDetails::from_node(&node)
                },
                is_nullable: is_nullable(&node),
                is_alias: is_alias(&node, public),
                newtype: newtypes.remove(key),
                is_public: public,
                merged_schema: node,
            };
            if !component.is_alias || component.newtype.is_some() {
                self.named_schemas.insert(component.type_name.clone(), Rc::clone(&component.merged_schema));
            }
            self.components.insert(key, component);
        }
    }

    /// Reads the aliases (components for which no Rust type is generated), and defines the types of the other
    /// components.
    pub(super) fn read_aliases_and_define_types(&mut self) {
        self.read_aliases();
        let keys: Vec<&str> = self.components.keys().copied().collect();
        for key in keys {
            let Some(component) = self.components.get(key) else { continue };
            let (node, name) = (Rc::clone(&component.merged_schema), component.type_name.clone());
            let (public, details) = (component.is_public, component.schema_details.clone());
            if let Some(newtype) = component.newtype.clone() {
                let (shape, location) = (TypeShape::Newtype(newtype.wrapped_type), node.location.clone());
                let key = key.to_owned();
                let definition = TypeDefinition {
                    component_key_or_type_name: key,
                    is_public: public,
                    is_sent_by_client: false,
                    is_received_by_client: false,
                    shape,
                    schema_details: details,
                    location,
                };
                // A string component and an integer component with the same type name become one newtype if both have
                // `x-newtype`. Its Rust type is defined once, from the first of the two components.
                self.types.entry(name).or_insert(definition);
            } else if !component.is_alias {
                self.define_type(name, key.to_owned(), public, details, &node);
            } else if public {
                self.found.push(public_without_type::new_finding(key, &node));
            }
        }
    }
}

fn is_alias(node: &Node, public: bool) -> bool {
    let has_no_properties =
        node.get("properties").and_then(Node::as_object).is_none_or(|properties| properties.is_empty());
    let is_open_object = public && node.get_str("type") == Some("object") && has_no_properties;
    !is_open_object
        && node.get("properties").is_none()
        && !is_enum(node)
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}
