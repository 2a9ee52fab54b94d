use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};

pub(super) const CHECK: Check = Check {
    name: "any_json",
    why: "Nothing that is generated names `serde_json`: it would make floats of numbers.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    if outcome.seen.is_some_and(|seen| seen.serde_json) {
        found.push(broken(outcome.model, String::from("generated source names `serde_json`")));
    }
}
