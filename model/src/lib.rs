//! A model of an API, built from its OpenAPI document.
//!
//! [`read`] builds a [`Model`] from a document: operations and types, in which references and compositions are
//! resolved, each with its location. Mistakes in the document are returned as [`Diagnostic`](partner_spec::Diagnostic)s
//! with file and line. The model is built on an [`index`] of the document: every object of the specification, with its
//! position in the document.
//!
//! Everyone who compiles the client also compiles this crate, so it has no dependencies that take long to compile.

mod about;
mod build;
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

pub use about::{Alternative, Combination, Limit, LimitKind, SchemaDetails};
pub use build::{find_error_codes, load, read};
pub use docs::{Availability, Confidence, DESCRIPTION_PLACEHOLDER, DocsSource};
pub use expansion::ExpansionCounter;
pub use model::{CredentialPlace, Envelope, Model, SecurityScheme};
pub use operation::{
    Body, Content, Encoding, EnvelopeRequirements, Media, Operation, Parameter, ParameterPlace, Response,
    Security, StatusVariant, Style, SuccessBodies, SuccessBody, TextShape,
};
pub use pagination::{PageStyle, Pagination};
pub use pointer::{LocatedString, MissingKey, Pointer};
pub use server::{Environment, Server, ServerVariable, SettableVariable};
pub use types::{
    DecimalForm, Definition, Enum, EnumValue, Field, IntegerWidth, Newtype, Object, Schema, Shape, Type,
    Union, Variant, WrappedType,
};
pub use waiter::Waiter;
