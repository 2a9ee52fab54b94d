//! Reads the bodies of requests and responses.

use std::collections::BTreeMap;

use partner_spec::{Entry, Node};

use super::all_of::find_sole_all_of_reference;
use super::encoding;
use super::envelope::{self, ResponseEnvelope};
use super::reader::DocumentReader;
use crate::index;
use crate::index::find_referenced_component_name;
use crate::media::{BodyKind, extract_media_type_essence};
use crate::model::Envelope;
use crate::names::to_snake_case_name;
use crate::operation::{
    BodyContent, MediaType, PartEncoding, RequestBody, RequiredEnvelopeProperties, Response,
};
use crate::rules::{body_without_schema, content_type, envelope_mixed};
use crate::types::{Field, Object, Schema, TypeShape};

impl<'a> DocumentReader<'a> {
    /// Reads the request body of an operation. Returns `None` if the operation has no body that a client can send.
    pub(super) fn read_request_body(
        &mut self,
        operation: &'a Node,
        id: &str,
        name: &str,
    ) -> Option<RequestBody> {
        let node = operation.get("requestBody").and_then(|body| self.resolve_reference(body))?;
        let mut media = Vec::new();
        for entry in node.get_entries("content") {
            let Some(content) = self.read_body_content(entry, id, name) else { continue };
            media.push(MediaType {
                media_type: entry.key.clone(),
                client_method_name: entry.node.get_str("x-method-name").map(to_snake_case_name),
                part_encodings: self.read_part_encodings(entry, &content),
                content,
                location: entry.key_location.clone(),
            });
        }
        let description = node.get_str("description").map(str::to_owned);
        (!media.is_empty()).then(|| RequestBody {
            required: node.value_is_true("required"),
            description,
            media_types: media,
        })
    }

    /// Reads the content of a request body for one media type, the entry `media`. If the client cannot send such a
    /// body, adds a finding and returns `None`.
    fn read_body_content(&mut self, media: &'a Entry, id: &str, name: &str) -> Option<BodyContent> {
        let kind = BodyKind::from_media_type(&media.key);
        let is_body_writable = match kind {
            // Multipart types other than `multipart/form-data`, such as `multipart/mixed`, have the kind `Text` or
            // `Bytes`. The client cannot write them, because their parts have no names.
            BodyKind::Text | BodyKind::Bytes => {
                !extract_media_type_essence(&media.key).starts_with("multipart/")
            }
            _ => true,
        };
        if !is_body_writable {
            self.found.push(content_type::new_finding(id, media));
            return None;
        }
        if matches!(kind, BodyKind::Text | BodyKind::Bytes) {
            return Some(BodyContent::Bytes);
        }
        let Some(schema) = media.node.get("schema") else {
            self.found.push(body_without_schema::new_finding(id, media));
            return None;
        };
        Some(match kind {
            BodyKind::Multipart => BodyContent::Multipart(self.read_form_fields(schema, media, id, name)),
            BodyKind::UrlEncoded => BodyContent::UrlEncoded(self.read_form_fields(schema, media, id, name)),
            _ => BodyContent::Json(self.read_operation_schema(schema, &format!("{name}Body"))),
        })
    }

    /// Reads the parts of a form, which are the properties of the form's schema. The parts become arguments of the
    /// operation's method, not fields of a type.
    fn read_form_fields(&mut self, schema: &Node, media: &Entry, id: &str, operation: &str) -> Vec<Field> {
        // A schema that is not a YAML or JSON object was reported when the document was read, so no second finding is
        // reported.
        if schema.as_object().is_none() {
            return Vec::new();
        }
        let key = find_referenced_component_name(find_sole_all_of_reference(schema).unwrap_or(schema));
        let object = match key.and_then(|key| self.components.get(key)) {
            None => match self.all_of_merger.merge_all_of(schema) {
                Ok(flat) if has_known_keys(&flat) => Some(self.read_object_schema(&flat, operation)),
                Ok(_) => None,
                Err(finding) => {
                    self.found.push(*finding);
                    return Vec::new();
                }
            },
            Some(component) => {
                let (bytes, location) = (
                    component.merged_schema.estimate_deep_copy_bytes(),
                    component.merged_schema.location.clone(),
                );
                let shape = self.types.get(&component.type_name).map(|definition| definition.shape.clone());
                match shape {
                    Some(TypeShape::Object(object)) if self.try_spend_expansion_bytes(bytes, &location) => {
                        Some(object)
                    }
                    Some(TypeShape::Object(_)) => return Vec::new(),
                    _ => None,
                }
            }
        };
        match object {
            Some(Object { fields, additional_properties: None, .. }) if !fields.is_empty() => fields,
            _ => {
                self.found.push(content_type::new_unnamed_parts_finding(id, media));
                Vec::new()
            }
        }
    }

