//! Calls: a method of the client for each operation and media type, and the builder it returns.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, ImplItemFn, Type};

use super::members::{Member, Sent, inputs, members, sent};
use super::types::{Taken, optional, take};
use super::{docs, multipart, outcome, types};
use crate::core::{Core, success_type};
use crate::ident::ident;
use partner_model::names::{const_name, snake_name, type_name};
use partner_model::{Content, Media, Model, Operation, Place, Success, SuccessBody};

/// One way to call an operation.
pub(crate) struct Callable<'a> {
    /// The name of the client's method.
    pub(crate) name: String,
    pub(super) media: Option<&'a Media>,
}

/// The ways to call an operation: one, or one for each media type that its body may have.
pub(crate) fn callables(operation: &Operation) -> Vec<Callable<'_>> {
    let media = operation.media();
    if media.is_empty() {
        return vec![Callable { name: operation.name.clone(), media: None }];
    }
    let name = |(index, media): (usize, &Media)| match (&media.method_name, index, &media.content) {
        (Some(name), ..) => name.clone(),
        (None, 0, _) => operation.name.clone(),
        (None, _, Content::Json(_)) => format!("{}_json", operation.name),
        (None, _, Content::Multipart(_)) => format!("{}_multipart", operation.name),
    };
    media.iter().enumerate().map(|at| Callable { name: name(at), media: Some(at.1) }).collect()
}

/// Names that a parameter cannot have: every call has them already, as fields, methods or variables.
pub(crate) fn reserved_arguments() -> &'static [&'static str] {
    &[
        "attempt_timeout",
        "body",
        "call",
        "client",
        "core",
        "form",
        "header",
        "operation",
        "options",
        "ready",
        "retry",
        "send",
        "timeout",
    ]
}

/// The client's method, and the items of the `calls` module.
pub(super) struct Emitted {
    pub(super) method: TokenStream,
    pub(super) call: TokenStream,
}

pub(super) fn emit(operation: &Operation, model: &Model, core: &Core) -> Vec<Emitted> {
    let Some(method) = core.methods.get(&operation.name) else { return Vec::new() };
    let emit = |callable: &Callable<'_>| {
        let sent = sent(operation, callable);
        let members = members(operation, method, &sent);
        let mut emitted = emit_one(operation, callable, method, &members, &sent, model);
        emitted.call.extend(super::pagination::emit(operation, callable, core));
        repeat(operation, &members, &mut emitted, model, core);
        emitted
    };
    callables(operation).iter().map(emit).collect()
}

/// An argument of a method: its name, and how it is written in the signature.
pub(super) struct Argument {
    pub(super) name: Ident,
    pub(super) taken: TokenStream,
}

