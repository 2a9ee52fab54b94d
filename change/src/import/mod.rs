//! Imports operations, schemas and webhooks from a vendor's documents into the documents of this workspace, as a draft.
//! Texts that a person has to write are marked with a [placeholder](partner_model::DESCRIPTION_PLACEHOLDER).
//!
//! [`DocumentFolder`] contains the files of the documents, and edits parts of their text. [`import_from_vendor`] adds
//! what the documents lack.

mod compare;
mod draft;
mod edit;
mod folder;
mod operation;
mod ours;
mod unread;
mod update;
mod webhook;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fmt;
use std::io;

use partner_model::names::{can_become_identifier, to_type_name};
use partner_spec::pointer::escape_token;
use partner_spec::{Findings, HTTP_METHODS, Node};

pub use folder::DocumentFolder;

use crate::vendor::VendorDocs;
use crate::webhooks::{Webhook, list_webhooks};
use edit::RefusedEdit;
use operation::VendorOperation;
use ours::OurDocuments;
use update::KnownVendorItem;

/// The maximum number of operations, webhooks and schemas, counted together, that one import adds.
const MAX_IMPORTED_ITEMS: usize = 1_000;

/// The options of an import: which parts of the vendor's file to import, and on which day the file was retrieved.
#[derive(Clone, Debug)]
pub struct ImportOptions {
    /// The only operation or webhook to import. It is identified by its `operationId`, by its title, or by its method
    /// and path. `None` imports everything that our documents lack.
    pub only_item_identifier: Option<String>,
    /// The title of the docs page for imported operations; `None` to take it from the vendor's tags.
    pub page_title: Option<String>,
    /// The names of the parts that the import updates: fields, parameters, enum values, alternatives, statuses and
    /// media types. Only operations and webhooks that our documents already have are updated. If the list is empty, new
    /// operations and webhooks are added instead.
    pub names_of_parts_to_update: Vec<String>,
    /// The day on which the vendor's file was retrieved, like `2026-01-31`.
    pub retrieved_on: String,
}

/// The result of an import.
#[derive(Clone, Debug, Default)]
pub struct ImportResult {
    /// A line of text for each change of our documents, like an added operation, an updated field, or a removed entry
    /// of `unread.yaml`.
    pub change_lines: Vec<String>,
    /// Notes for the person who completes the import: facts to know, and decisions to make.
    pub notes: Vec<String>,
}

/// The reason why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// A document of this workspace cannot be read.
    UnreadableWorkspaceDocument(Findings),
    /// The import was refused. The string is the reason. For example, there is nothing to import, or a person has to
    /// decide something first.
    Refused(String),
    /// A file cannot be read or written.
    Io(io::Error),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::UnreadableWorkspaceDocument(found) => found.fmt(f),
            ImportError::Refused(why) => f.write_str(why),
            ImportError::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ImportError {}

impl From<io::Error> for ImportError {
    fn from(error: io::Error) -> ImportError {
        ImportError::Io(error)
    }
}

impl From<RefusedEdit> for ImportError {
    fn from(place: RefusedEdit) -> ImportError {
        ImportError::Refused(place.to_string())
    }
}

