//! Schemas: trees that passes walk and change.

use partner_spec::{Location, Node, Value};

/// A named schema.
#[derive(Debug, Clone)]
pub struct Schema {
    /// The schema.
    pub node: Node,
    /// The name it has in the document.
    pub key: String,
    /// Whether it is generated even when no operation reaches it (`x-public`).
    pub public: bool,
}

/// A string enum.
#[derive(Debug, Clone)]
pub struct Enum {
    /// The values, in the order of the document.
    pub values: Vec<EnumValue>,
    /// Whether other values are refused (`x-closed-enum`). Open ones keep a value they do not know.
    pub closed: bool,
    /// The schema it came from.
    pub node: Node,
}

/// One value of an enum.
#[derive(Debug, Clone)]
pub struct EnumValue {
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub variant: String,
    /// What it means (`x-enum-descriptions`).
    pub description: Option<String>,
}

/// A schema that is one of several.
#[derive(Debug, Clone)]
pub struct Union {
    /// The alternatives.
    pub variants: Vec<Variant>,
    /// Whether a value that fits none is kept: the union is part of an answer.
    pub open: bool,
    /// The schema it came from.
    pub node: Node,
}

/// One alternative, and how it is told from the others.
#[derive(Debug, Clone)]
pub struct Variant {
    /// The name of the variant.
    pub name: String,
    /// The name of its type.
    pub type_name: String,
    /// The keys that must be there.
    pub keys: Vec<String>,
    /// The keys whose value must be one of these.
    pub values: Vec<(String, Vec<String>)>,
    /// Where it is written.
    pub location: Location,
}

impl Schema {
    /// An object that is public although nothing is known of what is in it: a type that holds whatever comes.
    pub fn is_open_record(&self) -> bool {
        self.public && self.node.str("type") == Some("object") && !has_properties(&self.node)
    }
}

/// Whether an object says what is in it.
fn has_properties(node: &Node) -> bool {
    node.get("properties").and_then(Node::as_object).is_some_and(|properties| !properties.is_empty())
}

impl Enum {
    /// Whether it is a tag: one value and no other, so that nobody has to say it.
    pub fn is_constant(&self) -> bool {
        self.closed && self.values.len() == 1
    }
}

/// The name of the component that a schema refers to.
pub fn ref_name(node: &Node) -> Option<&str> {
    node.ref_target()?.strip_prefix("#/components/schemas/")
}

/// Whether a schema is an enum of strings: it says so, or its values do.
pub fn is_string_enum(node: &Node) -> bool {
    match node.str("type") {
        Some(of) => of == "string" && node.get("enum").is_some(),
        None => node.items("enum").iter().any(|value| value.as_str().is_some()),
    }
}

/// Whether values of a schema are JSON numbers that a client writes as decimals, or lists or maps of such. An object's
/// properties are not counted: each is written by itself.
pub fn has_numbers(node: &Node) -> bool {
    match node.str("type") {
        Some("number") => true,
        Some("array") => node.get("items").is_some_and(has_numbers),
        Some("object") => node.get("additionalProperties").is_some_and(has_numbers),
        _ => false,
    }
}

/// The reference inside a schema that only adds words to one (`allOf: [{$ref}]`), else the schema itself.
pub fn unwrapped(node: &Node) -> &Node {
    match node.items("allOf") {
        [only] => only,
        _ => node,
    }
}

/// The keys of a schema that hold one schema, a list of them, or a map to them.
const ONE: [&str; 3] = ["items", "additionalProperties", "not"];
const LIST: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// The schemas directly inside a schema.
pub fn children(node: &Node) -> Vec<&Node> {
    let mut found: Vec<&Node> = node.entries("properties").map(|e| &e.node).collect();
    found.extend(ONE.iter().filter_map(|key| node.get(key)).filter(|n| n.as_object().is_some()));
    found.extend(LIST.iter().flat_map(|key| node.items(key)));
    found
}

/// The schemas directly inside a schema, to change them.
pub fn children_mut(node: &mut Node) -> Vec<&mut Node> {
    let mut found = Vec::new();
    for entry in node.as_object_mut().into_iter().flat_map(|o| o.iter_mut()) {
        let key = entry.key.as_str();
        if key == "properties" {
            found.extend(
                entry.node.as_object_mut().into_iter().flat_map(|o| o.iter_mut()).map(|e| &mut e.node),
            );
        } else if ONE.contains(&key) && entry.node.as_object().is_some() {
            found.push(&mut entry.node);
        } else if LIST.contains(&key)
            && let Value::Array(items) = &mut entry.node.value
        {
            found.extend(items.iter_mut());
        }
    }
    found
}

/// Calls a function for a schema and all inside it, outer ones first.
pub fn visit<'a>(node: &'a Node, seen: &mut impl FnMut(&'a Node)) {
    seen(node);
    for child in children(node) {
        visit(child, seen);
    }
}

/// Calls a function for a schema and all inside it, inner ones first.
pub fn visit_mut(node: &mut Node, change: &mut impl FnMut(&mut Node)) {
    for child in children_mut(node) {
        visit_mut(child, change);
    }
    change(node);
}
