//! What a document says, as data that the passes change and the emitters print: operations, and schemas by name.

mod constants;
mod docs;
mod expansion;
mod extension;
mod operation;
mod pagination;
mod pointer;
mod read;
mod schema;
mod waiter;

pub(crate) use docs::level;
pub use docs::{Availability, Confidence, Docs};
pub use expansion::Expansion;
pub use extension::Word;
pub use operation::{
    Body, Environment, Media, MediaKind, Operation, Parameter, Place, Response, Security, Success,
    SuccessBody,
};
pub use pagination::{PageStyle, Pagination, is_counter};
pub use pointer::{Lost, Pointer};
pub use read::{RESERVED, module, read};
pub use schema::{
    Enum, EnumValue, Schema, Union, Variant, children, children_mut, has_numbers, is_string_enum, ref_name,
    unwrapped, visit, visit_mut,
};
pub use waiter::Waiter;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use partner_spec::{Location, Node};

/// One API.
#[derive(Debug, Clone)]
pub struct Api {
    /// The name of the API's module, which is also the folder that its generated files are in.
    pub module: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// The `servers` that have an `x-environment`.
    pub environments: Vec<Environment>,
    /// The header that carries the API key.
    pub key_header: Option<String>,
    /// How answers are wrapped.
    pub envelope: Option<Envelope>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The schemas that progenitor generates a type for, by name.
    pub schemas: BTreeMap<String, Schema>,
    /// The string enums, by the name of their type. Filled by a pass.
    pub enums: BTreeMap<String, Enum>,
    /// The schemas that are one of several, by the name of their type. Filled by a pass.
    pub unions: BTreeMap<String, Union>,
    /// The schemas that an answer can hold. Filled by a pass.
    pub in_responses: BTreeSet<String>,
    /// The schemas that a request can hold. Filled by a pass.
    pub in_requests: BTreeSet<String>,
    /// The enums of one value that are only ever required fields, once that was asked.
    hidden_constants: OnceCell<BTreeSet<String>>,
    /// How much of it was written out, of what it may become.
    pub expansion: Expansion,
    /// How many bytes the files of the document have.
    pub size: usize,
    /// The place of the document as a whole.
    pub location: Location,
}

/// How an API wraps what it answers (`x-envelope`).
#[derive(Debug, Clone)]
pub struct Envelope {
    /// The property that says whether the call succeeded.
    pub success: String,
    /// The property that holds the answer proper.
    pub data: String,
    /// Where the document says so.
    pub location: Location,
}

impl Api {
    /// Calls a function for the schema of every place that is not inside another schema.
    pub fn for_each_root_mut(&mut self, mut change: impl FnMut(&mut Node)) {
        for schema in self.schemas.values_mut() {
            change(&mut schema.node);
        }
        for operation in &mut self.operations {
            for parameter in &mut operation.parameters {
                change(&mut parameter.schema);
            }
            for media in operation.body.iter_mut().flat_map(|b| &mut b.media) {
                change(&mut media.schema);
            }
            for response in &mut operation.responses {
                for (_, schema) in &mut response.media {
                    schema.iter_mut().for_each(&mut change);
                }
            }
        }
    }

    /// Calls a function for every schema there is, inner ones before the outer ones that hold them.
    pub fn for_each_schema_mut(&mut self, mut change: impl FnMut(&mut Node)) {
        self.for_each_root_mut(|node| visit_mut(node, &mut change));
    }

    /// Whether an enum of one value is only ever a required field, so that nobody needs to see it.
    pub fn is_hidden_constant(&self, name: &str) -> bool {
        self.hidden_constants.get_or_init(|| constants::hidden_constants(self)).contains(name)
    }

    /// The schema itself, or the component that it refers to.
    pub fn resolve<'a>(&'a self, node: &'a Node) -> &'a Node {
        match ref_name(node).and_then(|name| self.schemas.get(name)) {
            Some(schema) => &schema.node,
            None => node,
        }
    }
}
