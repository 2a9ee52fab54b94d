//! Reduces a document to what affects requests and responses, so that our document and the vendor's can be compared.
//!
//! Keys that change no request and no response are removed: `x-` keys and formats of decimals. The vendor's schemas
//! also lose their names, because requests and responses do not contain these, and because two of the vendor's names
//! may become the same name in Rust.

use std::collections::HashSet;

use partner_model::index::{enum_values, is_enum};
use partner_model::names::{number_or_boolean_to_variant_name, to_type_name, to_variant_name};
use partner_spec::{Entry, Location, Node, Object, ObjectKind, Value};

use crate::tree::{add_component_schemas, visit_child_objects};

/// The maximum number of references that are followed, one after the other, from a schema to an enum.
const MAX_REFERENCES_FOLLOWED_TO_ENUM: usize = 8;

/// Reduces a document to what can be seen on the wire: removes, for example, `x-` keys and the key `format` of
/// decimals. Returns the locations of malformed schemas: values that are not objects, although OpenAPI expects a schema
/// there.
pub(super) fn reduce_to_wire_format(root: &mut Node) -> HashSet<Location> {
    let original = root.clone();
    let mut reducer = WireFormatReducer {
        original_document: &original,
        extracted_enums: Vec::new(),
        malformed_schema_locations: HashSet::new(),
    };
    reducer.reduce(root, ObjectKind::OpenApi);
    let WireFormatReducer { extracted_enums: moved_enums, malformed_schema_locations, .. } = reducer;
    if !moved_enums.is_empty() {
        add_component_schemas(root, moved_enums);
    }
    remove_component_enum_defaults(root);
    malformed_schema_locations
}

/// Reduces a document to its wire format: removes from each object what does not affect the requests and responses that
/// are sent.
struct WireFormatReducer<'a> {
    /// A copy of the whole document, made before anything was removed from the document.
    original_document: &'a Node,
    /// The enums that were written inline in other schemas, each with the name under which it becomes a component.
    extracted_enums: Vec<(String, Node)>,
    /// The locations of malformed schemas: values that are not objects, although OpenAPI expects a schema there.
    malformed_schema_locations: HashSet<Location>,
}

impl WireFormatReducer<'_> {
    fn reduce(&mut self, node: &mut Node, kind: ObjectKind) {
        if kind.can_be_reference() && node.get("$ref").is_some() {
            return;
        }
        if node.as_object().is_none() && kind == ObjectKind::Schema {
            self.malformed_schema_locations.insert(node.location.clone());
        }
        let Some(object) = node.as_object_mut() else { return };
        object.retain(|entry| !entry.key.starts_with("x-"));
        if kind == ObjectKind::Schema {
            unwrap_single_member_all_of(object);
            remove_numeric_format(object);
            inline_unsupported_references(object, self.original_document);
            disambiguate_enum_value_names(node);
        }
        let Some(object) = node.as_object_mut() else { return };
        visit_child_objects(object, kind, &mut |node, kind| self.reduce(node, kind));
        let properties = object.get_mut("properties").and_then(Node::as_object_mut);
        properties
            .into_iter()
            .flat_map(Object::iter_mut)
            .for_each(|entry| self.move_enum_default_to_usage(&mut entry.node));
        for key in ["items", "schema"] {
            object.get_mut(key).into_iter().for_each(|node| self.move_enum_default_to_usage(node));
        }
    }

    /// Moves the default of an enum to where the enum is used: an enum with a default, or a reference to such an enum,
    /// becomes `{allOf: [{$ref: …}], default: …}`. An inline enum becomes a component first, so that it can be referred
    /// to. The model distinguishes the two: a default inside the enum belongs to the type, but a default beside a
    /// reference belongs only to the value at this place.
    fn move_enum_default_to_usage(&mut self, node: &mut Node) {
        let location = node.location.clone();
        let Some(default) = self.find_enum_default(node) else { return };
        let beside = |reference: Node, default: Node| {
            let all_of = Node::new(Value::Array(vec![reference]), &location);
            Node::new_object([("allOf", all_of), ("default", default)], &location)
        };
        if node.get("allOf").is_some() {
            if node.get("default").is_none() {
                node.set_value("default", default);
            }
        } else if node.ref_text().is_some() {
            *node = beside(node.clone(), default);
        } else {
            let name = format!("MovedEnum{}", self.extracted_enums.len());
            let reference = Node::new_reference(format!("#/components/schemas/{name}"), &location);
            let schema = std::mem::replace(node, beside(reference, default));
            self.extracted_enums.push((name, schema));
        }
    }

    /// Finds the default value of an enum, or of a reference to an enum. `None` if the schema is neither of these, or
    /// has no default value.
    fn find_enum_default(&self, node: &Node) -> Option<Node> {
        let mut current = node;
        let mut default = None;
        for _ in 0..MAX_REFERENCES_FOLLOWED_TO_ENUM {
            default = default.or_else(|| current.get("default"));
            current = match current.get("allOf").and_then(Node::as_array) {
                Some([part]) => part,
                _ if current.ref_text().is_some() => current.resolve_reference(self.original_document)?,
                _ => return default.filter(|_| is_enum(current)).cloned(),
            };
        }
        None
    }
}

/// Removes the defaults from the enums in `components`. Has to be called after
/// [`WireFormatReducer::move_enum_default_to_usage`], which copies each default to the places where the enum is used.
fn remove_component_enum_defaults(root: &mut Node) {
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for entry in schemas.and_then(Node::as_object_mut).into_iter().flat_map(Object::iter_mut) {
        if is_enum(&entry.node) {
            entry.node.remove("default");
        }
    }
}

