//! Extracts the public signatures of a generated file: its public items, without function bodies, doc comments, private
//! fields and private methods.

use quote::quote;
use syn::{Attribute, Fields, ImplItem, Item, Type, Visibility};

/// Returns the name of the item if it is an enum that is not public, and so hidden from callers.
pub(super) fn find_hidden_enum_name(item: &Item) -> Option<String> {
    match item {
        Item::Enum(found) if !is_public(&found.vis) => Some(found.ident.to_string()),
        _ => None,
    }
}

fn extract_public_items(items: &[Item], hidden_enum_names: &[String]) -> Vec<Item> {
    items.iter().filter_map(|found| extract_public_signature(found, hidden_enum_names)).collect()
}

/// Returns the public signature of an item (a struct, an enum, an `impl` …): the item without private parts and
/// function bodies. Returns `None` if no part is public. `hidden_enum_names` lists private enums. Their methods are
/// left out, because callers cannot use these enums.
pub(super) fn extract_public_signature(item: &Item, hidden_enum_names: &[String]) -> Option<Item> {
    match item {
        Item::Struct(found) if is_public(&found.vis) => {
            let mut found = found.clone();
            retain_signature_attributes(&mut found.attrs);
            if let Fields::Named(fields) = &mut found.fields {
                fields.named =
                    std::mem::take(&mut fields.named).into_iter().filter(|f| is_public(&f.vis)).collect();
                fields.named.iter_mut().for_each(|f| retain_signature_attributes(&mut f.attrs));
            }
            Some(Item::Struct(found))
        }
        Item::Enum(found) if is_public(&found.vis) => {
            let mut found = found.clone();
            retain_signature_attributes(&mut found.attrs);
            found.variants.iter_mut().for_each(|v| retain_signature_attributes(&mut v.attrs));
            Some(Item::Enum(found))
        }
        Item::Impl(found) => extract_public_implementation(found, hidden_enum_names),
        Item::Mod(found) if is_public(&found.vis) => {
            let mut found = found.clone();
            retain_signature_attributes(&mut found.attrs);
            if let Some((_, content)) = &mut found.content {
                *content = extract_public_items(content, hidden_enum_names);
            }
            Some(Item::Mod(found))
        }
        _ => None,
    }
}

fn extract_public_implementation(found: &syn::ItemImpl, hidden_enum_names: &[String]) -> Option<Item> {
    if matches!(&*found.self_ty, Type::Path(path) if hidden_enum_names.iter().any(|name| path.path.is_ident(name)))
    {
        return None;
    }
    // The attributes, generics, trait and type of the `impl` are copied one by one. A clone of the whole `impl` would
    // also copy the function bodies, which take much memory.
    let mut impl_signature = syn::ItemImpl {
        attrs: found.attrs.clone(),
        generics: found.generics.clone(),
        trait_: found.trait_.clone(),
        self_ty: found.self_ty.clone(),
        items: Vec::new(),
        ..syn::parse_quote! { impl X {} }
    };
    retain_signature_attributes(&mut impl_signature.attrs);
    if let Some(of) = &found.trait_ {
        // Only implementations of the traits `From`, `Operation` and `Paged` are part of the signatures. Those of
        // `Operation` and `Paged` keep their associated types, which are the types of a call's response, pages and
        // items.
        return match of.0.segments.last()?.ident.to_string().as_str() {
            "From" => Some(Item::Impl(impl_signature)),
            "Operation" | "Paged" => {
                let is_type = |inner: &&ImplItem| matches!(inner, ImplItem::Type(_));
                impl_signature.items = found.items.iter().filter(is_type).cloned().collect();
                Some(Item::Impl(impl_signature))
            }
            _ => None,
        };
    }
    let methods = found.items.iter().filter_map(|inner| match inner {
        ImplItem::Fn(method) if is_public(&method.vis) => {
            let mut attrs = method.attrs.clone();
            retain_signature_attributes(&mut attrs);
            Some(ImplItem::Fn(syn::ImplItemFn {
                attrs,
                vis: method.vis.clone(),
                modifiers: method.modifiers.clone(),
                sig: method.sig.clone(),
                block: syn::parse_quote! { {} },
            }))
        }
        _ => None,
    });
    impl_signature.items = methods.collect();
    let core = matches!(&*found.self_ty, Type::Path(path) if path.path.segments.first().is_some_and(|s| s.ident == "core"));
    (!impl_signature.items.is_empty() && !core).then_some(Item::Impl(impl_signature))
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Retains only the attributes that callers depend on: `non_exhaustive` and `deprecated`.
fn retain_signature_attributes(attributes: &mut Vec<Attribute>) {
    attributes.retain(|a| {
        let text = quote! { #a }.to_string();
        text.contains("non_exhaustive") || text.contains("deprecated")
    });
}
