//! The P100 API of the sandbox. The operations on the page "Onboarding & KYC Flow" of the vendor's docs read and change
//! the state of users. All other operations respond with examples.

mod failure;
mod files;
mod hosted;
mod state;
mod users;
mod verification;

use std::sync::LazyLock;

use partner_client::p100::{API, OPERATIONS};

use crate::document::Document;
use crate::vendor::{self, Handler, VendorDefinition};

use state::State;

static DOCUMENT: LazyLock<Document> =
    LazyLock::new(|| Document::parse("p100.json", include_str!(concat!(env!("OUT_DIR"), "/p100.json"))));

/// The handlers of the operations that read or change the state, each with the name of the client's method for the
/// operation.
const HANDLERS: &[(&str, Handler<State>)] = &[
    ("create_user_account", users::create_user_account),
    ("add_kyc_files", files::add_kyc_files),
    ("create_kyc_verification", hosted::create_kyc_verification),
    ("get_kyc_verification_page", hosted::get_kyc_verification_page),
    ("get_kyc_status", hosted::get_kyc_status),
    ("add_user_verification", verification::add_user_verification),
    ("add_proof_of_address_files", files::add_proof_of_address_files),
];

/// Returns the definition of the P100 API. `key` is the API key that the sandbox accepts.
pub(crate) fn new_vendor_definition(key: &'static str) -> VendorDefinition {
    VendorDefinition {
        name: "p100",
        api: &API,
        operations: OPERATIONS,
        document: &DOCUMENT,
        api_key: key,
        stateful_operations: vendor::StateWithHandlers::new_boxed(HANDLERS),
        refusal_failure_builder: failure::new_refusal_failure,
        mismatch_failure_builder: |mismatch, _| failure::new_mismatch_failure(mismatch),
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
        let (_, list) = docs.split_once("//! - P100: ").unwrap();
        let (list, _) = list.split_once(".\n").unwrap();
        let mut listed: Vec<&str> = list.split('`').skip(1).step_by(2).collect();
        let mut handled: Vec<&str> = HANDLERS.iter().map(|(id, _)| *id).collect();
        listed.sort_unstable();
        handled.sort_unstable();
        assert_eq!(listed, handled);
    }
}
