//! The textual data of a user's document, which end the onboarding.

use partner_client::p100::{ErrorCode, UserVerificationDocument};

use super::failure;
use super::state::{Attempt, State};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::person::Verdict;

/// Comes after the files or after a hosted verification. What it answers is not documented, so it answers nothing.
pub(super) fn add_user_verification(state: &mut State, call: &Call<'_>) -> Outcome {
    let document: UserVerificationDocument = call.json().map_err(|misfit| failure::misfit(&misfit))?;
    let user = state.user(&document.external_user_id)?;
    match user.hosted.as_ref().map(|hosted| hosted.attempt) {
        Some(Attempt::Done(Verdict::Verified)) => Ok(Answer::nothing()),
        _ if !user.kyc_files.is_empty() => Ok(Answer::nothing()),
        Some(_) => Err(failure::coded(400, &ErrorCode::P459)),
        None => Err(failure::coded(400, &ErrorCode::P439)),
    }
}
