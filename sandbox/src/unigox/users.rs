//! Creates users (the customers of the partner), and returns their profiles.

use std::collections::hash_map::Entry;

use partner_client::unigox::{ErrorCode, NewPartnerUser, PartnerUser, PartnerUserProfile, WalletType};
use serde_json::{Value, json};
use uuid::Uuid;

use super::failure;
use super::state::{KycCheck, KycStage, State, User, now_in_whole_seconds};
use crate::call::Call;
use crate::person::{KycResult, looks_like_email_address};
use crate::reply::{HandlerResult, Reply};

/// Creates a user. A second request with the same reference returns the existing user, with status 200 instead of 201.
pub(super) fn create_partner_user(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let new: NewPartnerUser = call
        .deserialize_json_body()
        .map_err(|mismatch| failure::new_mismatch_failure_with_error_key(&mismatch))?;
    let wallet_type = new.wallet_type.unwrap_or(WalletType::PartnerWallet);
    if new.user_ref.as_str().trim().is_empty() || new.email.trim().is_empty() {
        return Err(failure::new_missing_field_failure());
    }
    if !looks_like_email_address(&new.email) {
        return Err(Reply::failure_without_body(400));
    }
    let entry = match state.uuids_by_user_ref.entry(new.user_ref) {
        Entry::Occupied(existing) => {
            let user = state.users.get(existing.get()).ok_or_else(failure::new_unknown_resource_failure)?;
            return match user.wallet_type == wallet_type {
                true => Ok(build_partner_user_reply(user).with_status(200)),
                false => {
                    let message = "The customer exists with another type of wallet.";
                    Err(failure::new_failure_with_code(409, &ErrorCode::WalletTypeMismatch, message))
                }
            };
        }
        Entry::Vacant(entry) => entry,
    };
    if wallet_type != WalletType::PartnerWallet {
        let message = "Customers with a wallet of their own are not enabled.";
        return Err(failure::new_failure_with_code(403, &ErrorCode::FeatureNotEnabled, message));
    }
    let uuid = Uuid::new_v4();
    entry.insert(uuid);
    let user = User {
        uuid,
        email: new.email,
        wallet_type,
        created_at: now_in_whole_seconds(),
        kyc: KycCheck::default(),
        payment_details: Default::default(),
    };
    let reply = build_partner_user_reply(&user);
    state.users.insert(uuid, user);
    Ok(reply)
}

/// Returns the whole profile of a user.
pub(super) fn get_partner_user(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    let profiles: Vec<_> =
        user.payment_details.iter().map(|(id, details)| details.to_profile_entry_json(*id)).collect();
    Ok(Reply::success_conforming_to::<PartnerUserProfile>(json!({
        "user_uuid": user.uuid,
        "email": user.email,
        "wallet_type": user.wallet_type,
        "wallet": null,
        "created_at": user.created_at,
        "kyc": to_kyc_summary_json(&user.kyc),
        "fiat_account_issuance": to_fiat_account_readiness_json(&user.kyc),
        "payment_profiles": profiles,
    })))
}

/// Returns the reply to a request that has created `user`, or to a repeated request to create the same user.
fn build_partner_user_reply(user: &User) -> Reply {
    Reply::success_conforming_to::<PartnerUser>(json!({
        "user_uuid": user.uuid,
        "id": user.uuid,
        "email": user.email,
        "kyc_status": user.kyc.stage.kyc_status(),
        "wallet_type": user.wallet_type,
        "wallet": null,
        "created_at": user.created_at,
    }))
}

/// Returns the state of a user's identity check as the JSON object that the user's profile contains.
fn to_kyc_summary_json(kyc: &KycCheck) -> Value {
    let rejected = kyc.stage == KycStage::Done(KycResult::Rejected);
    json!({
        "status": kyc.stage.kyc_status(),
        "kyc_method": kyc.method,
        "first_name": kyc.personal_data_field("first_name"),
        "last_name": kyc.personal_data_field("last_name"),
        "country_code": kyc.personal_data_field("country_code"),
        "rejection_reason": rejected.then_some("The sandbox rejects this last name."),
        "updated_at": kyc.updated_at,
    })
}

/// Returns a JSON object that says whether a fiat account can be opened for the user, and which personal data are
/// missing for the account.
fn to_fiat_account_readiness_json(kyc: &KycCheck) -> Value {
    let mut missing = vec!["address", "city", "postal_code", "dob", "id_number", "id_type"];
    missing.retain(|field| kyc.personal_data_field(field).is_none());
    json!({ "ready": missing.is_empty(), "missing_fields": missing })
}
