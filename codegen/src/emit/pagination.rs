//! Emits pagination: the implementations of the trait `Paged`, with which the runtime requests the pages of a list.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Type;

use super::access::{FieldAccessMode, emit_field_access, emit_response_field_access};
use super::callable::{CallMethod, to_call_type_name};
use super::docs;
use crate::core::{
    GeneratedRequestsAndTypes, find_first_type_argument, find_last_path_segment, is_required_argument,
};
use crate::ident::create_ident;
use partner_model::names::to_const_name;
use partner_model::{Operation, Pagination, PaginationStyle, Parameter, ResponsePointer};

/// Emits the implementation of the trait `Paged` for the calls of an operation with pagination. Returns `None` if the
/// responses lack a field that `x-pagination` names. The validator reports such a field as an error.
pub(super) fn emit_paged_impl(
    paging: &Pagination,
    operation: &Operation,
    call_method: &CallMethod<'_>,
    core: &GeneratedRequestsAndTypes,
) -> Option<TokenStream> {
    let arguments = to_call_type_name(&call_method.client_method_name);
    let page = core.find_value_type_or_placeholder(operation.common_success_response_schema()?);
    let items = emit_page_item_expressions(paging, operation, core)?;
    let item = &items.item_type;
    let (listed, taken) = (&items.borrow_items_expr, &items.move_items_expr);
    let (position, set_position) =
        emit_parameter_getter_and_setter(operation, &paging.position_parameter_name)?;
    let page_size = emit_page_size_expression(paging, operation)?;
    let (id_type, id) = emit_item_id_type_and_function(paging, item, core)?;
    let page_info = emit_page_info(paging, operation, core)?;
    let table = create_ident(&to_const_name(&operation.id));
    let first = Literal::i64_unsuffixed(paging.first_page_position);
    let page_param = create_ident(match paging.style {
        PaginationStyle::PageNumber | PaginationStyle::PageNumberWithHasMore => "Pages",
        PaginationStyle::Offset => "Items",
    });
    Some(quote! {
        impl partner_runtime::plumbing::Paged for crate::Call<#arguments> {
            type Page = #page;
            type Item = #item;
            type ItemId = #id_type;

            const API: &'static partner_runtime::api::Api = &API;
            const OPERATION: &'static partner_runtime::operation::OperationEntry = &operations::#table;
            const PAGE_PARAM_UNIT: partner_runtime::plumbing::PageParamUnit = partner_runtime::plumbing::PageParamUnit::#page_param;
            const FIRST_POSITION: i64 = #first;

            fn requested_position(&self) -> Option<i64> {
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

/// The expressions that read the list items from a response with one page of the list.
struct PageItemExpressions {
    /// The type of a list item.
    item_type: Type,
    /// An expression of type `Option<&[Item]>`, which borrows the list items from the response. Its value is `None` if
    /// the response lacks the list.
    borrow_items_expr: TokenStream,
    /// An expression of type `Vec<Item>`, which moves the list items out of the response. The `Vec` is empty if the
    /// response lacks the list.
    move_items_expr: TokenStream,
}

fn emit_page_item_expressions(
    paging: &Pagination,
    operation: &Operation,
    core: &GeneratedRequestsAndTypes,
) -> Option<PageItemExpressions> {
    let listed = emit_response_field_access(&paging.items_pointer, operation, core, FieldAccessMode::Borrow)?;
    let taken = emit_response_field_access(&paging.items_pointer, operation, core, FieldAccessMode::Move)?;
    let (list, vec) = (&listed.expression, &taken.expression);
    Some(PageItemExpressions {
        item_type: find_list_item_type(&taken.unwrapped_type)?,
        borrow_items_expr: match listed.is_optional {
            true => quote! { #list.map(Vec::as_slice) },
            false => quote! { Some(&#list) },
        },
        move_items_expr: match taken.is_optional {
            true => quote! { #vec.unwrap_or_default() },
            false => quote! { #vec },
        },
    })
}

/// Emits the type of an item's id, and the function `item_id` that returns the id of an item. If the document does not
/// say where the id is, the type is `()`, and `item_id` returns `None`.
fn emit_item_id_type_and_function(
    paging: &Pagination,
    item: &Type,
    core: &GeneratedRequestsAndTypes,
) -> Option<(TokenStream, TokenStream)> {
    let Some(pointer) = &paging.item_id_pointer else {
        let none = quote! {
            fn item_id(_item: &Self::Item) -> Option<&Self::ItemId> {
                None
            }
        };
        return Some((quote! { () }, none));
    };
    let access = emit_field_access(quote! { item }, item, pointer, core, FieldAccessMode::Borrow)?;
    let (of, value) = (&access.unwrapped_type, &access.expression);
    let id = if access.is_optional {
        quote! { #value }
    } else {
        quote! { Some(&#value) }
    };
    let read = quote! {
        fn item_id(item: &Self::Item) -> Option<&Self::ItemId> {
            #id
        }
    };
    Some((quote! { #of }, read))
}

/// Emits the expression for the page size: the number of items that the caller requests for each page, limited to the
/// server's maximum. If the operation has no parameter for the page size, emits the expression `None`.
fn emit_page_size_expression(paging: &Pagination, operation: &Operation) -> Option<TokenStream> {
    let Some(limit) = &paging.page_size_parameter_name else { return Some(quote! { None }) };
    let (value, _) = emit_parameter_getter_and_setter(operation, limit)?;
    Some(match paging.max_page_size.map(Literal::i64_unsuffixed) {
        Some(largest) => quote! { #value.map(|limit| limit.min(#largest)) },
        None => value,
    })
}

/// Emits the function `page_info`, which reads three values about the whole list from a response: the number of items,
/// the number of pages, and whether more pages follow. A value is `None` if the OpenAPI document does not say which
/// field of the response contains it.
fn emit_page_info(
    paging: &Pagination,
    operation: &Operation,
    core: &GeneratedRequestsAndTypes,
) -> Option<TokenStream> {
    let known = [
        ("total_items", &paging.total_items_pointer),
        ("total_pages", &paging.total_pages_pointer),
        ("has_more", &paging.has_more_pointer),
    ];
    let fields = known.iter().map(|(name, pointer)| {
        let name = create_ident(name);
        let value = match pointer {
            Some(pointer) => emit_field_access_as_option(pointer, operation, core)?,
            None => quote! { None },
        };
        Some(quote! { #name: #value })
    });
    let fields: Vec<TokenStream> = fields.collect::<Option<_>>()?;
    let tells = known.iter().any(|(_, pointer)| pointer.is_some());
    let response = create_ident(if tells { "response" } else { "_response" });
    Some(quote! {
        fn page_info(#response: &Self::Page) -> partner_runtime::plumbing::PageInfo {
            partner_runtime::plumbing::PageInfo { #( #fields ),* }
        }
    })
}

/// Returns the item type `T` of `Vec<T>`; `None` for other types.
fn find_list_item_type(list_type: &Type) -> Option<Type> {
    if find_last_path_segment(list_type)? == "Vec" { find_first_type_argument(list_type) } else { None }
}

/// Emits an expression of type `Option<i64>` or `Option<bool>` that reads the field at `pointer` from a response.
fn emit_field_access_as_option(
    pointer: &ResponsePointer,
    operation: &Operation,
    core: &GeneratedRequestsAndTypes,
) -> Option<TokenStream> {
    let access = emit_response_field_access(pointer, operation, core, FieldAccessMode::Move)?;
    // This expression borrows the objects that contain the value. So only the value itself, a number or a boolean, has
    // to be copied.
    let borrowed_access = emit_response_field_access(pointer, operation, core, FieldAccessMode::Borrow)?;
    let (taken, value) = (&access.expression, &borrowed_access.expression);
    Some(match (access.has_only_required_parents, access.is_optional) {
        (true, true) => quote! { #taken },
        (true, false) => quote! { Some(#taken) },
        (false, _) => quote! { #value.copied() },
    })
}

/// Emits an expression that reads a parameter of a call as an `Option`, and a statement that sets the parameter to the
/// variable `position`.
fn emit_parameter_getter_and_setter(operation: &Operation, name: &str) -> Option<(TokenStream, TokenStream)> {
    let parameter: &Parameter = operation.parameters.iter().find(|parameter| parameter.name == name)?;
    let name = create_ident(&parameter.rust_name);
    Some(match is_required_argument(parameter) {
        true => (quote! { Some(self.0.arguments.#name) }, quote! { self.0.arguments.#name = position; }),
        false => (quote! { self.0.arguments.#name }, quote! { self.0.arguments.#name = Some(position); }),
    })
}

/// Describes the streams `items` and `pages` for the doc comment of a method: with which item or page they begin, and
/// how many items a page has.
pub(super) fn describe_item_and_page_streams(paging: &Pagination) -> String {
    let position = docs::to_code_span_or_text(&paging.position_parameter_name);
    let start = match paging.style {
        PaginationStyle::Offset => format!("after as many items as {position} says, or with the first one"),
        PaginationStyle::PageNumber | PaginationStyle::PageNumberWithHasMore => {
            format!("with the page that {position} says, or with the first one")
        }
    };
    let size = match &paging.page_size_parameter_name {
        Some(limit) => {
            format!(
                "A page has as many items as {} says, or as the server likes.",
                docs::to_code_span_or_text(limit)
            )
        }
        None => String::from("The server says how many items a page has."),
    };
    format!(
        "The streams [`items`](crate::Call::items) and [`pages`](crate::Call::pages) of the call begin {start}. {size} \
         See [`partner_runtime::pages`] for how they end, and what an error means."
    )
}
