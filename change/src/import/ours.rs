//! Looks up operations, schemas and webhooks in the documents of this workspace.

use std::collections::BTreeMap;

use partner_model::names::to_docs_page_file_stem;
use partner_spec::pointer::escape_token;
use partner_spec::{HTTP_METHODS, Node, Value};

use super::folder::{DocumentFolder, ROOT_FILE_NAME, ResolvedNode};
use crate::pairs::remove_parameter_names;
use crate::webhooks::Webhook;

/// The documents of one API in this workspace, with methods to look up what the documents contain.
pub(super) struct OurDocuments<'a> {
    folder: &'a DocumentFolder,
    root: Option<&'a Node>,
}

/// A path item of our documents: the object with the operations of a path.
#[derive(Clone)]
pub(super) struct OurPathItem<'a> {
    pub(super) path: &'a str,
    /// The path of the file that contains the path item, relative to the folder of the documents.
    pub(super) file_path: String,
    pub(super) pointer: String,
    pub(super) node: &'a Node,
}

/// An operation of our documents.
pub(super) struct OurOperation<'a> {
    pub(super) id: &'a str,
    pub(super) item: OurPathItem<'a>,
    pub(super) method: &'static str,
    pub(super) node: &'a Node,
}

/// A schema, parameter or response of our documents that can be the target of a reference.
#[derive(Clone, Copy)]
pub(super) struct OurComponent<'a> {
    pub(super) file: &'a str,
    pub(super) node: &'a Node,
}

/// A schema of our documents with `x-newtype`. It becomes a Rust newtype for ids or codes.
pub(super) struct NewtypeSchema<'a> {
    /// The path of the file that contains the schema, and the JSON pointer of the schema in that file.
    pub(super) file_path_and_pointer: (String, String),
    pub(super) node: &'a Node,
}

impl<'a> OurDocuments<'a> {
    pub(super) fn new(folder: &'a DocumentFolder) -> OurDocuments<'a> {
        OurDocuments { folder, root: folder.file_root(ROOT_FILE_NAME) }
    }

    /// All path items of our documents, in the order of the root file.
    pub(super) fn path_items(&self) -> impl Iterator<Item = OurPathItem<'a>> {
        let folder = self.folder;
        self.root.into_iter().flat_map(|root| root.get_entries("paths")).filter_map(move |entry| {
            let ResolvedNode { file, pointer, node } =
                folder.follow_references(ROOT_FILE_NAME, &entry.node)?;
            let pointer =
                if pointer.is_empty() { format!("/paths/{}", escape_token(&entry.key)) } else { pointer };
            Some(OurPathItem { path: &entry.key, file_path: file, pointer, node })
        })
    }

