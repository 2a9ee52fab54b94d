//! Uploading pictures of documents and faces, as files or by links.

use partner_client::unigox::{
    KycDocumentAccepted, KycDocumentBatchAccepted, KycDocumentLink, KycDocumentType, KycDocumentUrlBatch,
    KycMethod,
};
use serde_json::json;
use uuid::Uuid;

use super::failure;
use super::state::{Kyc, Stage, State};
use crate::answer::{Answer, Outcome};
use crate::body::Form;
use crate::call::Call;
use crate::log::ReceivedFile;

const TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "application/pdf"];

/// 10 MB.
const MAX_BYTES: u64 = 10 * 1024 * 1024;

const MAX_BATCH: usize = 10;

/// One operation with two bodies.
pub(super) fn upload_kyc_document(state: &mut State, call: &Call<'_>) -> Outcome {
    let kyc = &mut state.user(call)?.kyc;
    let collecting = matches!(kyc.stage, Stage::PendingDocuments | Stage::Running(_));
    if !collecting || kyc.method != Some(KycMethod::DirectData) {
        return Err(failure::not_found());
    }
    match call.form() {
        Some(form) => take_file(kyc, form),
        None => match call.json().map_err(|misfit| failure::misfit(&misfit))? {
            KycDocumentLink::Url(link) => take_link(kyc, link.document_type, &link.url),
            KycDocumentLink::UrlBatch(batch) => take_batch(kyc, batch),
        },
    }
}

fn take_file(kyc: &mut Kyc, form: &Form) -> Outcome {
    let document_type = form.text("document_type").ok_or_else(failure::missing)?;
    let file = form.files(&["document"]).next().ok_or_else(failure::missing)?;
    let document_type = known(document_type.into())?;
    if !is_acceptable(file) {
        return Err(Answer::bare(400));
    }
    Ok(accepted(kyc, document_type, &file.file_name))
}

fn is_acceptable(file: &ReceivedFile) -> bool {
    let known = file.content_type.as_deref().is_some_and(|content_type| TYPES.contains(&content_type));
    known && file.bytes > 0 && file.bytes <= MAX_BYTES
}

fn take_link(kyc: &mut Kyc, document_type: KycDocumentType, url: &str) -> Outcome {
    let document_type = known(document_type)?;
    let file_name = file_name(url).ok_or_else(|| Answer::bare(400))?;
    Ok(accepted(kyc, document_type, file_name))
}

/// A batch is taken in part, unless nothing in it can be.
fn take_batch(kyc: &mut Kyc, batch: KycDocumentUrlBatch) -> Outcome {
    if batch.documents.len() > MAX_BATCH {
        return Err(Answer::bare(400));
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
        return Err(Answer::bare(400));
    }
    kyc.touch();
    let message = format!("{} of {} documents were accepted.", uploaded.len(), uploaded.len() + errors.len());
    let mut answer = json!({ "uploaded": uploaded, "message": message });
    if !errors.is_empty() {
        answer["errors"] = errors.into();
    }
    Ok(Answer::of::<KycDocumentBatchAccepted>(answer))
}

fn accepted(kyc: &mut Kyc, document_type: KycDocumentType, file_name: &str) -> Answer {
    let name = document_type.to_string();
    kyc.documents.push(document_type);
    kyc.touch();
    Answer::of::<KycDocumentAccepted>(json!({
        "document_id": Uuid::new_v4(),
        "document_type": name,
        "file_name": file_name,
        "message": "The document was accepted.",
    }))
}

fn known(document_type: KycDocumentType) -> Result<KycDocumentType, Answer> {
    Some(document_type)
        .filter(|known| KycDocumentType::KNOWN.contains(known))
        .ok_or_else(|| Answer::bare(400))
}

/// The name of a file by its address, which has to be HTTPS. Nothing is fetched here.
fn file_name(url: &str) -> Option<&str> {
    let address = url.strip_prefix("https://")?;
    let (_, path) = address.split('?').next()?.split_once('/')?;
    path.rsplit('/').next().filter(|name| !name.is_empty())
}
