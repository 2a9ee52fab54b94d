//! Reduces a document to what goes over the wire, so that our document and the vendor's can be compared.
//!
//! What is left out is a matter of representation: `x-` keys, and formats of decimals. The vendor's schemas also lose
//! their names, because the names of types are not on the wire, and two of the vendor's may become the same in Rust.

use std::collections::HashSet;

use partner_model::index::{enum_values, is_enum};
use partner_model::names::{literal_name, type_name, variant_name};
use partner_spec::{Entry, Kind, Location, Node, Object, Value};

use crate::tree::{add_schemas, visit_children};

/// The most references from a value to its enum that are followed.
const MAX_REFERENCES: usize = 8;

/// Removes `x-` keys and formats of decimals from a document. Returns the locations of the schemas that were so wrong
/// that the reader left them out.
pub(super) fn reduce(root: &mut Node) -> HashSet<Location> {
    let whole = root.clone();
    let mut reducer = Reducer { whole: &whole, moved: Vec::new(), wrong: HashSet::new() };
    reducer.reduce(root, Kind::OpenApi);
    let Reducer { moved, wrong, .. } = reducer;
    if !moved.is_empty() {
        add_schemas(root, moved);
    }
    remove_enum_defaults(root);
    wrong
}

/// Reduces the objects of a document.
struct Reducer<'a> {
    /// The document as it was.
    whole: &'a Node,
    /// The schemas that become components, by name.
    moved: Vec<(String, Node)>,
    /// The locations of schemas that were left out by the reader.
    wrong: HashSet<Location>,
}

impl Reducer<'_> {
    fn reduce(&mut self, node: &mut Node, kind: Kind) {
        if kind.can_be_reference() && node.get("$ref").is_some() {
            return;
        }
        if node.as_object().is_none() && kind == Kind::Schema {
            self.wrong.insert(node.location.clone());
        }
        let Some(object) = node.as_object_mut() else { return };
        object.retain(|entry| !entry.key.starts_with("x-"));
        if kind == Kind::Schema {
            merge_annotated(object);
            remove_decimal_format(object);
            inline_conditions(object, self.whole);
            name_enum_values(node);
        }
        let Some(object) = node.as_object_mut() else { return };
        visit_children(object, kind, &mut |node, kind| self.reduce(node, kind));
        let properties = object.get_mut("properties").and_then(Node::as_object_mut);
        properties
            .into_iter()
            .flat_map(Object::iter_mut)
            .for_each(|entry| self.move_default(&mut entry.node));
        for key in ["items", "schema"] {
            object.get_mut(key).into_iter().for_each(|node| self.move_default(node));
        }
    }

    /// Writes the default of an enum beside a reference to the enum, which becomes a component if it is none. In the
    /// model, a default in the enum belongs to its type, and a default beside a reference to the value.
    fn move_default(&mut self, node: &mut Node) {
        let location = node.location.clone();
        let Some(default) = self.enum_default(node) else { return };
        let beside = |reference: Node, default: Node| {
            let all_of = Node::new(Value::Array(vec![reference]), &location);
            Node::object([("allOf", all_of), ("default", default)], &location)
        };
        if node.get("allOf").is_some() {
            if node.get("default").is_none() {
                node.set("default", default);
            }
        } else if node.ref_target().is_some() {
            *node = beside(node.clone(), default);
        } else {
            let name = format!("MovedEnum{}", self.moved.len());
            let reference = Node::reference(format!("#/components/schemas/{name}"), &location);
            let schema = std::mem::replace(node, beside(reference, default));
            self.moved.push((name, schema));
        }
    }

    /// The default of an enum, or of a reference to one; `None` if there is no default, or the schema is no enum.
    fn enum_default(&self, node: &Node) -> Option<Node> {
        let mut current = node;
        let mut default = None;
        for _ in 0..MAX_REFERENCES {
            default = default.or_else(|| current.get("default"));
            current = match current.get("allOf").and_then(Node::as_array) {
                Some([part]) => part,
                _ if current.ref_target().is_some() => current.follow(self.whole)?,
                _ => return default.filter(|_| is_enum(current)).cloned(),
            };
        }
        None
    }
}

/// Removes the defaults of the enums among the components, which are beside the references to them now.
fn remove_enum_defaults(root: &mut Node) {
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for entry in schemas.and_then(Node::as_object_mut).into_iter().flat_map(Object::iter_mut) {
        if is_enum(&entry.node) {
            entry.node.remove("default");
        }
    }
}

/// Removes the format of numbers, and the format `decimal` of strings: it says how we represent an amount.
fn remove_decimal_format(schema: &mut Object) {
    let text = |key: &str| schema.get(key).and_then(Node::as_str);
    let is_decimal =
        matches!((text("type"), text("format")), (Some("number"), _) | (Some("string"), Some("decimal")));
    if is_decimal {
        schema.remove("format");
    }
}

