//! Validates OpenAPI 3.0 documents: what the specification says, what the generator needs, and the conventions of
//! this workspace.
//!
//! One run goes through four steps:
//!
//! 1. `partner_spec::read` reads the files; what is wrong with syntax, references and shape is found there;
//! 2. `partner_codegen::check` looks for all that keeps a client from being generated;
//! 3. [`model`] indexes what was read, and the [`rules`] look at it, one file a rule;
//! 4. `allow` takes out what the document allows with a reason (`x-lint-allow`).
//!
//! What comes out is a [`Report`]; [`mod@format`] writes it for people and programs.
//!
//! ```
//! use partner_validator::{Options, Profile, Target, validate};
//!
//! let report = validate(&Target::api(partner_spec::Api::P100), &Options::default());
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

pub use example::{validate_text, write_text};
pub use partner_spec::Profile;
pub use report::{Finding, Report};
pub use run::{Options, validate};
pub use target::Target;
