//! Checks the parameters, media type and body of a request against the OpenAPI document.

use partner_spec::Node;
use serde_json::Value;

use crate::body::{BodyContent, JSON_MEDIA_TYPE, MULTIPART_MEDIA_TYPE, MultipartForm};
use crate::call::Call;
use crate::document::DocumentedOperation;
use crate::mismatch::Mismatch;
use crate::schema;

/// Checks a request against the OpenAPI document. The error is the first mismatch.
pub(crate) fn check_request(documented: DocumentedOperation<'_>, call: &Call<'_>) -> Result<(), Mismatch> {
    for parameter in documented.parameters() {
        check_parameter(documented, parameter, call)?;
    }
    check_body(documented, call)
}

fn check_parameter(
    documented: DocumentedOperation<'_>,
    parameter: &Node,
    call: &Call<'_>,
) -> Result<(), Mismatch> {
    let Some(name) = parameter.get_str("name") else { return Ok(()) };
    let text = match parameter.get_str("in") {
        Some("path") => Some(call.path_parameter(name)),
        Some("query") => call.query_parameter(name),
        _ => return Ok(()),
    };
    match (text, parameter.get("schema")) {
        (Some(text), Some(schema)) => schema::check_value(
            documented.document_root(),
            schema,
            &parse_parameter_text(documented, schema, text),
            name,
        ),
        (None, _) if parameter.value_is_true("required") => Err(Mismatch::MissingValue(name.to_owned())),
        _ => Ok(()),
    }
}

/// Converts the text of a parameter to a JSON value of the schema's type. Text that is not of this type becomes a
/// string, which the later check against the schema refuses.
fn parse_parameter_text(documented: DocumentedOperation<'_>, schema: &Node, text: &str) -> Value {
    let plain = || Value::from(text);
    match schema.resolve_reference(documented.document_root()).and_then(|schema| schema.get_str("type")) {
        Some("integer" | "number" | "boolean") => serde_json::from_str(text).unwrap_or_else(|_| plain()),
        Some("array") => text.split(',').collect(),
        _ => plain(),
    }
}

fn check_body(documented: DocumentedOperation<'_>, call: &Call<'_>) -> Result<(), Mismatch> {
    let Some(body) = documented.request_body() else { return Ok(()) };
    let (media_type, value) = match call.body_content {
        BodyContent::NoBody if !body.value_is_true("required") => return Ok(()),
        BodyContent::NoBody | BodyContent::Unusable => return Err(Mismatch::UnusableBody),
        BodyContent::Json(_) => (JSON_MEDIA_TYPE, call.deserialize_json_body()?),
        BodyContent::Multipart(_) => (MULTIPART_MEDIA_TYPE, Value::Null),
    };
    let media = documented.find_request_media_type_node(media_type).ok_or(Mismatch::UnusableBody)?;
    match (
        call.body_content,
        media.get("schema").and_then(|schema| schema.resolve_reference(documented.document_root())),
    ) {
        (BodyContent::Multipart(form), Some(schema)) => {
            check_multipart_form(documented.document_root(), schema, form)
        }
        (_, Some(schema)) => schema::check_value(documented.document_root(), schema, &value, "the body"),
        (_, None) => Ok(()),
    }
}

/// Checks the parts of a multipart form against the properties of the form's schema. If a property has the format
/// `binary`, the part with the property's name must be a file.
fn check_multipart_form(root: &Node, schema: &Node, form: &MultipartForm) -> Result<(), Mismatch> {
    let required = |name: &str| schema.get_items("required").iter().any(|key| key.as_str() == Some(name));
    for property in schema.get_entries("properties") {
        let name = property.key.as_str();
        let is_file = form.find_files_by_part_names(&[name]).next().is_some();
        let Some(part) = property.node.resolve_reference(root) else { continue };
        let is_binary = |node: &Node| node.get_str("format") == Some("binary");
        match form.find_part_text(name) {
            Some(_) if is_binary(part) => {
                return Err(Mismatch::InvalidValue(format!("{name} must be a file")));
            }
            Some(text) => schema::check_value(root, part, &Value::from(text), name)?,
            None if !is_file && required(name) => return Err(Mismatch::MissingValue(name.to_owned())),
            None => {}
        }
    }
    Ok(())
}
