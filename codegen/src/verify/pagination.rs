use partner_model::names::type_name;
use partner_spec::Diagnostics;

use super::{Check, Outcome, broken, words_after};
use crate::emit::callables;

pub(super) const CHECK: Check = Check {
    name: "pagination",
    why: "Every call of an operation with `x-pagination` becomes a stream.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let Some(generated) = outcome.generated else { return };
    let sources = generated.files.iter().map(|file| file.source.as_str());
    let paged = words_after(sources, "impl partner_runtime::plumbing::Paged for ", ' ');
    for operation in outcome.model.operations.iter().filter(|operation| operation.pagination.is_some()) {
        for callable in callables(operation) {
            if !paged.contains(format!("{}Call", type_name(&callable.name)).as_str()) {
                let message = format!("`{}` does not go on from page to page", callable.name);
                found.push(broken(outcome.model, message));
            }
        }
    }
}