/// Removes the format of numbers. Also removes the format `decimal` of strings, because it only says how our client
/// represents an amount.
fn remove_numeric_format(schema: &mut Object) {
    let text = |key: &str| schema.get(key).and_then(Node::as_str);
    let is_decimal =
        matches!((text("type"), text("format")), (Some("number"), _) | (Some("string"), Some("decimal")));
    if is_decimal {
        schema.remove("format");
    }
}

/// Replaces each reference in `schema` with a copy of its target, if the model does not support a reference in this
/// place:
///
/// - in `not`
/// - in `allOf`, if the target has only a `oneOf`
/// - in `oneOf`, if the target only lists required keys
fn inline_unsupported_references(schema: &mut Object, original: &Node) {
    let target = |node: &Node| node.ref_text().and_then(|_| node.resolve_reference(original)).cloned();
    // A reference in `not` is replaced with a copy of its target only if the target has an `enum` and no `not` of its
    // own, because a nested `not` might refer to the same schema again.
    let can_inline = |not: &Node| not.get("enum").is_some() && not.get("not").is_none();
    if let Some(excluded) = schema.get("not").and_then(target).filter(can_inline) {
        schema.set_value("not", excluded);
    }
    if schema.get("properties").is_none() {
        return;
    }
    inline_matching_references(schema.get_mut("allOf"), original, is_bare_one_of);
    inline_matching_references(schema.get_mut("oneOf"), original, only_requires_keys);
    if let Some(Value::Array(parts)) = schema.get_mut("allOf").map(|node| &mut node.value) {
        for part in parts.iter_mut().filter(|part| is_bare_one_of(part)) {
            inline_matching_references(part.get_mut("oneOf"), original, only_requires_keys);
        }
    }
}

/// Replaces each reference in `list` by a copy of its target, if the target fulfills the condition `is_wanted`.
fn inline_matching_references(list: Option<&mut Node>, original: &Node, is_wanted: fn(&Node) -> bool) {
    let Some(Value::Array(items)) = list.map(|node| &mut node.value) else { return };
    for item in items.iter_mut().filter(|item| item.ref_text().is_some()) {
        if let Some(target) = item.resolve_reference(original).filter(|target| is_wanted(target)).cloned() {
            *item = target;
        }
    }
}

/// Whether a schema has a `oneOf`, and no other keys except `title` and `description`.
fn is_bare_one_of(schema: &Node) -> bool {
    let is_about_it = |key: &str| matches!(key, "oneOf" | "title" | "description");
    schema
        .as_object()
        .is_some_and(|object| object.contains_key("oneOf") && object.iter().all(|e| is_about_it(&e.key)))
}

/// Whether a schema only says which keys are required, and has no `properties`.
fn only_requires_keys(schema: &Node) -> bool {
    schema.get("required").is_some() && schema.get("properties").is_none()
}

/// Replaces an `allOf` that has a single member by this member. This is done only if the member is not a reference, and
/// if each key beside the `allOf` is an annotation or repeats the member's `type`.
fn unwrap_single_member_all_of(schema: &mut Object) {
    let is_annotation = |key: &str| {
        let known =
            ["allOf", "default", "deprecated", "description", "example", "nullable", "readOnly", "title"];
        known.contains(&key) || key == "writeOnly"
    };
    let [part] = schema.get("allOf").and_then(Node::as_array).unwrap_or_default() else { return };
    let Some(part) = part.as_object().filter(|part| !part.contains_key("$ref")).cloned() else { return };
    let is_same_type = |entry: &Entry| entry.key == "type" && part.get("type") == Some(&entry.node);
    if schema.iter().all(|entry| is_annotation(&entry.key) || is_same_type(entry)) {
        schema.remove("allOf");
        for entry in part.iter().filter(|entry| !schema.contains_key(&entry.key)).cloned().collect::<Vec<_>>()
        {
            schema.set_entry(entry);
        }
    }
}

/// Makes sure that the values of an enum get different names in Rust. If two values would get the same name, one of
/// them gets a name with a number, which is written to `x-enum-names`.
fn disambiguate_enum_value_names(schema: &mut Node) {
    let mut taken: HashSet<String> = HashSet::from([String::from("Unrecognized")]);
    let mut names = Object::new();
    for (text, value) in enum_values(schema) {
        let variant = if value.as_str().is_some() {
            to_variant_name(text)
        } else {
            number_or_boolean_to_variant_name(text)
        };
        if !taken.insert(variant.clone()) {
            let name = format!("{variant}{}", taken.len());
            taken.insert(name.clone());
            names.set_value(text, Node::new_string(name, &value.location));
        }
    }
    if !names.is_empty() {
        let location = schema.location.clone();
        schema.set_value("x-enum-names", Node::new(Value::Object(names), &location));
    }
}

/// Replaces the titles of the vendor's schemas. Each schema in `components` gets a unique title that no schema of ours
/// has, like `OrderInDocs`. All other schemas lose their titles.
pub(super) fn replace_or_remove_schema_titles(root: &mut Node) {
    remove_titles(root, ObjectKind::OpenApi);
    let mut taken = HashSet::new();
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for entry in schemas.and_then(Node::as_object_mut).into_iter().flat_map(Object::iter_mut) {
        let name = to_type_name(&entry.key);
        let mut title = format!("{name}InDocs");
        while !taken.insert(title.clone()) {
            title = format!("{name}{}InDocs", taken.len());
        }
        if entry.node.ref_text().is_none() {
            let title = Node::new_string(title, &entry.node.location);
            entry.node.set_value("title", title);
        }
    }
}

fn remove_titles(node: &mut Node, kind: ObjectKind) {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        return;
    }
    let Some(object) = node.as_object_mut() else { return };
    if kind == ObjectKind::Schema {
        object.remove("title");
    }
    visit_child_objects(object, kind, &mut remove_titles);
}
