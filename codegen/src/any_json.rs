//! JSON of any shape: where typify has `serde_json::Value`, which makes floats of numbers, the client has types that
//! keep every digit.

use syn::visit_mut::VisitMut;
use syn::{ImplItemFn, Item, Type, TypePath};

/// Puts the client's types in place of those of `serde_json`, in an item that is tidy.
pub(crate) fn keep_text_in_item(item: &mut Item) {
    KeepText.visit_item_mut(item);
}

/// The same in a method.
pub(crate) fn keep_text_in_method(method: &mut ImplItemFn) {
    KeepText.visit_impl_item_fn_mut(method);
}

/// The name that a type has in `serde_json`, if it is one of those.
pub(crate) fn serde_json_name(path: &syn::Path) -> Option<String> {
    let mut names = path.segments.iter().map(|segment| segment.ident.to_string());
    (names.next()? == "serde_json").then(|| names.next_back()).flatten()
}

struct KeepText;

impl VisitMut for KeepText {
    fn visit_type_mut(&mut self, of: &mut Type) {
        let name = match of {
            Type::Path(TypePath { qself: None, path, .. }) => serde_json_name(path),
            _ => None,
        };
        match name.as_deref() {
            Some("Value") => *of = syn::parse_quote! { partner_runtime::Json },
            // typify has this map for any values alone.
            Some("Map") => *of = syn::parse_quote! { partner_runtime::JsonObject },
            _ => syn::visit_mut::visit_type_mut(self, of),
        }
    }
}
