//! Starts the identity check of a user, and returns the status of the check.

use partner_client::unigox::{
    KycDocumentType, KycMethod, KycRequirement, KycVerificationRun, KycVerificationRunStatus,
    VerificationStatus,
};
use serde_json::json;

use super::state::{KycCheck, KycStage, State};
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::{HandlerResult, Reply};

/// The number of seconds for which the URL of a hosted identity check is valid.
const HOSTED_URL_VALIDITY_SECONDS: i64 = 1800;

/// Starts the identity check, or lists the data and documents that are missing for it. A running check is not started
/// again.
pub(super) fn run_kyc_verification(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.find_user_of_call(call)?.kyc;
    if kyc.method != Some(KycMethod::DirectData) {
        return Err(Reply::failure_without_body(400));
    }
    let missing = find_unmet_kyc_requirements(kyc);
    if kyc.stage == KycStage::PendingDocuments && missing.is_empty() {
        kyc.stage = KycStage::STARTED;
        kyc.set_updated_at_to_now();
    }
    Ok(Reply::success_conforming_to::<KycVerificationRun>(match kyc.stage {
        KycStage::Done(KycResult::Verified) => {
            let status = KycVerificationRunStatus::Verified;
            json!({ "ready": true, "status": status, "message": "The customer is verified." })
        }
        KycStage::Running(_) => {
            let status = KycVerificationRunStatus::InProgress;
            json!({ "ready": true, "status": status, "message": "Verification started." })
        }
        _ => json!({ "ready": false, "missing": missing, "message": "Something is missing." }),
    }))
}

/// Returns the status of the identity check. Each call brings a running check one poll closer to its end.
pub(super) fn get_verification_status(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.find_user_of_call(call)?.kyc;
    if let KycStage::Running(polls) = kyc.stage {
        kyc.stage = match polls.checked_sub(1) {
            Some(left) => KycStage::Running(left),
            None => KycStage::Done(KycResult::from_last_name(
                kyc.personal_data_field("last_name").unwrap_or_default(),
            )),
        };
        kyc.set_updated_at_to_now();
    }
    let link = kyc.verification_url.as_ref().filter(|_| matches!(kyc.stage, KycStage::Running(_)));
    Ok(Reply::success_conforming_to::<VerificationStatus>(json!({
        "status": kyc.stage.verification_state(),
        "verification_url": link,
        "verification_seconds_left": link.map(|_| HOSTED_URL_VALIDITY_SECONDS),
        "provider_messages": null,
    })))
}

/// Returns which requirements of the identity check a user's data do not meet. The check requires a selfie, the date of
/// birth, and either an id number with its registry or the front side of an identity document.
fn find_unmet_kyc_requirements(kyc: &KycCheck) -> Vec<KycRequirement> {
    let registered =
        kyc.personal_data_field("id_number").is_some() && kyc.personal_data_field("id_type").is_some();
    let has = |predicate: fn(&KycDocumentType) -> bool| kyc.documents.iter().any(predicate);
    let needs = [
        (!registered && !has(is_front_side), KycRequirement::IdentityDocument),
        (!has(|document| *document == KycDocumentType::Selfie), KycRequirement::Selfie),
        (kyc.personal_data_field("dob").is_none(), KycRequirement::KycData),
    ];
    needs.into_iter().filter(|(needed, _)| *needed).map(|(_, requirement)| requirement).collect()
}

/// Whether a type of document stands for the front side of an identity document. The types for back sides have the
/// suffix `_back`.
fn is_front_side(document: &KycDocumentType) -> bool {
    *document != KycDocumentType::Selfie && !document.as_str().ends_with("_back")
}
