//! Emits waiters: methods of the client that repeat a call until its response has a final state.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::access::{FieldAccessMode, emit_response_field_access};
use super::callable::to_call_type_name;
use super::docs;
use super::members::MethodArgument;
use crate::core::{GeneratedRequestsAndTypes, find_last_path_segment};
use crate::ident::create_ident;
use partner_model::{LocatedString, Model, Operation, Waiter};

/// Emits a waiter method: the method of the client that repeats a call until the response has a final state. Returns
/// `None` if the response has no field for the state, or if the type of this field lacks a state that `x-waiter` lists.
/// The rules `x-waiter-field` and `x-waiter-state` report these mistakes.
pub(super) fn emit_waiter_method(
    waiter: &Waiter,
    operation: &Operation,
    arguments: &[MethodArgument],
    model: &Model,
    core: &GeneratedRequestsAndTypes,
) -> Option<TokenStream> {
    let response_type = core.find_value_type_or_placeholder(operation.common_success_response_schema()?);
    let field = emit_response_field_access(&waiter.state_pointer, operation, core, FieldAccessMode::Borrow)?;
    let states = find_last_path_segment(&field.unwrapped_type)?;
    let known = model.find_enum(&states)?;
    let value = &field.expression;
    // The generated method has a `match` on the state, which is a field of the response. If this field is optional,
    // each pattern is wrapped in `Some`, and an arm for `None` is added, in which the waiter goes on polling.
    let (state, wrap_pattern, absent_arm): (_, fn(TokenStream) -> TokenStream, _) = match field.is_optional {
        true => {
            let absent_arm = quote! { None => partner_runtime::plumbing::WaitState::Pending(None), };
            (quote! { #value }, |states| quote! { Some(#states) }, absent_arm)
        }
        false => (quote! { &#value }, |states| states, quote! {}),
    };
    let states = create_ident(&states);
    let names: HashMap<&str, &str> =
        known.values.iter().map(|value| (value.wire_value.as_str(), value.variant_name.as_str())).collect();
    let variants = |words: &[LocatedString]| -> Option<Vec<TokenStream>> {
        let variant = |word: &LocatedString| {
            let name = create_ident(names.get(word.text.as_str())?);
            Some(quote! { #states::#name })
        };
        words.iter().map(variant).collect()
    };
    let reached = variants(&waiter.success_states).filter(|variants| !variants.is_empty())?;
    let reached = wrap_pattern(quote! { #( #reached )|* });
    let ended = |words: &[LocatedString], state: &str| -> Option<Vec<TokenStream>> {
        let state = create_ident(state);
        let arms = variants(words)?.into_iter().map(wrap_pattern).zip(words).map(|(pattern, word)| {
            let text = &word.text;
            quote! { #pattern => partner_runtime::plumbing::WaitState::#state(#text), }
        });
        Some(arms.collect())
    };
    let missed = ended(&waiter.failure_states, "EndedInOtherState")?;
    let failed_later = ended(&waiter.late_failure_states, "ReachedThenFailed")?;
    let open = wrap_pattern(quote! { state });
    let (name, call, operation_name) = (
        create_ident(&waiter.client_method_name),
        to_call_type_name(&operation.client_method_name),
        create_ident(&operation.client_method_name),
    );
    let method_name = &waiter.client_method_name;
    let docs = emit_waiter_docs(waiter, operation);
    let declarations = arguments.iter().map(|argument| &argument.declaration_tokens);
    let passed = arguments.iter().map(|argument| &argument.name);
    let deprecated = docs::emit_deprecated_attribute(operation);
    Some(quote! {
        #docs
        #deprecated
        pub fn #name(&self, #( #declarations ),*) -> partner_runtime::Wait<crate::Call<calls::#call>, #response_type> {
            partner_runtime::plumbing::new_wait(#method_name, self.#operation_name(#( #passed ),*), |response| match #state {
                #reached => partner_runtime::plumbing::WaitState::Reached,
                #( #missed )*
                #( #failed_later )*
                #open => partner_runtime::plumbing::WaitState::new_pending(#states::KNOWN, state, #states::as_str),
                #absent_arm
            })
        }
    })
}

fn emit_waiter_docs(waiter: &Waiter, operation: &Operation) -> TokenStream {
    let list = |words: &[LocatedString]| {
        let words: Vec<String> = words.iter().map(|word| docs::to_code_span_or_text(&word.text)).collect();
        words.join(", ")
    };
    let field = waiter.state_pointer.text.trim_start_matches('/').replace('/', ".");
    let mut paragraphs = vec![format!(
        "Calls [`Client::{}`] again and again until {} is {}.",
        operation.client_method_name,
        docs::to_code_span_or_text(&field),
        list(&waiter.success_states).replace(", ", " or ")
    )];
    paragraphs.extend(waiter.description.as_deref().map(docs::to_rustdoc_markdown));
    paragraphs.push(String::from(
        "Nothing is sent until it is awaited. See [`partner_runtime::wait`] for how often it asks, and for how long; \
         [`configure_call`](partner_runtime::Wait::configure_call) sets optional parameters of its requests.",
    ));
    paragraphs.push(String::from("# Errors"));
    let ended = |words: &[LocatedString], variant: &str, text: &str| match words {
        [] => String::new(),
        words => format!("- [`{variant}`](partner_runtime::WaitError::{variant}): {text} {}.\n", list(words)),
    };
    let missed = ended(&waiter.failure_states, "EndedInOtherState", "it became");
    let failed_later =
        ended(&waiter.late_failure_states, "ReachedThenFailed", "it was reached, and then became");
    paragraphs.push(format!(
        "{missed}{failed_later}- [`DeadlineExceeded`](partner_runtime::WaitError::DeadlineExceeded): it was none of \
         these in time; states that are not listed here count as not yet.\n\
         - [`CallFailed`](partner_runtime::WaitError::CallFailed): a request failed permanently, or too many in a row \
         failed."
    ));
    docs::emit_doc_comment(paragraphs)
}
