//! The parts of requests and responses that are not in the model, because the Rust client does not need them: the
//! bodies of failures, the headers of responses, servers with relative URLs, and webhooks. Programs in other languages
//! may depend on these parts.

use std::collections::{BTreeMap, BTreeSet};

use partner_model::SchemaDetails;
use partner_model::index::enum_values;
use partner_model::media::extract_media_type_essence;
use partner_spec::{Document, HTTP_METHODS, Location, Node};

use crate::webhooks::{self, list_component_schemas};

/// The maximum depth of nested values that are compared in the body of a failure (error response).
const MAX_COMPARED_FAILURE_BODY_DEPTH: usize = 12;
/// The maximum number of schemas that are compared in the body of a failure (error response).
const MAX_COMPARED_SCHEMAS_PER_FAILURE_BODY: usize = 400;

/// The values in the body of a failure (error response), or the values of the headers of any response. The key of a
/// value in the body is its path, like `application/json.error.code`. The key of a header's value is the name of the
/// header.
pub(crate) type FailureOrHeaderValuesByKey = BTreeMap<String, FailureOrHeaderValue>;

/// A value in the body of a failure (error response), or the value of a response header.
#[derive(Clone, Debug, Default)]
pub(crate) struct FailureOrHeaderValue {
    /// The type and format of the value, and whether the value is required, like `string uuid required`.
    pub(crate) type_format_and_presence: String,
    /// The values that the `enum` of the schema lists; empty if the schema has no `enum`.
    pub(crate) enum_values: BTreeSet<String>,
    /// The details of the value's schema. Only `limits` is filled in; all other fields keep their defaults.
    pub(crate) schema_details: SchemaDetails,
    /// The location of the value's schema. `None` for a header, and for a body whose media type has no schema.
    pub(crate) schema_location: Option<Location>,
}

/// The parts of requests and responses that are not in the model, because the Rust client does not need them.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnmodeledParts {
    responses: BTreeMap<(String, String), BTreeMap<String, UnmodeledResponseParts>>,
    /// The relative addresses of servers: those without scheme and host, like `/v1`. The Rust client does not offer
    /// these servers.
    pub(crate) relative_server_addresses: Vec<String>,
    /// The unmodeled parts of each webhook of the document. The keys are the titles of the webhooks.
    pub(crate) webhook_parts_by_title: BTreeMap<String, UnmodeledWebhookParts>,
}

/// The parts of a webhook that the model does not contain. The model is the description of an API from which the Rust
/// client is generated.
#[derive(Clone, Debug)]
pub(crate) struct UnmodeledWebhookParts {
    /// The title of the docs page that describes the webhook.
    pub(crate) page_title: String,
    /// The path on the receiver's server to which the vendor sends the webhook; `None` if the document states no path.
    pub(crate) path: Option<String>,
    /// The location of the payload's schema.
    pub(crate) payload_schema_location: Location,
}

/// The parts of a response that the document describes, but that the generator's model of the document does not
/// contain.
#[derive(Clone, Debug)]
pub(crate) struct UnmodeledResponseParts {
    /// The values in the body of an error response. Empty for a response with a success status.
    pub(crate) failure_values: FailureOrHeaderValuesByKey,
    /// The values of the response's headers, by the names of the headers in lower case.
    pub(crate) header_values: FailureOrHeaderValuesByKey,
}

impl UnmodeledParts {
    /// Reads from a document those parts of requests and responses that the model does not contain.
    pub(crate) fn from_document(document: &Document) -> UnmodeledParts {
        let root = &document.root;
        let addresses = root.get_items("servers").iter().filter_map(|server| server.get_str("url"));
        let relative = addresses.filter(|address| !address.contains("://"));
        let servers = relative.map(|address| address.trim_end_matches('/').to_owned());
        let servers = servers.collect();
        let mut parts = UnmodeledParts {
            responses: BTreeMap::new(),
            relative_server_addresses: servers,
            webhook_parts_by_title: read_webhooks(root),
        };
        for path in root.get_entries("paths") {
            let Some(item) = path.node.resolve_reference(root) else { continue };
            for method in HTTP_METHODS {
                let entries = item.get(method).map(|operation| operation.get_entries("responses"));
                let read = entries.into_iter().flatten().filter_map(|entry| {
                    let node = entry.node.resolve_reference(root)?;
                    let is_success = entry.key.starts_with('2');
                    let failure_values = if is_success {
                        FailureOrHeaderValuesByKey::new()
                    } else {
                        read_failure_body(node, root)
                    };
                    Some((
                        entry.key.clone(),
                        UnmodeledResponseParts { failure_values, header_values: read_headers(node, root) },
                    ))
                });
                let read: BTreeMap<String, UnmodeledResponseParts> = read.collect();
                parts.responses.insert((method.to_owned(), path.key.clone()), read);
            }
        }
        parts
    }

    /// Returns those parts of a response that the model lacks: its headers, and the values in the body of a failure.
    /// `method` and `path` identify the operation, and `status` identifies its response. Returns `None` if the document
    /// has no such response.
    pub(crate) fn find_unmodeled_response_parts(
        &self,
        method: &str,
        path: &str,
        status: &str,
    ) -> Option<&UnmodeledResponseParts> {
        self.responses.get(&(method.to_owned(), path.to_owned()))?.get(status)
    }
}

