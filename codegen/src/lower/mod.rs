//! From what a document means to the subset that progenitor generates correctly: one pass a file, in this order, after
//! the [passes of the model](partner_model::lower).

mod closed_objects;
mod constraints;
mod decimals;
mod formats;
mod open_objects;
mod optional_collections;

use partner_model::api::Api;
use partner_model::lower::Pass;
use partner_spec::Diagnostics;

pub(crate) use constraints::LIMITS_KEY;
pub(crate) use optional_collections::NEVER_NULL;

const PASSES: &[Pass] = &[
    constraints::PASS,
    closed_objects::PASS,
    open_objects::PASS,
    decimals::PASS,
    formats::PASS,
    optional_collections::PASS,
];

/// All passes, those of the model first, in the order in which they run.
pub fn passes() -> impl Iterator<Item = &'static Pass> {
    partner_model::lower::PASSES.iter().chain(PASSES)
}

/// Runs all passes.
///
/// # Errors
///
/// The findings of the first pass that has any: the ones after it would stumble over the same places.
pub fn run(api: &mut Api) -> Result<Vec<(&'static str, usize)>, Diagnostics> {
    passes().map(|pass| pass.run(api)).collect()
}
