//! Writes a part of a vendor's document in the form of ours: references to our components, decimals, our order of keys, and
//! blanks in place of texts.

use std::collections::{BTreeMap, VecDeque};

use partner_model::BLANK_DESCRIPTION;
use partner_model::index::{enum_values, is_enum};
use partner_model::names::type_name;
use partner_spec::pointer::{escape, unescape};
use partner_spec::{Holds, Kind, Location, Node, Value, harmless};

use super::compare::bare;
use super::folder::Folder;
use super::ours::{Component, Newtype, Ours};

/// A draft of one operation or webhook.
pub(super) struct Draft<'a> {
    root: &'a Node,
    /// Our schemas by name.
    ours: BTreeMap<&'a str, Component<'a>>,
    /// Our types of ids and codes, by the names of fields and parameters.
    newtypes: BTreeMap<&'a str, Newtype<'a>>,
    /// Our parameters and responses, as [`bare`] returns them, with their names.
    parameters: Vec<(Node, &'a str)>,
    responses: Vec<(Node, &'a str)>,
    /// The file to which new schemas are added.
    schema_file: &'a str,
    /// The names that the vendor's schemas get, by their names in the vendor's document.
    names: BTreeMap<String, String>,
    /// The schemas that are still to be written, by their names in the vendor's document.
    open: VecDeque<String>,
    /// What a person has to know or decide.
    pub(super) notes: Vec<String>,
    depth: usize,
}

/// What `x-docs` of an operation says.
pub(super) struct Docs<'a> {
    pub(super) page: &'a str,
    /// The vendor's id of the operation, if ours is another one.
    pub(super) operation: Option<&'a str>,
    pub(super) url: Option<String>,
    pub(super) retrieved: &'a str,
}

/// What a schema is used for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Component,
    Property,
    Other,
}

/// The deepest nesting that is followed. References of other objects than schemas can be circular.
const MAX_DEPTH: usize = 100;

impl<'a> Draft<'a> {
    pub(super) fn new(root: &'a Node, folder: &'a Folder, schema_file: &'a str) -> Draft<'a> {
        let ours = Ours::new(folder);
        let components = |file: &'static str, kind| {
            ours.components(file).map(move |(name, component)| (bare(kind, component.node), name)).collect()
        };
        Draft {
            root,
            parameters: components(PARAMETERS, Kind::Parameter),
            responses: components(RESPONSES, Kind::Response),
            ours: ours.schemas(),
            newtypes: ours.newtypes(),
            schema_file,
            names: BTreeMap::new(),
            open: VecDeque::new(),
            notes: Vec::new(),
            depth: 0,
        }
    }

    /// Writes an operation with these parameters.
    pub(super) fn operation(
        &mut self,
        node: &Node,
        file: &str,
        id: &str,
        summary: Node,
        parameters: Vec<Node>,
        docs: &Docs<'_>,
    ) -> Node {
        let location = &node.location;
        let mut written = self.object(Kind::Operation, node, file, Role::Other);
        written.set("operationId", Node::string(id, location));
        written.set("tags", Node::new(Value::Array(vec![Node::string(docs.page, location)]), location));
        written.set("summary", summary);
        written.remove("parameters");
        if !parameters.is_empty() {
            written.set("parameters", Node::new(Value::Array(parameters), location));
        }
        // Operations of ours say themselves which key they need.
        if let Some(security) = node.get("security").or_else(|| self.root.get("security")) {
            written.set("security", security.clone());
        }
        let mut written = in_order(Kind::Operation, &written);
        written.set("x-docs", docs.node(location));
        written
    }

    /// Writes a parameter, or a reference to one of ours.
    pub(super) fn parameter(&mut self, node: &Node, file: &str) -> Node {
        let schema = node.str("name").zip(node.get("schema"));
        let newtype = schema.and_then(|(name, schema)| self.newtype(name, schema, file));
        let mut wanted = node.clone();
        newtype.iter().for_each(|newtype| wanted.set("schema", newtype.clone()));
        let same = find_same(&self.parameters, &bare(Kind::Parameter, &wanted));
        match same.map(|name| format!("{}#/{}", relative(file, PARAMETERS), escape(name))) {
            Some(reference) => Node::reference(reference, &node.location),
            None => {
                let mut written = self.object(Kind::Parameter, node, file, Role::Other);
                newtype.into_iter().for_each(|newtype| written.set("schema", newtype));
                written
            }
        }
    }

