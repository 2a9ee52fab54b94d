//! The operation table: what the runtime knows of each operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ident::ident;
use partner_model::api::{Availability, Confidence, Operation, Security, Success, SuccessBody};
use partner_model::names::const_name;

/// One entry, as a static of the operation's name.
pub(super) fn entry(operation: &Operation) -> TokenStream {
    let name = ident(&const_name(&operation.id));
    let (id, path, page) = (&operation.name, &operation.path, &operation.docs.page);
    let method = operation.method.to_uppercase();
    let security = ident(match operation.security {
        Security::None => "None",
        Security::Optional => "Optional",
        Security::Required => "Required",
    });
    let idempotent = operation.idempotent;
    let availability = ident(match operation.availability {
        Availability::General => "General",
        Availability::OnRequest => "OnRequest",
        Availability::Preview => "Preview",
        Availability::Suspended => "Suspended",
    });
    let confidence = ident(match operation.docs.confidence {
        Confidence::Documented => "Documented",
        Confidence::Older => "Older",
        Confidence::ThirdParty => "ThirdParty",
        Confidence::Inferred => "Inferred",
    });
    let (enveloped, flag_required, may_be_empty) =
        (operation.enveloped, operation.flag_required, operation.may_be_empty);
    let answer = ident(match &operation.success {
        Some(Success::Same(SuccessBody::Empty)) | None => "Empty",
        Some(Success::Same(SuccessBody::Json(_))) => "Json",
        Some(Success::Same(SuccessBody::Any)) => "Any",
        Some(Success::Same(SuccessBody::Text)) => "Text",
        Some(Success::Same(SuccessBody::Bytes)) => "Bytes",
        Some(Success::ByStatus { .. }) => "ByStatus",
    });
    // A range is entered as its first status: any other 2xx is taken for the same.
    let statuses =
        operation.success_statuses().map(|status| status.replace('X', "0").parse::<u16>().unwrap_or(200));
    quote! {
        pub static #name: Operation = Operation::new(#id)
            .method(#method)
            .path(#path)
            .page(#page)
            .security(Security::#security)
            .idempotent(#idempotent)
            .availability(Availability::#availability)
            .confidence(Confidence::#confidence)
            .enveloped(#enveloped)
            .flag_required(#flag_required)
            .may_be_empty(#may_be_empty)
            .answer(AnswerKind::#answer)
            .success(&[ #( #statuses ),* ]);
    }
}
