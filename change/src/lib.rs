//! Finds the changes between two states of an OpenAPI document, and their effects on the wire and on Rust callers.
//!
//! [`compare_states`] compares the [models](partner_model::Model) of two [`DocumentState`]s, not the texts of the
//! documents, because the order of keys, `$ref`s, the layout of files and the names of components have no effect on the
//! wire. Each [`Change`] has a [`Rule`], the kind of the change. A rule is declared beside the check that finds such
//! changes, and gives their effects on requests, on responses and on Rust callers. [`signatures`] finds the effects on
//! Rust callers in a second way, by comparing the public signatures that were generated from both states.
//!
//! [`vendor::read_vendor_docs`] reads what a vendor publishes, and [`drift::compare_with_vendor_docs`] compares it with
//! our document.

mod change;
mod compare;
pub mod drift;
pub mod format;
pub mod import;
mod matching;
mod number;
mod pairs;
mod report;
mod rule;
pub mod rules;
mod rust;
pub mod signatures;
mod site;
mod state;
mod tree;
mod users;
pub mod vendor;
mod version;
mod webhooks;
mod wire;
pub mod yaml;

pub use change::Change;
pub use compare::compare_states;
pub use report::{ChangeReport, DocumentStateSummary};
pub use rule::{Effect, Rule, WireAndRustEffects};
pub use state::DocumentState;
pub use version::{Version, VersionBump};
