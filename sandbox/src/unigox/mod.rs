//! Unigox: the User Management page.

mod documents;
mod failure;
mod kyc;
mod kyc_update;
mod payment_details;
mod state;
mod users;
mod verification;

use partner_client::unigox::{API, OPERATIONS};

use crate::vendor::{Behaviour, Vendor};

pub(crate) use state::State;

/// What each operation does, by the name of the client's method.
const BEHAVIOURS: &[(&str, Behaviour<State>)] = &[
    ("verify_auth", users::verify_auth),
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

pub(crate) fn vendor(key: &'static str) -> Vendor<State> {
    Vendor {
        name: "unigox",
        api: &API,
        operations: OPERATIONS,
        key,
        behaviours: BEHAVIOURS,
        refuse: failure::refuse,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_behaviour_belongs_to_an_operation() {
        for (id, _) in BEHAVIOURS {
            assert!(OPERATIONS.iter().any(|operation| operation.id == *id), "{id}");
        }
    }
}
