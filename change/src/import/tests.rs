//! Every operation of both documents is deleted from a copy, and imported from the bundle without texts and extensions.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use partner_model::DESCRIPTION_PLACEHOLDER;
use partner_spec::pointer::escape_token;
use partner_spec::{Api, Document, HTTP_METHODS, Node, ObjectKind, ReadResult, Value, ValueKind};

use super::*;
use crate::{DocumentState, compare_states, vendor, yaml};

/// The documents of an API, and its vendor's file: the bundle without texts and extensions.
struct Case {
    api: Api,
    folder: DocumentFolder,
    original: Document,
    vendor: VendorDocs,
    /// A copy of the documents.
    copy: tempfile::TempDir,
}

impl Case {
    fn new(api: Api) -> Case {
        let original =
            partner_spec::load_document(&api.root_file_path(), partner_spec::base_folder()).unwrap();
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&api.document_folder(), copy.path());
        let folder = DocumentFolder::lock_and_read(copy.path(), "spec").unwrap();
        let files = tempfile::tempdir().unwrap();
        let mut bundle = strip(ObjectKind::OpenApi, &original.root);
        bundle.set_value("x-webhooks", published_webhooks(&original.root));
        std::fs::write(files.path().join("vendor.yaml"), yaml::format_document_as_yaml(&bundle)).unwrap();
        let vendor = vendor::read_vendor_docs(files.path()).unwrap();
        Case { api, folder, original, vendor, copy }
    }

    /// Writes the folder to the copy, and reads the document.
    fn read(&self, folder: &DocumentFolder) -> ReadResult {
        folder.write_changed_files().unwrap();
        let root = self.copy.path().join("openapi.yaml");
        let reading = partner_spec::read_document(&root, self.copy.path());
        // The copy is the original again for the next operation.
        for name in folder.changed_file_paths().map(|name| name.replace("spec/", "")) {
            let from = self.api.document_folder().join(&name);
            match from.is_file() {
                true => drop(std::fs::copy(from, self.copy.path().join(name)).unwrap()),
                false => std::fs::remove_file(self.copy.path().join(name)).unwrap(),
            }
        }
        reading
    }
}

/// The webhooks of our document, as a vendor publishes webhooks.
fn published_webhooks(root: &Node) -> Node {
    let location = &root.location;
    let text = |text: &str| Node::new_string(text, location);
    let object = |key: &str, node: Node| Node::new_object([(key, node)], location);
    let items = list_webhooks(root).into_iter().map(|webhook| {
        let schema = Node::new_reference(
            format!("#/components/schemas/{}", escape_token(&webhook.payload_schema_key)),
            location,
        );
        let content = object("content", object("application/json", object("schema", schema)));
        let responses = object("responses", object("200", object("description", text("Fine."))));
        let mut operation = object("requestBody", content);
        operation.set_value("responses", responses.get("responses").unwrap().clone());
        (webhook.title, object("post", operation))
    });
    let items: Vec<(String, Node)> = items.collect();
    Node::new_object(items.iter().map(|(title, item)| (title.as_str(), item.clone())), location)
}

fn copy_folder(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => {
                std::fs::create_dir(&target).unwrap();
                copy_folder(&entry.path(), &target);
            }
            false => drop(std::fs::copy(entry.path(), target).unwrap()),
        }
    }
}

/// Removes all texts, titles and extensions.
fn strip(kind: ObjectKind, node: &Node) -> Node {
    let Some(object) = node.as_object() else { return node.clone() };
    let is_text = |key: &str| {
        key.starts_with("x-") || key == "description" || key == "title" && kind != ObjectKind::Info
    };
    let kept = object.iter().filter(|entry| node.ref_text().is_some() || !is_text(&entry.key));
    let entries = kept.map(|entry| {
        let value = match (kind.value_kind(&entry.key), &entry.node.value) {
            (Some(ValueKind::Object(child) | ValueKind::ObjectOrBool(child)), _) => strip(child, &entry.node),
            (Some(ValueKind::ObjectMap(child)), Value::Object(object)) => {
                let entries = object.iter().map(|entry| (entry.key.as_str(), strip(child, &entry.node)));
                Node::new_object(entries, &entry.node.location)
            }
            (Some(ValueKind::ObjectList(child)), Value::Array(items)) => {
                let items = items.iter().map(|item| strip(child, item)).collect();
                Node::new(Value::Array(items), &entry.node.location)
            }
            _ => entry.node.clone(),
        };
        (entry.key.as_str(), value)
    });
    Node::new_object(entries.collect::<Vec<_>>(), &node.location)
}

