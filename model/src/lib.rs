//! What an OpenAPI document says of an API.
//!
//! [`api`] reads the document into operations and schemas that know where they were written. [`lower`] changes them, pass
//! by pass, until each says directly what the document says in several places or in a roundabout way. What is wrong with
//! the document on the way is a [`Diagnostic`](partner_spec::Diagnostic) with file and line.
//!
//! This crate is compiled by everyone who compiles the client, so it depends on nothing heavy.

pub mod api;
pub mod graph;
pub mod lower;
pub mod names;
