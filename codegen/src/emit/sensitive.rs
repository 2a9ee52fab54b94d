//! Collects the names of request fields that hold secrets or personal data, so that the runtime keeps their values out
//! of error messages.

use std::collections::BTreeSet;

use partner_model::{Field, Model, TypeShape};

/// Returns the names of all properties, form parts and parameters of requests that the document marks with
/// `x-sensitive`.
pub(super) fn collect_sensitive_names(model: &Model) -> BTreeSet<&str> {
    let sent = model.types.values().filter(|definition| definition.is_sent_by_client);
    let fields = sent.flat_map(|definition| match &definition.shape {
        TypeShape::Object(object) => object.fields.as_slice(),
        _ => &[],
    });
    let parts = model
        .operations
        .iter()
        .flat_map(|operation| operation.request_media_types())
        .flat_map(|media| media.form_fields());
    let sensitive = |field: &&Field| field.schema.details.is_sensitive;
    let parameters = model.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.filter(|parameter| parameter.schema.details.is_sensitive);
    let fields = fields.chain(parts).filter(sensitive).map(|field| field.name.as_str());
    fields.chain(parameters.map(|parameter| parameter.name.as_str())).collect()
}
