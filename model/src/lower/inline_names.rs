use std::collections::{BTreeMap, HashMap};

use partner_spec::{Diagnostic, Diagnostics, Entry, Node, Value};

use super::Pass;
use crate::api::{Api, Expansion, MediaKind, Schema, is_string_enum, ref_name};
use crate::names::{is_nameable, type_name};

pub(super) const PASS: Pass = Pass {
    name: "inline_names",
    why: "Every object, string enum and `oneOf` that is written in place becomes a component with a stable name \
          (its title, or where it stands), because progenitor gives two inline schemas of one operation one type.",
    apply,
};

/// Names that the surface, the runtime or every Rust program uses for something else.
const RESERVED: [&str; 26] = [
    "Box",
    "Client",
    "ClientBuilder",
    "Clone",
    "Decimal",
    "Default",
    "Environment",
    "Err",
    "Error",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Response",
    "Result",
    "Self",
    "Some",
    "String",
    "ToString",
    "Unrecognized",
    "Upload",
    "Vec",
    "Value",
];

fn apply(api: &mut Api, found: &mut Diagnostics) -> usize {
    let expansion = std::mem::take(&mut api.expansion);
    let mut namer = Namer { named: BTreeMap::new(), renamed: HashMap::new(), expansion, found, times: 0 };
    namer.rename_components(api);
    for schema in std::mem::take(&mut api.schemas).into_values() {
        let name = namer.renamed.get(&schema.key).cloned().unwrap_or_else(|| schema.key.clone());
        let node = namer.children(schema.node, &name);
        // Two components of one name have been reported.
        namer.named.entry(name).or_insert(Schema { node, ..schema });
    }
    for operation in &mut api.operations {
        let name = type_name(&operation.id);
        for parameter in &mut operation.parameters {
            let context = format!("{name}{}", type_name(&parameter.name));
            replace(&mut parameter.schema, |node| namer.lift(node, &context));
        }
        for media in operation.body.iter_mut().flat_map(|b| &mut b.media) {
            match media.kind {
                MediaKind::Json => {
                    replace(&mut media.schema, |node| namer.lift(node, &format!("{name}Body")))
                }
                // The parts of a multipart body are arguments of the method, not fields of a type.
                MediaKind::Multipart => match ref_name(&media.schema).and_then(|key| namer.component(key)) {
                    Some(component) => media.schema = component,
                    None => replace(&mut media.schema, |node| namer.children(node, &name)),
                },
            }
        }
        for response in operation.responses.iter_mut().filter(|r| r.is_success()) {
            for schema in response.media.iter_mut().filter_map(|(_, schema)| schema.as_mut()) {
                replace(schema, |node| namer.lift(node, &format!("{name}Response")));
            }
        }
    }
    api.schemas = namer.named;
    api.expansion = namer.expansion;
    namer.times
}

fn replace(node: &mut Node, change: impl FnOnce(Node) -> Node) {
    let empty = Node::new(Value::Null, &node.location);
    *node = change(std::mem::replace(node, empty));
}

struct Namer<'a> {
    named: BTreeMap<String, Schema>,
    /// From the key of a component to the name of its type.
    renamed: HashMap<String, String>,
    expansion: Expansion,
    found: &'a mut Diagnostics,
    times: usize,
}

