//! From the schemas of a document to types.
//!
//! Components are named and merged first, then each place is read: what is written in place and needs a type gets a name
//! there and is defined later, so that nothing is read twice and nothing nests deeper than it is written.

mod aliases;
mod combinations;
mod components;
mod enums;
mod envelope;
mod faults;
mod flatten;
mod names;
mod operations;
mod reach;
mod schema;
mod success;
mod unions;

use partner_spec::{Diagnostics, Document};

use crate::api::{self, Api};
use crate::index::Index;
use crate::model::Model;
use crate::rules;
use schema::Reader;

/// Reads a document as the API of that module, as far as it can be read.
///
/// What no client can be made of is among the findings, each with its place.
pub fn read(document: &Document, module: &str) -> (Model, Diagnostics) {
    let mut found = rules::check(&Index::new(document));
    let api = api::read(document, module, &mut found);
    let model = build(&api, &mut found);
    (model, found)
}

/// Reads a document that a client can be made of.
///
/// # Errors
///
/// What no client can be made of, each with its place.
pub fn load(document: &Document, module: &str) -> Result<Model, Diagnostics> {
    let (model, found) = read(document, module);
    found.sorted().into_result(model)
}

fn build(api: &Api, found: &mut Diagnostics) -> Model {
    let mut reader = Reader::new(api);
    reader.define_components();
    let operations = operations::read(api, &mut reader);
    reader.define_pending();
    let Reader { mut types, unions, found: in_schemas, flattener, faults, .. } = reader;
    found.extend(in_schemas);
    unions::fill(&mut types, unions, api.size, found);
    let mut model = Model {
        module: api.module.clone(),
        title: api.title.clone(),
        version: api.version.clone(),
        description: api.description.clone(),
        environments: api.environments.clone(),
        key_header: api.key_header.clone(),
        envelope: api.envelope.clone(),
        operations,
        types,
        hidden: Default::default(),
        expansion: flattener.expansion,
        size: api.size,
        location: api.location.clone(),
    };
    reach::keep_reachable(&mut model);
    success::fill(&mut model);
    found.extend(faults.reachable(&model.types));
    model
}