/// The names of the schemas that are used by a node, directly or by other schemas.
fn used_schemas<'n>(node: &'n Node, root: &'n Node, found: &mut BTreeSet<String>) {
    if let Some(name) = node.ref_text().and_then(|target| target.strip_prefix("#/components/schemas/"))
        && found.insert(name.to_owned())
    {
        used_schemas(node.resolve_reference(root).unwrap(), root, found);
    }
    match &node.value {
        Value::Object(object) => object.iter().for_each(|entry| used_schemas(&entry.node, root, found)),
        Value::Array(items) => items.iter().for_each(|item| used_schemas(item, root, found)),
        _ => {}
    }
}

/// The document with one path and the schemas that it uses alone.
fn only(root: &Node, path: &str) -> Node {
    let location = &root.location;
    let item = root.get("paths").unwrap().get(path).unwrap();
    let mut used = BTreeSet::new();
    used_schemas(item, root, &mut used);
    let schemas = used.iter().map(|name| {
        (name.as_str(), root.pointer(&format!("/components/schemas/{}", escape_token(name))).unwrap().clone())
    });
    let mut components = root.get("components").unwrap().clone();
    components.set_value("schemas", Node::new_object(schemas, location));
    let mut only = root.clone();
    only.set_value("paths", Node::new_object([(path, item.clone())], location));
    only.set_value("components", components);
    only
}

fn state(root: Node, document: &Document) -> DocumentState {
    let document =
        Document { root, file_paths: document.file_paths.clone(), total_bytes: document.total_bytes };
    let reading = ReadResult {
        document: Some(document),
        unresolved_trees: Vec::new(),
        file_paths: Vec::new(),
        findings: Findings::new(),
    };
    DocumentState::from_read_result(&reading, "api").unwrap().0
}

/// Deletes an operation, and the schemas that nothing else uses. Returns the names of these schemas.
fn delete(folder: &mut DocumentFolder, method: &str, path: &str) -> BTreeSet<String> {
    let (file, pointer, is_only) = {
        let item = OurDocuments::new(folder).find_path_item(path).unwrap();
        (
            item.file_path,
            item.pointer,
            HTTP_METHODS.iter().filter(|method| item.node.get(method).is_some()).count() == 1,
        )
    };
    if is_only {
        folder.edit_or_create_file(&file, |text| text.remove_entry_or_item(&pointer)).unwrap();
        folder
            .edit_or_create_file("openapi.yaml", |text| {
                text.remove_entry_or_item(&format!("/paths/{}", escape_token(path)))
            })
            .unwrap();
    } else {
        folder
            .edit_or_create_file(&file, |text| text.remove_entry_or_item(&format!("{pointer}/{method}")))
            .unwrap();
    }
    delete_unused(folder)
}

/// Deletes the schemas that nothing uses. Returns their names.
fn delete_unused(folder: &mut DocumentFolder) -> BTreeSet<String> {
    let mut deleted = BTreeSet::new();
    loop {
        let mut used = BTreeSet::new();
        folder
            .file_paths_and_roots()
            .for_each(|(file, tree)| collect_references(folder, file, tree, &mut used));
        let unused = OurDocuments::new(folder)
            .collect_schemas_by_name()
            .into_iter()
            .map(|(name, schema)| (schema.file.to_owned(), name.to_owned()));
        let unused: Vec<_> =
            unused.filter(|(file, name)| !used.contains(&(file.clone(), format!("/{name}")))).collect();
        if unused.is_empty() {
            return deleted;
        }
        for (file, name) in unused {
            folder.edit_or_create_file(&file, |text| text.remove_entry_or_item(&format!("/{name}"))).unwrap();
            deleted.insert(name);
        }
    }
}

