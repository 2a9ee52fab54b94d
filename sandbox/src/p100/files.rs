//! Uploads of document pictures, selfies and proofs of address.

use partner_client::p100::{ErrorCode, KycFilesReceipt, PoaPending};
use serde_json::{Value, json};

use super::failure;
use super::state::{ProofOfAddress, State};
use crate::body::ReceivedFile;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

const KYC_PARTS: [&str; 3] = ["front_id", "back_id", "selfie"];

const POA_PARTS: [&str; 1] = ["files"];

const MAX_POA_FILES: usize = 3;

/// The documented types of proofs of address. For KYC files neither types nor sizes are documented, so the same apply.
const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/jpg", "application/pdf"];

/// 5 MB.
const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// How many requests get the status that a proof of address is pending.
const PENDING: u32 = 2;

/// Accepts one or several files in a request.
pub(super) fn add_kyc_files(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.user_in_path(call)?;
    let files = files(call, &KYC_PARTS);
    if files.is_empty() {
        return Err(failure::coded(400, &ErrorCode::P439));
    }
    check(&files)?;
    user.kyc_files.extend(files.iter().map(|file| file.part.clone()));
    Ok(Reply::model::<KycFilesReceipt>(json!({ "message": "KYC files uploaded successfully" })))
}

/// Accepts the first proof. Later requests learn that it is pending, and then that it is verified.
pub(super) fn add_poa_files(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.user_in_path(call)?;
    let files = files(call, &POA_PARTS);
    if files.is_empty() {
        return Err(failure::invalid(&["files should not be empty".to_owned()]));
    }
    if files.len() > MAX_POA_FILES {
        return Err(failure::invalid(&[format!("files must hold at most {MAX_POA_FILES} files")]));
    }
    check(&files)?;
    let pending = || Reply::model::<PoaPending>(json!({ "errorCode": ErrorCode::P211 })).with_status(202);
    let (next, result) = match user.address {
        // The document says of this response only that it is JSON.
        ProofOfAddress::Missing => (ProofOfAddress::Pending(PENDING), Ok(Reply::model::<Value>(json!({})))),
        ProofOfAddress::Pending(0) | ProofOfAddress::Verified => {
            (ProofOfAddress::Verified, Err(failure::coded(400, &ErrorCode::P447)))
        }
        ProofOfAddress::Pending(left) => (ProofOfAddress::Pending(left - 1), Ok(pending())),
    };
    user.address = next;
    result
}

fn files<'a>(call: &'a Call<'_>, parts: &'a [&str]) -> Vec<&'a ReceivedFile> {
    call.form().map(|form| form.files(parts).collect()).unwrap_or_default()
}

fn check(files: &[&ReceivedFile]) -> Result<(), Reply> {
    let known = |file: &&ReceivedFile| {
        file.content_type.as_deref().is_some_and(|content_type| TYPES.contains(&content_type))
    };
    if !files.iter().all(known) {
        return Err(failure::coded(400, &ErrorCode::P426));
    }
    if files.iter().any(|file| file.bytes > MAX_BYTES) {
        return Err(failure::coded(400, &ErrorCode::P440));
    }
    Ok(())
}
