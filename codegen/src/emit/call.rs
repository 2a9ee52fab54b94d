//! Emits a client method for each media type of each operation's body, and the call type that the method returns.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::callable::{CallMethod, list_call_methods, to_call_type_name};
use super::members::{CallBodyKind, CallValue, MethodArgument, choose_call_body_kind, list_call_values};
use super::types::{ArgumentConversion, choose_argument_conversion};
use super::{amounts, docs, form, operation_docs, request, response_enum, types};
use crate::core::{GeneratedRequestCode, GeneratedRequestsAndTypes};
use crate::ident::create_ident;
use partner_model::names::to_const_name;
use partner_model::{Model, Operation, ParameterPlace, SuccessBodies, SuccessBody};

/// The generated code of a client method that calls an operation: the method itself, and the items that it needs in the
/// module `calls`.
pub(super) struct EmittedCallMethod {
    pub(super) method: TokenStream,
    pub(super) call: TokenStream,
}

/// Emits the client methods that call one operation, with the Rust items that these methods need. An operation may have
/// pagination, and waiters (methods that repeat a call until its response has a final state). If code for these cannot
/// be emitted, adds a description of the missing code to `missing`.
pub(super) fn emit_call_methods(
    operation: &Operation,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
    missing: &mut Vec<String>,
) -> Vec<EmittedCallMethod> {
    let emit = |call_method: &CallMethod<'_>| {
        let sent = choose_call_body_kind(operation, call_method);
        let members = list_call_values(operation, &sent, model, core);
        let mut emitted = emit_one(operation, call_method, &members, &sent, model, core);
        if let Some(paging) = &operation.pagination {
            let pages = super::pagination::emit_paged_impl(paging, operation, call_method, core);
            missing.extend(
                pages.is_none().then(|| format!("`{}` does not go on", call_method.client_method_name)),
            );
            emitted.call.extend(pages);
        }
        let required = members.iter().filter(|member| member.required);
        let required: Vec<MethodArgument> = required.map(|member| member.to_method_argument(model)).collect();
        for waiter in &operation.waiters {
            let method = super::waiter::emit_waiter_method(waiter, operation, &required, model, core);
            missing.extend(
                method.is_none().then(|| format!("there is no method `{}`", waiter.client_method_name)),
            );
            emitted.method.extend(method);
        }
        emitted
    };
    list_call_methods(operation).iter().map(emit).collect()
}

fn emit_one(
    operation: &Operation,
    call_method: &CallMethod<'_>,
    members: &[CallValue],
    sent: &CallBodyKind<'_>,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> EmittedCallMethod {
    let name = create_ident(&call_method.client_method_name);
    let arguments_type = to_call_type_name(&call_method.client_method_name);
    let deprecated = docs::emit_deprecated_attribute(operation);
    let response_type = response_type(operation, core);
    let operation_docs = operation_docs::emit_method_docs(
        operation,
        &call_method.client_method_name,
        members,
        &describe_response_type(&response_type),
        model,
    );
    let alias = docs::emit_doc_alias(
        operation.description_source.differing_vendor_operation_id.as_deref().unwrap_or_default(),
        &operation.client_method_name,
    );
    let fields = members.iter().map(|m| {
        let (name, of) = (&m.name, &m.value_type);
        if m.required {
            quote! { pub(crate) #name: #of }
        } else {
            quote! { pub(crate) #name: Option<#of> }
        }
    });
    let taken: Vec<(&CallValue, ArgumentConversion)> = members
        .iter()
        .filter(|m| m.required)
        .map(|m| (m, choose_argument_conversion(&m.name, &m.value_type, model)))
        .collect();
    let arguments = taken.iter().map(|(m, t)| {
        let (name, argument) = (&m.name, &t.argument_type);
        quote! { #name: #argument }
    });
    let values = members.iter().map(|m| {
        let name = &m.name;
        match taken.iter().find(|(required, _)| required.name == *name) {
            Some((_, taken)) => {
                let value = &taken.conversion_expr;
                if *name == value.to_string() {
                    quote! { #name }
                } else {
                    quote! { #name: #value }
                }
            }
            None => quote! { #name: None },
        }
    });
    let setters = members.iter().filter(|m| !m.required).map(|m| {
        let ArgumentConversion { argument_type: argument, conversion_expr: value } =
            choose_argument_conversion(&m.name, &m.value_type, model);
        let (name, docs) = (&m.name, &m.docs);
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.0.arguments.#name = Some(#value);
                self
            }
        }
    });
    let setters: Vec<TokenStream> = setters.collect();
    let setters = match setters.is_empty() {
        true => quote! {},
        false => quote! { impl crate::Call<#arguments_type> { #( #setters )* } },
    };
    let (request, read) = emit_request_and_read_function_bodies(operation, members, sent, model, core);
    let table = create_ident(&to_const_name(&operation.id));
    let arguments_docs = docs::emit_doc_comment(
        std::iter::once(format!("The arguments of [`Client::{name}`]."))
            .chain(operation.pagination.as_ref().map(super::pagination::describe_item_and_page_streams)),
    );
    EmittedCallMethod {
        method: quote! {
            #operation_docs
            #alias
            #deprecated
            pub fn #name(&self, #( #arguments ),*) -> crate::Call<calls::#arguments_type> {
                crate::Call(partner_runtime::plumbing::PreparedCall::new(
                    &self.transport,
                    calls::#arguments_type { #( #values, )* },
                ))
            }
        },
        call: quote! {
            #arguments_docs
            #[derive(Clone)]
            pub struct #arguments_type {
                #( #fields, )*
            }

            impl partner_runtime::Operation for #arguments_type {
                type Response = #response_type;
                const ENTRY: &'static partner_runtime::operation::OperationEntry = &operations::#table;

                fn request(
                    self,
                    call: &mut partner_runtime::plumbing::RequestContext,
                ) -> partner_runtime::plumbing::RequestBuildResult {
                    #request
                }

                fn read(response: &partner_runtime::plumbing::SuccessResponse) -> Result<#response_type, partner_runtime::Error> {
                    #read
                }
            }

            #setters
        },
    }
}

fn response_type(operation: &Operation, core: &GeneratedRequestsAndTypes) -> TokenStream {
    match &operation.success_bodies {
        SuccessBodies::ByStatus { enum_name: name, .. } => create_ident(name).into_token_stream(),
        SuccessBodies::SameForAllStatuses(body) => response_enum::emit_success_body_type(body, core),
    }
}

/// Describes the Rust type of a response in words, for the doc comment of the generated method.
fn describe_response_type(response_type: &TokenStream) -> String {
    let text = response_type.to_string().replace(' ', "");
    let is_name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric());
    let list = text.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>'));
    match (text.as_str(), list) {
        ("()", _) => String::from("nothing but its status"),
        ("String", _) => String::from("text"),
        ("bytes::Bytes", _) => String::from("bytes"),
        ("partner_runtime::Json", _) => String::from("JSON of a shape that is not documented"),
        (_, Some(item)) if is_name(item) => format!("a list of [`{item}`]"),
        (name, _) if is_name(name) => format!("[`{name}`]"),
        (other, _) => format!("`{other}`"),
    }
}

