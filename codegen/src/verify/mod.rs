//! Post-conditions: what must hold of the result, whatever the document was.
//!
//! What the public surface stands on has said by now whether it is as expected. That, and an emitter that stops working, is
//! caught here, at build time.

use partner_spec::{Diagnostic, Diagnostics, did_you_mean};

use crate::core::Core;
use crate::rules::generator;
use partner_model::Model;
use partner_model::api::Lost;

mod arguments;
mod fields;
mod names;
mod pagination;
mod recursion;
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
pub const CHECKS: &[Check] =
    &[arguments::CHECK, fields::CHECK, names::CHECK, pagination::CHECK, recursion::CHECK, waiters::CHECK];

/// What a post-condition looks at.
struct Outcome<'a> {
    model: &'a Model,
    core: &'a Core,
}

/// Checks all post-conditions, given what could not be emitted.
pub(crate) fn run(model: &Model, core: &Core, missing: &[String]) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    for check in CHECKS {
        (check.check)(&Outcome { model, core }, &mut found);
    }
    // Where the document is wrong, what is made of it is not as expected, either.
    if found.iter().next().is_none() {
        core.faults().iter().chain(missing).for_each(|fault| found.push(broken(model, fault.clone())));
    }
    found.into_result(())
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
