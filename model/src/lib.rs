//! What an OpenAPI document says of an API.
//!
//! [`api`] reads the document into operations and schemas that know where they were written. [`lower`] changes them, pass
//! by pass, until each says directly what the document says in several places or in a roundabout way. What is wrong with
//! the document on the way is a [`Diagnostic`](partner_spec::Diagnostic) with file and line.
//!
//! This crate is compiled by everyone who compiles the client, so it depends on nothing heavy.

mod about;
pub mod api;
mod build;
pub mod findings;
pub mod graph;
pub mod index;
mod model;
pub mod names;
mod operation;
pub mod rules;
mod types;

pub use about::{About, Combination, Limit, LimitKind};
pub use build::{load, read};
pub use model::Model;
pub use operation::{
    Body, Content, Media, Operation, Parameter, Response, StatusVariant, Success, SuccessBody, Wrapping,
};
pub use types::{
    Definition, Enum, EnumValue, Field, Form, Object, Schema, Shape, Type, Union, Variant, Width,
};
