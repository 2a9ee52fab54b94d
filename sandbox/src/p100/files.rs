//! Accepts uploads of document pictures, selfies and proofs of address.

use partner_client::p100::{ErrorCode, KycFilesReceipt, ProofOfAddressPending};
use serde_json::{Value, json};

use super::failure;
use super::state::{AddressReviewStep, State};
use crate::body::ReceivedFile;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

/// The names of the form parts that contain KYC files: pictures of both sides of an identity document, and a selfie.
const KYC_FILE_PART_NAMES: [&str; 3] = ["front_id", "back_id", "selfie"];

/// The names of the form parts that contain proofs of address.
const PROOF_OF_ADDRESS_PART_NAMES: [&str; 1] = ["files"];

/// The maximum number of files in one request that uploads proofs of address.
const MAX_PROOF_OF_ADDRESS_FILES: usize = 3;

/// The media types of the files that are accepted. The vendor's docs list these types only for proofs of address. For
/// KYC files, the docs state neither types nor a maximum size, so the sandbox accepts the same types and sizes as for
/// proofs of address.
const ACCEPTED_MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/jpg", "application/pdf"];

/// The maximum size of an uploaded file, in bytes: 5 MiB.
const MAX_UPLOADED_FILE_BYTES: u64 = 5 * 1024 * 1024;

/// The number of uploads that get the response "pending" after the first upload of a proof of address was accepted.
/// Later uploads are refused, because the address then counts as verified.
const PENDING_PROOF_OF_ADDRESS_UPLOAD_COUNT: u32 = 2;

/// Adds one or several KYC files to a user: pictures of the user's identity document, or a selfie.
pub(super) fn add_kyc_files(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    let files = find_files_of_parts(call, &KYC_FILE_PART_NAMES);
    if files.is_empty() {
        return Err(failure::new_failure_with_code(400, &ErrorCode::NoKycFiles));
    }
    check_file_types_and_sizes(&files)?;
    user.kyc_file_part_names.extend(files.iter().map(|file| file.part_name.clone()));
    Ok(Reply::success_conforming_to::<KycFilesReceipt>(
        json!({ "message": "KYC files uploaded successfully" }),
    ))
}

/// Accepts a user's first upload of a proof of address. The next two uploads get the response "pending". All later
/// uploads get the failure "already verified".
pub(super) fn add_proof_of_address_files(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let user = state.find_user_of_call(call)?;
    let files = find_files_of_parts(call, &PROOF_OF_ADDRESS_PART_NAMES);
    if files.is_empty() {
        return Err(failure::new_invalid_body_failure(&["files should not be empty".to_owned()]));
    }
    if files.len() > MAX_PROOF_OF_ADDRESS_FILES {
        return Err(failure::new_invalid_body_failure(&[format!(
            "files must hold at most {MAX_PROOF_OF_ADDRESS_FILES} files"
        )]));
    }
    check_file_types_and_sizes(&files)?;
    let pending = || {
        Reply::success_conforming_to::<ProofOfAddressPending>(
            json!({ "errorCode": ErrorCode::ProofOfAddressPending }),
        )
        .with_status(202)
    };
    let (next, result) = match user.address {
        // The OpenAPI document gives no schema for the response to the first upload of a proof of address. It only
        // states that the response is JSON, so an empty object is sent.
        AddressReviewStep::Missing => (
            AddressReviewStep::Pending(PENDING_PROOF_OF_ADDRESS_UPLOAD_COUNT),
            Ok(Reply::success_conforming_to::<Value>(json!({}))),
        ),
        AddressReviewStep::Pending(0) | AddressReviewStep::Verified => (
            AddressReviewStep::Verified,
            Err(failure::new_failure_with_code(400, &ErrorCode::ProofOfAddressAlreadyVerified)),
        ),
        AddressReviewStep::Pending(left) => (AddressReviewStep::Pending(left - 1), Ok(pending())),
    };
    user.address = next;
    result
}

/// Returns the files of the form parts with these names.
fn find_files_of_parts<'a>(call: &'a Call<'_>, part_names: &'a [&str]) -> Vec<&'a ReceivedFile> {
    call.multipart_form().map(|form| form.find_files_by_part_names(part_names).collect()).unwrap_or_default()
}

/// Checks that each file has an accepted media type and is not too large.
fn check_file_types_and_sizes(files: &[&ReceivedFile]) -> Result<(), Reply> {
    let known = |file: &&ReceivedFile| {
        file.content_type.as_deref().is_some_and(|content_type| ACCEPTED_MEDIA_TYPES.contains(&content_type))
    };
    if !files.iter().all(known) {
        return Err(failure::new_failure_with_code(400, &ErrorCode::InvalidFileType));
    }
    if files.iter().any(|file| file.size > MAX_UPLOADED_FILE_BYTES) {
        return Err(failure::new_failure_with_code(400, &ErrorCode::FileTooLarge));
    }
    Ok(())
}
