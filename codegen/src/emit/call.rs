//! Calls: a method of the client for each operation and media type, and the builder it returns.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::callable::{Callable, callables};
use super::members::{Argument, Member, Sent, members, sent};
use super::types::{Taken, take};
use super::{docs, multipart, outcome, types};
use crate::core::{Core, Request};
use crate::ident::ident;
use partner_model::names::{const_name, snake_name, type_name};
use partner_model::{Model, Operation, Place, Success, SuccessBody};

/// The client's method, and the items of the `calls` module.
pub(super) struct Emitted {
    pub(super) method: TokenStream,
    pub(super) call: TokenStream,
}

/// Emits all ways to call an operation, and adds what of them could not be to what is missing.
pub(super) fn emit(
    operation: &Operation,
    model: &Model,
    core: &Core,
    missing: &mut Vec<String>,
) -> Vec<Emitted> {
    let Some(request) = core.request(operation) else { return Vec::new() };
    let emit = |callable: &Callable<'_>| {
        let sent = sent(operation, callable);
        let members = members(operation, &sent, core);
        let mut emitted = emit_one(operation, callable, request, &members, &sent, model, core);
        if let Some(paging) = &operation.pagination {
            let pages = super::pagination::emit(paging, operation, callable, core);
            missing.extend(pages.is_none().then(|| format!("`{}` does not go on", callable.name)));
            emitted.call.extend(pages);
        }
        let required = members.iter().filter(|member| member.required);
        let required: Vec<Argument> = required.map(|member| member.argument(model)).collect();
        for waiter in &operation.waiters {
            let method = super::waiter::method(waiter, operation, &required, model, core);
            missing.extend(method.is_none().then(|| format!("there is no method `{}`", waiter.name)));
            emitted.method.extend(method);
        }
        emitted
    };
    callables(operation).iter().map(emit).collect()
}

fn emit_one(
    operation: &Operation,
    callable: &Callable<'_>,
    request: &Request,
    members: &[Member],
    sent: &Sent<'_>,
    model: &Model,
    core: &Core,
) -> Emitted {
    let name = ident(&callable.name);
    let call = format_ident!("{}Call", type_name(&callable.name));
    let deprecated = docs::deprecated(operation);
    let answer = answer_type(operation, core);
    let operation_docs = docs::of_operation(operation, &describe(&answer));
    let fields = members.iter().map(|m| {
        let (name, of) = (&m.name, &m.value);
        if m.required {
            quote! { pub(crate) #name: #of }
        } else {
            quote! { pub(crate) #name: Option<#of> }
        }
    });
    let taken: Vec<(&Member, Taken)> =
        members.iter().filter(|m| m.required).map(|m| (m, take(&m.name, &m.value, model))).collect();
    let arguments = taken.iter().map(|(m, t)| {
        let (name, argument) = (&m.name, &t.argument);
        quote! { #name: #argument }
    });
    let values = members.iter().map(|m| {
        let name = &m.name;
        match taken.iter().find(|(required, _)| required.name == *name) {
            Some((_, taken)) => {
                let value = &taken.value;
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
        let Taken { argument, value } = take(&m.name, &m.value, model);
        let (name, docs) = (&m.name, &m.docs);
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #name: #argument) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    });
    let (ready, read) = send(operation, request, members, sent, core);
    let table = ident(&const_name(&operation.id));
    let call_docs = docs::comment([format!("A call of [`Client::{name}`]: sent when awaited.")]);
    Emitted {
        method: quote! {
            #operation_docs
            #deprecated
            pub fn #name(&self, #( #arguments ),*) -> calls::#call {
                calls::#call { client: self.clone(), options: Default::default(), #( #values, )* }
            }
        },
        call: quote! {
            #call_docs
            #[derive(Clone)]
            #[must_use = "nothing is sent until the call is awaited"]
            pub struct #call {
                pub(crate) client: Client,
                pub(crate) options: partner_runtime::plumbing::CallOptions,
                #( #fields, )*
            }

            impl #call {
                #( #setters )*

                fn ready(self) -> Result<partner_runtime::plumbing::Ready, partner_runtime::Error> {
                    #ready
                }

                async fn send(self) -> Result<partner_runtime::Response<#answer>, partner_runtime::Error> {
                    self.ready()?.#read.await
                }
            }

            partner_runtime::plumbing::call!(#call: operations::#table => #answer);
        },
    }
}

fn answer_type(operation: &Operation, core: &Core) -> TokenStream {
    match &operation.success {
        Success::ByStatus { name, .. } => ident(name).into_token_stream(),
        Success::Same(body) => outcome::body_type(body, core),
    }
}

/// The type of an answer, for readers.
fn describe(answer: &TokenStream) -> String {
    let text = answer.to_string().replace(' ', "");
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

/// The body of the call's `ready`, and how its answer is read. Nothing in the first waits, so that what waits does not
/// keep room for it.
fn send(
    operation: &Operation,
    request: &Request,
    members: &[Member],
    sent: &Sent<'_>,
    core: &Core,
) -> (TokenStream, TokenStream) {
    let table = ident(&const_name(&operation.id));
    let names = members.iter().map(|m| &m.name);
    let checks = operation.parameters.iter().filter(|p| p.place == Place::Path).map(|parameter| {
        let (wire, name) = (&parameter.name, ident(&snake_name(&parameter.name)));
        quote! { call.check_segment(#wire, &#name)?; }
    });
    let attach = match sent {
        Sent::Nothing | Sent::ByCore(_) => quote! {},
        Sent::Json(schema) => match members.iter().find(|m| m.name == "body") {
            Some(Member { required: true, .. }) => {
                let body = types::as_json(quote! { &body }, schema);
                quote! { call.json(#body)?; }
            }
            _ => {
                let body = types::as_json(quote! { body }, schema);
                quote! {
                    if let Some(body) = &body {
                        call.json(#body)?;
                    }
                }
            }
        },
        Sent::Multipart(media) => {
            let parts = multipart::parts(media, core);
            let added = parts.iter().map(|part| {
                let (name, add) = (&part.name, multipart::add(part));
                if part.required {
                    quote! { form = #add; }
                } else {
                    quote! {
                        if let Some(#name) = #name {
                            form = #add;
                        }
                    }
                }
            });
            quote! {
                let mut form = partner_runtime::plumbing::Form::new();
                #( #added )*
                call.multipart(form);
            }
        }
    };
    let request = &request.call;
    let read = match &operation.success {
        Success::ByStatus { .. } | Success::Same(SuccessBody::Text | SuccessBody::Bytes) => {
            quote! { raw() }
        }
        _ => quote! { json() },
    };
    let ready = quote! {
        let Self { client, options, #( #names ),* } = self;
        #[allow(unused_mut)]
        let mut call = client.transport.call(&operations::#table, options);
        #( #checks )*
        #attach
        let request = core::Client::of(&call).#request;
        call.ready(request)
    };
    (ready, read)
}
