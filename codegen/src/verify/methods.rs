use std::collections::HashMap;

use partner_spec::{Diagnostic, Diagnostics};

use super::{Check, Outcome, broken};
use crate::emit::callables;
use partner_model::names::type_name;
use partner_model::rules::operation_id_duplicate;

pub(super) const CHECK: Check = Check {
    name: "methods",
    why: "Every operation of the document has its public method, and no method has two operations.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let mut seen: HashMap<String, &partner_spec::Location> = HashMap::new();
    for operation in &outcome.model.operations {
        for callable in callables(operation) {
            if outcome.seen.is_some_and(|seen| !seen.methods.contains(&callable.name)) {
                found.push(broken(outcome.model, format!("there is no public method `{}`", callable.name)));
            }
            // The method's own name, and that of its builder, which has no underscores to differ by.
            let builder = type_name(&callable.name);
            if let Some(first) = seen.get(&builder) {
                let message = format!("two operations would be the method `{}`", callable.name);
                found.push(
                    Diagnostic::new(&operation_id_duplicate::RULE, &operation.location, message)
                        .related(first, "the other one")
                        .help("give one of them another operationId, or another `x-method-name`"),
                );
            }
            seen.entry(builder).or_insert(&operation.location);
        }
    }
}
