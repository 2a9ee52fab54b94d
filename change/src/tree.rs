//! Walks through trees of documents, and changes them.

use partner_spec::{Holds, Kind, Node, Object, Value};

/// The deepest nesting of `allOf`s in which fields are found, and the most members of `allOf`s that are read.
const MAX_DEPTH: usize = 40;
const MAX_SCHEMAS: usize = 1_000;

/// Adds schemas to the components of a document.
pub(crate) fn add_schemas(root: &mut Node, schemas: Vec<(String, Node)>) {
    let location = root.location.clone();
    let mut parent = root;
    for key in ["components", "schemas"] {
        if parent.get(key).is_none() {
            parent.set(key, Node::object([], &location));
        }
        match parent.get_mut(key) {
            Some(child) => parent = child,
            None => return,
        }
    }
    schemas.into_iter().for_each(|(name, schema)| parent.set(&name, schema));
}

/// Calls `visit` with every object of the specification that is a value of `object`.
pub(crate) fn visit_children(object: &mut Object, kind: Kind, visit: &mut impl FnMut(&mut Node, Kind)) {
    for entry in object.iter_mut() {
        match (kind.holds(&entry.key), &mut entry.node.value) {
            (Some(Holds::OneOrBool(_)), Value::Bool(_)) => {}
            (Some(Holds::One(kind) | Holds::OneOrBool(kind)), _) => visit(&mut entry.node, kind),
            (Some(Holds::List(kind)), Value::Array(items)) => {
                items.iter_mut().for_each(|item| visit(item, kind))
            }
            (Some(Holds::Map(kind)), Value::Object(map)) => {
                map.iter_mut().for_each(|entry| visit(&mut entry.node, kind));
            }
            _ => {}
        }
    }
}

/// The fields of a schema and of the members of its `allOf`.
#[derive(Default)]
pub(crate) struct Fields<'n> {
    /// The names and schemas of the fields, in the order of the document. Several members may have the same field.
    pub(crate) all: Vec<(&'n str, &'n Node)>,
    /// The names of the required fields.
    pub(crate) required: Vec<&'n str>,
    /// The number of schemas that were read. Members of an `allOf` can lead back to the schema.
    read: usize,
}

impl<'n> Fields<'n> {
    pub(crate) fn read(root: &'n Node, schema: &'n Node) -> Fields<'n> {
        let mut fields = Fields::default();
        fields.add(root, schema, 0);
        fields
    }

    fn add(&mut self, root: &'n Node, schema: &'n Node, depth: usize) {
        let Some(schema) = schema.follow(root).filter(|_| depth <= MAX_DEPTH && self.read < MAX_SCHEMAS)
        else {
            return;
        };
        self.read += 1;
        self.all.extend(schema.entries("properties").map(|entry| (entry.key.as_str(), &entry.node)));
        self.required.extend(schema.items("required").iter().filter_map(Node::as_str));
        schema.items("allOf").iter().for_each(|member| self.add(root, member, depth + 1));
    }

    /// The schema of a field. Of several members of an `allOf` with the field, the last one says most, like `data` of an
    /// envelope.
    pub(crate) fn get(&self, name: &str) -> Option<&'n Node> {
        self.all.iter().rfind(|(known, _)| *known == name).map(|(_, node)| *node)
    }
}