    /// All operations of our documents, in the order of the root file.
    pub(super) fn operations(&self) -> impl Iterator<Item = OurOperation<'a>> {
        self.path_items().flat_map(|item| {
            HTTP_METHODS.into_iter().filter_map(move |method| {
                let node = item.node.get(method)?;
                let id = node.get_str("operationId").unwrap_or_default();
                Some(OurOperation { id, item: item.clone(), method, node })
            })
        })
    }

    /// Finds our operation with this method and path. The names of path parameters are not compared.
    pub(super) fn find_operation(&self, method: &str, path: &str) -> Option<OurOperation<'a>> {
        let path = remove_parameter_names(path);
        self.operations().find(|ours| ours.method == method && remove_parameter_names(ours.item.path) == path)
    }

    /// Finds our path item with this path. The names of path parameters are not compared.
    pub(super) fn find_path_item(&self, path: &str) -> Option<OurPathItem<'a>> {
        let path = remove_parameter_names(path);
        self.path_items().find(|item| remove_parameter_names(item.path) == path)
    }

    /// Returns all schemas of our documents by name.
    pub(super) fn collect_schemas_by_name(&self) -> BTreeMap<&'a str, OurComponent<'a>> {
        let files = self.folder.file_paths_and_roots().filter(|(file, _)| file.starts_with("schemas/"));
        files.flat_map(|(file, tree)| components(file, tree)).collect()
    }

    /// Returns the components in a file of our documents, like `parameters.yaml`, each with its name.
    pub(super) fn list_components_in_file(
        &self,
        file: &'static str,
    ) -> impl Iterator<Item = (&'a str, OurComponent<'a>)> {
        self.folder.file_root(file).into_iter().flat_map(move |tree| components(file, tree))
    }

    /// Finds the docs page in our documents whose title equals `title` apart from case and punctuation. Returns the
    /// title as our documents spell it; `None` if there is no such page.
    pub(super) fn find_page_title(&self, title: &str) -> Option<&'a str> {
        let file = to_docs_page_file_stem(title);
        let tags = self.root?.get_items("tags").iter().filter_map(|tag| tag.get_str("name"));
        tags.into_iter().find(|tag| to_docs_page_file_stem(tag) == file)
    }

    /// Returns a map from the names of our fields and parameters to their newtypes (schemas with `x-newtype`, for ids
    /// and codes). A name is left out if the fields and parameters with this name have different newtypes.
    pub(super) fn collect_newtypes_by_field_or_parameter_name(&self) -> BTreeMap<&'a str, NewtypeSchema<'a>> {
        let mut found: BTreeMap<&str, Vec<NewtypeSchema<'a>>> = BTreeMap::new();
        for (file, tree) in self.folder.file_paths_and_roots() {
            self.find_newtypes(file, tree, &mut found);
        }
        let single = found.into_iter().filter_map(|(name, mut types)| {
            types.dedup_by(|a, b| a.file_path_and_pointer == b.file_path_and_pointer);
            Some((name, types.pop().filter(|_| types.is_empty())?))
        });
        single.collect()
    }

    fn find_newtypes(
        &self,
        file: &str,
        node: &'a Node,
        found: &mut BTreeMap<&'a str, Vec<NewtypeSchema<'a>>>,
    ) {
        let properties = node.get_entries("properties").map(|entry| (entry.key.as_str(), &entry.node));
        let parameter = node.get_str("in").and_then(|_| Some((node.get_str("name")?, node.get("schema")?)));
        for (name, schema) in properties.chain(parameter) {
            if let Some(target) =
                self.folder.follow_references(file, schema).filter(|t| t.node.value_is_true("x-newtype"))
            {
                let newtype =
                    NewtypeSchema { file_path_and_pointer: (target.file, target.pointer), node: target.node };
                found.entry(name).or_default().push(newtype);
                found
                    .entry(name)
                    .or_default()
                    .sort_by(|a, b| a.file_path_and_pointer.cmp(&b.file_path_and_pointer));
            }
        }
        match &node.value {
            Value::Object(object) => {
                object.iter().for_each(|entry| self.find_newtypes(file, &entry.node, found))
            }
            Value::Array(items) => items.iter().for_each(|item| self.find_newtypes(file, item, found)),
            _ => {}
        }
    }

    /// Finds our webhook that corresponds to a webhook of the vendor. Returns the schema of our webhook's payload,
    /// together with the schema's key in `components`.
    pub(super) fn find_webhook_payload_schema(&self, theirs: &Webhook) -> Option<(String, OurComponent<'a>)> {
        let schemas = self.collect_schemas_by_name();
        let known: Vec<Webhook> = schemas
            .iter()
            .filter_map(|(key, schema)| Webhook::from_payload_schema(key, schema.node))
            .collect();
        let found = theirs.find_counterpart(&known.iter().collect::<Vec<_>>())?;
        Some((found.payload_schema_key.clone(), *schemas.get(found.payload_schema_key.as_str())?))
    }

    /// Returns the path of the schema file to which the operations of a docs page refer most often. If these operations
    /// refer to no schema file, returns the path of a file named after the page.
    pub(super) fn choose_schema_file_path(&self, page: &str) -> String {
        let mut use_counts: BTreeMap<&str, usize> = BTreeMap::new();
        let text = self
            .folder
            .file_text(&format!("paths/{}.yaml", to_docs_page_file_stem(page)))
            .unwrap_or_default();
        for reference in text.split("../schemas/").skip(1) {
            if let Some((name, _)) = reference.split_once(".yaml#") {
                *use_counts.entry(name).or_default() += 1;
            }
        }
        // The file `errors.yaml` is never chosen as the schema file of a page: it has the schemas of error responses,
        // to which the operations of every page refer.
        use_counts.remove("errors");
        let most = use_counts.into_iter().max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)));
        format!(
            "schemas/{}.yaml",
            most.map_or_else(|| to_docs_page_file_stem(page), |(name, _)| name.to_owned())
        )
    }

    /// The base address of the vendor's docs: the address of a docs page without its last segment. The address is taken
    /// from the first of our operations that has the address of a docs page in `x-docs`.
    pub(super) fn find_docs_base_address(&self) -> Option<&'a str> {
        let mut pages =
            self.operations().filter_map(|operation| operation.node.get("x-docs")?.get_str("url"));
        let (address, _) = pages.next()?.rsplit_once('/')?;
        Some(address)
    }
}

fn components<'a>(file: &'a str, tree: &'a Node) -> impl Iterator<Item = (&'a str, OurComponent<'a>)> {
    let entries = tree.as_object().into_iter().flat_map(partner_spec::Object::iter);
    entries.map(move |entry| (entry.key.as_str(), OurComponent { file, node: &entry.node }))
}