    /// Returns a reference to our type of the ids or codes in a field or parameter, if the vendor's schema allows the same
    /// values as our type. A field `id` has the id of its object, so the name does not say of which type it is.
    fn newtype(&self, name: &str, schema: &Node, file: &str) -> Option<Node> {
        let Newtype { reference: (target, pointer), node } =
            self.newtypes.get(name).filter(|_| name != "id")?;
        let is_annotation = |key: &str| matches!(key, "description" | "title" | "example");
        let allows = |one: &Node, other: &Node| {
            let keys = one.as_object().into_iter().flat_map(|object| object.iter());
            keys.filter(|entry| !is_annotation(&entry.key) && !entry.key.starts_with("x-"))
                .all(|entry| other.get(&entry.key).is_some_and(|value| value.value == entry.node.value))
        };
        let is_same = allows(schema, node) && allows(node, schema);
        is_same.then(|| Node::reference(format!("{}#{pointer}", relative(file, target)), &schema.location))
    }

    /// Writes a property of an object.
    pub(super) fn property(&mut self, name: &str, node: &Node, file: &str) -> Node {
        self.newtype(name, node, file)
            .unwrap_or_else(|| self.object(Kind::Schema, node, file, Role::Property))
    }

    /// Writes a media type, or a response that is an object of its own or a reference to one of ours.
    pub(super) fn part(&mut self, holder: Kind, kind: Kind, node: &Node, file: &str) -> Node {
        self.child(holder, kind, node, file, Role::Other)
    }

    /// Writes a schema that gets a name.
    pub(super) fn component(&mut self, node: &Node, name: &str) -> Node {
        let mut written = self.object(Kind::Schema, node, self.schema_file, Role::Component);
        written.set("title", Node::string(name, &node.location));
        in_order(Kind::Schema, &written)
    }

    /// Writes all schemas that were referred to and that the documents lack, with their names.
    pub(super) fn schemas(&mut self) -> Vec<(String, Node)> {
        let mut schemas = Vec::new();
        while let Some(key) = self.open.pop_front() {
            let name = self.names.get(&key).cloned().unwrap_or_default();
            let found = self.root.pointer(&format!("/components/schemas/{}", escape(&key)));
            match found.and_then(|schema| schema.follow(self.root)) {
                Some(schema) => schemas.push((name.clone(), self.component(schema, &name))),
                None => self.note(format!("the vendor refers to a schema `{key}` that does not exist")),
            }
        }
        schemas
    }

    /// Returns a name that no schema has.
    pub(super) fn free_name(&self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "Unnamed" } else { wanted };
        let is_free = |name: &String| {
            !self.ours.contains_key(name.as_str()) && !self.names.values().any(|taken| taken == name)
        };
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        [wanted.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_default()
    }

    /// Writes an object of the specification: its known keys, with references to our components.
    fn object(&mut self, kind: Kind, node: &Node, file: &str, role: Role) -> Node {
        let Some(object) = node.as_object() else { return node.clone() };
        if let Some(target) = node.ref_target() {
            return self.reference(kind, node, target, file, role);
        }
        let mut written = Node::object([], &node.location);
        if needs_description(kind, role, node) {
            written.set("description", blank(&node.location));
        }
        for entry in object.iter().filter(|entry| !is_left_out(kind, &entry.key)) {
            match kind.holds(&entry.key) {
                Some(holds) => {
                    written.set(&entry.key, self.value(kind, holds, &entry.node, &entry.key, file))
                }
                None => self.note(format!(
                    "{}: the key `{}` is left out, because OpenAPI 3.0 has no such key",
                    entry.key_location,
                    harmless(&entry.key)
                )),
            }
        }
        if kind == Kind::Schema {
            follow_conventions(&mut written);
        }
        in_order(kind, &written)
    }

