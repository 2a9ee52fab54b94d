//! Makes generated paths read as a person would write them: `Option<String>`, not
//! `::std::option::Option<::std::string::String>`.

use syn::visit_mut::VisitMut;
use syn::{ImplItemFn, Item, Path};

/// Shortens the paths of an item.
pub(crate) fn tidy_item(item: &mut Item) {
    Shorten.visit_item_mut(item);
}

/// Shortens the paths of a method.
pub(crate) fn tidy_method(method: &mut ImplItemFn) {
    Shorten.visit_impl_item_fn_mut(method);
}

/// What is in every Rust program's scope.
const IN_SCOPE: [[&str; 3]; 5] = [
    ["std", "boxed", "Box"],
    ["std", "option", "Option"],
    ["std", "result", "Result"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
];

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let names: Vec<String> = path.segments.iter().map(|s| s.ident.to_string()).collect();
        let from_std = IN_SCOPE.iter().any(|known| names == known);
        let model = names.len() == 2 && names[0] == "types";
        if from_std || model {
            if let Some(last) = path.segments.pop() {
                path.segments.clear();
                path.segments.push(last);
            }
            path.leading_colon = None;
        } else if names.len() > 1 && names[0] == "progenitor_client" {
            let segments = path.segments.iter().skip(1);
            *path = syn::parse_quote! { partner_runtime::plumbing::#( #segments )::* };
        } else if names.len() > 1 {
            // All crates that generated code names are in the runtime's prelude.
            path.leading_colon = None;
        }
    }
}
