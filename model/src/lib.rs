//! A model of an API, built from its OpenAPI document.
//!
//! [`read_model`] builds a [`Model`] from a document. The model has the operations and types of the API, each with its
//! location in the document. References and compositions are resolved. Mistakes in the document are returned as
//! [`Finding`](partner_spec::Finding)s with file and line.
//!
//! The model is built on an [`index`] of the document, which lists every object of the specification with its place in
//! the document.
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

pub use build::{find_error_codes, read_model, read_supported_model};
pub use details::{KeyCombination, Limit, LimitKind, RequiredKeySet, SchemaDetails};
pub use docs::{Availability, Confidence, DESCRIPTION_PLACEHOLDER, DescriptionSource};
pub use expansion::ExpansionBudget;
pub use model::{CredentialPlace, Envelope, Model, SecurityScheme};
pub use operation::{
    BodyContent, CredentialRequirement, MediaType, Operation, Parameter, ParameterPlace, PartEncoding,
    RequestBody, RequiredEnvelopeProperties, Response, SerializationStyle, StatusVariant, SuccessBodies,
    SuccessBody, TextShape,
};
pub use pagination::{Pagination, PaginationStyle};
pub use pointer::{LocatedString, MissingPointerKey, ResponsePointer};
pub use server::{Environment, Server, ServerVariable, SettableServerVariable};
pub use types::{
    DecimalRepresentation, Enum, EnumValue, Field, IntegerType, Newtype, Object, Schema, Type,
    TypeDefinition, TypeShape, Union, UnionVariant, WrappedType,
};
pub use waiter::Waiter;
