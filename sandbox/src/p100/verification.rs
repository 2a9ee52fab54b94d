//! The last step of a user's onboarding: accepts the data of the user's identity document as text.

use partner_client::p100::{ErrorCode, UserVerificationDocument};

use super::failure;
use super::state::{HostedVerificationStep, State};
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::{HandlerResult, Reply};

/// Accepts the data of a user's identity document, if KYC files were uploaded or a hosted verification has succeeded.
/// The response is not documented, so it has no body.
pub(super) fn add_user_verification(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let document: UserVerificationDocument =
        call.deserialize_json_body().map_err(|mismatch| failure::new_mismatch_failure(&mismatch))?;
    let user = state.find_user(&document.external_user_id)?;
    match user.hosted.as_ref().map(|hosted| hosted.attempt) {
        Some(HostedVerificationStep::Done(KycResult::Verified)) => Ok(Reply::success_without_body()),
        _ if !user.kyc_file_part_names.is_empty() => Ok(Reply::success_without_body()),
        Some(_) => Err(failure::new_failure_with_code(400, &ErrorCode::UserNotVerified)),
        None => Err(failure::new_failure_with_code(400, &ErrorCode::NoKycFiles)),
    }
}
