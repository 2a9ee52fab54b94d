//! Emits the operation table, which tells the runtime the path, security, responses and other properties of each
//! operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ident::create_ident;
use partner_model::names::to_const_name;
use partner_model::{
    Availability, Confidence, CredentialRequirement, Model, Operation, SuccessBodies, SuccessBody,
};

/// Emits the entry of an operation in the operation table. The entry is a static variable, whose name is derived from
/// the `operationId`.
pub(super) fn emit_operation_table_entry(operation: &Operation, model: &Model) -> TokenStream {
    let name = create_ident(&to_const_name(&operation.id));
    let (id, path, page) =
        (&operation.client_method_name, &operation.path_template, &operation.description_source.page_title);
    let method = operation.method.to_uppercase();
    let security = create_ident(match operation.credential_requirement {
        CredentialRequirement::Unauthenticated => "None",
        CredentialRequirement::Optional => "Optional",
        CredentialRequirement::Required => "Required",
    });
    let credentials = super::credentials::emit_required_credentials(operation, model);
    let server = (operation.server_index > 0).then_some(operation.server_index);
    let server = server.map(|position| quote! { .server_index(#position) });
    let idempotent = operation.is_idempotent;
    let availability = create_ident(match operation.availability {
        Availability::General => "General",
        Availability::EnabledOnRequest => "OnRequest",
        Availability::Preview => "Preview",
        Availability::Suspended => "Suspended",
    });
    let confidence = create_ident(match operation.description_source.confidence {
        Confidence::Documented => "Documented",
        Confidence::OlderDocs => "OlderDocs",
        Confidence::ThirdParty => "ThirdParty",
        Confidence::Inferred => "Inferred",
    });
    let is_enveloped = operation.required_envelope_properties.is_some();
    let requires_success_flag =
        operation.required_envelope_properties.is_some_and(|wrapping| wrapping.requires_success_property);
    let may_be_empty = operation.success_body_may_be_empty;
    let response = create_ident(match &operation.success_bodies {
        SuccessBodies::SameForAllStatuses(SuccessBody::Empty) => "Empty",
        SuccessBodies::SameForAllStatuses(SuccessBody::Json(_)) => "Json",
        SuccessBodies::SameForAllStatuses(SuccessBody::AnyJson) => "AnyJson",
        SuccessBodies::SameForAllStatuses(SuccessBody::Text) => "Text",
        SuccessBodies::SameForAllStatuses(SuccessBody::Bytes) => "Bytes",
        SuccessBodies::ByStatus { .. } => "ByStatus",
    });
    // The range `2XX` becomes 200, because the runtime treats a 2xx status that is not in the table like 200.
    let success_statuses = operation
        .successful_responses()
        .map(|success| success.status.replace('X', "0").parse::<u16>().unwrap_or(200));
    let sizes = super::type_sizes::emit_type_sizes(operation, model);
    quote! {
        pub static #name: OperationEntry = OperationEntry::new(#id)
            .method(#method)
            .path(#path)
            .docs_page_title(#page)
            .security(Security::#security)
            #credentials
            #server
            .documented_as_idempotent(#idempotent)
            .availability(Availability::#availability)
            .confidence(Confidence::#confidence)
            .response_is_enveloped(#is_enveloped)
            .requires_success_flag(#requires_success_flag)
            .response_may_be_empty(#may_be_empty)
            .response_kind(ResponseKind::#response)
            .success_statuses(&[ #( #success_statuses ),* ])
            .response_type_sizes(&[ #( #sizes ),* ]);
    }
}
