//! Takes operations, schemas and webhooks of what a vendor publishes into the documents of this workspace, as a draft: what
//! a vendor's document cannot say in our words is marked [blank](partner_model::BLANK_DESCRIPTION), for a person to write.
//!
//! [`Folder`] has the files, and edits their text in place. [`import`] adds what the documents lack.

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

use partner_model::names::{is_nameable, type_name};
use partner_spec::pointer::escape;
use partner_spec::{Diagnostics, METHODS, Node};

pub use folder::Folder;

use crate::vendor::Vendor;
use crate::webhooks::{Webhook, webhooks};
use edit::Uneditable;
use operation::Source;
use ours::Ours;
use update::Theirs;

/// The most operations and schemas that are imported at once.
const MAX_ADDED: usize = 1_000;

/// What to import, and what is known about its source.
#[derive(Clone, Debug)]
pub struct Options {
    /// The only operation or webhook to import: its `operationId` or title, or its method and path. `None` for all that
    /// the documents lack.
    pub operation: Option<String>,
    /// The title of the docs page. `None` if the vendor's tags name the page.
    pub page: Option<String>,
    /// The names of fields, parameters, enum values, alternatives, statuses and media types whose changes are taken over, in
    /// operations and webhooks that the documents have. If there are none, operations and webhooks are added instead.
    pub update: Vec<String>,
    /// The day on which the vendor's file was retrieved, like `2026-01-31`.
    pub retrieved: String,
}

/// What was imported.
#[derive(Clone, Debug, Default)]
pub struct Imported {
    /// A line for each operation, schema and webhook that was added, and for each entry of `unread.yaml` that was
    /// removed.
    pub added: Vec<String>,
    /// What a person has to know or decide.
    pub notes: Vec<String>,
}

/// The reason why nothing was imported.
#[derive(Debug)]
pub enum Error {
    /// A document of this workspace cannot be read.
    Document(Diagnostics),
    /// There is nothing to import, or a person has to decide something before. The text says what.
    Refused(String),
    /// A file cannot be read or written.
    Io(io::Error),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Document(found) => found.fmt(f),
            Error::Refused(why) => f.write_str(why),
            Error::Io(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Io(error)
    }
}

impl From<Uneditable> for Error {
    fn from(place: Uneditable) -> Error {
        Error::Refused(place.to_string())
    }
}

/// Adds operations and webhooks to the documents in memory, with the schemas that they need.
///
/// # Errors
///
/// If there is nothing to add, or a person has to decide something before.
pub fn import(folder: &mut Folder, vendor: &Vendor, options: &Options) -> Result<Imported, Error> {
    let mut imported = Imported::default();
    let mut known = Vec::new();
    let mut updated = BTreeSet::new();
    for published in &vendor.documents {
        let Some(document) = &published.reading.document else { continue };
        let file = document.root.location.name();
        let stem = file.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default();
        for path in document.root.entries("paths") {
            for method in METHODS {
                let Some(operation) = path.node.get(method) else { continue };
                let source = Source {
                    root: &document.root,
                    method,
                    path: &path.key,
                    item: &path.node,
                    operation,
                    page: published.page.as_deref(),
                    stem,
                };
                if !source.is_wanted(options.operation.as_deref()) {
                    continue;
                }
                let existing = Ours::new(folder).find(method, &path.key).map(|ours| ours.id.to_owned());
                match (existing, options.update.is_empty()) {
                    (Some(_), false) => {
                        for name in &options.update {
                            if update::apply(folder, Theirs::Operation(&source), name, &mut imported)? {
                                updated.insert(name);
                            }
                        }
                    }
                    (Some(id), true) => known.push(format!("{} as `{id}`", source.title())),
                    (None, false) => {}
                    (None, true) if imported.added.len() < MAX_ADDED => {
                        operation::add(folder, &source, options, &mut imported)?;
                    }
                    (None, true) => {
                        let message =
                            "the vendor's file has too much that the documents lack; name one operation";
                        return Err(Error::Refused(message.to_owned()));
                    }
                }
            }
        }
        for theirs in webhooks(&document.root) {
            if options.operation.as_ref().is_some_and(|wanted| *wanted != theirs.title) {
                continue;
            }
            let existing = Ours::new(folder).webhook(&theirs).is_some();
            match (existing, options.update.is_empty()) {
                (true, false) => {
                    for name in &options.update {
                        let theirs = Theirs::Webhook { root: &document.root, webhook: &theirs };
                        if update::apply(folder, theirs, name, &mut imported)? {
                            updated.insert(name);
                        }
                    }
                }
                (true, true) => known.push(format!("the webhook {}", theirs.title)),
                (false, false) => {}
                (false, true) => add_webhook(folder, &document.root, stem, &theirs, options, &mut imported)?,
            }
        }
    }
    if let Some(name) = options.update.iter().find(|name| !updated.contains(name)) {
        return Err(Error::Refused(format!(
            "nothing that is called `{name}` differs from the vendor's file"
        )));
    }
    if imported.added.is_empty() {
        return Err(Error::Refused(describe_nothing(options, &known)));
    }
    Ok(imported)
}

/// Adds a webhook of a vendor's document.
fn add_webhook(
    folder: &mut Folder,
    root: &Node,
    stem: &str,
    theirs: &Webhook,
    options: &Options,
    imported: &mut Imported,
) -> Result<(), Error> {
    let unread = unread::find(folder, stem, [Some(&theirs.title), None], None);
    let unread = unread.filter(|entry| entry.list == "webhooks");
    let schema = root.pointer(&format!("/components/schemas/{}", escape(&theirs.key)));
    let is_named = is_nameable(&theirs.key) && type_name(&theirs.key) == theirs.key;
    let about = webhook::About {
        title: unread.as_ref().map_or(&theirs.title, |entry| &entry.title),
        path: theirs.path.as_deref(),
        page: theirs.page.as_deref(),
        name: if is_named { theirs.key.clone() } else { webhook::schema_name(&theirs.title) },
        example: schema.and_then(|schema| schema.get("example")),
    };
    webhook::add(folder, root, schema, &about, options, imported)?;
    unread.map_or(Ok(()), |entry| unread::remove(folder, &entry, imported))
}

/// Says why nothing was imported.
fn describe_nothing(options: &Options, known: &[String]) -> String {
    match (&options.operation, known) {
        (Some(wanted), []) => format!("the vendor's file has no operation or webhook `{wanted}`"),
        (Some(_), [known, ..]) => {
            format!("the documents already have {known}; `--update` takes over changes")
        }
        (None, []) => String::from("the vendor's file has no operation"),
        (None, _) => String::from("the documents have all operations of the vendor's file"),
    }
}

/// Adds the schemas that a draft needs.
fn add_schemas(
    folder: &mut Folder,
    file: &str,
    schemas: &[(String, Node)],
    imported: &mut Imported,
) -> Result<(), Error> {
    if schemas.is_empty() {
        return Ok(());
    }
    folder.edit(file, |text| text.insert("", None, schemas))?;
    imported.added.extend(schemas.iter().map(|(name, _)| format!("{file}: the schema {name}")));
    Ok(())
}
