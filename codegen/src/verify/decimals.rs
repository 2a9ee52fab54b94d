use partner_spec::Diagnostics;
use syn::visit::Visit;

use super::{Check, Outcome, broken};

pub(super) const CHECK: Check = Check {
    name: "decimals",
    why: "No float is left anywhere: money and rates are decimals, and what is neither is an integer.",
    check,
};

fn check(outcome: &Outcome<'_>, found: &mut Diagnostics) {
    let mut floats = Floats(false);
    for (name, item) in &outcome.core.structs {
        floats.0 = false;
        floats.visit_item_struct(item);
        if floats.0 {
            found.push(broken(
                outcome.model,
                format!("the type `{name}` has a float; a decimal was expected"),
            ));
        }
    }
    for (name, method) in &outcome.core.methods {
        floats.0 = false;
        floats.visit_signature(&method.sig);
        if floats.0 {
            found.push(broken(
                outcome.model,
                format!("the method `{name}` has a float; a decimal was expected"),
            ));
        }
    }
}

struct Floats(bool);

impl<'a> Visit<'a> for Floats {
    fn visit_path(&mut self, path: &'a syn::Path) {
        self.0 |= path.is_ident("f64") || path.is_ident("f32");
        syn::visit::visit_path(self, path);
    }
}
