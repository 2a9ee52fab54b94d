//! Handles uploads of document pictures and selfies, as files or as URLs.

use partner_client::unigox::{
    KycDocumentAccepted, KycDocumentBatchAccepted, KycDocumentLink, KycDocumentType, KycDocumentUrlBatch,
    KycMethod,
};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{KycCheck, KycStage, State};
use crate::body::MultipartForm;
use crate::body::ReceivedFile;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

/// The media types that an uploaded file may have.
const ACCEPTED_MEDIA_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "application/pdf"];

/// The maximum size of an uploaded file, in bytes: 10 MiB.
const MAX_UPLOADED_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// The maximum number of documents whose URLs a request may contain.
const MAX_DOCUMENT_URLS_PER_REQUEST: usize = 10;

/// Handles an upload of KYC documents: accepts a file in a multipart body, or one or several URLs of files in a JSON
/// body.
pub(super) fn upload_kyc_document(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.find_user_of_call(call)?.kyc;
    let collecting = matches!(kyc.stage, KycStage::PendingDocuments | KycStage::Running(_));
    if !collecting || kyc.method != Some(KycMethod::DirectData) {
        return Err(failure::new_unknown_resource_failure());
    }
    match call.multipart_form() {
        Some(form) => accept_file(kyc, form),
        None => {
            match call
                .deserialize_json_body()
                .map_err(|mismatch| failure::new_mismatch_failure_with_error_key(&mismatch))?
            {
                KycDocumentLink::Url(link) => accept_link(kyc, link.document_type, &link.url),
                KycDocumentLink::UrlBatch(batch) => accept_valid_documents(kyc, batch),
            }
        }
    }
}

fn accept_file(kyc: &mut KycCheck, form: &MultipartForm) -> HandlerResult {
    let document_type =
        form.find_part_text("document_type").ok_or_else(failure::new_missing_field_failure)?;
    let file =
        form.find_files_by_part_names(&["document"]).next().ok_or_else(failure::new_missing_field_failure)?;
    let document_type = require_known_document_type(document_type.into())?;
    if !is_acceptable(file) {
        return Err(Reply::failure_without_body(400));
    }
    Ok(add_document_and_reply(kyc, document_type, &file.file_name))
}

fn is_acceptable(file: &ReceivedFile) -> bool {
    let known =
        file.content_type.as_deref().is_some_and(|content_type| ACCEPTED_MEDIA_TYPES.contains(&content_type));
    known && file.size > 0 && file.size <= MAX_UPLOADED_FILE_BYTES
}

fn accept_link(kyc: &mut KycCheck, document_type: KycDocumentType, url: &str) -> HandlerResult {
    let document_type = require_known_document_type(document_type)?;
    let file_name = find_file_name_in_url(url).ok_or_else(|| Reply::failure_without_body(400))?;
    Ok(add_document_and_reply(kyc, document_type, file_name))
}

/// Accepts the valid documents of a batch, and reports an error for each invalid document. A batch without a valid
/// document is refused.
fn accept_valid_documents(kyc: &mut KycCheck, batch: KycDocumentUrlBatch) -> HandlerResult {
    if batch.documents.len() > MAX_DOCUMENT_URLS_PER_REQUEST {
        return Err(Reply::failure_without_body(400));
    }
    let (mut uploaded, mut errors) = (Vec::new(), Vec::new());
    for document in batch.documents {
        let document_type = document.document_type.to_string();
        let error =
            match (require_known_document_type(document.document_type), find_file_name_in_url(&document.url))
            {
                (Ok(known), Some(file_name)) => {
                    kyc.documents.push(known);
                    uploaded.push(json!({
                        "document_type": document_type,
                        "document_id": Uuid::new_v4(),
                        "file_name": file_name,
                        "status": "uploaded",
                    }));
                    continue;
                }
                (Err(_), _) => "The type of the document is not known.",
                (_, None) => "The file could not be fetched.",
            };
        errors.push(json!({ "document_type": document_type, "error": error }));
    }
    if uploaded.is_empty() {
        return Err(Reply::failure_without_body(400));
    }
    kyc.set_updated_at_to_now();
    let message = format!("{} of {} documents were accepted.", uploaded.len(), uploaded.len() + errors.len());
    let mut receipt = json!({ "uploaded": uploaded, "message": message });
    if !errors.is_empty() {
        receipt["errors"] = errors.into();
    }
    Ok(Reply::success_conforming_to::<KycDocumentBatchAccepted>(receipt))
}

/// Adds a document to the user's documents, and returns the success response to the upload.
fn add_document_and_reply(kyc: &mut KycCheck, document_type: KycDocumentType, file_name: &str) -> Reply {
    let name = document_type.to_string();
    kyc.documents.push(document_type);
    kyc.set_updated_at_to_now();
    Reply::success_conforming_to::<KycDocumentAccepted>(json!({
        "document_id": Uuid::new_v4(),
        "document_type": name,
        "file_name": file_name,
        "message": "The document was accepted.",
    }))
}

/// Returns the document type unchanged if the vendor's docs list it; otherwise, a failure with status 400.
fn require_known_document_type(document_type: KycDocumentType) -> Result<KycDocumentType, Reply> {
    Some(document_type)
        .filter(|known| KycDocumentType::KNOWN.contains(known))
        .ok_or_else(|| Reply::failure_without_body(400))
}

/// Returns the file name in an HTTPS URL; `None` if the URL has another scheme, or has no file name. The sandbox does
/// not fetch the file.
fn find_file_name_in_url(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    let (_, path) = rest.split('?').next()?.split_once('/')?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}
