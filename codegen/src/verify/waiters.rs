use partner_spec::Diagnostics;

use super::{Check, Outcome, broken, public_functions};

pub(super) const CHECK: Check =
    Check { name: "waiters", why: "Every `x-waiter` has a public method.", check };

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let Some(public) = outcome.generated.map(public_functions) else { return };
    for waiter in outcome.model.operations.iter().flat_map(|operation| &operation.waiters) {
        if !public.contains(waiter.name.as_str()) {
            found.push(broken(outcome.model, format!("there is no public method `{}`", waiter.name)));
        }
    }
}
