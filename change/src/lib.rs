//! What changed between two states of an OpenAPI document, on the wire and for callers of the Rust client.
//!
//! [`compare`] looks at two [models](partner_model::Model) of a document's [`State`]s, never at text: the order of keys, `$ref`s, the layout of files
//! and the names of components do not count on the wire. Each [`Change`] breaks or follows a [`Rule`], which is declared
//! beside the check that finds it and says what the change means for requests, for responses and for Rust callers.
//! [`signatures`] is the second view on the Rust callers: the public signatures that were generated from both states.

mod change;
mod compare;
pub mod format;
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
mod users;
mod version;
mod wire;

pub use change::Change;
pub use compare::compare;
pub use report::{Report, Side};
pub use rule::{Effect, Effects, Rule};
pub use state::State;
pub use version::{Bump, Version};
