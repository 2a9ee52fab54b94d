//! The Unigox API of the sandbox. The operations on the docs page "User Management" read and change the state of users;
//! all other operations respond with examples.

mod documents;
mod failure;
mod kyc;
mod kyc_update;
mod payment_details;
mod state;
mod stored_payment_details;
mod users;
mod verification;

use std::sync::LazyLock;

use partner_client::unigox::{API, OPERATIONS};

use crate::document::Document;
use crate::vendor::{self, Handler, VendorDefinition};

use state::State;

static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::parse("unigox.json", include_str!(concat!(env!("OUT_DIR"), "/unigox.json"))));

/// The handlers of the operations that read or change the state, each with the name of the client's method for the
/// operation.
const HANDLERS: &[(&str, Handler<State>)] = &[
    ("create_partner_user", users::create_partner_user),
    ("get_partner_user", users::get_partner_user),
    ("submit_kyc", kyc::submit_kyc),
    ("upload_kyc_document", documents::upload_kyc_document),
    ("run_kyc_verification", verification::run_kyc_verification),
    ("update_kyc", kyc_update::update_kyc),
    ("get_verification_status", verification::get_verification_status),
    ("list_payment_details", payment_details::list_payment_details),
    ("create_payment_details", payment_details::create_payment_details),
    ("get_payment_details", payment_details::get_payment_details),
    ("delete_payment_details", payment_details::delete_payment_details),
];

/// Returns the definition of Unigox: everything that the sandbox needs to serve this API. `key` is the API key that the
/// sandbox accepts.
pub(crate) fn new_vendor_definition(key: &'static str) -> VendorDefinition {
    VendorDefinition {
        name: "unigox",
        api: &API,
        operations: OPERATIONS,
        document: &DOCUMENT,
        api_key: key,
        stateful_operations: vendor::StateWithHandlers::new_boxed(HANDLERS),
        refusal_failure_builder: failure::new_refusal_failure,
        mismatch_failure_builder: failure::new_mismatch_failure,
        mock_failure_body_builder: failure::build_mock_failure_body,
        error_code_reader: failure::read_error_code,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_handler_belongs_to_an_operation() {
        for (id, _) in HANDLERS {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
    }

    #[test]
    fn the_docs_of_the_crate_list_exactly_the_operations_with_state() {
        let docs = include_str!("../lib.rs");
        let (_, list) = docs.split_once("//! - Unigox: ").unwrap();
        let (list, _) = list.split_once(".\n").unwrap();
        let mut listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        let mut handled: Vec<&str> = HANDLERS.iter().map(|(id, _)| *id).collect();
        listed.sort_unstable();
        handled.sort_unstable();
        assert_eq!(listed, handled);
    }
}
