//! Rewrites parts of a vendor's document so that they follow the conventions of our documents: with references to our
//! components, numbers as decimals, keys in our order, and placeholders for descriptions.

use std::collections::{BTreeMap, VecDeque};

use partner_model::DESCRIPTION_PLACEHOLDER;
use partner_model::index::{enum_values, is_enum};
use partner_model::names::to_type_name;
use partner_spec::pointer::{escape_token, unescape_token};
use partner_spec::{Location, Node, ObjectKind, Value, ValueKind, to_harmless_line};

use super::compare::copy_for_comparison;
use super::folder::DocumentFolder;
use super::ours::{NewtypeSchema, OurComponent, OurDocuments};

/// Builds the draft of an imported operation or webhook. Rewrites the vendor's objects so that they follow the
/// conventions of our documents.
pub(super) struct DraftBuilder<'a> {
    root: &'a Node,
    /// The schemas of our documents, by their names.
    our_schemas_by_name: BTreeMap<&'a str, OurComponent<'a>>,
    /// Our newtypes (schemas with `x-newtype`, for ids and codes), by the names of the fields and parameters that have
    /// these types.
    newtypes_by_field_or_parameter_name: BTreeMap<&'a str, NewtypeSchema<'a>>,
    /// The parameter components of our documents, each with its name. The components are copies without descriptions,
    /// made by [`copy_for_comparison`].
    our_parameter_components: Vec<(Node, &'a str)>,
    /// The response components of our documents, each with its name. The components are copies without descriptions,
    /// made by [`copy_for_comparison`].
    our_response_components: Vec<(Node, &'a str)>,
    /// The path of the file to which new schemas are added.
    schema_file_path: &'a str,
    /// The names of the vendor's schemas in our documents. A schema that is not in our documents yet has the name that
    /// it will get. The keys of the map are the keys of the schemas in the vendor's document.
    our_names_by_vendor_schema_key: BTreeMap<String, String>,
    /// The keys, in the vendor's document, of the schemas that are still to be converted.
    pending_schema_keys: VecDeque<String>,
    /// Notes for the person who completes the draft.
    pub(super) notes: Vec<String>,
    depth: usize,
}

/// The values of the extension `x-docs` of an imported operation.
pub(super) struct DocsExtension<'a> {
    pub(super) page_title: &'a str,
    /// The vendor's id of the operation; `None` if our id is the same.
    pub(super) differing_vendor_operation_id: Option<&'a str>,
    pub(super) url: Option<String>,
    pub(super) retrieved: &'a str,
}

/// What a schema is in the document: a named component, a property of an object, or something else. This decides
/// whether the schema needs a description.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SchemaRole {
    Component,
    Property,
    Other,
}

/// The maximum depth of the nested objects that an import converts from a vendor's document to ours. The limit is
/// needed because a reference to anything but a schema is replaced by its target, which may contain the same reference
/// again.
const MAX_CONVERTED_OBJECT_DEPTH: usize = 100;

