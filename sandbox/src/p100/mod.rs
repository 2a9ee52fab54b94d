//! P100: the Onboarding & KYC Flow page.

mod failure;
mod files;
mod hosted;
mod state;
mod users;
mod verification;

use partner_client::p100::{API, OPERATIONS};

use crate::vendor::{Behaviour, Vendor};

pub(crate) use state::State;

/// What each operation does, by the name of the client's method.
const BEHAVIOURS: &[(&str, Behaviour<State>)] = &[
    ("create_user_account", users::create_user_account),
    ("add_kyc_files", files::add_kyc_files),
    ("create_kyc_verification", hosted::create_kyc_verification),
    ("redirect_to_kyc_verification", hosted::redirect_to_kyc_verification),
    ("get_kyc_status", hosted::get_kyc_status),
    ("add_user_verification", verification::add_user_verification),
    ("add_poa_files", files::add_poa_files),
];

pub(crate) fn vendor(key: &'static str) -> Vendor<State> {
    Vendor {
        name: "p100",
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
