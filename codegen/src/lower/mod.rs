//! From OpenAPI as written to the subset that progenitor generates correctly: one pass a file, in this order.
//!
//! A pass is a pure function on the [`Api`]. It says in one sentence what it does and why, counts how often it
//! applied, and reports what it cannot lower with the place in the document.

mod aliases;
mod closed_objects;
mod constraints;
mod decimals;
mod envelope;
mod exclusive_keys;
mod formats;
mod inline_names;
mod merge_all_of;
mod nullable_components;
mod open_enums;
mod open_objects;
mod optional_collections;
mod reachable;
mod success;
mod unions;

use partner_spec::Diagnostics;

use crate::api::Api;

pub(crate) use constraints::LIMITS_KEY;
pub(crate) use merge_all_of::is_annotated_reference;
pub(crate) use optional_collections::NEVER_NULL;

/// A step of lowering.
pub struct Pass {
    /// Its name, that of its file.
    pub name: &'static str,
    /// What it does and why, in one sentence.
    pub why: &'static str,
    /// Does it; returns how often it applied.
    pub apply: fn(&mut Api, &mut Diagnostics) -> usize,
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
    constraints::PASS,
    closed_objects::PASS,
    open_objects::PASS,
    decimals::PASS,
    formats::PASS,
    optional_collections::PASS,
];

/// Runs all passes.
///
/// # Errors
///
/// The findings of the first pass that has any: the ones after it would stumble over the same places.
pub fn run(api: &mut Api) -> Result<Vec<(&'static str, usize)>, Diagnostics> {
    PASSES.iter().map(|pass| apply(pass, api)).collect()
}

fn apply(pass: &Pass, api: &mut Api) -> Result<(&'static str, usize), Diagnostics> {
    let mut found = Diagnostics::new();
    let times = (pass.apply)(api, &mut found);
    found.into_result((pass.name, times))
}
