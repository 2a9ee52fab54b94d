//! Post-conditions: what must hold of the result, whatever the document was.
//!
//! A pass or an emitter that stops working after an upgrade of progenitor or typify is caught here, at build time,
//! with what to do.

use std::collections::HashSet;

use partner_spec::{Diagnostic, Diagnostics};

use crate::Generated;
use crate::core::Core;
use crate::rules::generator;
use partner_model::Model;

mod any_json;
mod decimals;
mod fields;
mod methods;
mod pagination;
mod requests;
mod types;
mod waiters;

/// A post-condition.
pub struct Check {
    /// Its name, that of its file.
    pub name: &'static str,
    /// What must hold, in one sentence.
    pub why: &'static str,
    check: fn(&Outcome<'_>, &mut Diagnostics),
}

/// All post-conditions.
pub const CHECKS: &[Check] = &[
    any_json::CHECK,
    decimals::CHECK,
    fields::CHECK,
    methods::CHECK,
    pagination::CHECK,
    requests::CHECK,
    types::CHECK,
    waiters::CHECK,
];

/// What a post-condition looks at.
struct Outcome<'a> {
    model: &'a Model,
    core: &'a Core,
    /// The source, when it was written.
    generated: Option<&'a Generated>,
}

/// Checks all post-conditions.
pub(crate) fn run(model: &Model, core: &Core, generated: Option<&Generated>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    for check in CHECKS {
        (check.check)(&Outcome { model, core, generated }, &mut found);
    }
    found.into_result(())
}

/// The names of the public functions that were generated.
fn public_functions(generated: &Generated) -> HashSet<&str> {
    words_after(generated.files.iter().map(|file| file.signatures.as_str()), "pub fn ", '(')
}

/// What stands between a text and a character, wherever it does. Asked once for all names: the source may be long, and
/// have many.
fn words_after<'a>(texts: impl Iterator<Item = &'a str>, start: &str, end: char) -> HashSet<&'a str> {
    let words = texts.flat_map(|text| text.split(start).skip(1));
    words.filter_map(|rest| rest.split_once(end)).map(|(word, _)| word).collect()
}

/// A finding of a post-condition about the result as a whole.
fn broken(model: &Model, message: String) -> Diagnostic {
    generator::broken(&model.location, message)
}