impl Namer<'_> {
    fn rename_components(&mut self, api: &Api) {
        let mut taken: HashMap<String, &Schema> = HashMap::new();
        for schema in api.schemas.values() {
            let name = type_name(schema.node.str("title").filter(|t| is_nameable(t)).unwrap_or(&schema.key));
            self.check_reserved(&name, &schema.node);
            if let Some(other) = taken.insert(name.clone(), schema) {
                let message =
                    format!("two schemas give the type `{name}`: `{}` and `{}`", other.key, schema.key);
                self.found.push(
                    Diagnostic::error("name-collision", &schema.node.location, message)
                        .related(&other.node.location, "the other one")
                        .help("give one of them another `title`"),
                );
            }
            self.renamed.insert(schema.key.clone(), name);
        }
    }

    fn check_reserved(&mut self, name: &str, node: &Node) {
        if RESERVED.contains(&name) {
            let message =
                format!("a type cannot be called `{name}`: the name means something else in Rust or here");
            self.found.push(
                Diagnostic::error("name-reserved", &node.location, message)
                    .help("give the schema another `title`"),
            );
        }
    }

    /// The component with that key, for a place that becomes a copy of it.
    fn component(&mut self, key: &str) -> Option<Node> {
        let node = &self.named.get(self.renamed.get(key)?)?.node;
        self.expansion.allows_at(node, &node.location, self.found).then(|| node.clone())
    }

    fn insert(&mut self, name: &str, schema: Schema) {
        if let Some(other) = self.named.get(name) {
            if same_type(&other.node, &schema.node) {
                return;
            }
            let message = format!("two different schemas would be the type `{name}`");
            self.found.push(
                Diagnostic::error("name-collision", &schema.node.location, message)
                    .related(&other.node.location, "the other one")
                    .help("give one of them another `title`, or make them one component"),
            );
            return;
        }
        self.named.insert(name.to_owned(), schema);
    }

    /// The schema as it may stand in place: a reference, when it needs a name.
    fn lift(&mut self, node: Node, context: &str) -> Node {
        if let Some(key) = ref_name(&node) {
            let name = self.renamed.get(key).cloned().unwrap_or_else(|| key.to_owned());
            return Node::reference(format!("#/components/schemas/{name}"), &node.location);
        }
        // The name of what is inside has the names of all that it is in.
        if !self.expansion.allows_bytes_at(context.len(), &node.location, self.found) {
            return node;
        }
        let title = node.str("title").filter(|t| is_nameable(t)).map(type_name);
        // Two names put together may read differently as one: `A` and `A` give `Aa`.
        let name = title.unwrap_or_else(|| type_name(context));
        let node = self.children(node, &name);
        if !needs_name(&node) {
            return node;
        }
        self.check_reserved(&name, &node);
        // A name is in a dozen places of what is generated.
        if !self.expansion.allows_bytes_at(12 * name.len(), &node.location, self.found) {
            return node;
        }
        self.times += 1;
        let mut definition = node.clone();
        for key in ["nullable", "x-sensitive", "x-availability", "x-docs", "deprecated"] {
            definition.remove(key);
        }
        self.insert(&name, Schema { node: definition, key: name.clone(), public: false });
        let reference = Node::reference(format!("#/components/schemas/{name}"), &node.location);
        let kept = ["nullable", "x-sensitive", "x-availability", "x-docs", "deprecated", "description"]
            .into_iter()
            .filter_map(|key| Some((key, node.get(key)?.clone())))
            .collect::<Vec<_>>();
        if kept.is_empty() {
            return reference;
        }
        let all_of = Node::new(Value::Array(vec![reference]), &node.location);
        Node::object([("allOf", all_of)].into_iter().chain(kept), &node.location)
    }

    /// The same schema with everything inside it lifted.
    fn children(&mut self, mut node: Node, context: &str) -> Node {
        for entry in node.as_object_mut().into_iter().flat_map(|o| o.iter_mut()) {
            match entry.key.as_str() {
                "properties" => {
                    for property in entry.node.as_object_mut().into_iter().flat_map(|o| o.iter_mut()) {
                        let context = format!("{context}{}", type_name(&property.key));
                        replace(&mut property.node, |node| self.lift(node, &context));
                    }
                }
                "items" => {
                    let context = context.strip_suffix('s').unwrap_or(context).to_owned();
                    replace(&mut entry.node, |node| self.lift(node, &context));
                }
                "additionalProperties" if entry.node.as_object().is_some() => {
                    replace(&mut entry.node, |node| self.lift(node, context));
                }
                "oneOf" | "allOf" => {
                    if let Value::Array(items) = &mut entry.node.value {
                        for (index, item) in items.iter_mut().enumerate() {
                            let context = format!("{context}Choice{}", index + 1);
                            self.check_titled(item);
                            replace(item, |node| self.lift(node, &context));
                        }
                    }
                }
                _ => {}
            }
        }
        node
    }

    fn check_titled(&mut self, alternative: &Node) {
        if needs_name(alternative) && alternative.str("title").is_none() {
            self.found.push(
                Diagnostic::error("one-of-untitled", &alternative.location, "this alternative has no name")
                    .help("give it a `title`; it becomes the name of a type"),
            );
        }
    }
}

/// Whether a schema becomes a type of its own.
fn needs_name(node: &Node) -> bool {
    let has_properties = node.get("properties").and_then(Node::as_object).is_some_and(|o| !o.is_empty());
    has_properties || is_string_enum(node) || node.get("oneOf").is_some() || node.get("anyOf").is_some()
}

/// Whether two schemas describe the same type, whatever they say about it.
fn same_type(a: &Node, b: &Node) -> bool {
    let (Some(a), Some(b)) = (a.as_object(), b.as_object()) else { return a == b };
    let counts =
        |entry: &&Entry| !matches!(entry.key.as_str(), "title" | "description" | "example" | "externalDocs");
    a.iter().filter(counts).count() == b.iter().filter(counts).count()
        && a.iter().filter(counts).all(|entry| b.get(&entry.key) == Some(&entry.node))
}
