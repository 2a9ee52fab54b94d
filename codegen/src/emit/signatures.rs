//! The public signatures of a generated file: what its callers see, without bodies, docs and private parts.

use quote::quote;
use syn::{Attribute, Fields, ImplItem, Item, Type, Visibility};

/// The name of the type, when the item is one that callers cannot name.
pub(super) fn hidden_type(item: &Item) -> Option<String> {
    match item {
        Item::Enum(found) if !public(&found.vis) => Some(found.ident.to_string()),
        _ => None,
    }
}

fn items(items: &[Item], hidden: &[String]) -> Vec<Item> {
    items.iter().filter_map(|found| of(found, hidden)).collect()
}

/// What callers see of an item, if anything. `hidden` are the types that they cannot name, and so neither what those can
/// do.
pub(super) fn of(item: &Item, hidden: &[String]) -> Option<Item> {
    match item {
        Item::Struct(found) if public(&found.vis) => {
            let mut found = found.clone();
            keep(&mut found.attrs);
            if let Fields::Named(fields) = &mut found.fields {
                fields.named =
                    std::mem::take(&mut fields.named).into_iter().filter(|f| public(&f.vis)).collect();
                fields.named.iter_mut().for_each(|f| keep(&mut f.attrs));
            }
            Some(Item::Struct(found))
        }
        Item::Enum(found) if public(&found.vis) => {
            let mut found = found.clone();
            keep(&mut found.attrs);
            found.variants.iter_mut().for_each(|v| keep(&mut v.attrs));
            Some(Item::Enum(found))
        }
        Item::Impl(found) => implementation(found, hidden),
        Item::Mod(found) if public(&found.vis) => {
            let mut found = found.clone();
            keep(&mut found.attrs);
            if let Some((_, content)) = &mut found.content {
                *content = items(content, hidden);
            }
            Some(Item::Mod(found))
        }
        _ => None,
    }
}

fn implementation(found: &syn::ItemImpl, hidden: &[String]) -> Option<Item> {
    if matches!(&*found.self_ty, Type::Path(path) if hidden.iter().any(|name| path.path.is_ident(name))) {
        return None;
    }
    // What is not shown is not copied.
    let mut shown = syn::ItemImpl {
        attrs: found.attrs.clone(),
        generics: found.generics.clone(),
        trait_: found.trait_.clone(),
        self_ty: found.self_ty.clone(),
        items: Vec::new(),
        ..syn::parse_quote! { impl X {} }
    };
    keep(&mut shown.attrs);
    if let Some(of) = &found.trait_ {
        // Callers use conversions, and see the types that a call responds with. Other traits are not listed.
        return match of.0.segments.last()?.ident.to_string().as_str() {
            "From" => Some(Item::Impl(shown)),
            "Operation" | "Paged" => {
                let is_type = |inner: &&ImplItem| matches!(inner, ImplItem::Type(_));
                shown.items = found.items.iter().filter(is_type).cloned().collect();
                Some(Item::Impl(shown))
            }
            _ => None,
        };
    }
    let methods = found.items.iter().filter_map(|inner| match inner {
        ImplItem::Fn(method) if public(&method.vis) => {
            let mut attrs = method.attrs.clone();
            keep(&mut attrs);
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
    shown.items = methods.collect();
    let core = matches!(&*found.self_ty, Type::Path(path) if path.path.segments.first().is_some_and(|s| s.ident == "core"));
    (!shown.items.is_empty() && !core).then_some(Item::Impl(shown))
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Only attributes that matter to callers.
fn keep(attributes: &mut Vec<Attribute>) {
    attributes.retain(|a| {
        let text = quote! { #a }.to_string();
        text.contains("non_exhaustive") || text.contains("deprecated")
    });
}
