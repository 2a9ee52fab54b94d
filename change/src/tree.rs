//! Functions that read and change the trees of parsed documents.

use partner_spec::{Node, Object, ObjectKind, Value, ValueKind};

/// The maximum depth of nested `allOf`s that are searched for the fields of a schema.
const MAX_ALL_OF_DEPTH: usize = 40;
/// The maximum number of schemas that are searched for the fields of one schema with `allOf`.
const MAX_SEARCHED_SCHEMAS_PER_ALL_OF: usize = 1_000;

/// Adds schemas, each with its key, to the `components` of a document.
pub(crate) fn add_component_schemas(root: &mut Node, schemas: Vec<(String, Node)>) {
    let location = root.location.clone();
    let mut parent = root;
    for key in ["components", "schemas"] {
        if parent.get(key).is_none() {
            parent.set_value(key, Node::new_object([], &location));
        }
        match parent.get_mut(key) {
            Some(child) => parent = child,
            None => return,
        }
    }
    schemas.into_iter().for_each(|(name, schema)| parent.set_value(&name, schema));
}

/// Calls `visit` with each child of `object` that is an OpenAPI object, and with the kind of that object.
pub(crate) fn visit_child_objects(
    object: &mut Object,
    kind: ObjectKind,
    visit: &mut impl FnMut(&mut Node, ObjectKind),
) {
    for entry in object.iter_mut() {
        match (kind.value_kind(&entry.key), &mut entry.node.value) {
            (Some(ValueKind::ObjectOrBool(_)), Value::Bool(_)) => {}
            (Some(ValueKind::Object(kind) | ValueKind::ObjectOrBool(kind)), _) => {
                visit(&mut entry.node, kind)
            }
            (Some(ValueKind::ObjectList(kind)), Value::Array(items)) => {
                items.iter_mut().for_each(|item| visit(item, kind))
            }
            (Some(ValueKind::ObjectMap(kind)), Value::Object(map)) => {
                map.iter_mut().for_each(|entry| visit(&mut entry.node, kind));
            }
            _ => {}
        }
    }
}

/// The fields of a schema, including those of the members of its `allOf`.
#[derive(Default)]
pub(crate) struct SchemaFields<'n> {
    /// The names and schemas of the fields, in the order of the document. A field occurs several times if several
    /// members of an `allOf` have it.
    pub(crate) fields: Vec<(&'n str, &'n Node)>,
    /// The names of the required fields.
    pub(crate) required_field_names: Vec<&'n str>,
    /// The number of schemas read so far. This number is limited, because an `allOf` can refer back to the schema that
    /// contains the `allOf`.
    read_schema_count: usize,
}

impl<'n> SchemaFields<'n> {
    pub(crate) fn read(root: &'n Node, schema: &'n Node) -> SchemaFields<'n> {
        let mut fields = SchemaFields::default();
        fields.add(root, schema, 0);
        fields
    }

    fn add(&mut self, root: &'n Node, schema: &'n Node, depth: usize) {
        let Some(schema) = schema.resolve_reference(root).filter(|_| {
            depth <= MAX_ALL_OF_DEPTH && self.read_schema_count < MAX_SEARCHED_SCHEMAS_PER_ALL_OF
        }) else {
            return;
        };
        self.read_schema_count += 1;
        self.fields.extend(schema.get_entries("properties").map(|entry| (entry.key.as_str(), &entry.node)));
        self.required_field_names.extend(schema.get_items("required").iter().filter_map(Node::as_str));
        schema.get_items("allOf").iter().for_each(|member| self.add(root, member, depth + 1));
    }

    /// Returns the schema of a field. If several members of an `allOf` define the field, returns the last definition,
    /// because it is the most specific. For example, the first member describes what all responses have, and the last
    /// member describes the `data` of one response.
    pub(crate) fn field_schema(&self, name: &str) -> Option<&'n Node> {
        self.fields.iter().rfind(|(known, _)| *known == name).map(|(_, node)| *node)
    }
}
