//! What an OpenAPI document says of an API.
//!
//! [`read`] makes a [`Model`] of a document: operations and types that say directly what the document says in several
//! places or in a roundabout way, and that know where they were written. What is wrong with the document on the way is a
//! [`Diagnostic`](partner_spec::Diagnostic) with file and line. [`index`] is the level below: every object of the
//! specification where it stands.
//!
//! This crate is compiled by everyone who compiles the client, so it depends on nothing heavy.

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
mod types;
mod waiter;

pub use about::{About, Combination, Limit, LimitKind};
pub use build::{load, read};
pub use docs::{Availability, Confidence, Docs};
pub use expansion::Expansion;
pub use model::{Envelope, Environment, Model, SchemeKind, SecurityScheme};
pub use operation::{
    Body, Content, Encoding, Flat, Media, Operation, Parameter, Place, Response, Security, StatusVariant,
    Style, Success, SuccessBody, Wrapping,
};
pub use pagination::{PageStyle, Pagination};
pub use pointer::{Lost, Pointer, Word};
pub use types::{
    Definition, Enum, EnumValue, Field, Form, Object, Schema, Shape, Type, Union, Variant, Width,
};
pub use waiter::Waiter;