/// Collects the targets of all references in a file: their files and JSON pointers.
fn collect_references(
    folder: &DocumentFolder,
    file: &str,
    node: &Node,
    found: &mut BTreeSet<(String, String)>,
) {
    if let Some((file, pointer)) =
        node.ref_text().and_then(|target| folder.locate_reference_target(file, target))
    {
        found.insert((file, pointer.to_owned()));
    }
    match &node.value {
        Value::Object(object) => object.iter().for_each(|e| collect_references(folder, file, &e.node, found)),
        Value::Array(items) => items.iter().for_each(|item| collect_references(folder, file, item, found)),
        _ => {}
    }
}

/// Counts the blanks by the kind of text.
fn count_blanks(node: &Node, key: &str, counts: &mut BTreeMap<String, usize>) {
    match &node.value {
        Value::String(text) if text == DESCRIPTION_PLACEHOLDER => {
            *counts.entry(key.to_owned()).or_default() += 1
        }
        Value::Array(items) => items.iter().for_each(|item| count_blanks(item, key, counts)),
        Value::Object(object) => object.iter().for_each(|entry| {
            let key = if key == "x-enum-descriptions" { key } else { &entry.key };
            count_blanks(&entry.node, key, counts);
        }),
        _ => {}
    }
}

#[test]
fn each_operation_that_is_imported_from_our_bundle_is_as_before_but_for_what_the_bundle_cannot_hold() {
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut differences = Vec::new();
    let mut operations = 0;
    for api in Api::ALL {
        let case = Case::new(api);
        let all: Vec<(&str, String)> = OurDocuments::new(&case.folder)
            .operations()
            .map(|o| (o.method, o.item.path.to_owned()))
            .collect();
        for (method, path) in all {
            operations += 1;
            let mut folder = case.folder.clone();
            let root = &case.original.root;
            let deleted = delete(&mut folder, method, &path);
            let title = format!("{} {path}", method.to_uppercase());
            let options = ImportOptions {
                only_item_identifier: Some(title.clone()),
                page_title: None,
                names_of_parts_to_update: Vec::new(),
                retrieved_on: "2026-11-26".into(),
            };
            let before = folder.clone();
            let imported = import_from_vendor(&mut folder, &case.vendor, &options).unwrap();
            assert!(imported.notes.is_empty(), "{title}: {:?}", imported.notes);
            for name in folder.changed_file_paths() {
                let name = name.trim_start_matches("spec/");
                let (old, new) =
                    (before.file_text(name).unwrap_or_default(), folder.file_text(name).unwrap());
                let mut lines = new.lines();
                let is_kept = |line: &str| lines.any(|new| new == line);
                assert!(old.lines().all(is_kept), "{title}: lines of {name} were changed or moved");
            }
            let reading = case.read(&folder);
            let document = reading.document.as_ref().unwrap();
            assert!(reading.findings.is_empty(), "{title}: {}", reading.findings);

            // Nothing but the operation and the deleted schemas is another one.
            let rest = |document: &Node| {
                let mut rest = document.clone();
                let item = rest.get_mut("paths").unwrap().get_mut(&path).unwrap();
                item.remove(method).unwrap();
                if HTTP_METHODS.iter().all(|method| item.get(method).is_none()) {
                    item.remove("parameters");
                }
                let schemas = rest.get_mut("components").unwrap().get_mut("schemas").unwrap();
                deleted.iter().for_each(|name| drop(schemas.remove(name)));
                rest
            };
            if rest(root) != rest(&document.root) {
                differences.push(format!("{title}: something else was changed"));
            }

            // What the vendor's file can hold is the same.
            let stripped = {
                let mut stripped = root.clone();
                let item = stripped.get_mut("paths").unwrap().get_mut(&path).unwrap();
                match HTTP_METHODS.iter().filter(|method| item.get(method).is_some()).count() {
                    1 => *item = strip(ObjectKind::PathItem, item),
                    _ => item.set_value(method, strip(ObjectKind::Operation, item.get(method).unwrap())),
                }
                let schemas = stripped.get_mut("components").unwrap().get_mut("schemas").unwrap();
                for name in &deleted {
                    schemas.set_value(name, strip(ObjectKind::Schema, schemas.get(name).unwrap()));
                }
                state(only(&stripped, &path), &case.original)
            };
            let after = state(only(&document.root, &path), &case.original);
            for change in compare_states(&stripped, &after) {
                let is_text = ["description-changed", "page-changed"].contains(&change.rule.id);
                if !is_text {
                    differences.push(format!("{title}: {} [{}]", change.message, change.rule.id));
                }
            }

            // What it cannot hold is listed by kind.
            let before = state(only(root, &path), &case.original);
            for change in compare_states(&before, &after) {
                *counts.entry(("changed".into(), change.rule.id.into())).or_default() += 1;
            }
            let mut blanks = BTreeMap::new();
            count_blanks(&only(&document.root, &path), "", &mut blanks);
            for (key, count) in blanks {
                *counts.entry(("blank".into(), key)).or_default() += count;
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
    assert_eq!(operations, 107);
    let mut text = String::new();
    for ((what, key), count) in counts {
        writeln!(text, "{what} {key}: {count}").unwrap();
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, snapshot_path => "../../tests/import" }, {
        insta::assert_snapshot!("not-in-a-vendors-file", text);
    });
}

#[test]
fn webhooks_that_are_imported_from_our_bundle_are_as_before_but_for_what_the_bundle_cannot_hold() {
    let mut count = 0;
    for api in Api::ALL {
        let case = Case::new(api);
        let mut folder = case.folder.clone();
        let root = &case.original.root;
        let all = list_webhooks(root);
        count += all.len();
        for webhook in &all {
            let pointer = format!("/components/schemas/{}", escape_token(&webhook.payload_schema_key));
            folder.edit_or_create_file("openapi.yaml", |text| text.remove_entry_or_item(&pointer)).unwrap();
        }
        let deleted = delete_unused(&mut folder);
        assert!(all.iter().all(|webhook| deleted.contains(&webhook.payload_schema_key)), "{deleted:?}");
        let options = ImportOptions {
            only_item_identifier: None,
            page_title: None,
            names_of_parts_to_update: Vec::new(),
            retrieved_on: "2026-11-26".into(),
        };
        let imported = import_from_vendor(&mut folder, &case.vendor, &options).unwrap();
        assert!(imported.notes.is_empty(), "{:?}", imported.notes);
        let reading = case.read(&folder);
        assert!(reading.findings.is_empty(), "{}", reading.findings);
        let mut stripped = root.clone();
        let schemas = stripped.get_mut("components").unwrap().get_mut("schemas").unwrap();
        for name in &deleted {
            let mut schema = strip(ObjectKind::Schema, schemas.get(name).unwrap());
            if let Some(webhook) = all.iter().find(|webhook| webhook.payload_schema_key == *name) {
                let title = Node::new_string(webhook.title.clone(), &schema.location);
                schema.set_value("x-public", Node::new_bool(true, &title.location));
                schema.set_value("x-webhook", Node::new_object([("title", title.clone())], &title.location));
            }
            schemas.set_value(name, schema);
        }
        let (before, after) = (
            state(stripped, &case.original),
            state(reading.document.as_ref().unwrap().root.clone(), &case.original),
        );
        let changes = compare_states(&before, &after);
        let is_text =
            |change: &&crate::Change| ["description-changed", "page-changed"].contains(&change.rule.id);
        let others: Vec<_> = changes.iter().filter(|change| !is_text(change)).collect();
        assert!(others.is_empty(), "{others:#?}");
        let again = import_from_vendor(&mut folder, &case.vendor, &options).unwrap_err();
        assert!(again.to_string().contains("the documents have all"), "{again}");
    }
    assert_eq!(count, 22);
}
