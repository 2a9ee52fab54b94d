use partner_spec::Diagnostics;
use syn::visit::Visit;

use super::{Check, Outcome, broken};
use crate::any_json::serde_json_name;

pub(super) const CHECK: Check = Check {
    name: "any_json",
    why: "No `serde_json::Value` is left anywhere: it would make floats of the numbers in it.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let Outcome { model, core, generated } = outcome;
    let mut left = Left(false);
    for (name, item) in &core.structs {
        left.0 = false;
        left.visit_item_struct(item);
        if left.0 {
            found.push(broken(model, format!("the type `{name}` has a type of `serde_json`")));
        }
    }
    for (name, method) in &core.methods {
        left.0 = false;
        left.visit_signature(&method.sig);
        if left.0 {
            found.push(broken(model, format!("the method `{name}` has a type of `serde_json`")));
        }
    }
    for file in generated.iter().flat_map(|source| &source.files) {
        if file.source.contains("serde_json::") {
            found.push(broken(model, format!("`{}` uses `serde_json`", file.name())));
        }
    }
}

struct Left(bool);

impl<'a> Visit<'a> for Left {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0 |= serde_json_name(path).is_some();
        syn::visit::visit_path(self, path);
    }
}
