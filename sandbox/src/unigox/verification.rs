//! Starting the check of a customer's identity, and polling its status.

use partner_client::unigox::{
    KycDocumentType, KycMethod, KycRequirement, KycVerificationRun, KycVerificationRunStatus,
    VerificationStatus,
};
use serde_json::json;

use super::state::{Kyc, Stage, State};
use crate::call::Call;
use crate::person::KycResult;
use crate::reply::{HandlerResult, Reply};

/// How many seconds a link to a hosted check is valid.
const SECONDS_LEFT: i64 = 1800;

/// Starts the check, or lists what is missing. A check that is running is not started again.
pub(super) fn run_kyc_verification(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.user(call)?.kyc;
    if kyc.method != Some(KycMethod::DirectData) {
        return Err(Reply::status(400));
    }
    let missing = missing(kyc);
    if kyc.stage == Stage::PendingDocuments && missing.is_empty() {
        kyc.stage = Stage::RUNNING;
        kyc.touch();
    }
    Ok(Reply::model::<KycVerificationRun>(match kyc.stage {
        Stage::Done(KycResult::Verified) => {
            let status = KycVerificationRunStatus::Verified;
            json!({ "ready": true, "status": status, "message": "The customer is verified." })
        }
        Stage::Running(_) => {
            let status = KycVerificationRunStatus::InProgress;
            json!({ "ready": true, "status": status, "message": "Verification started." })
        }
        _ => json!({ "ready": false, "missing": missing, "message": "Something is missing." }),
    }))
}

/// Each poll brings the check one step further.
pub(super) fn get_verification_status(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.user(call)?.kyc;
    if let Stage::Running(polls) = kyc.stage {
        kyc.stage = match polls.checked_sub(1) {
            Some(left) => Stage::Running(left),
            None => Stage::Done(KycResult::for_last_name(kyc.identity("last_name").unwrap_or_default())),
        };
        kyc.touch();
    }
    let link = kyc.verification_url.as_ref().filter(|_| matches!(kyc.stage, Stage::Running(_)));
    Ok(Reply::model::<VerificationStatus>(json!({
        "status": kyc.stage.verification(),
        "verification_url": link,
        "verification_seconds_left": link.map(|_| SECONDS_LEFT),
        "provider_messages": null,
    })))
}

/// What is missing for the check. It needs a selfie, the date of birth, and either a number of a registry or the front of
/// a document.
fn missing(kyc: &Kyc) -> Vec<KycRequirement> {
    let registered = kyc.identity("id_number").is_some() && kyc.identity("id_type").is_some();
    let has = |predicate: fn(&KycDocumentType) -> bool| kyc.documents.iter().any(predicate);
    let needs = [
        (!registered && !has(is_front), KycRequirement::IdentityDocument),
        (!has(|document| *document == KycDocumentType::Selfie), KycRequirement::Selfie),
        (kyc.identity("dob").is_none(), KycRequirement::KycData),
    ];
    needs.into_iter().filter(|(needed, _)| *needed).map(|(_, requirement)| requirement).collect()
}

/// Whether a document type is the front of a document. Only the backs have a suffix `_back`.
fn is_front(document: &KycDocumentType) -> bool {
    *document != KycDocumentType::Selfie && !document.as_str().ends_with("_back")
}
