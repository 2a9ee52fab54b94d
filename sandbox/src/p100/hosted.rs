//! Hosted verifications: verifications of users on the web pages of an identity provider.

use partner_client::p100::{
    AccountOpeningReason, ErrorCode, IncomeSource, KycDocumentType, KycStatus, KycVerification,
    NewKycVerification, Occupation,
};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{HostedVerification, HostedVerificationStep, State};
use crate::call::Call;
use crate::person::{KycResult, looks_like_country_code};
use crate::reply::{HandlerResult, Reply};

/// The HTML page for the verification in the user's browser. A script on the vendor's real page redirects to the
/// identity provider; the sandbox's page does not redirect.
const VERIFICATION_PAGE_HTML: &str = "<!DOCTYPE html>\n<html><head><title>Verification</title></head>\
<body><p>Loading. The sandbox has no identity provider: poll the status instead.</p></body></html>\n";

/// Creates a KYC verification on the web pages of the identity provider. It replaces the user's earlier verification.
pub(super) fn create_kyc_verification(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let new: NewKycVerification =
        call.deserialize_json_body().map_err(|mismatch| failure::new_mismatch_failure(&mismatch))?;
    let problems = find_body_problems(&new);
    if !problems.is_empty() {
        return Err(failure::new_invalid_body_failure(&problems));
    }
    let user = state.find_user(&new.external_user_id)?;
    let verification_id = Uuid::new_v4().to_string();
    user.hosted = Some(HostedVerification {
        verification_id: verification_id.clone(),
        attempt: HostedVerificationStep::Pending,
    });
    Ok(Reply::success_conforming_to::<KycVerification>(json!({ "verificationId": verification_id })))
}

/// Returns the HTML page of a verification for the user's browser. A browser does not send an API key, so this
/// operation needs none.
pub(super) fn get_kyc_verification_page(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    let hosted =
        user.hosted.as_ref().filter(|hosted| hosted.verification_id == call.path_parameter("verificationId"));
    hosted
        .map(|_| Reply::success_with_data(VERIFICATION_PAGE_HTML.into()))
        .ok_or_else(new_unknown_verification_failure)
}

/// Handles the operation `get_kyc_status`: returns the status of a user's hosted KYC verification, and then moves the
/// verification to its next step. A hosted verification takes place on the web pages of the identity provider.
pub(super) fn get_kyc_status(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    let result = KycResult::from_last_name(&user.last_name);
    let hosted = user.hosted.as_mut().ok_or_else(new_unknown_verification_failure)?;
    let attempt = hosted.attempt;
    hosted.attempt = attempt.next_step(result);
    let mut status = json!({
        "externalUserId": call.path_parameter("externalUserId"),
        "verificationStatus": attempt.verification_status(),
        "attemptStatus": attempt.attempt_status(),
    });
    if attempt == HostedVerificationStep::Done(KycResult::Rejected) {
        status["rejectionReason"] = "NO_FACE_FOUND".into();
    }
    Ok(Reply::success_conforming_to::<KycStatus>(status))
}

/// Returns the failure for a hosted verification that does not exist.
fn new_unknown_verification_failure() -> Reply {
    failure::new_failure_with_code(404, &ErrorCode::KycNotFound)
}

/// Checks a request body, and returns a message for each problem. P100 reports all problems in one failure.
fn find_body_problems(new: &NewKycVerification) -> Vec<String> {
    let business = new.income_source == IncomeSource::BusinessActivity;
    let salary = new.income_source == IncomeSource::Salary;
    let mut problems = Vec::new();
    let mut check = |is_valid: bool, problem: &dyn Fn() -> String| {
        if !is_valid {
            problems.push(problem());
        }
    };
    check(looks_like_country_code(new.country.as_str()), &|| {
        "country must be two capital letters".to_owned()
    });
    check(KycDocumentType::KNOWN.contains(&new.document_type), &|| {
        failure::describe_unknown_value(
            "documentType",
            KycDocumentType::KNOWN.iter().map(ToString::to_string),
        )
    });
    check(IncomeSource::KNOWN.contains(&new.income_source), &|| {
        failure::describe_unknown_value("incomeSource", IncomeSource::KNOWN.iter().map(ToString::to_string))
    });
    check(AccountOpeningReason::KNOWN.contains(&new.account_opening_reason), &|| {
        failure::describe_unknown_value(
            "openAccountReason",
            AccountOpeningReason::KNOWN.iter().map(ToString::to_string),
        )
    });
    check(new.occupation.as_ref().is_none_or(|occupation| Occupation::KNOWN.contains(occupation)), &|| {
        failure::describe_unknown_value("occupation", Occupation::KNOWN.iter().map(ToString::to_string))
    });
    check(!business || new.tax_id.is_some(), &|| "taxId should not be empty".to_owned());
    check(!salary || new.occupation.is_some(), &|| "occupation should not be empty".to_owned());
    check(business || new.additional_info.is_some(), &|| "additionalInfo should not be empty".to_owned());
    problems
}
