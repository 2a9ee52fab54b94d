//! Users: creating them.

use std::collections::hash_map::Entry;

use partner_client::p100::{ErrorCode, NewUserAccount, UserAccount};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{State, User};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::person::{is_country, is_email, is_past};

/// An external id can be used once.
pub(super) fn create_user_account(state: &mut State, call: &Call<'_>) -> Outcome {
    let new: NewUserAccount = call.json().map_err(|misfit| failure::misfit(&misfit))?;
    let findings = findings(&new);
    if !findings.is_empty() {
        return Err(failure::invalid(&findings));
    }
    let Entry::Vacant(entry) = state.users.entry(new.external_user_id) else {
        return Err(failure::coded(400, &ErrorCode::P411));
    };
    entry.insert(User {
        last_name: new.last_name,
        kyc_files: Default::default(),
        hosted: None,
        address: Default::default(),
    });
    Ok(Answer::of::<UserAccount>(json!({ "userId": Uuid::new_v4(), "poaRequiredForExtended": false })))
}

/// Everything that is wrong at once, as P100 does it.
fn findings(new: &NewUserAccount) -> Vec<String> {
    let checks = [
        (!new.external_user_id.trim().is_empty(), "externalUserId should not be empty"),
        (is_email(&new.email), "email must be an email"),
        (is_phone(&new.phone), "phone must hold digits only"),
        (is_country(&new.country), "country must be two capital letters"),
        (is_country(&new.citizenship), "citizenship must be two capital letters"),
        (is_past(new.birth_date), "birthDate must be in the past"),
        (new.has_accepted_p100_tc, "hasAcceptedP100Tc must be true"),
    ];
    checks.into_iter().filter(|(fine, _)| !fine).map(|(_, finding)| finding.to_owned()).collect()
}

/// Digits with the country's prefix, without a plus sign.
fn is_phone(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