/// Replaces references to conditions by the conditions: excluded values, and required keys of an object. The model reads
/// these only in place.
fn inline_conditions(schema: &mut Object, whole: &Node) {
    let target = |node: &Node| node.ref_target().and_then(|_| node.follow(whole)).cloned();
    // A `not` in the target might refer to the target itself.
    let is_list = |not: &Node| not.get("enum").is_some() && not.get("not").is_none();
    if let Some(excluded) = schema.get("not").and_then(target).filter(is_list) {
        schema.set("not", excluded);
    }
    if schema.get("properties").is_none() {
        return;
    }
    inline_items(schema.get_mut("allOf"), whole, is_only_choice);
    inline_items(schema.get_mut("oneOf"), whole, is_condition);
    if let Some(Value::Array(parts)) = schema.get_mut("allOf").map(|node| &mut node.value) {
        for part in parts.iter_mut().filter(|part| is_only_choice(part)) {
            inline_items(part.get_mut("oneOf"), whole, is_condition);
        }
    }
}

/// Replaces the references in a list whose targets are wanted by these targets.
fn inline_items(list: Option<&mut Node>, whole: &Node, is_wanted: fn(&Node) -> bool) {
    let Some(Value::Array(items)) = list.map(|node| &mut node.value) else { return };
    for item in items.iter_mut().filter(|item| item.ref_target().is_some()) {
        if let Some(target) = item.follow(whole).filter(|target| is_wanted(target)).cloned() {
            *item = target;
        }
    }
}

/// Whether a schema has nothing but a `oneOf` and texts about it.
fn is_only_choice(schema: &Node) -> bool {
    let is_about_it = |key: &str| matches!(key, "oneOf" | "title" | "description");
    schema
        .as_object()
        .is_some_and(|object| object.contains("oneOf") && object.iter().all(|e| is_about_it(&e.key)))
}

/// Whether a schema says which keys are required, and does not say what they hold.
fn is_condition(schema: &Node) -> bool {
    schema.get("required").is_some() && schema.get("properties").is_none()
}

/// Replaces an `allOf` with one schema in place, beside which there are only annotations, by the schema with these.
fn merge_annotated(schema: &mut Object) {
    let is_annotation = |key: &str| {
        let known =
            ["allOf", "default", "deprecated", "description", "example", "nullable", "readOnly", "title"];
        known.contains(&key) || key == "writeOnly"
    };
    let [part] = schema.get("allOf").and_then(Node::as_array).unwrap_or_default() else { return };
    let Some(part) = part.as_object().filter(|part| !part.contains("$ref")).cloned() else { return };
    let is_same_type = |entry: &Entry| entry.key == "type" && part.get("type") == Some(&entry.node);
    if schema.iter().all(|entry| is_annotation(&entry.key) || is_same_type(entry)) {
        schema.remove("allOf");
        for entry in part.iter().filter(|entry| !schema.contains(&entry.key)).cloned().collect::<Vec<_>>() {
            schema.set_entry(entry);
        }
    }
}

/// Gives the values of an enum different names in Rust, where two would have the same one.
fn name_enum_values(schema: &mut Node) {
    let mut taken: HashSet<String> = HashSet::from([String::from("Unrecognized")]);
    let mut names = Object::new();
    for (text, value) in enum_values(schema) {
        let variant = if value.as_str().is_some() { variant_name(text) } else { literal_name(text) };
        if !taken.insert(variant.clone()) {
            let name = format!("{variant}{}", taken.len());
            taken.insert(name.clone());
            names.set(text, Node::string(name, &value.location));
        }
    }
    if !names.is_empty() {
        let location = schema.location.clone();
        schema.set("x-enum-names", Node::new(Value::Object(names), &location));
    }
}

/// Gives every schema of the components a name that no schema of ours has, and removes the names of all others.
pub(super) fn rename_schemas(root: &mut Node) {
    remove_titles(root, Kind::OpenApi);
    let mut taken = HashSet::new();
    let schemas = root.get_mut("components").and_then(|components| components.get_mut("schemas"));
    for entry in schemas.and_then(Node::as_object_mut).into_iter().flat_map(Object::iter_mut) {
        let name = type_name(&entry.key);
        let mut title = format!("{name}InDocs");
        while !taken.insert(title.clone()) {
            title = format!("{name}{}InDocs", taken.len());
        }
        if entry.node.ref_target().is_none() {
            let title = Node::string(title, &entry.node.location);
            entry.node.set("title", title);
        }
    }
}

fn remove_titles(node: &mut Node, kind: Kind) {
    if kind.can_be_reference() && node.get("$ref").is_some() {
        return;
    }
    let Some(object) = node.as_object_mut() else { return };
    if kind == Kind::Schema {
        object.remove("title");
    }
    visit_children(object, kind, &mut remove_titles);
}
