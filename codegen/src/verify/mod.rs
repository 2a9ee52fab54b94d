//! Post-conditions: what must hold of the result, whatever the document was.
//!
//! A pass or an emitter that stops working after an upgrade of progenitor or typify is caught here, at build time,
//! with what to do.

use std::collections::HashSet;

use partner_spec::{Diagnostic, Diagnostics, did_you_mean};

use crate::Generated;
use crate::core::Core;
use crate::rules::generator;
use partner_model::{Lost, Model};

mod any_json;
mod arguments;
mod decimals;
mod fields;
mod methods;
mod names;
mod pagination;
mod recursion;
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
    arguments::CHECK,
    decimals::CHECK,
    fields::CHECK,
    methods::CHECK,
    names::CHECK,
    pagination::CHECK,
    recursion::CHECK,
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

/// A finding about a pointer that leads nowhere, with the keys that there are.
fn lost(found: Diagnostic, at: &Lost<'_>) -> Diagnostic {
    match did_you_mean(at.key, at.known.iter().copied()) {
        Some(help) => found.help(help),
        None => found.help("a pointer goes along the properties of the answer, inside its envelope"),
    }
}