impl<'a> DraftBuilder<'a> {
    pub(super) fn new(
        root: &'a Node,
        folder: &'a DocumentFolder,
        schema_file_path: &'a str,
    ) -> DraftBuilder<'a> {
        let ours = OurDocuments::new(folder);
        let components = |file: &'static str, kind| {
            ours.list_components_in_file(file)
                .map(move |(name, component)| (copy_for_comparison(kind, component.node), name))
                .collect()
        };
        DraftBuilder {
            root,
            our_parameter_components: components(PARAMETERS, ObjectKind::Parameter),
            our_response_components: components(RESPONSES, ObjectKind::Response),
            our_schemas_by_name: ours.collect_schemas_by_name(),
            newtypes_by_field_or_parameter_name: ours.collect_newtypes_by_field_or_parameter_name(),
            schema_file_path,
            our_names_by_vendor_schema_key: BTreeMap::new(),
            pending_schema_keys: VecDeque::new(),
            notes: Vec::new(),
            depth: 0,
        }
    }

    /// Converts an operation of the vendor to one for our document. `parameters` are the parameters of the operation,
    /// which have already been converted.
    pub(super) fn convert_operation(
        &mut self,
        node: &Node,
        file: &str,
        id: &str,
        summary: Node,
        parameters: Vec<Node>,
        docs: &DocsExtension<'_>,
    ) -> Node {
        let location = &node.location;
        let mut written = self.convert_object(ObjectKind::Operation, node, file, SchemaRole::Other);
        written.set_value("operationId", Node::new_string(id, location));
        written.set_value(
            "tags",
            Node::new(Value::Array(vec![Node::new_string(docs.page_title, location)]), location),
        );
        written.set_value("summary", summary);
        written.remove("parameters");
        if !parameters.is_empty() {
            written.set_value("parameters", Node::new(Value::Array(parameters), location));
        }
        // If the vendor's operation does not state its own `security`, the `security` of the vendor's whole document
        // applies. It is copied into the operation, because each of our operations states its `security`.
        if let Some(security) = node.get("security").or_else(|| self.root.get("security")) {
            written.set_value("security", security.clone());
        }
        let mut written = copy_with_our_key_order(ObjectKind::Operation, &written);
        written.set_value("x-docs", docs.to_node(location));
        written
    }

    /// Converts a parameter of the vendor's document to the conventions of our documents. If our documents already have
    /// an equal parameter as a component, returns a reference to that component instead.
    pub(super) fn convert_parameter(&mut self, node: &Node, file: &str) -> Node {
        let schema = node.get_str("name").zip(node.get("schema"));
        let newtype = schema.and_then(|(name, schema)| self.make_newtype_reference(name, schema, file));
        let mut wanted = node.clone();
        newtype.iter().for_each(|newtype| wanted.set_value("schema", newtype.clone()));
        let same = find_name_of_equal_component(
            &self.our_parameter_components,
            &copy_for_comparison(ObjectKind::Parameter, &wanted),
        );
        match same.map(|name| format!("{}#/{}", compute_relative_path(file, PARAMETERS), escape_token(name)))
        {
            Some(reference) => Node::new_reference(reference, &node.location),
            None => {
                let mut written = self.convert_object(ObjectKind::Parameter, node, file, SchemaRole::Other);
                newtype.into_iter().for_each(|newtype| written.set_value("schema", newtype));
                written
            }
        }
    }

    /// Returns a reference to our newtype (a schema of ids or codes) for a field or parameter called `name`. Returns
    /// `None` in these cases:
    ///
    /// - We have no newtype for this name.
    /// - The vendor's schema does not allow the same values as the newtype.
    /// - The name is `id`. A field `id` holds the id of its own object, so its name does not say which newtype the id
    ///   has.
    fn make_newtype_reference(&self, name: &str, schema: &Node, file: &str) -> Option<Node> {
        let NewtypeSchema { file_path_and_pointer: (target, pointer), node } =
            self.newtypes_by_field_or_parameter_name.get(name).filter(|_| name != "id")?;
        let is_annotation = |key: &str| matches!(key, "description" | "title" | "example");
        let allows = |one: &Node, other: &Node| {
            let keys = one.as_object().into_iter().flat_map(|object| object.iter());
            keys.filter(|entry| !is_annotation(&entry.key) && !entry.key.starts_with("x-"))
                .all(|entry| other.get(&entry.key).is_some_and(|value| value.value == entry.node.value))
        };
        let is_same = allows(schema, node) && allows(node, schema);
        is_same.then(|| {
            Node::new_reference(
                format!("{}#{pointer}", compute_relative_path(file, target)),
                &schema.location,
            )
        })
    }

    /// Converts a property of a vendor's object schema to the conventions of our documents. If our documents have a
    /// newtype (a schema of ids or codes) for the property, returns a reference to the newtype instead.
    pub(super) fn convert_property(&mut self, name: &str, node: &Node, file: &str) -> Node {
        self.make_newtype_reference(name, node, file)
            .unwrap_or_else(|| self.convert_object(ObjectKind::Schema, node, file, SchemaRole::Property))
    }

    /// Rewrites an object of the vendor (a media type, a response, or an alternative of a `oneOf` or `anyOf`), so that
    /// it follows the conventions of our documents. `kind` is the kind of the object, and `holder` is the kind of the
    /// object that contains it. If our documents already have an equal response as a component, returns a reference to
    /// that component instead.
    pub(super) fn apply_conventions_to_nested_object(
        &mut self,
        holder: ObjectKind,
        kind: ObjectKind,
        node: &Node,
        file: &str,
    ) -> Node {
        self.convert_child(holder, kind, node, file, SchemaRole::Other)
    }

    /// Converts a schema of the vendor to a component with the title `name`, for our documents.
    pub(super) fn convert_schema_to_component(&mut self, node: &Node, name: &str) -> Node {
        let mut written =
            self.convert_object(ObjectKind::Schema, node, self.schema_file_path, SchemaRole::Component);
        written.set_value("title", Node::new_string(name, &node.location));
        copy_with_our_key_order(ObjectKind::Schema, &written)
    }

    /// Converts the schemas to which the draft of the imported operation or webhook refers, unless our documents
    /// already have them. Returns the converted schemas with their names.
    pub(super) fn convert_pending_schemas(&mut self) -> Vec<(String, Node)> {
        let mut schemas = Vec::new();
        while let Some(key) = self.pending_schema_keys.pop_front() {
            let name = self.our_names_by_vendor_schema_key.get(&key).cloned().unwrap_or_default();
            let found = self.root.pointer(&format!("/components/schemas/{}", escape_token(&key)));
            match found.and_then(|schema| schema.resolve_reference(self.root)) {
                Some(schema) => schemas.push((name.clone(), self.convert_schema_to_component(schema, &name))),
                None => self.add_note(format!("the vendor refers to a schema `{key}` that does not exist")),
            }
        }
        schemas
    }

    /// Returns a name that no schema has yet: `wanted` if it is unused, and otherwise `wanted` with a number, like
    /// `Order2`.
    pub(super) fn find_unused_schema_name(&self, wanted: &str) -> String {
        let wanted = if wanted.is_empty() { "Unnamed" } else { wanted };
        let is_free = |name: &String| {
            !self.our_schemas_by_name.contains_key(name.as_str())
                && !self.our_names_by_vendor_schema_key.values().any(|taken| taken == name)
        };
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        [wanted.to_owned()].into_iter().chain(numbered).find(is_free).unwrap_or_default()
    }

    /// Converts an object of the vendor's document, with all nested objects. Leaves out descriptions and other prose,
    /// extensions (`x-...`), and keys that OpenAPI does not define.
    fn convert_object(&mut self, kind: ObjectKind, node: &Node, file: &str, role: SchemaRole) -> Node {
        let Some(object) = node.as_object() else { return node.clone() };
        if let Some(target) = node.ref_text() {
            return self.convert_vendor_reference(kind, node, target, file, role);
        }
        let mut written = Node::new_object([], &node.location);
        if needs_description(kind, role, node) {
            written.set_value("description", make_text_placeholder(&node.location));
        }
        for entry in object.iter().filter(|entry| !is_left_out_key(kind, &entry.key)) {
            match kind.value_kind(&entry.key) {
                Some(holds) => written
                    .set_value(&entry.key, self.convert_value(kind, holds, &entry.node, &entry.key, file)),
                None => self.add_note(format!(
                    "{}: the key `{}` is left out, because OpenAPI 3.0 has no such key",
                    entry.key_location,
                    to_harmless_line(&entry.key)
                )),
            }
        }
        if kind == ObjectKind::Schema {
            apply_schema_conventions(&mut written);
        }
        copy_with_our_key_order(kind, &written)
    }

    fn convert_value(
        &mut self,
        kind: ObjectKind,
        holds: ValueKind,
        node: &Node,
        key: &str,
        file: &str,
    ) -> Node {
        self.depth += 1;
        let role = if key == "properties" { SchemaRole::Property } else { SchemaRole::Other };
        let written = match (holds, &node.value) {
            _ if self.depth > MAX_CONVERTED_OBJECT_DEPTH => {
                self.add_note(format!("{}: this is nested too deep, and is left out", node.location));
                Node::new_object([], &node.location)
            }
            (_, Value::Object(object)) if kind == ObjectKind::Discriminator && key == "mapping" => {
                let entries = object
                    .iter()
                    .map(|entry| (entry.key.as_str(), self.convert_mapping_value(&entry.node, file)));
                Node::new_object(entries.collect::<Vec<_>>(), &node.location)
            }
            (ValueKind::Object(child) | ValueKind::ObjectOrBool(child), _) => {
                self.convert_child(kind, child, node, file, role)
            }
            (ValueKind::ObjectMap(child), Value::Object(object)) => {
                let entries = object.iter().map(|entry| {
                    let written = match role {
                        SchemaRole::Property => self.convert_property(&entry.key, &entry.node, file),
                        _ => self.convert_object(child, &entry.node, file, role),
                    };
                    (entry.key.as_str(), written)
                });
                Node::new_object(entries.collect::<Vec<_>>(), &node.location)
            }
            (ValueKind::ObjectList(child), Value::Array(items)) => {
                let items = items.iter().map(|item| self.convert_object(child, item, file, role)).collect();
                Node::new(Value::Array(items), &node.location)
            }
            _ => node.clone(),
        };
        self.depth -= 1;
        written
    }

    fn convert_child(
        &mut self,
        kind: ObjectKind,
        child: ObjectKind,
        node: &Node,
        file: &str,
        role: SchemaRole,
    ) -> Node {
        let same = (kind == ObjectKind::Responses)
            .then(|| {
                find_name_of_equal_component(&self.our_response_components, &copy_for_comparison(child, node))
            })
            .flatten();
        match same.map(|name| format!("{}#/{}", compute_relative_path(file, RESPONSES), escape_token(name))) {
            Some(reference) => Node::new_reference(reference, &node.location),
            None => self.convert_object(child, node, file, role),
        }
    }

    /// Converts a reference of the vendor's document for our documents. A reference to a schema becomes a reference to
    /// a schema in our documents, which is added if we do not have it yet. Any other reference is replaced by its
    /// converted target.
    fn convert_vendor_reference(
        &mut self,
        kind: ObjectKind,
        node: &Node,
        target: &str,
        file: &str,
        role: SchemaRole,
    ) -> Node {
        let schema = target.strip_prefix("#/components/schemas/").filter(|name| !name.contains('/'));
        match (schema, node.resolve_reference(self.root)) {
            (Some(name), Some(_)) => {
                let reference = self.make_reference_and_queue_missing_schema(&unescape_token(name), file);
                Node::new_reference(reference, &node.location)
            }
            (None, Some(found)) if self.depth <= MAX_CONVERTED_OBJECT_DEPTH => {
                self.depth += 1;
                let written = self.convert_object(kind, found, file, role);
                self.depth -= 1;
                written
            }
            _ => {
                self.add_note(format!(
                    "{}: the reference `{}` leads nowhere",
                    node.location,
                    to_harmless_line(target)
                ));
                Node::new_object([("description", make_text_placeholder(&node.location))], &node.location)
            }
        }
    }

    /// Converts a value in the `mapping` of a discriminator for our documents. If the value is a reference to a schema
    /// of the vendor, it becomes a reference to our schema.
    pub(super) fn convert_mapping_value(&mut self, node: &Node, file: &str) -> Node {
        match node.as_str().and_then(|target| target.strip_prefix("#/components/schemas/")) {
            Some(name) => Node::new_string(
                self.make_reference_and_queue_missing_schema(&unescape_token(name), file),
                &node.location,
            ),
            None => node.clone(),
        }
    }

    /// Returns the reference that replaces a reference to the vendor's schema `key` in our documents. It refers to our
    /// schema with the same key. If we have no such schema, the vendor's schema gets a new name in our documents, and
    /// is queued to be converted.
    fn make_reference_and_queue_missing_schema(&mut self, key: &str, file: &str) -> String {
        if let Some(ours) = self.our_schemas_by_name.get(key).copied() {
            if !self.our_names_by_vendor_schema_key.contains_key(key) {
                self.our_names_by_vendor_schema_key.insert(key.to_owned(), key.to_owned());
                let theirs = self.root.pointer(&format!("/components/schemas/{}", escape_token(key)));
                if theirs.is_some_and(|theirs| {
                    copy_for_comparison(ObjectKind::Schema, theirs)
                        != copy_for_comparison(ObjectKind::Schema, ours.node)
                }) {
                    self.add_note(format!("the vendor's `{key}` differs from ours, {}", ours.node.location));
                }
            }
            return format!("{}#/{}", compute_relative_path(file, ours.file), escape_token(key));
        }
        let name = self.our_names_by_vendor_schema_key.get(key).cloned().unwrap_or_else(|| {
            let is_upper_camel = key.starts_with(|c: char| c.is_ascii_uppercase())
                && key.bytes().all(|b| b.is_ascii_alphanumeric());
            let wanted = if is_upper_camel { key.to_owned() } else { to_type_name(key) };
            let name = self.find_unused_schema_name(&wanted);
            self.our_names_by_vendor_schema_key.insert(key.to_owned(), name.clone());
            self.pending_schema_keys.push_back(key.to_owned());
            name
        });
        format!("{}#/{}", compute_relative_path(file, self.schema_file_path), escape_token(&name))
    }

    fn add_note(&mut self, text: String) {
        if self.notes.len() < MAX_NOTES_PER_IMPORTED_ITEM && !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }
}

