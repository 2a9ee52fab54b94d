//! Updates a user's personal data. If any field of an update is invalid, no field is changed.

use partner_client::unigox::{ErrorCode, IdentityDocumentType, KycUpdate, KycUpdateOutcome, SourceOfFunds};
use serde_json::{Map, Value, json};

use super::failure;
use super::kyc::check_adult_date_of_birth;
use super::state::State;
use crate::call::Call;
use crate::person::looks_like_country_code;
use crate::reply::{HandlerResult, Reply};

/// The fields of a user's KYC data that an update may change. First name, last name and country of residence cannot be
/// changed.
const UPDATABLE_KYC_FIELD_NAMES: [&str; 12] = [
    "address",
    "city",
    "postal_code",
    "dob",
    "phone_number",
    "middle_name",
    "id_number",
    "id_type",
    "gender",
    "nationality",
    "id_issue_country",
    "source_of_funds",
];

/// The values of `gender` that the vendor's server accepts: one letter or the whole word.
const ACCEPTED_GENDERS: [&str; 4] = ["M", "F", "MALE", "FEMALE"];

/// Updates the KYC data of a user. Blank fields are ignored. The stage of the identity check does not change.
pub(super) fn update_kyc(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.find_user_of_call(call)?.kyc;
    let mut fields: Map<String, Value> = call
        .deserialize_json_body()
        .map_err(|mismatch| failure::new_mismatch_failure_with_error_key(&mismatch))?;
    fields.retain(|field, _| UPDATABLE_KYC_FIELD_NAMES.contains(&field.as_str()));
    if fields.is_empty() {
        return Err(failure::new_failure_with_error_key(400, &ErrorCode::NoValidKycFields));
    }
    fields.retain(|_, value| !is_blank(value));
    check_updated_fields(&fields)?;
    let updated: Vec<String> = fields.keys().cloned().collect();
    if !updated.is_empty() {
        kyc.personal_data.extend(fields);
        kyc.set_updated_at_to_now();
    }
    let message = "KYC data updated successfully";
    Ok(Reply::success_conforming_to::<KycUpdateOutcome>(
        json!({ "updated_fields": updated, "message": message }),
    ))
}

fn is_blank(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// Checks the values of the updated fields.
fn check_updated_fields(fields: &Map<String, Value>) -> Result<(), Reply> {
    let refuse = |key: &ErrorCode| Err(failure::new_failure_with_error_key(400, key));
    if let Some(dob) = fields.get("dob") {
        check_adult_date_of_birth(dob)?;
    }
    let Ok(update) = serde_json::from_value::<KycUpdate>(Value::Object(fields.clone())) else {
        return refuse(&ErrorCode::InvalidFieldValue);
    };
    if update.gender.is_some_and(|gender| !ACCEPTED_GENDERS.contains(&gender.as_str())) {
        return refuse(&ErrorCode::InvalidGender);
    }
    if [update.nationality, update.id_issue_country]
        .iter()
        .flatten()
        .any(|country| !looks_like_country_code(country.as_str()))
    {
        return refuse(&ErrorCode::InvalidCountryCode);
    }
    if update.source_of_funds.is_some_and(|source| !SourceOfFunds::KNOWN.contains(&source)) {
        return refuse(&ErrorCode::InvalidSourceOfFunds);
    }
    if update.id_type.is_some_and(|id_type| !IdentityDocumentType::KNOWN.contains(&id_type)) {
        return refuse(&ErrorCode::InvalidIdentityNumberType);
    }
    Ok(())
}
