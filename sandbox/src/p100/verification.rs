//! The textual data of a user's document. They complete the onboarding.

use partner_client::p100::{ErrorCode, UserVerificationDocument};

use super::failure;
use super::state::{Attempt, State};
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::{HandlerResult, Reply};

/// Accepts the data after KYC files were uploaded or a hosted verification has succeeded. The response is not documented,
/// so it has no body.
pub(super) fn add_user_verification(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let document: UserVerificationDocument = call.json().map_err(|mismatch| failure::mismatch(&mismatch))?;
    let user = state.user(&document.external_user_id)?;
    match user.hosted.as_ref().map(|hosted| hosted.attempt) {
        Some(Attempt::Done(KycResult::Verified)) => Ok(Reply::empty()),
        _ if !user.kyc_files.is_empty() => Ok(Reply::empty()),
        Some(_) => Err(failure::coded(400, &ErrorCode::P459)),
        None => Err(failure::coded(400, &ErrorCode::P439)),
    }
}
