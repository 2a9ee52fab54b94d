//! The OpenAPI documents of the partner APIs, and the reader for them.
//!
//! The documents are part of this crate, so that they are available wherever the client is built from source, whether
//! the client is a path, git or registry dependency. [`Api::root_file_path`] returns the path of a document.
//!
//! A document is read in three steps, each of them a module:
//!
//! 1. [`parse_source`] turns the text of one YAML or JSON file into a tree of [`Node`]s with their locations;
//! 2. [`load_document`] resolves the `$ref`s between files and links the files into one [`Document`], in which every
//!    remaining `$ref` points into `#/components`;
//! 3. [`Document::to_json`] returns the document as one JSON text, for programs that read a single file.
//!
//! No file outside of a document's [repository](Boundary) is read. [`to_harmless_line`] makes text of a document safe
//! to print to terminals and logs.
//!
//! Mistakes in a document are returned as [`Findings`]: all findings, each with file, line and column.
//! [`read_document`] returns them together with as much of the document as could be read, for tools that continue.
//!
//! ```
//! let document = partner_spec::load_document(&partner_spec::Api::P100.root_file_path(), partner_spec::base_folder())?;
//! assert_eq!(document.root.pointer("/openapi").and_then(|n| n.as_str()), Some("3.0.3"));
//! # Ok::<(), partner_spec::Findings>(())
//! ```

mod api;
mod boundary;
mod budget;
mod document;
mod files;
mod finding;
mod grammar;
mod harmless_text;
mod json;
mod link;
mod location;
mod node;
mod parse;
pub mod pointer;
mod rebuild;
mod rule;
pub mod rules;
mod scalar;
mod structure;
mod suggest;

pub use api::{Api, base_folder};
pub use boundary::Boundary;
pub use budget::StepBudget;
pub use document::{
    Document, ReadResult, load_document, load_document_within, read_document, read_document_from_source,
    read_document_within,
};
pub use files::{normalize_path, read_text_file};
pub use finding::{Finding, Findings, Severity};
pub use grammar::{HTTP_METHODS, KeySpec, ObjectKind, ValueKind};
pub use harmless_text::{is_harmless_to_print, to_harmless_json, to_harmless_line, to_harmless_yaml};
pub use location::{Location, Position, Source};
pub use node::{Entry, Node, Object, Value};
pub use parse::parse_source;
pub use rule::{Citation, Profile, Rule};
pub use suggest::{advise_on_unknown_name, is_likely_misspelling};
