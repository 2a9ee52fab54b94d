//! Post-conditions: what must hold of the result, whatever the document was.
//!
//! A pass or an emitter that stops working after an upgrade of progenitor or typify is caught here, at build time,
//! with what to do.

use partner_spec::{Diagnostic, Diagnostics};

use crate::Generated;
use crate::api::Api;
use crate::core::Core;

mod arguments;
mod decimals;
mod fields;
mod methods;
mod names;
mod recursion;
mod types;

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
    arguments::CHECK,
    decimals::CHECK,
    fields::CHECK,
    methods::CHECK,
    names::CHECK,
    recursion::CHECK,
    types::CHECK,
];

/// What a post-condition looks at.
struct Outcome<'a> {
    api: &'a Api,
    core: &'a Core,
    /// The source, when it was written.
    generated: Option<&'a Generated>,
}

/// Checks all post-conditions.
pub(crate) fn run(api: &Api, core: &Core, generated: Option<&Generated>) -> Result<(), Diagnostics> {
    let mut found = Diagnostics::new();
    for check in CHECKS {
        (check.check)(&Outcome { api, core, generated }, &mut found);
    }
    found.into_result(())
}

/// A finding of a post-condition about the result as a whole.
fn broken(api: &Api, message: String) -> Diagnostic {
    Diagnostic::error("generator", &api.location, message)
        .help("a lowering pass no longer does its work; see codegen/src/lower and what progenitor generates")
}
