//! Updates operations and webhooks that our documents already have: takes over the vendor's changes of single fields,
//! parameters, enum values, statuses, media types, and keywords of schemas.

mod alternatives;

use partner_spec::pointer::escape_token;
use partner_spec::{Node, Object, ObjectKind, Value};

use super::draft::{DraftBuilder, make_text_placeholder};
use super::folder::{DocumentFolder, ResolvedNode};
use super::operation::VendorOperation;
use super::ours::{self, OurDocuments};
use super::{ImportError, ImportResult, webhook};
use crate::tree::SchemaFields;
use crate::webhooks::{Webhook, find_corresponding_payload_schema};

/// The maximum number of vendor changes that an import applies to one operation or webhook of our documents for one
/// argument of `--update`. An argument is a name: the import updates all parts with this name, like fields and
/// parameters.
const MAX_CHANGES_PER_UPDATE_ARGUMENT: usize = 100;

/// The maximum depth of nested schemas that an update compares.
const MAX_COMPARED_SCHEMA_DEPTH: usize = 40;

/// The schema keywords whose values are compared and copied as they are.
const LITERALLY_COMPARED_KEYWORDS: [&str; 16] = [
    "type",
    "format",
    "nullable",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "default",
    "deprecated",
];

/// An edit of one node in a file. The JSON pointer of the node is stored separately, in `ApplicableChange::edits`.
enum NodeEdit {
    Insert(String, Node),
    Push(Node),
    Replace(Node),
    Remove,
}

/// A change that the vendor has made, with the edits that make the same change in our documents.
struct ApplicableChange {
    text: String,
    edits: Vec<(PointerInFile, NodeEdit)>,
    schemas: Vec<(String, Node)>,
    notes: Vec<String>,
}

/// A JSON pointer, with the path of the file to which it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct PointerInFile {
    file: String,
    pointer: String,
}

/// An operation or webhook in the vendor's docs that our documents already contain.
#[derive(Clone, Copy)]
pub(super) enum KnownVendorItem<'v> {
    Operation(&'v VendorOperation<'v>),
    Webhook { root: &'v Node, webhook: &'v Webhook },
}

/// Copies the vendor's changes of all parts with the name `name`, within one operation or webhook, into our documents.
/// A part is a field, a parameter, an enum value, an alternative of a union, a status or a media type. If a keyword of
/// a schema changed, the field or parameter with this schema counts as changed. Returns whether there were any changes.
pub(super) fn apply_changes_of_named_parts(
    folder: &mut DocumentFolder,
    theirs: KnownVendorItem<'_>,
    name: &str,
    imported: &mut ImportResult,
) -> Result<bool, ImportError> {
    for changes in 0..MAX_CHANGES_PER_UPDATE_ARGUMENT {
        let Some(schema_file_path) = choose_schema_file_path(folder, theirs) else { return Ok(false) };
        let Some(change) = find_next_change(folder, theirs, name, &schema_file_path) else {
            return Ok(changes > 0);
        };
        super::add_schemas_to_file(folder, &schema_file_path, &change.schemas, imported)?;
        for (spot, edit) in change.edits {
            folder.edit_or_create_file(&spot.file, |file| match edit {
                NodeEdit::Insert(key, node) => file.insert_entries(&spot.pointer, None, &[(key, node)]),
                NodeEdit::Push(node) => file.append_item(&spot.pointer, &node),
                NodeEdit::Replace(node) => file.replace_value(&spot.pointer, &node),
                NodeEdit::Remove => file.remove_entry_or_item(&spot.pointer),
            })?;
        }
        imported.change_lines.push(change.text);
        imported.notes.extend(change.notes);
    }
    Ok(true)
}

/// Chooses the path of the file to which new schemas are added. For an operation, this is the schema file of its docs
/// page; for a webhook, the schema file of all webhooks. Returns `None` if our documents do not contain the operation.
fn choose_schema_file_path(folder: &DocumentFolder, theirs: KnownVendorItem<'_>) -> Option<String> {
    let ours = OurDocuments::new(folder);
    match theirs {
        KnownVendorItem::Operation(source) => Some(
            ours.choose_schema_file_path(&docs_page_title(&ours.find_operation(source.method, source.path)?)),
        ),
        KnownVendorItem::Webhook { .. } => Some(webhook::WEBHOOK_SCHEMA_FILE_PATH.to_owned()),
    }
}

