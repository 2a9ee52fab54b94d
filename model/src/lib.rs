//! A model of an API, built from its OpenAPI document.
//!
//! [`read_model`] builds a [`Model`] from a document: operations and types, in which references and compositions are
//! resolved, each with its location. Mistakes in the document are returned as [`Finding`](partner_spec::Finding)s
//! with file and line. The model is built on an [`index`] of the document: every object of the specification, with its
//! position in the document.
//!
//! Everyone who compiles the client also compiles this crate, so it has no dependencies that take long to compile.

mod build;
mod details;
mod docs;
mod expansion;
pub mod findings;
pub mod graph;
pub mod index;
pub mod keys;
pub mod media;
mod model;
pub mod names;
mod operation;
mod pagination;
mod pointer;
pub mod rules;
mod server;
mod types;
mod waiter;

pub use build::{find_error_codes, load_model, read_model};
pub use details::{AllowedKeySet, KeyCombination, Limit, LimitKind, SchemaDetails};
pub use docs::{Availability, Confidence, DESCRIPTION_PLACEHOLDER, DocsSource};
pub use expansion::ExpansionCounter;
pub use model::{CredentialPlace, Envelope, Model, SecurityScheme};
pub use operation::{
    BodyContent, EnvelopeRequirements, MediaType, Operation, Parameter, ParameterPlace, PartEncoding,
    RequestBody, Response, Security, StatusVariant, Style, SuccessBodies, SuccessBody, TextShape,
};
pub use pagination::{Pagination, PaginationStyle};
pub use pointer::{LocatedString, MissingKey, ResponsePointer};
pub use server::{Environment, Server, ServerVariable, SettableVariable};
pub use types::{
    DecimalForm, Enum, EnumValue, Field, IntegerType, Newtype, Object, Schema, Shape, Type, TypeDefinition,
    Union, Variant, WrappedType,
};
pub use waiter::Waiter;
