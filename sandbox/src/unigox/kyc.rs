//! Accepts KYC submissions of users. A submission uses one of three methods: it has the personal data, refers to a
//! check by an identity provider, or asks for a check on hosted web pages.

use chrono::NaiveDate;
use partner_client::unigox::{
    ErrorCode, KycApplicant, KycMethod, KycProvider, KycProviderReference, KycSubmission,
    KycSubmissionOutcome, RegistryIdType,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::failure;
use super::state::{KycCheck, KycStage, State};
use crate::call::Call;
use crate::person::{KycResult, is_adult, is_past_date};
use crate::reply::{HandlerResult, Reply};

/// Submits the KYC data of a user. If the user is already verified, the submission has no effect.
pub(super) fn submit_kyc(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.find_user_of_call(call)?.kyc;
    // The date of birth is checked before the body is deserialized as a `KycSubmission`, because an invalid date makes
    // the deserialization fail.
    if let Ok(body) = call.deserialize_json_body::<Value>()
        && let Some(dob) = body.pointer("/data/pii/dob")
    {
        check_adult_date_of_birth(dob)?;
    }
    let submission: KycSubmission = call
        .deserialize_json_body()
        .map_err(|mismatch| failure::new_mismatch_failure_with_error_key(&mismatch))?;
    if kyc.stage != KycStage::Done(KycResult::Verified) {
        check_and_store_submission(kyc, &submission)?;
        kyc.set_updated_at_to_now();
    }
    Ok(Reply::success_conforming_to::<KycSubmissionOutcome>(json!({
        "kyc_status": kyc.stage.kyc_status(),
        "message": "The submission was received.",
        "verification_url": kyc.verification_url,
    })))
}

/// Checks that a value is the date of birth of a person who is 18 or older. Null is accepted.
pub(super) fn check_adult_date_of_birth(value: &Value) -> Result<(), Reply> {
    let refuse = |key: &ErrorCode| Err(failure::new_failure_with_error_key(400, key));
    match value {
        Value::Null => Ok(()),
        Value::String(text) => match text.parse::<NaiveDate>().ok().filter(|date| is_past_date(*date)) {
            Some(date) if is_adult(date) => Ok(()),
            Some(_) => refuse(&ErrorCode::UnderageNotAllowed),
            None => refuse(&ErrorCode::InvalidDateOfBirth),
        },
        _ => refuse(&ErrorCode::InvalidDateOfBirth),
    }
}

/// Checks a KYC submission. Then stores the method and the personal data of the submission in `kyc`, the user's
/// identity check.
fn check_and_store_submission(kyc: &mut KycCheck, submission: &KycSubmission) -> Result<(), Reply> {
    match submission {
        KycSubmission::DirectData(direct) => {
            check_applicant(&direct.data.applicant)?;
            kyc.method = Some(KycMethod::DirectData);
            kyc.personal_data = serialize_personal_data(&direct.data.applicant);
            kyc.stage = KycStage::PendingDocuments;
        }
        KycSubmission::ExternalToken(token) => {
            check_provider_reference(&token.data)?;
            kyc.method = Some(KycMethod::ExternalToken);
            kyc.stage = KycStage::STARTED;
        }
        KycSubmission::Handoff(handoff) => {
            kyc.method = Some(KycMethod::Handoff);
            kyc.personal_data =
                handoff.data.applicant.as_ref().map(serialize_personal_data).unwrap_or_default();
            kyc.verification_url = Some(format!("https://verify.example.com/session/{}", Uuid::new_v4()));
            kyc.stage = KycStage::STARTED;
        }
    }
    Ok(())
}

fn check_applicant(applicant: &KycApplicant) -> Result<(), Reply> {
    if [applicant.first_name.as_str(), &applicant.last_name, applicant.country_code.as_str()]
        .into_iter()
        .any(|text| text.trim().is_empty())
    {
        return Err(failure::new_missing_field_failure());
    }
    // An id number is accepted only together with the registry that issued it (`id_type`).
    let has_known_registry =
        applicant.id_type.as_ref().is_some_and(|id_type| RegistryIdType::KNOWN.contains(id_type));
    if (applicant.id_number.is_some() || applicant.id_type.is_some()) && !has_known_registry {
        return Err(failure::new_failure_with_error_key(400, &ErrorCode::InvalidIdentityNumberType));
    }
    Ok(())
}

/// Checks that the reference to an identity check has the property that the identity provider requires: `token` for
/// Sumsub, `inquiry_id` for Persona.
fn check_provider_reference(reference: &KycProviderReference) -> Result<(), Reply> {
    let given = match &reference.provider {
        KycProvider::Sumsub => &reference.token,
        KycProvider::Persona => &reference.inquiry_id,
        _ => return Err(failure::new_failure_with_error_key(400, &ErrorCode::InvalidFieldValue)),
    };
    given.as_ref().map(|_| ()).ok_or_else(failure::new_missing_field_failure)
}

/// Serializes personal data into a map from field name to value.
fn serialize_personal_data(person: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(person) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}