/// The maximum number of notes that are kept about one imported item (an operation or a webhook).
const MAX_NOTES_PER_IMPORTED_ITEM: usize = 50;

const PARAMETERS: &str = "parameters.yaml";
const RESPONSES: &str = "responses.yaml";

impl DocsExtension<'_> {
    fn to_node(&self, location: &Location) -> Node {
        make_docs_extension(
            self.page_title,
            self.differing_vendor_operation_id,
            self.url.as_deref(),
            self.retrieved,
            location,
        )
    }
}

/// Makes the value of `x-docs` for an operation or webhook that was imported from the vendor's docs.
pub(super) fn make_docs_extension(
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
    let entries =
        entries.into_iter().filter_map(|(key, text)| Some((key, Node::new_string(text?, location))));
    Node::new_object(entries, location)
}

/// Makes the placeholder for a text that a person has to write, such as a description.
pub(super) fn make_text_placeholder(location: &Location) -> Node {
    Node::new_string(DESCRIPTION_PLACEHOLDER, location)
}

/// Returns the relative path from one file of the documents to another, as used in a `$ref`. The path is empty if both
/// are the same file.
pub(super) fn compute_relative_path(from: &str, to: &str) -> String {
    match (from.split_once('/'), to.split_once('/')) {
        _ if from == to => String::new(),
        (Some((from, _)), Some((folder, name))) if from == folder => name.to_owned(),
        (Some(_), _) => format!("../{to}"),
        (None, _) => to.to_owned(),
    }
}