    fn value(&mut self, kind: Kind, holds: Holds, node: &Node, key: &str, file: &str) -> Node {
        self.depth += 1;
        let role = if key == "properties" { Role::Property } else { Role::Other };
        let written = match (holds, &node.value) {
            _ if self.depth > MAX_DEPTH => {
                self.note(format!("{}: this is nested too deep, and is left out", node.location));
                Node::object([], &node.location)
            }
            (_, Value::Object(object)) if kind == Kind::Discriminator && key == "mapping" => {
                let entries =
                    object.iter().map(|entry| (entry.key.as_str(), self.mapping(&entry.node, file)));
                Node::object(entries.collect::<Vec<_>>(), &node.location)
            }
            (Holds::One(child) | Holds::OneOrBool(child), _) => self.child(kind, child, node, file, role),
            (Holds::Map(child), Value::Object(object)) => {
                let entries = object.iter().map(|entry| {
                    let written = match role {
                        Role::Property => self.property(&entry.key, &entry.node, file),
                        _ => self.object(child, &entry.node, file, role),
                    };
                    (entry.key.as_str(), written)
                });
                Node::object(entries.collect::<Vec<_>>(), &node.location)
            }
            (Holds::List(child), Value::Array(items)) => {
                let items = items.iter().map(|item| self.object(child, item, file, role)).collect();
                Node::new(Value::Array(items), &node.location)
            }
            _ => node.clone(),
        };
        self.depth -= 1;
        written
    }

    fn child(&mut self, kind: Kind, child: Kind, node: &Node, file: &str, role: Role) -> Node {
        let same =
            (kind == Kind::Responses).then(|| find_same(&self.responses, &bare(child, node))).flatten();
        match same.map(|name| format!("{}#/{}", relative(file, RESPONSES), escape(name))) {
            Some(reference) => Node::reference(reference, &node.location),
            None => self.object(child, node, file, role),
        }
    }

    /// Writes a reference: to a schema, a reference to ours or to a new one; to anything else, the target itself.
    fn reference(&mut self, kind: Kind, node: &Node, target: &str, file: &str, role: Role) -> Node {
        let schema = target.strip_prefix("#/components/schemas/").filter(|name| !name.contains('/'));
        match (schema, node.follow(self.root)) {
            (Some(name), Some(_)) => {
                let reference = self.schema_reference(&unescape(name), file);
                Node::reference(reference, &node.location)
            }
            (None, Some(found)) if self.depth <= MAX_DEPTH => {
                self.depth += 1;
                let written = self.object(kind, found, file, role);
                self.depth -= 1;
                written
            }
            _ => {
                self.note(format!("{}: the reference `{}` leads nowhere", node.location, harmless(target)));
                Node::object([("description", blank(&node.location))], &node.location)
            }
        }
    }

    /// Writes the target of an entry in the mapping of a discriminator.
    pub(super) fn mapping(&mut self, node: &Node, file: &str) -> Node {
        match node.as_str().and_then(|target| target.strip_prefix("#/components/schemas/")) {
            Some(name) => Node::string(self.schema_reference(&unescape(name), file), &node.location),
            None => node.clone(),
        }
    }

    /// Returns the reference to a schema of the vendor's document. If the documents have no schema of that name, the
    /// schema is going to be added.
    fn schema_reference(&mut self, key: &str, file: &str) -> String {
        if let Some(ours) = self.ours.get(key).copied() {
            if !self.names.contains_key(key) {
                self.names.insert(key.to_owned(), key.to_owned());
                let theirs = self.root.pointer(&format!("/components/schemas/{}", escape(key)));
                if theirs.is_some_and(|theirs| bare(Kind::Schema, theirs) != bare(Kind::Schema, ours.node)) {
                    self.note(format!("the vendor's `{key}` differs from ours, {}", ours.node.location));
                }
            }
            return format!("{}#/{}", relative(file, ours.file), escape(key));
        }
        let name = self.names.get(key).cloned().unwrap_or_else(|| {
            let is_upper_camel = key.starts_with(|c: char| c.is_ascii_uppercase())
                && key.bytes().all(|b| b.is_ascii_alphanumeric());
            let wanted = if is_upper_camel { key.to_owned() } else { type_name(key) };
            let name = self.free_name(&wanted);
            self.names.insert(key.to_owned(), name.clone());
            self.open.push_back(key.to_owned());
            name
        });
        format!("{}#/{}", relative(file, self.schema_file), escape(&name))
    }

    fn note(&mut self, text: String) {
        if self.notes.len() < MAX_NOTES && !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }
}

/// The most notes about one operation.
const MAX_NOTES: usize = 50;

const PARAMETERS: &str = "parameters.yaml";
const RESPONSES: &str = "responses.yaml";

impl Docs<'_> {
    fn node(&self, location: &Location) -> Node {
        docs(self.page, self.operation, self.url.as_deref(), self.retrieved, location)
    }
}

