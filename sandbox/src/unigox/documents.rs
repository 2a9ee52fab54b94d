//! Uploads of document pictures and selfies, as files or as links.

use partner_client::unigox::{
    KycDocumentAccepted, KycDocumentBatchAccepted, KycDocumentLink, KycDocumentType, KycDocumentUrlBatch,
    KycMethod,
};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{Kyc, Stage, State};
use crate::body::Form;
use crate::body::ReceivedFile;
use crate::call::Call;
use crate::reply::{HandlerResult, Reply};

const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "application/pdf"];

/// 10 MB.
const MAX_BYTES: u64 = 10 * 1024 * 1024;

const MAX_BATCH: usize = 10;

/// Accepts a file as multipart, or one or several links as JSON.
pub(super) fn upload_kyc_document(state: &mut State, call: &Call<'_>) -> HandlerResult {
    let kyc = &mut state.user(call)?.kyc;
    let collecting = matches!(kyc.stage, Stage::PendingDocuments | Stage::Running(_));
    if !collecting || kyc.method != Some(KycMethod::DirectData) {
        return Err(failure::not_found());
    }
    match call.form() {
        Some(form) => accept_file(kyc, form),
        None => match call.json().map_err(|mismatch| failure::mismatch(&mismatch))? {
            KycDocumentLink::Url(link) => accept_link(kyc, link.document_type, &link.url),
            KycDocumentLink::UrlBatch(batch) => accept_batch(kyc, batch),
        },
    }
}

fn accept_file(kyc: &mut Kyc, form: &Form) -> HandlerResult {
    let document_type = form.text("document_type").ok_or_else(failure::missing)?;
    let file = form.files(&["document"]).next().ok_or_else(failure::missing)?;
    let document_type = known(document_type.into())?;
    if !is_acceptable(file) {
        return Err(Reply::status(400));
    }
    Ok(accepted(kyc, document_type, &file.file_name))
}

fn is_acceptable(file: &ReceivedFile) -> bool {
    let known = file.content_type.as_deref().is_some_and(|content_type| TYPES.contains(&content_type));
    known && file.bytes > 0 && file.bytes <= MAX_BYTES
}

fn accept_link(kyc: &mut Kyc, document_type: KycDocumentType, url: &str) -> HandlerResult {
    let document_type = known(document_type)?;
    let file_name = file_name(url).ok_or_else(|| Reply::status(400))?;
    Ok(accepted(kyc, document_type, file_name))
}

/// Accepts those documents of a batch that it can, and reports the others. A batch without any is refused.
fn accept_batch(kyc: &mut Kyc, batch: KycDocumentUrlBatch) -> HandlerResult {
    if batch.documents.len() > MAX_BATCH {
        return Err(Reply::status(400));
    }
    let (mut uploaded, mut errors) = (Vec::new(), Vec::new());
    for document in batch.documents {
        let document_type = document.document_type.to_string();
        let error = match (known(document.document_type), file_name(&document.url)) {
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
        return Err(Reply::status(400));
    }
    kyc.touch();
    let message = format!("{} of {} documents were accepted.", uploaded.len(), uploaded.len() + errors.len());
    let mut receipt = json!({ "uploaded": uploaded, "message": message });
    if !errors.is_empty() {
        receipt["errors"] = errors.into();
    }
    Ok(Reply::model::<KycDocumentBatchAccepted>(receipt))
}

fn accepted(kyc: &mut Kyc, document_type: KycDocumentType, file_name: &str) -> Reply {
    let name = document_type.to_string();
    kyc.documents.push(document_type);
    kyc.touch();
    Reply::model::<KycDocumentAccepted>(json!({
        "document_id": Uuid::new_v4(),
        "document_type": name,
        "file_name": file_name,
        "message": "The document was accepted.",
    }))
}

fn known(document_type: KycDocumentType) -> Result<KycDocumentType, Reply> {
    Some(document_type)
        .filter(|known| KycDocumentType::KNOWN.contains(known))
        .ok_or_else(|| Reply::status(400))
}

/// The file name in a link, which has to be HTTPS. Nothing is fetched.
fn file_name(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://")?;
    let (_, path) = rest.split('?').next()?.split_once('/')?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}