/// Returns the name of the component whose node equals `wanted`. Returns `None` if there is no such component, or more
/// than one.
fn find_name_of_equal_component<'a>(components: &[(Node, &'a str)], wanted: &Node) -> Option<&'a str> {
    let mut same = components.iter().filter(|(component, _)| component == wanted).map(|(_, name)| *name);
    same.next().filter(|_| same.next().is_none())
}

/// Whether the conversion leaves out a key of a vendor's document. It leaves out `x-` keys, which have other meanings
/// in our documents, and keys like `description`, whose texts a person has to write anew.
fn is_left_out_key(kind: ObjectKind, key: &str) -> bool {
    key.starts_with("x-")
        || matches!(key, "description" | "externalDocs" | "xml")
        || kind == ObjectKind::Schema && key == "title"
        || kind == ObjectKind::Example && key == "summary"
}

/// Whether an object from the vendor's document needs a description in our documents. It does if our conventions demand
/// a description for objects of this kind, or if the object is a schema that has a description in the vendor's
/// document.
fn needs_description(kind: ObjectKind, role: SchemaRole, node: &Node) -> bool {
    match kind {
        ObjectKind::Operation | ObjectKind::Parameter | ObjectKind::Header | ObjectKind::Response => true,
        ObjectKind::Schema => {
            let is_reference = node.get("allOf").is_some() && node.get("properties").is_none();
            role == SchemaRole::Component
                || role == SchemaRole::Property && !is_reference
                || node.get("description").is_some()
        }
        _ => false,
    }
}