    /// Reads the `encoding` of a form, which says how the parts of the form are written. Returns the encodings by the
    /// names of the parts.
    fn read_part_encodings(
        &mut self,
        media: &Entry,
        content: &BodyContent,
    ) -> BTreeMap<String, PartEncoding> {
        let mut encodings = BTreeMap::new();
        let parts = match content {
            BodyContent::Multipart(parts) | BodyContent::UrlEncoded(parts) => parts,
            // In OpenAPI, the key `encoding` only affects forms. So no encodings are returned for other bodies.
            BodyContent::Json(_) | BodyContent::Bytes => return encodings,
        };
        for entry in media.node.get_entries("encoding") {
            if parts.iter().any(|part| part.name == entry.key) {
                encodings.extend(encoding::read_part_encoding(entry, content, &mut self.found));
            }
        }
        encodings
    }

    /// Reads the responses of an operation. Also returns which properties of the envelope are required by at least one
    /// successful response; `None` if no successful response has an envelope. An envelope is the JSON object around the
    /// content of a response.
    pub(super) fn read_responses(
        &mut self,
        operation: &index::Operation<'a>,
        envelope: Option<&Envelope>,
        name: &str,
    ) -> (Vec<Response>, Option<RequiredEnvelopeProperties>) {
        let context = format!("{name}Response");
        let mut wrapping: Option<RequiredEnvelopeProperties> = None;
        let (mut responses, mut plain, mut wrapped) = (Vec::new(), None, None);
        let entries = operation.place.node.get_entries("responses");
        for entry in entries.filter(|entry| !entry.key.starts_with("x-")) {
            let Some(node) = self.resolve_reference(&entry.node) else { break };
            let is_success = entry.key.starts_with('2');
            let inside = envelope
                .filter(|_| is_success)
                .and_then(|envelope| envelope::read_response_envelope(node, envelope, self));
            let content = match inside {
                Some(ResponseEnvelope { content_schema, required_properties }) => {
                    wrapped.get_or_insert(&entry.key_location);
                    let before = wrapping.get_or_insert_default();
                    before.requires_success_property |= required_properties.requires_success_property;
                    before.requires_data_property |= required_properties.requires_data_property;
                    // The schema of the data in the envelope is copied into the operation, unless all such copies
                    // together would then be too large. Without the copy, the response is read as if it had no data. A
                    // response also has no data if its envelope only says that the call succeeded.
                    let content_schema = content_schema.filter(|schema| {
                        self.try_spend_expansion_bytes(schema.estimate_deep_copy_bytes(), &entry.key_location)
                    });
                    let schema = content_schema.map(|schema| self.read_operation_schema(&schema, &context));
                    let media = node.get_entries("content").map(|media| media.key.clone());
                    media.zip(schema).map(|(media, schema)| (media, Some(schema))).collect()
                }
                None if is_success => {
                    plain.get_or_insert(&entry.key_location);
                    self.read_success_media_types(node, &context)
                }
                None => node.get_entries("content").map(|media| (media.key.clone(), None)).collect(),
            };
            responses.push(Response {
                status: entry.key.clone(),
                description: node.get_str("description").unwrap_or_default().to_owned(),
                media_types_with_schemas: content,
                example_error_codes: if is_success {
                    Vec::new()
                } else {
                    self.find_example_error_codes(node)
                },
                linked_operation_ids: if is_success {
                    self.find_linked_operation_ids(node)
                } else {
                    Vec::new()
                },
                location: entry.key_location.clone(),
            });
        }
        if let (Some(wrapped), Some(plain)) = (wrapped, plain) {
            self.found.push(envelope_mixed::new_finding(&operation.method_and_path(), plain, wrapped));
        }
        (responses, wrapping)
    }

    /// Returns the media types of a successful response, each with its schema.
    fn read_success_media_types(&mut self, response: &Node, context: &str) -> Vec<(String, Option<Schema>)> {
        let media = response.get_entries("content").map(|media| {
            let schema = media.node.get("schema").map(|schema| self.read_operation_schema(schema, context));
            (media.key.clone(), schema)
        });
        media.collect()
    }
}

/// Whether a schema describes an object whose keys are known: it has `properties`, and is not a union.
fn has_known_keys(node: &Node) -> bool {
    node.get("properties").is_some() && node.get("oneOf").is_none() && node.get("anyOf").is_none()
}