/// Finds the next change of the vendor that is not yet applied to our documents.
fn find_next_change<'a>(
    folder: &'a DocumentFolder,
    theirs: KnownVendorItem<'a>,
    name: &'a str,
    schema_file_path: &'a str,
) -> Option<ApplicableChange> {
    let root = match theirs {
        KnownVendorItem::Operation(source) => source.vendor_root,
        KnownVendorItem::Webhook { root, .. } => root,
    };
    let mut search = ChangeSearch {
        folder,
        root,
        name,
        schema_file_path,
        compared_schema_pointers: Vec::new(),
        example_value_pointers: Vec::new(),
    };
    match theirs {
        KnownVendorItem::Operation(source) => {
            let ours = OurDocuments::new(folder).find_operation(source.method, source.path)?;
            search.find_operation_change(&ours, source.operation, source.item)
        }
        KnownVendorItem::Webhook { webhook, .. } => search.find_webhook_change(webhook),
    }
}

fn docs_page_title(operation: &ours::OurOperation<'_>) -> String {
    operation.node.get("x-docs").and_then(|docs| docs.get_str("page")).unwrap_or_default().to_owned()
}

/// A search for the next change in the vendor's document that is not yet applied to our documents.
struct ChangeSearch<'a> {
    folder: &'a DocumentFolder,
    root: &'a Node,
    name: &'a str,
    schema_file_path: &'a str,
    /// The JSON pointers of our schemas that were already compared with the vendor's schemas in this search.
    compared_schema_pointers: Vec<PointerInFile>,
    /// The places of the compared schema's example values: the file and the JSON pointer of each value. If a field is
    /// removed from the schema, the field is also removed from these example values.
    example_value_pointers: Vec<PointerInFile>,
}

impl PointerInFile {
    fn child_pointer(&self, key: &str) -> PointerInFile {
        PointerInFile { file: self.file.clone(), pointer: format!("{}/{}", self.pointer, escape_token(key)) }
    }
}

impl<'a> ChangeSearch<'a> {
    fn find_operation_change(
        &mut self,
        ours: &ours::OurOperation<'a>,
        theirs: &'a Node,
        their_item: &'a Node,
    ) -> Option<ApplicableChange> {
        let item = PointerInFile { file: ours.item.file_path.clone(), pointer: ours.item.pointer.clone() };
        let spot = item.child_pointer(ours.method);
        self.find_parameter_change(&[item, spot.clone()], theirs, their_item)
            .or_else(|| self.find_body_change(&spot, ours.node, theirs))
            .or_else(|| self.find_response_change(&spot, ours.node, theirs))
    }

    fn find_webhook_change(&mut self, theirs: &Webhook) -> Option<ApplicableChange> {
        let (key, ours) = OurDocuments::new(self.folder).find_webhook_payload_schema(theirs)?;
        let spot = PointerInFile { file: ours.file.to_owned(), pointer: format!("/{}", escape_token(&key)) };
        let parts = self.list_pointers_to_defining_schemas(&spot, 0);
        let mut fields = parts.iter().filter_map(|part| self.find_our_node(part)?.get("properties"));
        let ours_has_data_field = fields.any(|fields| fields.get("data").is_some());
        let payload = self
            .root
            .pointer(&format!("/components/schemas/{}", escape_token(&theirs.payload_schema_key)))?;
        self.example_value_pointers.extend(ours.node.get("example").map(|_| spot.child_pointer("example")));
        self.find_schema_change(
            "",
            &spot,
            find_corresponding_payload_schema(self.root, payload, ours_has_data_field)?,
            0,
        )
    }

