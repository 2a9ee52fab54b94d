use partner_spec::Diagnostics;

use super::{Check, Outcome, broken, public_functions};
use crate::emit::callables;

pub(super) const CHECK: Check =
    Check { name: "methods", why: "Every operation of the document has its public method.", check };

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let public = outcome.generated.map(public_functions);
    for operation in &outcome.model.operations {
        if !outcome.core.methods.contains_key(&operation.name) {
            let message = format!("progenitor generated no `{}` for `{}`", operation.name, operation.id);
            found.push(broken(outcome.model, message));
            continue;
        }
        for callable in callables(operation) {
            if public.as_ref().is_some_and(|names| !names.contains(callable.name.as_str())) {
                found.push(broken(outcome.model, format!("there is no public method `{}`", callable.name)));
            }
        }
    }
}