/// Adds the methods that wait for an answer of this call.
fn repeat(operation: &Operation, members: &[Member], emitted: &mut Emitted, model: &Model, core: &Core) {
    let argument = |member: &Member| {
        let (name, Taken { argument, .. }) = (member.name.clone(), take(&member.name, &member.of, model));
        Argument { taken: quote! { #name: #argument }, name }
    };
    let required: Vec<Argument> = members.iter().filter(|m| m.required).map(argument).collect();
    for waiter in &operation.waiters {
        emitted.method.extend(super::waiter::method(waiter, operation, &required, model, core));
    }
}

fn emit_one(
    operation: &Operation,
    callable: &Callable<'_>,
    method: &ImplItemFn,
    members: &[Member],
    sent: &Sent<'_>,
    model: &Model,
) -> Emitted {
    let name = ident(&callable.name);
    let arguments_type = arguments_type(&callable.name);
    let deprecated = deprecated(operation);
    let answer = answer_type(operation, method);
    let operation_docs = docs::of_operation(operation, &describe(&answer));
    let fields = members.iter().map(|m| {
        let (name, of) = (&m.name, &m.of);
        if m.required {
            quote! { pub(crate) #name: #of }
        } else {
            quote! { pub(crate) #name: Option<#of> }
        }
    });
    let taken: Vec<(&Member, Taken)> =
        members.iter().filter(|m| m.required).map(|m| (m, take(&m.name, &m.of, model))).collect();
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
        let Taken { argument, value } = take(&m.name, &m.of, model);
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
    let (request, read) = send(operation, method, members, sent);
    let table = ident(&const_name(&operation.id));
    let arguments_docs = docs::comment(
        std::iter::once(format!("The arguments of [`Client::{name}`]."))
            .chain(operation.pagination.as_ref().map(super::pagination::described)),
    );
    Emitted {
        method: quote! {
            #operation_docs
            #deprecated
            pub fn #name(&self, #( #arguments ),*) -> crate::Call<calls::#arguments_type> {
                crate::Call(partner_runtime::plumbing::Prepared::new(
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
                type Response = #answer;
                const ENTRY: &'static partner_runtime::operation::Operation = &operations::#table;

                fn request(
                    self,
                    call: &mut partner_runtime::plumbing::Call,
                ) -> Result<partner_runtime::plumbing::Made, partner_runtime::Error> {
                    #request
                }

                fn read(response: &partner_runtime::plumbing::Answer) -> Result<#answer, partner_runtime::Error> {
                    #read
                }
            }

            #setters
        },
    }
}

/// The type of an operation's arguments, which stands for the operation.
pub(crate) fn arguments_type(name: &str) -> Ident {
    format_ident!("{}Operation", type_name(name))
}

pub(super) fn deprecated(operation: &Operation) -> TokenStream {
    match (operation.deprecated, operation.availability) {
        (true, _) => quote! { #[deprecated(note = "the vendor's docs call this deprecated")] },
        (_, partner_model::Availability::Suspended) => {
            quote! { #[deprecated(note = "suspended by the vendor: calls answer with an error")] }
        }
        _ => quote! {},
    }
}

fn answer_type(operation: &Operation, method: &ImplItemFn) -> TokenStream {
    match &operation.success {
        Success::ByStatus { name, .. } => {
            let name = ident(name);
            quote! { #name }
        }
        Success::Same(SuccessBody::Json(_)) => match success_type(method) {
            Some(of) => quote! { #of },
            None => quote! { () },
        },
        Success::Same(body) => outcome::body_type(body),
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

/// The bodies of the functions that make the request and that read the response.
fn send(
    operation: &Operation,
    method: &ImplItemFn,
    members: &[Member],
    sent: &Sent<'_>,
) -> (TokenStream, TokenStream) {
    let names = members.iter().map(|m| &m.name);
    let checks = operation.parameters.iter().filter(|p| p.place == Place::Path).map(|parameter| {
        let (wire, name) = (&parameter.name, ident(&snake_name(&parameter.name)));
        quote! { call.check_segment(#wire, &#name)?; }
    });
    let attach = match sent {
        Sent::Nothing | Sent::ByCore => quote! {},
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
            let parts = multipart::parts(media);
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
    let arguments = inputs(method).map(|(name, of)| core_argument(operation, &name, &of));
    let core_method = &method.sig.ident;
    let read = match &operation.success {
        Success::ByStatus { .. } | Success::Same(SuccessBody::Text | SuccessBody::Bytes) => {
            quote! { partner_runtime::plumbing::FromAnswer::from_answer(response) }
        }
        _ => quote! { response.json() },
    };
    let request = quote! {
        let Self { #( #names ),* } = self;
        #( #checks )*
        #attach
        Ok(core::Client::of(call).#core_method(#( #arguments ),*))
    };
    (request, read)
}

/// What the core's method gets for one of its arguments, given a variable of that name.
fn core_argument(operation: &Operation, name: &Ident, of: &Type) -> TokenStream {
    let parameter = operation.parameters.iter().find(|p| *name == snake_name(&p.name));
    if parameter.is_some_and(|p| p.joined) {
        return match optional(of).is_some() {
            true => quote! { #name.as_deref().map(partner_runtime::plumbing::join).as_deref() },
            false => quote! { &partner_runtime::plumbing::join(&#name) },
        };
    }
    match (optional(of), of) {
        (None, Type::Reference(_)) => quote! { &#name },
        (None, _) => quote! { #name },
        (Some(Type::Reference(inner)), _) => match types::name_of(&inner.elem).as_deref() {
            Some("str") => quote! { #name.as_deref() },
            _ => quote! { #name.as_ref() },
        },
        (Some(_), _) => quote! { #name },
    }
}
