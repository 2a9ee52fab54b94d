//! Lists that go on: what a call tells the runtime so that it can ask for page after page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;

use super::access::{Mode, from_value, of_pointer};
use super::callable::{Callable, arguments_type};
use super::docs;
use crate::core::{Core, first_argument, is_required, name_of};
use crate::ident::ident;
use partner_model::names::const_name;
use partner_model::{Operation, PageStyle, Pagination, Parameter, Pointer};

/// What is added to the items of the `calls` module for an operation whose list goes on. Nothing when what it names
/// cannot be read, which a rule has reported.
pub(super) fn emit(
    paging: &Pagination,
    operation: &Operation,
    callable: &Callable<'_>,
    core: &Core,
) -> Option<TokenStream> {
    let arguments = arguments_type(&callable.name);
    let page = core.value(operation.response_schema()?);
    let items = items(paging, operation, core)?;
    let item = &items.of;
    let (listed, taken) = (&items.listed, &items.taken);
    let (position, set_position) = parameter(operation, &paging.position_parameter)?;
    let page_size = page_size(paging, operation)?;
    let (id_type, id) = id(paging, item, core)?;
    let page_info = page_info(paging, operation, core)?;
    let table = ident(&const_name(&operation.id));
    let first = Literal::i64_unsuffixed(paging.first_position);
    let page_param = ident(match paging.style {
        PageStyle::Page | PageStyle::HasMore => "Pages",
        PageStyle::Offset => "Items",
    });
    Some(quote! {
        impl partner_runtime::plumbing::Paged for crate::Call<#arguments> {
            type Page = #page;
            type Item = #item;
            type Id = #id_type;

            const API: &'static partner_runtime::api::Api = &API;
            const OPERATION: &'static partner_runtime::operation::Operation = &operations::#table;
            const PAGE_PARAM: partner_runtime::plumbing::PageParam = partner_runtime::plumbing::PageParam::#page_param;
            const FIRST: i64 = #first;

            fn position(&self) -> Option<i64> {
                #position
            }

            fn move_to(&mut self, position: i64) {
                #set_position
            }

            fn page_size(&self) -> Option<i64> {
                #page_size
            }

            fn items(response: &Self::Page) -> Option<&[Self::Item]> {
                #listed
            }

            fn into_items(response: Self::Page) -> Vec<Self::Item> {
                #taken
            }

            #id

            #page_info
        }
    })
}

/// The items of a page.
struct Items {
    /// The type of one.
    of: Type,
    /// An expression that borrows them, and is nothing when the page has no list.
    listed: TokenStream,
    /// An expression that takes them out.
    taken: TokenStream,
}

fn items(paging: &Pagination, operation: &Operation, core: &Core) -> Option<Items> {
    let listed = of_pointer(&paging.items, operation, core, Mode::Borrow)?;
    let taken = of_pointer(&paging.items, operation, core, Mode::Take)?;
    let (list, vec) = (&listed.value, &taken.value);
    Some(Items {
        of: list_item(&taken.of)?,
        listed: match listed.optional {
            true => quote! { #list.map(Vec::as_slice) },
            false => quote! { Some(&#list) },
        },
        taken: match taken.optional {
            true => quote! { #vec.unwrap_or_default() },
            false => quote! { #vec },
        },
    })
}

/// The type of an item's id, and the function that reads it.
fn id(paging: &Pagination, item: &Type, core: &Core) -> Option<(TokenStream, TokenStream)> {
    let Some(pointer) = &paging.id else {
        let none = quote! {
            fn id(_item: &Self::Item) -> Option<&Self::Id> {
                None
            }
        };
        return Some((quote! { () }, none));
    };
    let access = from_value(quote! { item }, item, pointer, core, Mode::Borrow)?;
    let (of, value) = (&access.of, &access.value);
    let id = if access.optional {
        quote! { #value }
    } else {
        quote! { Some(&#value) }
    };
    let read = quote! {
        fn id(item: &Self::Item) -> Option<&Self::Id> {
            #id
        }
    };
    Some((quote! { #of }, read))
}

/// How many items a page has, as far as the caller said it, and no more than the server gives.
fn page_size(paging: &Pagination, operation: &Operation) -> Option<TokenStream> {
    let Some(limit) = &paging.size_parameter else { return Some(quote! { None }) };
    let (value, _) = parameter(operation, limit)?;
    Some(match paging.max_page_size.map(Literal::i64_unsuffixed) {
        Some(largest) => quote! { #value.map(|limit| limit.min(#largest)) },
        None => value,
    })
}

/// The function that reads how far the list goes.
fn page_info(paging: &Pagination, operation: &Operation, core: &Core) -> Option<TokenStream> {
    let known =
        [("total", &paging.total), ("total_pages", &paging.total_pages), ("has_more", &paging.has_more)];
    let fields = known.iter().map(|(name, pointer)| {
        let name = ident(name);
        let value = match pointer {
            Some(pointer) => number(pointer, operation, core)?,
            None => quote! { None },
        };
        Some(quote! { #name: #value })
    });
    let fields: Vec<TokenStream> = fields.collect::<Option<_>>()?;
    let tells = known.iter().any(|(_, pointer)| pointer.is_some());
    let response = ident(if tells { "response" } else { "_response" });
    Some(quote! {
        fn page_info(#response: &Self::Page) -> partner_runtime::plumbing::PageInfo {
            partner_runtime::plumbing::PageInfo { #( #fields ),* }
        }
    })
}

/// `T` of `Vec<T>`.
fn list_item(of: &Type) -> Option<Type> {
    if name_of(of)? == "Vec" { first_argument(of) } else { None }
}

/// An expression of type `Option<i64>`, or `Option<bool>`.
fn number(pointer: &Pointer, operation: &Operation, core: &Core) -> Option<TokenStream> {
    let access = of_pointer(pointer, operation, core, Mode::Take)?;
    // Numbers are copied; but what is on the way to them must stay where it is.
    let borrowed = of_pointer(pointer, operation, core, Mode::Borrow)?;
    let (taken, value) = (&access.value, &borrowed.value);
    Some(match (access.direct, access.optional) {
        (true, true) => quote! { #taken },
        (true, false) => quote! { Some(#taken) },
        (false, _) => quote! { #value.copied() },
    })
}

/// What a call holds of a parameter as an `Option`, and what sets it to `position`.
fn parameter(operation: &Operation, name: &str) -> Option<(TokenStream, TokenStream)> {
    let parameter: &Parameter = operation.parameters.iter().find(|parameter| parameter.name == name)?;
    let name = ident(&parameter.rust_name);
    Some(match is_required(parameter) {
        true => (quote! { Some(self.0.arguments.#name) }, quote! { self.0.arguments.#name = position; }),
        false => (quote! { self.0.arguments.#name }, quote! { self.0.arguments.#name = Some(position); }),
    })
}

/// Where the streams of a list begin, and how many items their pages have, for readers.
pub(super) fn described(paging: &Pagination) -> String {
    let position = docs::code(&paging.position_parameter);
    let start = match paging.style {
        PageStyle::Offset => format!("after as many items as {position} says, or with the first one"),
        PageStyle::Page | PageStyle::HasMore => {
            format!("with the page that {position} says, or with the first one")
        }
    };
    let size = match &paging.size_parameter {
        Some(limit) => {
            format!("A page has as many items as {} says, or as the server likes.", docs::code(limit))
        }
        None => String::from("The server says how many items a page has."),
    };
    format!(
        "The streams [`items`](crate::Call::items) and [`pages`](crate::Call::pages) of the call begin {start}. {size} \
         See [`partner_runtime::pages`] for how they end, and what an error means."
    )
}
