//! Verification on the identity provider's pages.

use partner_client::p100::{
    AccountOpeningReason, ErrorCode, IncomeSource, KycDocumentType, KycStatus, KycVerification,
    NewKycVerification, Occupation,
};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{Attempt, Hosted, State};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::person::{Verdict, is_country};

/// What a browser gets. The real one goes on to the provider by script; this one goes nowhere.
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Verification</title></head>\
<body><p>Loading. The sandbox has no identity provider: poll the status instead.</p></body></html>\n";

/// A new verification takes the place of an earlier one.
pub(super) fn create_kyc_verification(state: &mut State, call: &Call<'_>) -> Outcome {
    let new: NewKycVerification = call.json().map_err(|misfit| failure::misfit(&misfit))?;
    let findings = findings(&new);
    if !findings.is_empty() {
        return Err(failure::invalid(&findings));
    }
    let user = state.user(&new.external_user_id)?;
    let verification_id = Uuid::new_v4().to_string();
    user.hosted = Some(Hosted { verification_id: verification_id.clone(), attempt: Attempt::Pending });
    Ok(Answer::of::<KycVerification>(json!({ "verificationId": verification_id })))
}

/// For the user's browser, which has no key.
pub(super) fn redirect_to_kyc_verification(state: &mut State, call: &Call<'_>) -> Outcome {
    let user = state.user_of(call)?;
    let hosted = user.hosted.as_ref().filter(|hosted| hosted.verification_id == call.value("verificationId"));
    hosted.map(|_| Answer::html(PAGE)).ok_or_else(no_verification)
}

/// Asking is what makes the verification go on.
pub(super) fn get_kyc_status(state: &mut State, call: &Call<'_>) -> Outcome {
    let user = state.user_of(call)?;
    let verdict = Verdict::on(&user.last_name);
    let hosted = user.hosted.as_mut().ok_or_else(no_verification)?;
    let attempt = hosted.attempt;
    hosted.attempt = attempt.next(verdict);
    let mut status = json!({
        "externalUserId": call.value("externalUserId"),
        "verificationStatus": attempt.verification_status(),
        "attemptStatus": attempt.attempt_status(),
    });
    if attempt == Attempt::Done(Verdict::Rejected) {
        status["rejectionReason"] = "NO_FACE_FOUND".into();
    }
    Ok(Answer::of::<KycStatus>(status))
}

fn no_verification() -> Answer {
    failure::coded(404, &ErrorCode::P445)
}

/// Everything that is wrong at once, as P100 does it.
fn findings(new: &NewKycVerification) -> Vec<String> {
    let business = new.income_source == IncomeSource::BusinessActivity;
    let salary = new.income_source == IncomeSource::Salary;
    let mut findings = Vec::new();
    let mut check = |fine: bool, finding: &dyn Fn() -> String| {
        if !fine {
            findings.push(finding());
        }
    };
    check(is_country(&new.country), &|| "country must be two capital letters".to_owned());
    check(KycDocumentType::KNOWN.contains(&new.document_type), &|| {
        failure::not_one_of("documentType", KycDocumentType::KNOWN.iter().map(ToString::to_string))
    });
    check(IncomeSource::KNOWN.contains(&new.income_source), &|| {
        failure::not_one_of("incomeSource", IncomeSource::KNOWN.iter().map(ToString::to_string))
    });
    check(AccountOpeningReason::KNOWN.contains(&new.open_account_reason), &|| {
        failure::not_one_of("openAccountReason", AccountOpeningReason::KNOWN.iter().map(ToString::to_string))
    });
    check(new.occupation.as_ref().is_none_or(|occupation| Occupation::KNOWN.contains(occupation)), &|| {
        failure::not_one_of("occupation", Occupation::KNOWN.iter().map(ToString::to_string))
    });
    check(!business || new.tax_id.is_some(), &|| "taxId should not be empty".to_owned());
    check(!salary || new.occupation.is_some(), &|| "occupation should not be empty".to_owned());
    check(business || new.additional_info.is_some(), &|| "additionalInfo should not be empty".to_owned());
    findings
}
