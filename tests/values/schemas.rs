//! Finds the schema of a document that a generated type was made from.

use std::collections::{BTreeMap, HashMap, HashSet};

use partner_model::{Model, SuccessBodies, TypeShape};
use partner_spec::{Api, Document, Location, Node, Value};

use crate::generate::Generator;

/// A document, and its schemas that became types.
pub(crate) struct Schemas {
    api: Api,
    document: Document,
    model: Model,
}

impl Schemas {
    pub(crate) fn read(api: Api) -> Schemas {
        let document = partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder())
            .expect("the document is valid");
        let model =
            partner_model::read_supported_model(&document, api.name()).expect("the document can be read");
        Schemas { api, document, model }
    }

    /// A generator of values for its schemas.
    pub(crate) fn generator(&self) -> Generator<'_> {
        let is_open = |shape: &TypeShape| matches!(shape, TypeShape::Union(union) if union.is_open);
        let unions = self.model.types.values().filter(|definition| is_open(&definition.shape));
        let open_unions: HashSet<Location> = unions.map(|definition| definition.location.clone()).collect();
        Generator { document: &self.document, open_unions }
    }

    /// The schemas as the document has them, by the names of their types. They are found by location, because a schema
    /// that is written in place has no name in the document.
    pub(crate) fn by_type(&self) -> BTreeMap<&str, &Node> {
        let mut nodes = HashMap::new();
        collect(&self.document.root, &mut nodes);
        let found = |name: &str, location: &Location| -> &Node {
            nodes.get(location).unwrap_or_else(|| panic!("{name} is not in the document at {location:?}"))
        };
        let types = self.model.types.iter();
        types.map(|(name, definition)| (name.as_str(), found(name, &definition.location))).collect()
    }

    /// Whether a type is only a part of requests.
    pub(crate) fn is_only_sent(&self, name: &str) -> bool {
        self.model
            .types
            .get(name)
            .is_some_and(|definition| definition.is_sent_by_client && !definition.is_received_by_client)
    }

    /// The names of the types in the generated source.
    pub(crate) fn generated(&self) -> Vec<String> {
        let reading = partner_spec::read_document(&self.api.root_file_path(), partner_spec::base_folder());
        let generated =
            partner_codegen::generate_client(&reading, self.api.name()).expect("the client is generated");
        let lines = generated.files.iter().flat_map(|file| file.public_signatures.lines());
        let declared =
            lines.filter_map(|line| line.strip_prefix("pub struct ").or(line.strip_prefix("pub enum ")));
        let names =
            declared.map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default());
        names.map(str::to_owned).collect()
    }

    /// The names of the generated types that are no JSON: the client, responses that differ by status, what
    /// constructors require, and choices between fields.
    pub(crate) fn not_json(&self) -> Vec<String> {
        let by_status =
            self.model.operations.iter().filter_map(|operation| match &operation.success_bodies {
                SuccessBodies::ByStatus { enum_name: name, .. } => Some(name.clone()),
                _ => None,
            });
        let required = self.model.types.keys().map(|name| format!("{name}Required"));
        let combinations =
            self.model.types.values().flat_map(|definition| &definition.schema_details.key_combinations);
        let choices = combinations.filter_map(|combination| combination.title.clone());
        let client = ["Client", "Environment"].map(str::to_owned);
        by_status.chain(required).chain(choices).chain(client).collect()
    }
}

fn collect<'a>(node: &'a Node, nodes: &mut HashMap<Location, &'a Node>) {
    match &node.value {
        Value::Object(object) => {
            nodes.entry(node.location.clone()).or_insert(node);
            object.iter().for_each(|entry| collect(&entry.node, nodes));
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, nodes)),
        _ => {}
    }
}
