use partner_spec::Diagnostics;

use super::{Check, Outcome, broken};

pub(super) const CHECK: Check = Check {
    name: "types",
    why: "typify generated a struct for every object schema and nothing else: no enum of its own, no wrapper.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let Outcome { api, core, .. } = outcome;
    for stray in &core.strays {
        found.push(broken(api, format!("typify generated a type `{stray}` that no pass expects")));
    }
    for name in api.schemas.keys() {
        let ours = api.enums.contains_key(name) || api.unions.contains_key(name);
        if !ours && !core.structs.contains_key(name) {
            found.push(broken(api, format!("typify generated no type for the schema `{name}`")));
        }
    }
}
