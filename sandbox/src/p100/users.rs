//! Creating users.

use std::collections::hash_map::Entry;

use partner_client::p100::{ErrorCode, NewUserAccount, UserAccount};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{State, User};
use crate::call::Call;
use crate::person::{is_country, is_email, is_past};
use crate::reply::{HandlerResult, Reply};

/// Creates a user. An external id can be used once.
pub(super) fn create_user_account(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let new: NewUserAccount = call.json().map_err(|mismatch| failure::mismatch(&mismatch))?;
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
    Ok(Reply::model::<UserAccount>(json!({ "userId": Uuid::new_v4(), "poaRequiredForExtended": false })))
}

/// All findings about a body: P100 reports them together.
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
    checks.into_iter().filter(|(is_valid, _)| !is_valid).map(|(_, finding)| finding.to_owned()).collect()
}

/// Whether a text is a phone number: digits with the prefix of the country, without a plus sign.
fn is_phone(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}
