//! Validates OpenAPI 3.0 documents against the specification, the needs of the generator, and the conventions of this
//! workspace.
//!
//! A validation has four steps:
//!
//! 1. `partner_spec::read_document` reads the files, and reports wrong syntax, references that lead nowhere, and keys
//!    that are unknown, missing or of a wrong type.
//! 2. The [`rules`], one file for each rule, check the [`model`] of the document.
//! 3. `partner_codegen::check_client_generation` reports everything that prevents the generation of a client.
//! 4. `allow` removes the findings that the document suppresses with a reason (`x-lint-allow`).
//!
//! The result is a [`ValidationReport`], which [`mod@format`] writes for people and programs.
//!
//! ```
//! use partner_validator::{Profile, ValidationOptions, ValidationTarget, validate};
//!
//! let target = ValidationTarget::for_api(partner_spec::Api::P100);
//! let report = validate(&target, &ValidationOptions::default());
//! assert!(report.findings.is_empty(), "{:?}", report.findings);
//! ```

mod allow;
mod example;
pub mod format;
mod instance;
pub mod model;
mod pointer;
mod report;
pub mod rules;
mod run;
mod target;

pub use example::{validate_text, write_document_files};
pub use partner_spec::Profile;
pub use report::{FindingWithPointer, ValidationReport};
pub use run::{ValidationOptions, validate};
pub use target::ValidationTarget;
