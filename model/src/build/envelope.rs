//! Reads envelopes (`x-envelope`): the objects in which an API wraps the content of its responses. The runtime removes
//! an envelope, so callers never see it.

use std::borrow::Cow;
use std::rc::Rc;

use partner_spec::Node;

use super::reader::DocumentReader;
use crate::index::find_referenced_component_name;
use crate::media::BodyKind;
use crate::model::Envelope;
use crate::operation::RequiredEnvelopeProperties;
use crate::rules::x_envelope;

/// The envelope of a response: the JSON object around the content.
pub(super) struct ResponseEnvelope {
    /// The schema of the content inside the envelope (the JSON object around the content). `None` if the document does
    /// not describe the content.
    pub(super) content_schema: Option<Node>,
    /// Which properties of the envelope (the JSON object around the content) are required.
    pub(super) required_properties: RequiredEnvelopeProperties,
}

impl DocumentReader<'_> {
    /// Reads the `x-envelope` of the document. This key names two properties of the envelope (the JSON object around
    /// the content of a response). One property says whether the call succeeded, and the other holds the content.
    pub(super) fn read_envelope(&mut self) -> Option<Envelope> {
        let node = self.index.root.get("x-envelope")?;
        match (node.get_str("success"), node.get_str("data")) {
            (Some(success), Some(data)) => Some(Envelope {
                success_property_name: success.to_owned(),
                data_property_name: data.to_owned(),
                location: node.location.collapse_to_start(),
            }),
            _ => {
                self.found.push(x_envelope::new_finding(node));
                None
            }
        }
    }
}

/// Reads the envelope of a response. Returns `None` if the response has no envelope.
pub(super) fn read_response_envelope(
    response: &Node,
    envelope: &Envelope,
    reader: &mut DocumentReader<'_>,
) -> Option<ResponseEnvelope> {
    let mut content = response.get_entries("content");
    let (media, None) = (content.next()?, content.next()) else { return None };
    let schema =
        media.node.get("schema").filter(|_| BodyKind::from_media_type(&media.key) == BodyKind::Json)?;
    let component = find_referenced_component_name(schema).and_then(|name| reader.components.get(name));
    let schema = match component.map(|component| Rc::clone(&component.merged_schema)) {
        Some(node) => Cow::Owned((*node).clone()),
        // If the `allOf` of the schema cannot be merged, the response is treated as one without an envelope. The failed
        // merge is reported later, when the schema of the response is read.
        None => reader.all_of_merger.merge_all_of(schema).ok()?,
    };
    let properties = schema.get("properties")?.as_object()?;
    let others = properties
        .iter()
        .any(|e| e.key != envelope.success_property_name && e.key != envelope.data_property_name);
    if others || properties.get(&envelope.success_property_name)?.get_str("type") != Some("boolean") {
        return None;
    }
    let requires = |key: &str| schema.get_items("required").iter().any(|name| name.as_str() == Some(key));
    let required_properties = RequiredEnvelopeProperties {
        requires_success_property: requires(&envelope.success_property_name),
        requires_data_property: requires(&envelope.data_property_name),
    };
    Some(ResponseEnvelope {
        content_schema: properties.get(&envelope.data_property_name).cloned(),
        required_properties,
    })
}
