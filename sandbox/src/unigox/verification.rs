//! Running the check of a customer's identity, and watching it.

use partner_client::unigox::{
    KycDocumentType, KycMethod, KycRequirement, KycVerificationRun, KycVerificationRunStatus,
    VerificationStatus,
};
use serde_json::json;

use super::state::{Kyc, Stage, State};
use crate::answer::{Answer, Outcome};
use crate::call::Call;
use crate::person::Verdict;

/// How long a link to a hosted check is good for.
const SECONDS_LEFT: i64 = 1800;

/// Starts the check, or says what is missing. A check that runs is not started again.
pub(super) fn run_kyc_verification(state: &mut State, call: &Call<'_>) -> Outcome {
    let kyc = &mut state.user(call)?.kyc;
    if kyc.method != Some(KycMethod::DirectData) {
        return Err(Answer::bare(400));
    }
    let missing = missing(kyc);
    if kyc.stage == Stage::PendingDocuments && missing.is_empty() {
        kyc.stage = Stage::STARTED;
        kyc.touch();
    }
    Ok(Answer::of::<KycVerificationRun>(match kyc.stage {
        Stage::Done(Verdict::Verified) => {
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

/// Polling is what makes the check go on.
pub(super) fn get_verification_status(state: &mut State, call: &Call<'_>) -> Outcome {
    let kyc = &mut state.user(call)?.kyc;
    if let Stage::Running(polls) = kyc.stage {
        kyc.stage = match polls.checked_sub(1) {
            Some(left) => Stage::Running(left),
            None => Stage::Done(Verdict::on(kyc.identity("last_name").unwrap_or_default())),
        };
        kyc.touch();
    }
    let link = kyc.verification_url.as_ref().filter(|_| matches!(kyc.stage, Stage::Running(_)));
    Ok(Answer::of::<VerificationStatus>(json!({
        "status": kyc.stage.verification(),
        "verification_url": link,
        "verification_seconds_left": link.map(|_| SECONDS_LEFT),
        "provider_messages": null,
    })))
}

/// What the check needs: a selfie, the date of birth, and the front of a document unless a registry knows the person.
fn missing(kyc: &Kyc) -> Vec<KycRequirement> {
    let registered = kyc.identity("id_number").is_some() && kyc.identity("id_type").is_some();
    let has = |wanted: fn(&KycDocumentType) -> bool| kyc.documents.iter().any(wanted);
    let needs = [
        (!registered && !has(is_front), KycRequirement::IdentityDocument),
        (!has(|document| *document == KycDocumentType::Selfie), KycRequirement::Selfie),
        (kyc.identity("dob").is_none(), KycRequirement::KycData),
    ];
    needs.into_iter().filter(|(needed, _)| *needed).map(|(_, requirement)| requirement).collect()
}

/// Every document has a front, under its bare name or with a suffix.
fn is_front(document: &KycDocumentType) -> bool {
    *document != KycDocumentType::Selfie && !document.as_str().ends_with("_back")
}