/// Imports the vendor's operations and webhooks, with the schemas to which they refer, into our documents in memory. If
/// `options` names parts to update (such as fields), nothing is added, and these parts of existing operations and
/// webhooks are updated instead.
///
/// # Errors
///
/// Returns an error if there is nothing to import, or if a person has to decide something first.
pub fn import_from_vendor(
    folder: &mut DocumentFolder,
    vendor: &VendorDocs,
    options: &ImportOptions,
) -> Result<ImportResult, ImportError> {
    let mut imported = ImportResult::default();
    let mut known = Vec::new();
    let mut updated = BTreeSet::new();
    for published in &vendor.documents {
        let Some(document) = &published.read_result.document else { continue };
        let file = document.root.location.display_path();
        let stem = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        for path in document.root.get_entries("paths") {
            for method in HTTP_METHODS {
                let Some(operation) = path.node.get(method) else { continue };
                let source = VendorOperation {
                    vendor_root: &document.root,
                    method,
                    path: &path.key,
                    item: &path.node,
                    operation,
                    page_title: published.page_title.as_deref(),
                    file_stem: stem,
                };
                if !source.is_selected_by(options.only_item_identifier.as_deref()) {
                    continue;
                }
                let existing = OurDocuments::new(folder)
                    .find_operation(method, &path.key)
                    .map(|ours| ours.id.to_owned());
                match (existing, options.names_of_parts_to_update.is_empty()) {
                    (Some(_), false) => {
                        for name in &options.names_of_parts_to_update {
                            if update::apply_changes_of_named_parts(
                                folder,
                                KnownVendorItem::Operation(&source),
                                name,
                                &mut imported,
                            )? {
                                updated.insert(name);
                            }
                        }
                    }
                    (Some(id), true) => known.push(format!("{} as `{id}`", source.method_and_path())),
                    (None, false) => {}
                    (None, true) => {
                        check_imported_item_count(&imported)?;
                        operation::add_operation(folder, &source, options, &mut imported)?;
                    }
                }
            }
        }
        for theirs in list_webhooks(&document.root) {
            if options.only_item_identifier.as_ref().is_some_and(|wanted| *wanted != theirs.title) {
                continue;
            }
            let existing = OurDocuments::new(folder).find_webhook_payload_schema(&theirs).is_some();
            match (existing, options.names_of_parts_to_update.is_empty()) {
                (true, false) => {
                    for name in &options.names_of_parts_to_update {
                        let theirs = KnownVendorItem::Webhook { root: &document.root, webhook: &theirs };
                        if update::apply_changes_of_named_parts(folder, theirs, name, &mut imported)? {
                            updated.insert(name);
                        }
                    }
                }
                (true, true) => known.push(format!("the webhook {}", theirs.title)),
                (false, false) => {}
                (false, true) => {
                    check_imported_item_count(&imported)?;
                    add_webhook(folder, &document.root, stem, &theirs, options, &mut imported)?;
                }
            }
        }
    }
    if let Some(name) = options.names_of_parts_to_update.iter().find(|name| !updated.contains(name)) {
        return Err(ImportError::Refused(format!(
            "nothing that is called `{name}` differs from the vendor's file"
        )));
    }
    if imported.change_lines.is_empty() {
        return Err(ImportError::Refused(explain_empty_import(options, &known)));
    }
    Ok(imported)
}

/// Returns an error if the import has already added [`MAX_IMPORTED_ITEMS`] items: operations, webhooks and schemas
/// together.
fn check_imported_item_count(imported: &ImportResult) -> Result<(), ImportError> {
    if imported.change_lines.len() < MAX_IMPORTED_ITEMS {
        return Ok(());
    }
    let message = "the vendor's file has too much that the documents lack; name one operation or webhook";
    Err(ImportError::Refused(message.to_owned()))
}

/// Adds a webhook of the vendor to our documents, with the schema of its payload.
fn add_webhook(
    folder: &mut DocumentFolder,
    root: &Node,
    stem: &str,
    theirs: &Webhook,
    options: &ImportOptions,
    imported: &mut ImportResult,
) -> Result<(), ImportError> {
    let unread = unread::find_unread_entry(folder, stem, [Some(&theirs.title), None], None);
    let unread = unread.filter(|entry| entry.list_key == "webhooks");
    let schema = root.pointer(&format!("/components/schemas/{}", escape_token(&theirs.payload_schema_key)));
    let is_named = can_become_identifier(&theirs.payload_schema_key)
        && to_type_name(&theirs.payload_schema_key) == theirs.payload_schema_key;
    let about = webhook::NewWebhook {
        title: unread.as_ref().map_or(&theirs.title, |entry| &entry.title),
        path: theirs.path.as_deref(),
        docs_page_number: theirs.docs_page_number.as_deref(),
        preferred_schema_name: if is_named {
            theirs.payload_schema_key.clone()
        } else {
            webhook::derive_webhook_schema_name(&theirs.title)
        },
        example: schema.and_then(|schema| schema.get("example")),
    };
    webhook::add_webhook_payload_schema(folder, root, schema, &about, options, imported)?;
    unread.map_or(Ok(()), |entry| unread::remove_unread_entry(folder, &entry, imported))
}

/// Explains why there was nothing to import.
fn explain_empty_import(options: &ImportOptions, known: &[String]) -> String {
    match (&options.only_item_identifier, known) {
        (Some(wanted), []) => format!("the vendor's file has no operation or webhook `{wanted}`"),
        (Some(_), [known, ..]) => {
            format!("the documents already have {known}; `--update` takes over changes")
        }
        (None, []) => String::from("the vendor's file has no operation and no webhook"),
        (None, _) => String::from("the documents have all operations and webhooks of the vendor's file"),
    }
}

/// Adds new schemas to a file of our documents, and a line about each schema to `imported.change_lines`.
fn add_schemas_to_file(
    folder: &mut DocumentFolder,
    file: &str,
    schemas: &[(String, Node)],
    imported: &mut ImportResult,
) -> Result<(), ImportError> {
    if schemas.is_empty() {
        return Ok(());
    }
    folder.edit_or_create_file(file, |text| text.insert_entries("", None, schemas))?;
    imported.change_lines.extend(schemas.iter().map(|(name, _)| format!("{file}: the schema {name}")));
    Ok(())
}