/// Applies our conventions to a schema: a number gets the format `decimal`, and an enum gets placeholders for the
/// descriptions of its values.
fn apply_schema_conventions(schema: &mut Node) {
    let location = schema.location.clone();
    if is_enum(schema) {
        let values = enum_values(schema).map(|(value, _)| (value, make_text_placeholder(&location)));
        let meanings = Node::new_object(values.collect::<Vec<_>>(), &location);
        schema.set_value("x-enum-descriptions", meanings);
    } else if schema.get_str("type") == Some("number") {
        schema.set_value("format", Node::new_string("decimal", &location));
    }
}

/// Returns the keys that our documents list first in an object of this kind, and the keys that they list last.
fn leading_and_trailing_keys(kind: ObjectKind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        ObjectKind::Operation => (
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
        ObjectKind::Parameter => {
            (&["name", "in", "required", "description"], &["schema", "example", "examples"])
        }
        ObjectKind::RequestBody => (&["description", "required"], &["content"]),
        ObjectKind::Schema => (
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

/// Returns a copy of the object with its keys in the order that our documents use.
fn copy_with_our_key_order(kind: ObjectKind, node: &Node) -> Node {
    let (first, last) = leading_and_trailing_keys(kind);
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
    Node::new_object(entries.into_iter().map(|(key, node)| (key, node.clone())), &node.location)
}
