use partner_spec::{Diagnostic, Diagnostics};

use super::{Check, Outcome, broken};
use crate::emit::callables;
use crate::names::type_name;

pub(super) const CHECK: Check = Check {
    name: "methods",
    why: "Every operation of the document has its public method, and no method has two operations.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let signatures: Option<String> =
        outcome.generated.map(|source| source.files.iter().map(|file| file.signatures.as_str()).collect());
    let mut seen: Vec<(String, &partner_spec::Location)> = Vec::new();
    for operation in &outcome.api.operations {
        if !outcome.core.methods.contains_key(&operation.name) {
            let message = format!("progenitor generated no `{}` for `{}`", operation.name, operation.id);
            found.push(broken(outcome.api, message));
            continue;
        }
        for callable in callables(operation) {
            let method = format!("pub fn {}(", callable.name);
            if signatures.as_ref().is_some_and(|text| !text.contains(&method)) {
                found.push(broken(outcome.api, format!("there is no public method `{}`", callable.name)));
            }
            // The method's own name, and that of its builder, which has no underscores to differ by.
            let builder = type_name(&callable.name);
            if let Some((_, first)) = seen.iter().find(|(name, _)| *name == builder) {
                let message = format!("two operations would be the method `{}`", callable.name);
                found.push(
                    Diagnostic::error("operation-id-duplicate", &operation.location, message)
                        .related(first, "the other one")
                        .help("give one of them another operationId, or another `x-method-name`"),
                );
            }
            seen.push((builder, &operation.location));
        }
    }
}