    /// Compares the parameters of our operation with those of the vendor's operation, and returns the first change. The
    /// function gets the JSON pointers of our path item and of our operation, because both can have parameters.
    fn find_parameter_change(
        &mut self,
        path_item_and_operation_pointers: &[PointerInFile; 2],
        theirs: &'a Node,
        item: &'a Node,
    ) -> Option<ApplicableChange> {
        let key =
            |node: &Node| (node.get_str("name").map(str::to_owned), node.get_str("in").map(str::to_owned));
        let ours: Vec<(PointerInFile, ResolvedNode<'a>)> = path_item_and_operation_pointers
            .iter()
            .flat_map(|holder| self.resolve_list_items(&holder.child_pointer("parameters")))
            .collect();
        let theirs: Vec<&'a Node> = item
            .get_items("parameters")
            .iter()
            .chain(theirs.get_items("parameters"))
            .filter_map(|parameter| parameter.resolve_reference(self.root))
            .collect();
        let is_named = |node: &Node| node.get_str("name") == Some(self.name);
        let added =
            theirs.iter().find(|p| is_named(p) && !ours.iter().any(|(_, known)| key(known.node) == key(p)));
        if let Some(added) = added {
            let [_, operation] = path_item_and_operation_pointers;
            let mut draft = DraftBuilder::new(self.root, self.folder, self.schema_file_path);
            let written = draft.convert_parameter(added, &operation.file);
            let list = operation.child_pointer("parameters");
            let edit = match self.find_our_node(&list) {
                Some(_) => (list, NodeEdit::Push(written)),
                None => {
                    let list = Node::new(Value::Array(vec![written]), &added.location);
                    (operation.clone(), NodeEdit::Insert(String::from("parameters"), list))
                }
            };
            return Some(self.make_change_from_draft(
                format!("the parameter `{}` was added", self.name),
                vec![edit],
                draft,
            ));
        }
        for (spot, known) in &ours {
            let Some(same) = theirs.iter().find(|theirs| key(theirs) == key(known.node)) else {
                if !is_named(known.node) {
                    continue;
                }
                return self.make_change(
                    format!("the parameter `{}` was removed", self.name),
                    vec![self.make_removal_edit(spot)],
                );
            };
            let place = PointerInFile {
                file: known.file.clone(),
                pointer: if known.pointer.is_empty() { spot.pointer.clone() } else { known.pointer.clone() },
            };
            let found = is_named(known.node)
                .then(|| {
                    self.find_first_keyword_change(&place, known.node, same, &["required", "deprecated"])
                })
                .flatten();
            let name = known.node.get_str("name").unwrap_or_default();
            let found = found.or_else(|| {
                self.find_schema_change(name, &place.child_pointer("schema"), same.get("schema")?, 0)
            });
            if found.is_some() {
                return found;
            }
        }
        None
    }

    fn find_body_change(
        &mut self,
        spot: &PointerInFile,
        ours: &'a Node,
        theirs: &'a Node,
    ) -> Option<ApplicableChange> {
        ours.get("requestBody")?;
        let place = self.follow_references_at(&spot.child_pointer("requestBody"))?;
        let theirs = theirs.get("requestBody")?.resolve_reference(self.root)?;
        self.find_media_type_change(&place, theirs)
    }

    fn find_response_change(
        &mut self,
        spot: &PointerInFile,
        ours: &'a Node,
        theirs: &'a Node,
    ) -> Option<ApplicableChange> {
        let list = spot.child_pointer("responses");
        if let Some(added) = theirs
            .get("responses")?
            .get(self.name)
            .filter(|_| ours.get("responses").is_some_and(|r| r.get(self.name).is_none()))
        {
            let mut draft = DraftBuilder::new(self.root, self.folder, self.schema_file_path);
            let written = draft.apply_conventions_to_nested_object(
                ObjectKind::Responses,
                ObjectKind::Response,
                added,
                &spot.file,
            );
            let edit = (list, NodeEdit::Insert(self.name.to_owned(), written));
            return Some(self.make_change_from_draft(
                format!("the status {} was added", self.name),
                vec![edit],
                draft,
            ));
        }
        for entry in ours.get_entries("responses") {
            let place = list.child_pointer(&entry.key);
            match theirs
                .get("responses")?
                .get(&entry.key)
                .and_then(|response| response.resolve_reference(self.root))
            {
                None if entry.key == self.name => {
                    return self.make_change(
                        format!("the status {} was removed", self.name),
                        vec![(place, NodeEdit::Remove)],
                    );
                }
                None => {}
                Some(response) => {
                    let place = self.follow_references_at(&place)?;
                    let found = self.find_media_type_change(&place, response);
                    if found.is_some() {
                        return found;
                    }
                }
            }
        }
        None
    }

    /// Compares the media types of a request body or response in our document with those in the vendor's document.
    /// Returns the first change. `spot` is the location of our request body or response, and `theirs` is the vendor's
    /// request body or response.
    fn find_media_type_change(&mut self, spot: &PointerInFile, theirs: &'a Node) -> Option<ApplicableChange> {
        let content = spot.child_pointer("content");
        let ours = self.find_our_node(&content)?;
        for entry in theirs.get_entries("content") {
            if ours.get(&entry.key).is_none() && entry.key == self.name {
                let mut draft = DraftBuilder::new(self.root, self.folder, self.schema_file_path);
                let written = draft.apply_conventions_to_nested_object(
                    ObjectKind::RequestBody,
                    ObjectKind::MediaType,
                    &entry.node,
                    &spot.file,
                );
                let edit = (content, NodeEdit::Insert(entry.key.clone(), written));
                return Some(self.make_change_from_draft(
                    format!("the media type {} was added", self.name),
                    vec![edit],
                    draft,
                ));
            }
        }
        for entry in ours.as_object().into_iter().flat_map(Object::iter) {
            let place = content.child_pointer(&entry.key);
            let Some(same) = theirs.get("content").and_then(|content| content.get(&entry.key)) else {
                if entry.key == self.name {
                    return self.make_change(
                        format!("the media type {} was removed", self.name),
                        vec![(place, NodeEdit::Remove)],
                    );
                }
                continue;
            };
            let Some(schema) = same.get("schema") else { continue };
            let named = entry.node.get_entries("examples").map(|example| {
                place.child_pointer("examples").child_pointer(&example.key).child_pointer("value")
            });
            self.example_value_pointers = [place.child_pointer("example")]
                .into_iter()
                .chain(named)
                .filter(|spot| self.find_our_node(spot).is_some())
                .collect();
            let found = self.find_schema_change("", &place.child_pointer("schema"), schema, 0);
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Compares our schema at `spot` (a JSON pointer into a file) with the vendor's schema `theirs`, and returns the
    /// first change. `name` is the name of the field or parameter to which both schemas belong.
    fn find_schema_change(
        &mut self,
        name: &str,
        spot: &PointerInFile,
        theirs: &'a Node,
        depth: usize,
    ) -> Option<ApplicableChange> {
        let place = self.follow_references_at(spot)?;
        let theirs = theirs.resolve_reference(self.root)?;
        if depth > MAX_COMPARED_SCHEMA_DEPTH || self.compared_schema_pointers.contains(&place) {
            return None;
        }
        let ours = self.find_our_node(&place)?;
        // An `allOf` with a single member only adds a description to a reference, so the member is compared instead of
        // the `allOf`.
        if let ([_], None) = (ours.get_items("allOf"), ours.get("properties")) {
            return self.find_schema_change(
                name,
                &place.child_pointer("allOf").child_pointer("0"),
                theirs,
                depth + 1,
            );
        }
        if let ([only], None) = (theirs.get_items("allOf"), theirs.get("properties")) {
            return self.find_schema_change(name, &place, only, depth + 1);
        }
        self.compared_schema_pointers.push(place.clone());
        let is_named = name == self.name;
        is_named
            .then(|| self.find_first_keyword_change(&place, ours, theirs, &LITERALLY_COMPARED_KEYWORDS))
            .flatten()
            .or_else(|| self.find_enum_value_change(&place, ours, theirs))
            .or_else(|| self.find_union_alternative_change(name, &place, theirs, depth))
            .or_else(|| self.find_field_change(&place, theirs, depth))
            .or_else(|| {
                self.example_value_pointers = self
                    .example_value_pointers
                    .iter()
                    .flat_map(|spot| self.resolve_list_items(spot))
                    .map(|(spot, _)| spot)
                    .collect();
                self.find_schema_change(name, &place.child_pointer("items"), theirs.get("items")?, depth + 1)
            })
            .or_else(|| {
                let rest = theirs.get("additionalProperties").filter(|rest| rest.as_object().is_some())?;
                self.find_schema_change(name, &place.child_pointer("additionalProperties"), rest, depth + 1)
            })
    }

    fn find_field_change(
        &mut self,
        place: &PointerInFile,
        theirs: &'a Node,
        depth: usize,
    ) -> Option<ApplicableChange> {
        let parts = self.list_pointers_to_defining_schemas(place, depth);
        let published = SchemaFields::read(self.root, theirs);
        if published.fields.is_empty() {
            return None;
        }
        let fields = parts.iter().flat_map(|part| {
            let entries =
                self.find_our_node(part).into_iter().flat_map(|node| node.get_entries("properties"));
            entries.map(move |entry| (part, entry.key.as_str()))
        });
        let ours: Vec<(&PointerInFile, &str)> = fields.collect();
        let wanted = self.name;
        // If several members of an `allOf` have the field, the field of the last member counts, because the last member
        // is the most specific. For example, the first member describes what all responses have in common, and the last
        // member describes the `data` of this response.
        let our_field = ours.iter().rfind(|(_, name)| *name == wanted).copied();
        let is_required = published.required_field_names.contains(&wanted);
        let was_required = parts.iter().any(|part| self.find_index_in_required_list(part, wanted).is_some());
        match (our_field, published.field_schema(wanted)) {
            (None, Some(node)) => return self.make_field_addition_change(parts.last()?, node, is_required),
            (Some((part, _)), None) => return self.make_field_removal_change(part),
            (Some((part, _)), Some(_)) if was_required != is_required => {
                let holder = parts
                    .iter()
                    .find(|part| self.find_index_in_required_list(part, wanted).is_some())
                    .unwrap_or(part);
                let word = if is_required { "required" } else { "optional" };
                let edit = self.make_required_list_edit(holder, is_required)?;
                return self.make_change(format!("the field `{wanted}` is {word}"), vec![edit]);
            }
            _ => {}
        }
        let examples = self.example_value_pointers.clone();
        for (index, (part, name)) in ours.iter().enumerate() {
            let is_last = !ours[index + 1..].iter().any(|(_, other)| other == name);
            let Some(node) = published.field_schema(name).filter(|_| is_last) else { continue };
            self.example_value_pointers = examples
                .iter()
                .map(|spot| spot.child_pointer(name))
                .filter(|spot| self.find_our_node(spot).is_some())
                .collect();
            let found = self.find_schema_change(
                name,
                &part.child_pointer("properties").child_pointer(name),
                node,
                depth + 1,
            );
            if found.is_some() {
                return found;
            }
        }
        self.example_value_pointers = examples;
        None
    }

    fn make_field_addition_change(
        &self,
        part: &PointerInFile,
        node: &'a Node,
        is_required: bool,
    ) -> Option<ApplicableChange> {
        let mut draft = DraftBuilder::new(self.root, self.folder, self.schema_file_path);
        let written = draft.convert_property(self.name, node, &part.file);
        let properties = part.child_pointer("properties");
        let mut edits = vec![match self.find_our_node(&properties) {
            Some(_) => (properties, NodeEdit::Insert(self.name.to_owned(), written)),
            None => {
                let properties = Node::new_object([(self.name, written)], &node.location);
                (part.clone(), NodeEdit::Insert(String::from("properties"), properties))
            }
        }];
        if is_required {
            edits.push(self.make_required_list_edit(part, true)?);
        }
        Some(self.make_change_from_draft(format!("the field `{}` was added", self.name), edits, draft))
    }

    /// Makes the change that removes a field from a schema, and that also removes the values of this field from the
    /// examples.
    fn make_field_removal_change(&self, part: &PointerInFile) -> Option<ApplicableChange> {
        let mut edits = vec![(part.child_pointer("properties").child_pointer(self.name), NodeEdit::Remove)];
        edits.extend(self.make_required_list_edit(part, false));
        let shown = self
            .example_value_pointers
            .iter()
            .map(|spot| spot.child_pointer(self.name))
            .filter(|spot| self.find_our_node(spot).is_some());
        edits.extend(shown.map(|spot| self.make_removal_edit(&spot)));
        self.make_change(format!("the field `{}` was removed", self.name), edits)
    }

    /// Makes the edit that adds the field `self.name` to the list `required` of our schema, or removes the field from
    /// this list. Returns `None` if no edit is necessary.
    fn make_required_list_edit(
        &self,
        part: &PointerInFile,
        is_required: bool,
    ) -> Option<(PointerInFile, NodeEdit)> {
        let list = part.child_pointer("required");
        let name = Node::new_string(self.name, &self.root.location);
        match (is_required, self.find_our_node(&list)) {
            (true, Some(_)) => Some((list, NodeEdit::Push(name))),
            (true, None) => {
                let list = Node::new(Value::Array(vec![name]), &self.root.location);
                Some((part.clone(), NodeEdit::Insert(String::from("required"), list)))
            }
            (false, _) => {
                let index = self.find_index_in_required_list(part, self.name)?;
                Some(self.make_removal_edit(&list.child_pointer(&index.to_string())))
            }
        }
    }

    /// Finds the index of a field in the list `required` of a schema; `None` if the field is optional.
    fn find_index_in_required_list(&self, part: &PointerInFile, name: &str) -> Option<usize> {
        self.find_our_node(part)?.get_items("required").iter().position(|item| item.as_str() == Some(name))
    }

    fn find_enum_value_change(
        &self,
        place: &PointerInFile,
        ours: &'a Node,
        theirs: &'a Node,
    ) -> Option<ApplicableChange> {
        let position =
            |node: &Node| node.get_items("enum").iter().position(|value| value.as_str() == Some(self.name));
        if ours.get("enum").is_none() || theirs.get("enum").is_none() {
            return None;
        }
        let meanings = place.child_pointer("x-enum-descriptions");
        match (position(ours), position(theirs)) {
            (None, Some(_)) => {
                let location = &ours.location;
                let mut edits = vec![(
                    place.child_pointer("enum"),
                    NodeEdit::Push(Node::new_string(self.name, location)),
                )];
                edits.extend(self.find_our_node(&meanings).map(|_| {
                    (meanings, NodeEdit::Insert(self.name.to_owned(), make_text_placeholder(location)))
                }));
                self.make_change(format!("the enum value `{}` was added", self.name), edits)
            }
            (Some(index), None) => {
                let mut edits = vec![
                    self.make_removal_edit(&place.child_pointer("enum").child_pointer(&index.to_string())),
                ];
                let meaning = meanings.child_pointer(self.name);
                edits.extend(self.find_our_node(&meaning).map(|_| (meaning, NodeEdit::Remove)));
                self.make_change(format!("the enum value `{}` was removed", self.name), edits)
            }
            _ => None,
        }
    }

    /// Compares the keywords `keys` in our version and in the vendor's version of a schema or parameter. Returns the
    /// change of the first keyword that differs.
    fn find_first_keyword_change(
        &self,
        place: &PointerInFile,
        ours: &'a Node,
        theirs: &'a Node,
        keys: &[&str],
    ) -> Option<ApplicableChange> {
        let changed = keys.iter().find_map(|key| {
            let (old, new) = (ours.get(key), theirs.get(key));
            // Two kinds of differences do not count as changes. Only our documents use the format `decimal`, so the
            // vendor's document has another format or none. And a flag that is absent means the same as a flag that is
            // `false`.
            let is_our_decimal_format = *key == "format" && old.and_then(Node::as_str) == Some("decimal");
            let is_false = |node: Option<&Node>| node.is_none_or(|node| node.value == Value::Bool(false));
            let is_same = old == new || is_our_decimal_format || is_false(old) && is_false(new);
            (!is_same).then_some((*key, old, new))
        });
        let (key, old, new) = changed?;
        let edit = match (old, new) {
            (Some(_), Some(new)) => (place.child_pointer(key), NodeEdit::Replace(new.clone())),
            (None, Some(new)) => (place.clone(), NodeEdit::Insert(key.to_owned(), new.clone())),
            (_, None) => (place.child_pointer(key), NodeEdit::Remove),
        };
        self.make_change(format!("`{key}` of `{}` was changed", self.name), vec![edit])
    }

    /// Lists the JSON pointers of the schemas that can define fields of the schema at `place`: the schema itself and
    /// the members of its `allOf`, including the members of nested `allOf`s. For a member that is a reference, lists
    /// the pointer of its target.
    fn list_pointers_to_defining_schemas(&self, place: &PointerInFile, depth: usize) -> Vec<PointerInFile> {
        let Some(node) = self.find_our_node(place).filter(|_| depth <= MAX_COMPARED_SCHEMA_DEPTH) else {
            return Vec::new();
        };
        let members = (0..node.get_items("allOf").len()).filter_map(|index| {
            self.follow_references_at(&place.child_pointer("allOf").child_pointer(&index.to_string()))
        });
        let mut parts: Vec<PointerInFile> =
            members.flat_map(|member| self.list_pointers_to_defining_schemas(&member, depth + 1)).collect();
        if parts.is_empty() || node.get("properties").is_some() {
            parts.push(place.clone());
        }
        parts
    }

    /// Makes the edit that removes a list item or an object entry. If the list or object contains nothing else, the
    /// edit removes the whole list or object.
    fn make_removal_edit(&self, spot: &PointerInFile) -> (PointerInFile, NodeEdit) {
        let (parent, _) = spot.pointer.rsplit_once('/').unwrap_or_default();
        let parent = PointerInFile { file: spot.file.clone(), pointer: parent.to_owned() };
        let is_only = self.find_our_node(&parent).is_some_and(|node| match &node.value {
            Value::Array(items) => items.len() == 1,
            Value::Object(object) => object.len() == 1,
            _ => false,
        });
        (if is_only { parent } else { spot.clone() }, NodeEdit::Remove)
    }

    /// Finds the node at a JSON pointer in our documents.
    fn find_our_node(&self, spot: &PointerInFile) -> Option<&'a Node> {
        self.folder.file_root(&spot.file)?.pointer(&spot.pointer)
    }

    /// Follows the references that begin at a JSON pointer, and returns the pointer of the node at their end. If the
    /// node at the JSON pointer is not a reference, returns the same pointer.
    fn follow_references_at(&self, spot: &PointerInFile) -> Option<PointerInFile> {
        let target = self.folder.follow_references(&spot.file, self.find_our_node(spot)?)?;
        Some(match target.pointer.as_str() {
            "" => spot.clone(),
            _ => PointerInFile { file: target.file, pointer: target.pointer },
        })
    }

    /// Returns the items of a list in our documents, each with its file and JSON pointer. An item that is a `$ref` is
    /// replaced by its target.
    fn resolve_list_items(&self, list: &PointerInFile) -> Vec<(PointerInFile, ResolvedNode<'a>)> {
        let items = self.find_our_node(list).and_then(Node::as_array).unwrap_or_default();
        let items = items.iter().enumerate();
        items
            .filter_map(|(index, item)| {
                Some((
                    list.child_pointer(&index.to_string()),
                    self.folder.follow_references(&list.file, item)?,
                ))
            })
            .collect()
    }

    fn make_change(&self, text: String, edits: Vec<(PointerInFile, NodeEdit)>) -> Option<ApplicableChange> {
        let place = edits.first().map(|(spot, _)| spot.file.clone()).unwrap_or_default();
        Some(ApplicableChange {
            text: format!("{place}: {text}"),
            edits,
            schemas: Vec::new(),
            notes: Vec::new(),
        })
    }

    fn make_change_from_draft(
        &self,
        text: String,
        edits: Vec<(PointerInFile, NodeEdit)>,
        mut draft: DraftBuilder<'_>,
    ) -> ApplicableChange {
        let place = edits.first().map(|(spot, _)| spot.file.clone()).unwrap_or_default();
        let schemas = draft.convert_pending_schemas();
        ApplicableChange { text: format!("{place}: {text}"), edits, schemas, notes: draft.notes }
    }
}
