use partner_spec::Diagnostics;

use partner_model::Shape;

use super::{Check, Outcome, broken};

pub(super) const CHECK: Check = Check {
    name: "types",
    why: "typify generated a struct for every object schema and nothing else: no enum of its own, no wrapper.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let Outcome { model, core, .. } = outcome;
    for stray in &core.strays {
        found.push(broken(model, format!("typify generated a type `{stray}` that no pass expects")));
    }
    for (name, definition) in &model.types {
        if matches!(definition.shape, Shape::Object(_)) && !core.structs.contains_key(name) {
            found.push(broken(model, format!("typify generated no type for the schema `{name}`")));
        }
    }
}
