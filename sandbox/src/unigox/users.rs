//! Customers: creating and reading them.

use std::collections::hash_map::Entry;

use partner_client::unigox::{
    AuthCheck, ErrorCode, NewPartnerUser, PartnerUser, PartnerUserProfile, WalletType,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::failure;
use super::state::{Kyc, Stage, State, User, now};
use crate::call::Call;
use crate::person::{KycResult, is_email};
use crate::reply::{HandlerResult, Reply};

/// The key was checked before.
pub(super) fn verify_auth(_: &mut State, _: &Call<'_>) -> HandlerResult {
    Ok(Reply::model::<AuthCheck>(json!({ "message": "The API key is valid.", "authenticated": true })))
}

/// A second request with the same reference returns the existing customer, with status 200 instead of 201.
pub(super) fn create_partner_user(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let new: NewPartnerUser = call.json().map_err(|mismatch| failure::mismatch(&mismatch))?;
    let wallet_type = new.wallet_type.unwrap_or(WalletType::PartnerWallet);
    if new.user_ref.trim().is_empty() || new.email.trim().is_empty() {
        return Err(failure::missing());
    }
    if !is_email(&new.email) {
        return Err(Reply::status(400));
    }
    let entry = match state.references.entry(new.user_ref) {
        Entry::Occupied(existing) => {
            let user = state.users.get(existing.get()).ok_or_else(failure::not_found)?;
            return match user.wallet_type == wallet_type {
                true => Ok(created(user).with_status(200)),
                false => {
                    let message = "The customer exists with another type of wallet.";
                    Err(failure::coded(409, &ErrorCode::WalletTypeMismatch, message))
                }
            };
        }
        Entry::Vacant(entry) => entry,
    };
    if wallet_type != WalletType::PartnerWallet {
        let message = "Customers with a wallet of their own are not enabled.";
        return Err(failure::coded(403, &ErrorCode::FeatureNotEnabled, message));
    }
    let uuid = Uuid::new_v4();
    entry.insert(uuid);
    let user = User {
        uuid,
        email: new.email,
        wallet_type,
        created_at: now(),
        kyc: Kyc::default(),
        payment_details: Default::default(),
    };
    let reply = created(&user);
    state.users.insert(uuid, user);
    Ok(reply)
}

/// Returns the whole profile of a customer.
pub(super) fn get_partner_user(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.user(call)?;
    let profiles: Vec<_> = user.payment_details.iter().map(|(id, details)| details.profile(*id)).collect();
    Ok(Reply::model::<PartnerUserProfile>(json!({
        "user_uuid": user.uuid,
        "email": user.email,
        "wallet_type": user.wallet_type,
        "wallet": null,
        "created_at": user.created_at,
        "kyc": summary(&user.kyc),
        "fiat_account_issuance": readiness(&user.kyc),
        "payment_profiles": profiles,
    })))
}

fn created(user: &User) -> Reply {
    Reply::model::<PartnerUser>(json!({
        "user_uuid": user.uuid,
        "id": user.uuid,
        "email": user.email,
        "kyc_status": user.kyc.stage.kyc(),
        "wallet_type": user.wallet_type,
        "wallet": null,
        "created_at": user.created_at,
    }))
}

fn summary(kyc: &Kyc) -> Value {
    let rejected = kyc.stage == Stage::Done(KycResult::Rejected);
    json!({
        "status": kyc.stage.kyc(),
        "kyc_method": kyc.method,
        "first_name": kyc.identity("first_name"),
        "last_name": kyc.identity("last_name"),
        "country_code": kyc.identity("country_code"),
        "rejection_reason": rejected.then_some("The sandbox rejects this last name."),
        "updated_at": kyc.updated_at,
    })
}

/// Which personal data are missing before a fiat account can be opened.
fn readiness(kyc: &Kyc) -> Value {
    let mut missing = vec!["address", "city", "postal_code", "dob", "id_number", "id_type"];
    missing.retain(|field| kyc.identity(field).is_none());
    json!({ "ready": missing.is_empty(), "missing_fields": missing })
}
