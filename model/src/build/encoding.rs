//! Reads the `encoding` of forms, which says how their parts are written.

use std::collections::BTreeMap;

use partner_spec::{Entry, Findings, Node};

use super::parameters::find_text_shape;
use crate::model::Model;
use crate::operation::{BodyContent, PartEncoding, SerializationStyle, TextShape};
use crate::rules::key_unsupported;
use crate::types::{Schema, Type, TypeDefinition};

/// Reads the encoding of one part of a form, and returns the name of the part and the encoding. If the client cannot
/// write this encoding, adds a finding and returns `None`.
pub(super) fn read_part_encoding(
    entry: &Entry,
    content: &BodyContent,
    found: &mut Findings,
) -> Option<(String, PartEncoding)> {
    let node = &entry.node;
    let is_url_encoded = matches!(content, BodyContent::UrlEncoded(_));
    let key = |key| node.as_object().and_then(|object| object.entry(key));
    // The client supports neither `allowReserved` nor `headers`. `allowReserved` has an effect only in URL-encoded
    // forms, and `headers` only in multipart forms. So each key is reported only in the forms in which it has an
    // effect.
    let unsupported_key = if is_url_encoded { "allowReserved" } else { "headers" };
    let refused =
        key(unsupported_key).filter(|entry| !key_unsupported::means_same_as_absent_key(&entry.node));
    if let Some(refused) = refused {
        found.push(key_unsupported::new_finding(refused, "the client cannot write it"));
        return None;
    }
    let (style, explode) = match node.get_str("style").filter(|_| is_url_encoded) {
        None | Some("form") => (SerializationStyle::Form, true),
        Some("spaceDelimited") => (SerializationStyle::SpaceDelimited, false),
        Some("pipeDelimited") => (SerializationStyle::PipeDelimited, false),
        Some("deepObject") => (SerializationStyle::DeepObject, true),
        Some(_) => {
            found.push(key_unsupported::new_finding(key("style")?, "it is no style of a form"));
            return None;
        }
    };
    let content_type = node.get_str("contentType").filter(|types| !types.contains([',', '*']));
    let encoding = PartEncoding {
        content_type: content_type.map(str::to_owned),
        style,
        explode: node.get("explode").and_then(Node::as_bool).unwrap_or(explode),
        location: key("contentType").or(key("style")).unwrap_or(entry).key_location.clone(),
    };
    Some((entry.key.clone(), encoding))
}

/// Adds a finding for each form part whose values cannot be written with the encoding that the document prescribes for
/// this part.
pub(super) fn check_part_encodings(model: &Model, found: &mut Findings) {
    for media in model.operations.iter().flat_map(|operation| operation.request_media_types()) {
        for part in media.form_fields() {
            let encoding = media.part_encodings.get(&part.name);
            let is_writable = match media.content {
                BodyContent::UrlEncoded(_) => fits_url_encoded_form(&part.schema, encoding, &model.types),
                _ => fits_multipart_form(&part.schema, encoding, &model.types),
            };
            if !is_writable {
                let location = encoding.map_or(&part.schema.location, |encoding| &encoding.location);
                found.push(key_unsupported::new_unserializable_part_finding(&part.name, location));
            }
        }
    }
}

/// Whether the values of a schema can be written as fields of a URL-encoded form.
fn fits_url_encoded_form(
    schema: &Schema,
    encoding: Option<&PartEncoding>,
    types: &BTreeMap<String, TypeDefinition>,
) -> bool {
    let flat = find_text_shape(schema, types);
    let (style, explode) =
        encoding.map_or((SerializationStyle::Form, true), |encoding| (encoding.style, encoding.explode));
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    match (flat, style) {
        _ if is_file_or_file_list(schema) => false,
        _ if content_type.is_some_and(crate::media::is_json_media_type) => true,
        (Some(TextShape::Text), SerializationStyle::Form) => true,
        (Some(TextShape::TextList), SerializationStyle::Form) => true,
        (
            Some(TextShape::TextList),
            SerializationStyle::SpaceDelimited | SerializationStyle::PipeDelimited,
        ) => !explode,
        // An object that is not sent as JSON is supported only in the style `deepObject`. For other styles, OpenAPI
        // contradicts itself: it says that the object becomes JSON, but also that its properties become fields.
        (Some(TextShape::TextObject), SerializationStyle::DeepObject) => explode,
        _ => false,
    }
}

/// Whether the values of a schema are files or lists of files.
fn is_file_or_file_list(schema: &Schema) -> bool {
    match &schema.ty {
        Type::List(items) => matches!(items.ty, Type::FileContent),
        ty => matches!(ty, Type::FileContent),
    }
}

/// Whether the values of a schema can be written as parts of a multipart form.
fn fits_multipart_form(
    schema: &Schema,
    encoding: Option<&PartEncoding>,
    types: &BTreeMap<String, TypeDefinition>,
) -> bool {
    let content_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
    let is_json = content_type.is_some_and(crate::media::is_json_media_type);
    let has_single_text_values = |schema: &Schema| find_text_shape(schema, types) == Some(TextShape::Text);
    // Whether the declared content type can express a value. A single text is sent as JSON if the content type is JSON,
    // and as plain text otherwise. A nullable text has to be sent as JSON, because plain text cannot express null.
    // Lists and objects are always sent as JSON, so they cannot have another content type.
    let fits_content_type = |schema: &Schema, nullable: bool| match has_single_text_values(schema) {
        true => is_json || !nullable,
        false => is_json || content_type.is_none(),
    };
    match &schema.ty {
        Type::FileContent => true,
        Type::List(items) => match &items.ty {
            Type::FileContent => true,
            Type::List(_) => false,
            // Each item of the list becomes a separate part. An item that may be null must be JSON, because text cannot
            // express null.
            _ => fits_content_type(items, items.nullable),
        },
        // A schema that allows null is accepted, because a part whose value is null is left out of the form.
        _ => fits_content_type(schema, false),
    }
}
