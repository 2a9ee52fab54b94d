//! Builds the model of a document.
//!
//! First, the components get names and their `allOf`s are merged. Then the schemas are read. An inline schema that
//! becomes a type gets its name at once, but its type is defined later, so that no schema is read twice, and the
//! recursion is no deeper than the nesting in the document.

mod aliases;
mod bodies;
mod combinations;
mod components;
mod directions;
mod discriminators;
mod encoding;
mod enums;
mod envelope;
mod extension;
mod faults;
mod flatten;
mod follow_up;
mod names;
mod newtypes;
mod operations;
mod pagination;
mod parameters;
mod reach;
mod reader;
mod schema;
mod security;
mod server_variables;
mod servers;
mod success;
mod unions;
mod waiters;

use std::borrow::Cow;

use partner_spec::{Diagnostics, Document, Reading};

pub use follow_up::find_error_codes;

use crate::index::Index;
use crate::model::Model;
use crate::rules;
use reader::Reader;

/// Reads a document into a model, and returns the model with all findings about the document and about the model. Parts
/// of the document with mistakes are left out of the model.
///
/// # Errors
///
/// The findings about the document, if nothing of it could be read.
pub fn read(reading: &Reading, module: &str) -> Result<(Model, Diagnostics), Diagnostics> {
    let mut found = reading.findings.clone();
    let (Some(document), Some(sound)) = (&reading.document, reading.without_errors()) else {
        return Err(found);
    };
    let index = Index::new(document);
    found.extend(rules::check_document(&index));
    let model = match &sound {
        Cow::Borrowed(document) => build(document, &index, module, &mut found),
        Cow::Owned(sound) => build(sound, &Index::new(sound), module, &mut found),
    };
    Ok((model, found))
}

/// Reads a document into a model, and fails if no client can be generated from the document.
///
/// # Errors
///
/// The findings that prevent the generation of a client.
pub fn load(document: &Document, module: &str) -> Result<Model, Diagnostics> {
    let index = Index::new(document);
    let mut found = rules::check_document(&index);
    let model = build(document, &index, module, &mut found);
    found.into_result(model)
}

fn build(document: &Document, index: &Index<'_>, module: &str, found: &mut Diagnostics) -> Model {
    let mut reader = Reader::new(document, index);
    reader.security_schemes = security::read_usable_schemes(index, found);
    reader.servers = servers::Servers::new(index.root, found);
    reader.read_components();
    reader.define_components();
    let envelope = reader.read_envelope();
    let mut operations = reader.read_operations(envelope.as_ref());
    follow_up::resolve_links(&mut operations);
    reader.define_pending_types();
    let Reader {
        mut types,
        union_alternatives,
        discriminators,
        security_schemes,
        servers,
        found: in_schemas,
        all_of_merger,
        faults,
        ..
    } = reader;
    found.extend(in_schemas);
    unions::fill_in_variants(&mut types, union_alternatives, &discriminators, document.total_bytes, found);
    let root = &document.root;
    let (_, credentials) =
        security::read_requirements(root.items("security"), &security_schemes, &mut Diagnostics::new());
    let text = |key: &str| root.get("info").and_then(|info| info.get_str(key)).map(str::to_owned);
    let mut model = Model {
        module_name: module.to_owned(),
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
        environments: servers.environments,
        variables: servers.variables.into_variables(),
        security_schemes,
        credential_alternatives: credentials,
        envelope,
        operations,
        types,
        hidden_enums: Default::default(),
        expansion_counter: all_of_merger.expansion_counter,
        document_bytes: document.total_bytes,
        location: root.location.clone(),
    };
    reach::keep_reachable_types(&mut model);
    directions::split_by_direction(&mut model, found);
    success::fill_in_bodies(&mut model);
    parameters::fill_in_text_shapes(&mut model, found);
    encoding::check_form_parts(&model, found);
    found.extend(faults.into_reachable_faults(&model.types));
    model
}