fn read_webhooks(root: &Node) -> BTreeMap<String, UnmodeledWebhookParts> {
    let webhook_parts_by_title = list_component_schemas(root).filter_map(|(key, schema)| {
        let page =
            schema.get("x-docs").and_then(|docs| docs.get_str("page")).unwrap_or("Webhooks").to_owned();
        let webhook = webhooks::Webhook::from_payload_schema(key, schema)?;
        Some((
            webhook.title,
            UnmodeledWebhookParts {
                page_title: page,
                path: webhook.path,
                payload_schema_location: schema.location.clone(),
            },
        ))
    });
    webhook_parts_by_title.collect()
}

fn read_headers(response: &Node, root: &Node) -> FailureOrHeaderValuesByKey {
    let header_values = response.get_entries("headers").filter_map(|entry| {
        let header = entry.node.resolve_reference(root)?;
        let schema = header.get("schema").and_then(|schema| schema.resolve_reference(root));
        let words = ["type", "format"].iter().filter_map(|key| schema?.get_str(key));
        let presence = if header.value_is_true("required") { "required" } else { "optional" };
        let type_format_and_presence = words.chain([presence]).collect::<Vec<_>>().join(" ");
        Some((
            entry.key.to_ascii_lowercase(),
            FailureOrHeaderValue { type_format_and_presence, ..FailureOrHeaderValue::default() },
        ))
    });
    header_values.collect()
}

fn read_failure_body(response: &Node, root: &Node) -> FailureOrHeaderValuesByKey {
    let mut body_values = FailureOrHeaderValuesByKey::new();
    for media in response.get_entries("content") {
        let path = extract_media_type_essence(&media.key);
        match media.node.get("schema") {
            Some(schema) => FailureBodySchemaReader {
                root,
                remaining_schema_count: MAX_COMPARED_SCHEMAS_PER_FAILURE_BODY,
            }
            .add_value_and_nested_values(schema, &path, "", 0, &mut body_values),
            None => drop(body_values.insert(
                path,
                FailureOrHeaderValue {
                    type_format_and_presence: String::from("anything"),
                    ..FailureOrHeaderValue::default()
                },
            )),
        }
    }
    body_values
}

/// Reads the schema of an error response's body, and collects the values that the body may contain.
struct FailureBodySchemaReader<'a> {
    root: &'a Node,
    /// The number of further schemas that this reader may read before it reaches its limit.
    remaining_schema_count: usize,
}

impl FailureBodySchemaReader<'_> {
    /// Adds the value that `schema` describes to `body_values`, under the key `path`. Adds all values inside that value
    /// as well, under longer paths.
    fn add_value_and_nested_values(
        &mut self,
        schema: &Node,
        path: &str,
        presence: &str,
        depth: usize,
        body_values: &mut FailureOrHeaderValuesByKey,
    ) {
        let Some(schema) = schema
            .resolve_reference(self.root)
            .filter(|_| depth < MAX_COMPARED_FAILURE_BODY_DEPTH && self.remaining_schema_count > 0)
        else {
            return;
        };
        self.remaining_schema_count -= 1;
        let mut words: Vec<&str> = ["type", "format"].iter().filter_map(|key| schema.get_str(key)).collect();
        words.extend(schema.value_is_true("nullable").then_some("nullable"));
        words.extend(Some(presence).filter(|presence| !presence.is_empty()));
        let part = body_values.entry(path.to_owned()).or_default();
        // Several members of an `allOf` may describe the type of the same value. The longest description is kept,
        // because it has the most details.
        if words.join(" ").len() > part.type_format_and_presence.len() {
            part.type_format_and_presence = words.join(" ");
        }
        let (values, limits) = (enum_values(schema), SchemaDetails::from_node(schema).limits);
        let is_first = part.schema_location.is_none();
        let has_more = schema.get("enum").is_some() || !limits.is_empty();
        part.enum_values.extend(values.map(|(value, _)| value.to_owned()));
        part.schema_details.limits.extend(limits);
        if is_first || has_more {
            part.schema_location = Some(schema.location.clone());
        }
        let required: Vec<&str> = schema.get_items("required").iter().filter_map(Node::as_str).collect();
        for property in schema.get_entries("properties") {
            let presence = if required.contains(&property.key.as_str()) { "required" } else { "optional" };
            self.add_value_and_nested_values(
                &property.node,
                &format!("{path}.{}", property.key),
                presence,
                depth + 1,
                body_values,
            );
        }
        if let Some(items) = schema.get("items") {
            self.add_value_and_nested_values(items, &format!("{path}[]"), "", depth + 1, body_values);
        }
        for part in schema.get_items("allOf") {
            self.add_value_and_nested_values(part, path, presence, depth + 1, body_values);
        }
        for key in ["oneOf", "anyOf"] {
            let alternative = |part| {
                let mut alternative_values = FailureOrHeaderValuesByKey::new();
                self.add_value_and_nested_values(part, "", "", depth + 1, &mut alternative_values);
                alternative_values
            };
            let mut alternatives: Vec<FailureOrHeaderValuesByKey> =
                schema.get_items(key).iter().map(alternative).collect();
            // The alternatives are sorted before they are numbered. Their order in the document has no meaning, so a
            // document with another order must not be reported as changed.
            alternatives.sort_by_cached_key(|alternative_values| {
                let part = |(key, part): (&String, &FailureOrHeaderValue)| {
                    (key.clone(), part.type_format_and_presence.clone(), part.enum_values.clone())
                };
                alternative_values.iter().map(part).collect::<Vec<_>>()
            });
            for (index, alternative) in alternatives.into_iter().enumerate() {
                let inner = alternative.into_iter();
                body_values.extend(inner.map(|(key, value)| (format!("{path}|{}{key}", index + 1), value)));
            }
        }
    }
}
