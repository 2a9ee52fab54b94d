//! The schemas of `components`: each becomes a type, or is put where it is referred to.

use std::collections::BTreeMap;
use std::rc::Rc;

use partner_spec::{Diagnostics, Node};

use super::flatten::Flattener;
use super::schema::Reader;
use super::{combinations, names};
use crate::about::About;
use crate::api::{Api, is_string_enum};
use crate::rules::public_without_type;

/// A component.
#[derive(Debug)]
pub(super) struct Component {
    /// The name of its type.
    pub(super) name: String,
    /// Its schema, merged.
    pub(super) node: Rc<Node>,
    /// What it says beside its shape.
    pub(super) about: About,
    /// Whether it may be null: then every place that refers to it may.
    pub(super) nullable: bool,
    /// Whether it is only a list, a map or a plain value: a type of it would say nothing.
    pub(super) is_alias: bool,
    /// `x-public`.
    pub(super) public: bool,
}

impl<'a> Reader<'a> {
    /// Names and merges the components.
    pub(super) fn new(api: &'a Api) -> Reader<'a> {
        let mut found = Diagnostics::new();
        let nodes = api.schemas.iter().map(|(key, schema)| (key.as_str(), &schema.node)).collect();
        let mut flattener = Flattener::new(nodes, api.expansion.clone(), &mut found);
        let mut names = names::of_components(api.schemas.values(), &mut found);
        let mut components = BTreeMap::new();
        for (key, schema) in &api.schemas {
            if flattener.expansion.is_over() {
                break;
            }
            let node = match flattener.component(key, &schema.node) {
                Ok(node) => node,
                Err(diagnostic) => {
                    found.push(*diagnostic);
                    continue;
                }
            };
            let combinations = combinations::read(&schema.node);
            let component = Component {
                name: names.remove(key.as_str()).unwrap_or_default(),
                about: About { combinations, ..About::read(&node) },
                nullable: node.flag("nullable"),
                is_alias: is_alias(&node, schema.public),
                public: schema.public,
                node,
            };
            components.insert(key.as_str(), component);
        }
        Reader::with(components, flattener, found)
    }

    /// Defines the types of the components.
    pub(super) fn define_components(&mut self) {
        self.read_aliases();
        let keys: Vec<&str> = self.components.keys().copied().collect();
        for key in keys {
            let Some(component) = self.components.get(key) else { continue };
            let (node, name) = (Rc::clone(&component.node), component.name.clone());
            let (public, about) = (component.public, component.about.clone());
            if !component.is_alias {
                self.define(name, key.to_owned(), public, about, &node);
            } else if public {
                self.found.push(public_without_type::report(key, &node));
            }
        }
    }
}

fn is_alias(node: &Node, public: bool) -> bool {
    let has_no_properties =
        node.get("properties").and_then(Node::as_object).is_none_or(|properties| properties.is_empty());
    let is_open_record = public && node.str("type") == Some("object") && has_no_properties;
    !is_open_record
        && node.get("properties").is_none()
        && !is_string_enum(node)
        && node.get("oneOf").is_none()
        && node.get("anyOf").is_none()
}
