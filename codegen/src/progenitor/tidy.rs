//! Simplifies paths and types in generated code: `::std::option::Option<::std::string::String>` becomes
//! `Option<String>`, for example. `serde_json::Value` becomes the runtime's `Json`, because a `serde_json::Value` would
//! turn numbers into floats.

use syn::visit_mut::VisitMut;
use syn::{Path, Type, TypePath};

/// The paths of the types that are in scope without an import in every Rust program.
const PRELUDE_TYPE_PATHS: [[&str; 3]; 5] = [
    ["std", "boxed", "Box"],
    ["std", "option", "Option"],
    ["std", "result", "Result"],
    ["std", "string", "String"],
    ["std", "vec", "Vec"],
];

/// Simplifies the paths and types of the syntax tree that it visits.
#[derive(Default)]
pub(super) struct PathAndTypeSimplifier {
    /// Whether the visited code uses something that may lose digits of numbers: `f64`, `f32`, or an item of
    /// `serde_json`. The caller refuses a type or request that contains such code.
    pub(super) code_may_lose_digits: bool,
}

impl VisitMut for PathAndTypeSimplifier {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        let names = match ty {
            Type::Path(TypePath { qself: None, path, .. }) => segment_names(path),
            _ => Vec::new(),
        };
        match names.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["serde_json", "Value"] => *ty = syn::parse_quote! { partner_runtime::Json },
            // typify uses `serde_json::Map` only for objects that may have any values, so the runtime's `JsonObject`
            // replaces it.
            ["serde_json", "Map"] => *ty = syn::parse_quote! { partner_runtime::JsonObject },
            names => {
                // `f64` is searched for here, where only types are visited. `visit_path_mut` also visits expressions,
                // in which `f64` may be the name of a variable.
                self.code_may_lose_digits |= matches!(names, ["f64" | "f32"]);
                syn::visit_mut::visit_type_mut(self, ty);
            }
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        syn::visit_mut::visit_path_mut(self, path);
        let names = segment_names(path);
        self.code_may_lose_digits |= names.len() > 1 && names[0] == "serde_json";
        let from_std = PRELUDE_TYPE_PATHS.iter().any(|known| names == known);
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
            // Generated code imports the runtime's prelude, which contains all crates that occur in paths like
            // `::bytes::Bytes`. So such a path means the same without its leading `::`.
            path.leading_colon = None;
        }
    }
}

fn segment_names(path: &Path) -> Vec<String> {
    path.segments.iter().map(|segment| segment.ident.to_string()).collect()
}
