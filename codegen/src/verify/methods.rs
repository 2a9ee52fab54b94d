use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};
use crate::emit::callables;

pub(super) const CHECK: Check =
    Check { name: "methods", why: "Every operation of the document has its public method.", check };

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    for operation in &outcome.model.operations {
        for callable in callables(operation) {
            if outcome.seen.is_some_and(|seen| !seen.methods.contains(&callable.name)) {
                found.push(broken(outcome.model, format!("there is no public method `{}`", callable.name)));
            }
        }
    }
}