/// Emits the bodies of two generated functions: `request` builds the request, and `read` parses the response.
fn emit_request_and_read_function_bodies(
    operation: &Operation,
    members: &[CallValue],
    sent: &CallBodyKind<'_>,
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> (TokenStream, TokenStream) {
    let names = members.iter().map(|m| &m.name);
    let attach = match sent {
        CallBodyKind::Nothing | CallBodyKind::ByRequestFunction(_) => quote! {},
        CallBodyKind::Json(media, schema) => {
            let is_required = members.iter().any(|member| member.name == "body" && member.required);
            let body = if is_required {
                quote! { &body }
            } else {
                quote! { body }
            };
            let body = types::wrap_decimals_sent_as_numbers(body, schema);
            let set = match media.media_type.as_str() {
                "application/json" => quote! { call.set_json_body(#body)?; },
                content_type => quote! { call.set_json_body_with_content_type(#content_type, #body)?; },
            };
            if is_required {
                set
            } else {
                quote! { if let Some(body) = &body { #set } }
            }
        }
        CallBodyKind::Bytes(media) => {
            let content_type = &media.media_type;
            match members.iter().any(|member| member.name == "body" && member.required) {
                true => quote! { call.set_upload_body(#content_type, body); },
                false => quote! { if let Some(body) = body { call.set_upload_body(#content_type, body); } },
            }
        }
        CallBodyKind::Form(media) => form::emit_form_statements(media, model, core),
    };
    let read = match &operation.success_bodies {
        SuccessBodies::ByStatus { .. }
        | SuccessBodies::SameForAllStatuses(SuccessBody::Text | SuccessBody::Bytes) => {
            quote! { partner_runtime::plumbing::FromResponse::from_response(response) }
        }
        _ => quote! { response.read_json() },
    };
    let (checks, request) = match core.find_request_code(operation) {
        Some(GeneratedRequestCode { call_expression: call, .. }) => {
            (emit_path_parameter_checks(operation), quote! { core::Client::for_call(call).#call })
        }
        None => (quote! {}, request::emit_request_statements(operation)),
    };
    let amounts = amounts::emit_above_zero_checks(operation, sent, model);
    let request = quote! {
        let Self { #( #names ),* } = self;
        #checks
        #amounts
        #attach
        #request
    };
    (request, read)
}

/// Emits the checks of the path parameters' values. Without these checks, a value such as `..` could turn the path into
/// the path of another operation.
fn emit_path_parameter_checks(operation: &Operation) -> TokenStream {
    let checks = operation.parameters.iter().filter(|p| p.place == ParameterPlace::Path).map(|parameter| {
        let (wire, name) = (&parameter.name, create_ident(&parameter.rust_name));
        quote! { call.check_path_segment(#wire, &#name)?; }
    });
    quote! { #( #checks )* }
}
