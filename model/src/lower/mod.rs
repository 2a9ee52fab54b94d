//! From OpenAPI as written to what it means: one pass a file, in this order.
//!
//! A pass is a pure function on the [`Api`]. It says in one sentence what it does and why, counts how often it
//! applied, and reports what it cannot lower with the place in the document.

mod aliases;
mod envelope;
mod exclusive_keys;
mod inline_names;
mod merge_all_of;
mod nullable_components;
mod open_enums;
mod reachable;
mod success;
mod unions;

use partner_spec::{Diagnostics, Node};

use crate::api::Api;

pub use merge_all_of::is_annotated_reference;

/// A step of lowering.
pub struct Pass {
    /// Its name, that of its file.
    pub name: &'static str,
    /// What it does and why, in one sentence.
    pub why: &'static str,
    /// Does it; returns how often it applied.
    pub apply: fn(&mut Api, &mut Diagnostics) -> usize,
}

impl Pass {
    /// Applies the pass; its name and how often it applied come back.
    ///
    /// # Errors
    ///
    /// What the pass found.
    pub fn run(&self, api: &mut Api) -> Result<(&'static str, usize), Diagnostics> {
        let mut found = Diagnostics::new();
        let times = (self.apply)(api, &mut found);
        found.into_result((self.name, times))
    }
}

/// All passes, in the order in which they run.
pub const PASSES: &[Pass] = &[
    exclusive_keys::PASS,
    merge_all_of::PASS,
    envelope::PASS,
    inline_names::PASS,
    nullable_components::PASS,
    aliases::PASS,
    open_enums::PASS,
    unions::PASS,
    reachable::PASS,
    success::PASS,
];

/// Runs all passes.
///
/// # Errors
///
/// The findings of the first pass that has any: the ones after it would stumble over the same places.
pub fn run(api: &mut Api) -> Result<Vec<(&'static str, usize)>, Diagnostics> {
    PASSES.iter().map(|pass| pass.run(api)).collect()
}

/// Adds a sentence to a schema's description.
pub fn add_note(node: &mut Node, note: &str) {
    let location = node.location.clone();
    let description = match node.str("description") {
        Some(text) => format!("{}\n\n{note}", text.trim_end()),
        None => note.to_owned(),
    };
    if node.ref_target().is_none() {
        node.set("description", Node::string(description, &location));
    }
}
