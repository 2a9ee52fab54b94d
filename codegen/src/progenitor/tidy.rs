//! Paths as a person would write them: `Option<String>`, not `::std::option::Option<::std::string::String>`; and JSON of
//! any shape in types that keep every digit, where typify has `serde_json::Value`, which makes floats of numbers.

use syn::visit_mut::VisitMut;
use syn::{Path, Type, TypePath};

/// What is in every Rust program's scope.
const IN_SCOPE: [[&str; 3]; 5] = [
    ["std", "boxed", "Box"],
    ["std", "option", "Option"],
    ["std", "result", "Result"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
];

/// Changes the paths and types of whatever it visits.
#[derive(Default)]
pub(super) struct Tidy {
    /// Whether there is a type left that loses digits.
    pub(super) is_lossy: bool,
}

impl VisitMut for Tidy {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        let names = match ty {
            Type::Path(TypePath { qself: None, path, .. }) => names(path),
            _ => Vec::new(),
        };
        match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["serde_json", "Value"] => *ty = syn::parse_quote! { partner_runtime::Json },
            // typify has this map for any values alone.
            ["serde_json", "Map"] => *ty = syn::parse_quote! { partner_runtime::JsonObject },
            names => {
                // A path of one name may be a variable elsewhere; here it is a type.
                self.is_lossy |= matches!(names, ["f64" | "f32"]);
                syn::visit_mut::visit_type_mut(self, ty);
            }
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let names = names(path);
        self.is_lossy |= names.len() > 1 && names[0] == "serde_json";
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

fn names(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
