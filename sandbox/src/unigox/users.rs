//! Customers: creating and reading them.

use std::collections::hash_map::Entry;

use partner_client::unigox::{
    AuthCheck, ErrorCode, NewPartnerUser, PartnerUser, PartnerUserProfile, WalletType,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::failure;
use super::state::{Kyc, Stage, State, User, now};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::person::{Verdict, is_email};

/// The key has been checked already.
pub(super) fn verify_auth(_: &mut State, _: &Call<'_>) -> Outcome {
    Ok(Answer::of::<AuthCheck>(json!({ "message": "The API key is valid.", "authenticated": true })))
}

/// A reference that is known gives the same customer back, with another status.
pub(super) fn create_partner_user(state: &mut State, call: &Call<'_>) -> Outcome {
    let new: NewPartnerUser = call.json().map_err(|misfit| failure::misfit(&misfit))?;
    let wallet_type = new.wallet_type.unwrap_or(WalletType::PartnerWallet);
    if new.user_ref.trim().is_empty() || new.email.trim().is_empty() {
        return Err(failure::missing());
    }
    if !is_email(&new.email) {
        return Err(Answer::bare(400));
    }
    let entry = match state.references.entry(new.user_ref) {
        Entry::Occupied(known) => {
            let user = state.users.get(known.get()).ok_or_else(failure::not_found)?;
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
    let answer = created(&user);
    state.users.insert(uuid, user);
    Ok(answer)
}

/// Everything about a customer.
pub(super) fn get_partner_user(state: &mut State, call: &Call<'_>) -> Outcome {
    let user = state.user(call)?;
    let profiles: Vec<_> = user.payment_details.iter().map(|(id, details)| details.profile(*id)).collect();
    Ok(Answer::of::<PartnerUserProfile>(json!({
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

fn created(user: &User) -> Answer {
    Answer::of::<PartnerUser>(json!({
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
    let rejected = kyc.stage == Stage::Done(Verdict::Rejected);
    json!({
        "status": kyc.stage.kyc(),
        "kyc_method": kyc.method,
        "first_name": kyc.identity("first_name"),
        "last_name": kyc.identity("last_name"),
        "country_code": kyc.identity("country_code"),
        "rejection_reason": rejected.then_some("The sandbox was asked to reject."),
        "updated_at": kyc.updated_at,
    })
}

/// What opening a fiat account would need.
fn readiness(kyc: &Kyc) -> Value {
    let mut missing = vec!["address", "city", "postal_code", "dob", "id_number", "id_type"];
    missing.retain(|field| kyc.identity(field).is_none());
    json!({ "ready": missing.is_empty(), "missing_fields": missing })
}
