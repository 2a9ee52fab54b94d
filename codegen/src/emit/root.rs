//! Emits the root file of a client's module: the client, the environments, the operation table, and the type whose
//! methods are the generated request functions.

use proc_macro2::TokenStream;
use quote::quote;

use super::{FileContentsByModuleName, credentials, docs, page, sensitive, servers};
use crate::ident::create_ident;
use partner_model::Model;
use partner_model::names::to_const_name;

pub(super) fn emit_root(model: &Model, pages: &FileContentsByModuleName) -> TokenStream {
    let title = &model.title;
    let named = docs::to_rustdoc_markdown_line(title);
    let modules: Vec<_> = pages.keys().map(|module| page::emit_module_identifier(module)).collect();
    let files = pages.keys().map(|module| format!("{module}.rs"));
    let with_calls: Vec<_> = pages
        .iter()
        .filter(|(_, page)| page.operations(model).next().is_some())
        .map(|(module, _)| page::emit_module_identifier(module))
        .collect();
    let entries = pages.iter().flat_map(|(module, page)| {
        let module = page::emit_module_identifier(module);
        page.operations(model).map(move |operation| {
            let name = create_ident(&to_const_name(&operation.id));
            quote! { &#module::operations::#name }
        })
    });
    let key_header = model.api_key_header_name().unwrap_or_default().to_ascii_lowercase();
    let (schemes, credentials) =
        (credentials::emit_security_schemes(model), credentials::emit_credentials_module(model));
    let envelope = match &model.envelope {
        Some(envelope) => {
            let (success, data) = (&envelope.success_property_name, &envelope.data_property_name);
            quote! { .envelope(partner_runtime::api::Envelope { success_property_name: #success, data_property_name: #data }) }
        }
        None => quote! {},
    };
    let sensitive = sensitive::collect_sensitive_names(model).into_iter();
    let client_docs = docs::emit_doc_comment([format!(
        "A client of {named}: cheap to clone, and to be shared between tasks."
    )]);
    let (environment, variables) =
        (servers::emit_environment_enum(model), servers::emit_server_variables_module(model));
    let core = crate::core::emit_core_module();
    quote! {
        #[allow(unused_imports)]
        use partner_runtime::Decimal;
        #[allow(unused_imports)]
        use partner_runtime::plumbing::prelude::*;

        #(
            #[allow(clippy::all, unreachable_pub, unused_imports)]
            mod #modules {
                include!(#files);
            }
            pub use #modules::*;
        )*

        /// A struct for each operation, which holds the arguments of a call.
        pub mod calls {
            #( pub use super::#with_calls::calls::*; )*
        }

        #client_docs
        #[derive(Clone, Debug)]
        pub struct Client {
            transport: partner_runtime::plumbing::Transport,
        }

        impl Client {
            /// Starts configuring a client.
            pub fn builder() -> partner_runtime::ClientBuilder<Self> {
                partner_runtime::plumbing::client_builder()
            }

            /// Calls an operation that the documents do not describe, by HTTP method and path, such as `/v1/users`. The
            /// API key, retries, limits, errors and spans are the same as for other calls.
            pub fn raw(&self, method: http::Method, path: impl Into<String>) -> partner_runtime::RawCall {
                partner_runtime::plumbing::raw_call(&self.transport, method, path.into())
            }
        }

        impl partner_runtime::client::ApiClient for Client {
            type Environment = Environment;
            const API: &'static partner_runtime::api::Api = &API;

            fn from_transport(transport: partner_runtime::plumbing::Transport) -> Self {
                Self { transport }
            }
        }

        #environment

        #variables

        #credentials

        /// All operations, in the order of the documents.
        pub static OPERATIONS: &[&partner_runtime::operation::OperationEntry] = &[ #( #entries, )* ];

        /// Describes the API as a whole to the runtime.
        pub static API: partner_runtime::api::Api = partner_runtime::api::Api::new(#title)
            .api_key_header_name(#key_header)
            #schemes
            #envelope
            .sensitive_names(&[ #( #sensitive, )* ])
            .failure_functions(failure::read_failure, failure::is_failure_body);

        #core
    }
}
