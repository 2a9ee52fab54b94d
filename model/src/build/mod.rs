//! Builds the model of a document.
//!
//! First, the components get names, and their `allOf`s are merged. Then the schemas are read. An inline schema that
//! becomes a type gets its name at once, but its type is defined later. So no schema is read twice, and the recursion
//! is no deeper than the nesting in the document.

mod aliases;
mod all_of;
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
mod follow_up;
mod names;
mod newtypes;
mod operations;
mod pagination;
mod parameters;
mod reader;
mod schema;
mod security;
mod server_variables;
mod servers;
mod success;
mod unions;
mod unneeded_types;
mod waiters;

use std::borrow::Cow;

use partner_spec::{Document, Findings, ReadResult};

pub use follow_up::find_error_codes;

use crate::index::DocumentIndex;
use crate::model::Model;
use crate::rules;
use reader::DocumentReader;

/// Reads a document into a model. Returns the model, and all findings about the document and the model. Invalid parts
/// of the document are left out of the model.
///
/// # Errors
///
/// The findings about the document, if no part of it could be read.
pub fn read_model(reading: &ReadResult, module: &str) -> Result<(Model, Findings), Findings> {
    let mut found = reading.findings.clone();
    let (Some(document), Some(sound)) = (&reading.document, reading.without_invalid_parts()) else {
        return Err(found);
    };
    let index = DocumentIndex::new(document);
    found.extend(rules::run_checks_before_model_build(&index));
    let model = match &sound {
        Cow::Borrowed(document) => build(document, &index, module, &mut found),
        Cow::Owned(sound) => build(sound, &DocumentIndex::new(sound), module, &mut found),
    };
    Ok((model, found))
}

/// Reads a document into a model, and fails if no client can be generated from the document.
///
/// # Errors
///
/// The findings that prevent the generation of a client.
pub fn read_supported_model(document: &Document, module: &str) -> Result<Model, Findings> {
    let index = DocumentIndex::new(document);
    let mut found = rules::run_checks_before_model_build(&index);
    let model = build(document, &index, module, &mut found);
    found.into_result(model)
}

fn build(document: &Document, index: &DocumentIndex<'_>, module: &str, found: &mut Findings) -> Model {
    let mut reader = DocumentReader::new(document, index);
    reader.usable_security_schemes = security::read_usable_security_schemes(index, found);
    reader.servers = servers::Servers::read(index.root, found);
    reader.read_components();
    reader.read_aliases_and_define_types();
    let envelope = reader.read_envelope();
    let mut operations = reader.read_operations(envelope.as_ref());
    follow_up::set_linked_client_method_names(&mut operations);
    reader.define_pending_types();
    let DocumentReader {
        mut types,
        alternatives_by_union_name: union_alternatives,
        discriminators_by_union_name: discriminators,
        usable_security_schemes: security_schemes,
        servers,
        found: in_schemas,
        all_of_merger,
        faults,
        ..
    } = reader;
    found.extend(in_schemas);
    unions::fill_in_union_variants(
        &mut types,
        union_alternatives,
        &discriminators,
        document.total_bytes,
        found,
    );
    let root = &document.root;
    let (_, credentials) = security::read_security_requirements(
        root.get_items("security"),
        &security_schemes,
        &mut Findings::new(),
    );
    let text = |key: &str| root.get("info").and_then(|info| info.get_str(key)).map(str::to_owned);
    let mut model = Model {
        module_name: module.to_owned(),
        title: text("title").unwrap_or_default(),
        version: text("version").unwrap_or_default(),
        description: text("description"),
        environments: servers.environments,
        server_variables: servers.variables.into_settable_variables(),
        security_schemes,
        credential_alternatives: credentials,
        envelope,
        operations,
        types,
        hidden_enum_names: Default::default(),
        expansion_budget: all_of_merger.expansion_budget,
        document_size_bytes: document.total_bytes,
        location: root.location.clone(),
    };
    unneeded_types::remove_unneeded_types(&mut model);
    directions::separate_request_and_response_types(&mut model, found);
    success::fill_in_success_response_properties(&mut model);
    parameters::fill_in_text_shapes(&mut model, found);
    encoding::check_part_encodings(&model, found);
    found.extend(faults.into_reachable_faults(&model.types));
    model
}