/// Returns the `x-docs` of something that was read in the vendor's docs.
pub(super) fn docs(
    page: &str,
    operation: Option<&str>,
    url: Option<&str>,
    retrieved: &str,
    location: &Location,
) -> Node {
    let entries = [
        ("page", Some(page)),
        ("operation", operation.filter(|id| !id.trim().is_empty())),
        ("url", url),
        ("retrieved", Some(retrieved)),
        ("confidence", Some("documented")),
    ];
    let entries = entries.into_iter().filter_map(|(key, text)| Some((key, Node::string(text?, location))));
    Node::object(entries, location)
}

/// Returns the text that stands for one that a person has to write.
pub(super) fn blank(location: &Location) -> Node {
    Node::string(BLANK_DESCRIPTION, location)
}

/// Returns the path from one file of the documents to another, as a reference has it; nothing within one file.
pub(super) fn relative(from: &str, to: &str) -> String {
    match (from.split_once('/'), to.split_once('/')) {
        _ if from == to => String::new(),
        (Some((from, _)), Some((folder, name))) if from == folder => name.to_owned(),
        (Some(_), _) => format!("../{to}"),
        (None, _) => to.to_owned(),
    }
}

/// The name of the only component that is the same as `wanted`.
fn find_same<'a>(components: &[(Node, &'a str)], wanted: &Node) -> Option<&'a str> {
    let mut same = components.iter().filter(|(component, _)| component == wanted).map(|(_, name)| *name);
    same.next().filter(|_| same.next().is_none())
}

/// Whether a key of a vendor's document is left out. Texts are the vendor's, and extensions mean something else here.
fn is_left_out(kind: Kind, key: &str) -> bool {
    key.starts_with("x-")
        || matches!(key, "description" | "externalDocs" | "xml")
        || kind == Kind::Schema && key == "title"
        || kind == Kind::Example && key == "summary"
}

/// Whether our conventions demand a description, or the vendor has one.
fn needs_description(kind: Kind, role: Role, node: &Node) -> bool {
    match kind {
        Kind::Operation | Kind::Parameter | Kind::Header | Kind::Response => true,
        Kind::Schema => {
            let is_reference = node.get("allOf").is_some() && node.get("properties").is_none();
            role == Role::Component
                || role == Role::Property && !is_reference
                || node.get("description").is_some()
        }
        _ => false,
    }
}

/// Applies our conventions to a schema: numbers are decimals, and the meanings of enum values are written down.
fn follow_conventions(schema: &mut Node) {
    let location = schema.location.clone();
    if is_enum(schema) {
        let values = enum_values(schema).map(|(value, _)| (value, blank(&location)));
        let meanings = Node::object(values.collect::<Vec<_>>(), &location);
        schema.set("x-enum-descriptions", meanings);
    } else if schema.str("type") == Some("number") {
        schema.set("format", Node::string("decimal", &location));
    }
}

/// The keys that come first in an object, and those that come last, in the order in which our documents have them.
fn key_order(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Operation => (
            &[
                "operationId",
                "tags",
                "summary",
                "description",
                "deprecated",
                "security",
                "parameters",
                "requestBody",
            ],
            &["responses"],
        ),
        Kind::Parameter => (&["name", "in", "required", "description"], &["schema", "example", "examples"]),
        Kind::RequestBody => (&["description", "required"], &["content"]),
        Kind::Schema => (
            &["title", "description", "type", "format"],
            &[
                "required",
                "properties",
                "additionalProperties",
                "items",
                "enum",
                "x-enum-descriptions",
                "default",
                "example",
            ],
        ),
        _ => (&["description"], &["example", "examples"]),
    }
}

/// Returns the object with its keys in the order in which our documents have them.
fn in_order(kind: Kind, node: &Node) -> Node {
    let (first, last) = key_order(kind);
    let rank = |key: &str| {
        let position = |keys: &[&str]| keys.iter().position(|known| *known == key);
        position(first).or_else(|| position(last).map(|index| 1_000 + index)).unwrap_or(500)
    };
    let mut entries: Vec<(&str, &Node)> = node
        .as_object()
        .into_iter()
        .flat_map(partner_spec::Object::iter)
        .map(|e| (e.key.as_str(), &e.node))
        .collect();
    entries.sort_by_key(|(key, _)| rank(key));
    Node::object(entries.into_iter().map(|(key, node)| (key, node.clone())), &node.location)
}
