//! The names under which a request carries secrets or personal data, for the runtime to keep them out of errors.

use std::collections::BTreeSet;

use partner_model::{Field, Model, Shape};

/// The names of all properties and parameters of requests that are `x-sensitive`, in order.
pub(super) fn names(model: &Model) -> BTreeSet<&str> {
    let sent = model.types.values().filter(|definition| definition.sent);
    let fields = sent.flat_map(|definition| match &definition.shape {
        Shape::Object(object) => object.fields.as_slice(),
        _ => &[],
    });
    let parts =
        model.operations.iter().flat_map(|operation| operation.media()).flat_map(|media| media.parts());
    let sensitive = |field: &&Field| field.schema.about.sensitive;
    let parameters = model.operations.iter().flat_map(|operation| &operation.parameters);
    let parameters = parameters.filter(|parameter| parameter.schema.about.sensitive);
    let fields = fields.chain(parts).filter(sensitive).map(|field| field.name.as_str());
    fields.chain(parameters.map(|parameter| parameter.name.as_str())).collect()
}
