//! Creates the accounts of users.

use std::collections::hash_map::Entry;

use partner_client::p100::{ErrorCode, NewUserAccount, UserAccount};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{State, User};
use crate::call::Call;
use crate::person::{is_past_date, looks_like_country_code, looks_like_email_address};
use crate::reply::{HandlerResult, Reply};

/// Creates the account of a user. A second request with the same external id is refused.
pub(super) fn create_user_account(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let new: NewUserAccount =
        call.deserialize_json_body().map_err(|mismatch| failure::new_mismatch_failure(&mismatch))?;
    let problems = find_body_problems(&new);
    if !problems.is_empty() {
        return Err(failure::new_invalid_body_failure(&problems));
    }
    let Entry::Vacant(entry) = state.users.entry(new.external_user_id) else {
        return Err(failure::new_failure_with_code(400, &ErrorCode::UserExists));
    };
    entry.insert(User {
        last_name: new.last_name,
        kyc_file_part_names: Default::default(),
        hosted: None,
        address: Default::default(),
    });
    Ok(Reply::success_conforming_to::<UserAccount>(
        json!({ "userId": Uuid::new_v4(), "poaRequiredForExtended": false }),
    ))
}

/// Checks a request body, and returns a message for each problem. P100 reports all problems in one error response.
fn find_body_problems(new: &NewUserAccount) -> Vec<String> {
    let checks = [
        (!new.external_user_id.as_str().trim().is_empty(), "externalUserId should not be empty"),
        (looks_like_email_address(&new.email), "email must be an email"),
        (looks_like_phone_number(&new.phone), "phone must hold digits only"),
        (looks_like_country_code(new.country.as_str()), "country must be two capital letters"),
        (looks_like_country_code(new.citizenship.as_str()), "citizenship must be two capital letters"),
        (is_past_date(new.birth_date), "birthDate must be in the past"),
        (new.has_accepted_p100_terms, "hasAcceptedP100Tc must be true"),
    ];
    checks.into_iter().filter(|(is_valid, _)| !is_valid).map(|(_, problem)| problem.to_owned()).collect()
}

/// Whether a text looks like a phone number: it has only digits, and no plus sign before the country code.
fn looks_like_phone_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
