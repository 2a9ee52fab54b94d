//! The operations of an API, with their requests and responses.

use std::collections::BTreeMap;

use partner_spec::Location;

use crate::docs::{Availability, DescriptionSource};
use crate::pagination::Pagination;
use crate::types::{Field, Schema};
use crate::waiter::Waiter;

/// An operation of the API: one method of one path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId`, exactly as the OpenAPI document has it.
    pub id: String,
    /// The name of the client's method.
    pub client_method_name: String,
    /// The HTTP method in lower case.
    pub method: String,
    /// The path of the operation, with placeholders like `{user_id}`.
    pub path_template: String,
    /// The name of the operation's Rust module. It is derived from the name of the file that describes the operation.
    pub module_name: String,
    /// `summary`.
    pub summary: Option<String>,
    /// The operation's `description`.
    pub description: Option<String>,
    /// Where the operation's description comes from: the page of the vendor's docs, the date on which this page was
    /// retrieved, and how reliable the description is (`x-docs`).
    pub description_source: DescriptionSource,
    /// The availability of the operation (`x-availability`): whether everyone can use it, only some partners, or
    /// nobody.
    pub availability: Availability,
    /// Whether the operation is marked as `deprecated`.
    pub deprecated: bool,
    /// An example of a call, in Markdown. The code generator sets it; the document has no such example.
    pub call_example: Option<String>,
    /// Whether a request may be repeated without harm, according to the vendor's docs (`x-idempotent`).
    pub is_idempotent: bool,
    /// Whether calls of the operation need credentials.
    pub credential_requirement: CredentialRequirement,
    /// The alternative sets of credentials: a call sends all credentials of one set. Each set lists indices into
    /// [`Model::security_schemes`](crate::Model).
    pub credential_alternatives: Vec<Vec<usize>>,
    /// The index of the operation's server in [`Environment::servers`](crate::Environment). The index is the same in
    /// all environments.
    pub server_index: usize,
    /// The parameters of the operation and of its path item, in the order of the OpenAPI document.
    pub parameters: Vec<Parameter>,
    /// The request body; `None` if the operation has none.
    pub body: Option<RequestBody>,
    /// How callers request the pages of a list (`x-pagination`); `None` if the operation does not return a list in
    /// pages.
    pub pagination: Option<Pagination>,
    /// The client's methods that call the operation repeatedly until the state in the response is final (`x-waiter`).
    pub waiters: Vec<Waiter>,
    /// The method names of the operations that are usually called next. The `links` of this operation's successful
    /// responses lead to them.
    pub next_client_method_names: Vec<String>,
    /// The method names of the operations that are usually called before this operation. The `links` of their
    /// successful responses lead to this operation.
    pub previous_client_method_names: Vec<String>,
    /// The documented responses, failures included.
    pub responses: Vec<Response>,
    /// The bodies of the successful responses.
    pub success_bodies: SuccessBodies,
    /// The `Accept` header of the request. `None` if the client's default header is sufficient: no successful response
    /// has a JSON media type other than `application/json`.
    pub accept_header_override: Option<String>,
    /// Which properties are required in the envelopes of successful responses. An envelope is the JSON object around
    /// the data of a response (`x-envelope`). `None` if successful responses have no envelope.
    pub required_envelope_properties: Option<RequiredEnvelopeProperties>,
    /// Whether a successful response may have an empty body. The client reads an empty body as an object without keys.
    pub success_body_may_be_empty: bool,
    /// The location of the `operationId`.
    pub id_location: Location,
}

/// Whether calls of an operation need credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialRequirement {
    /// Calls never send a credential.
    Unauthenticated,
    /// Calls send a credential if the client has one.
    Optional,
    /// Each call must send a credential.
    Required,
}

/// The part of a request that contains a parameter (`in`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterPlace {
    /// The path of the URL.
    Path,
    /// The query string of the URL.
    Query,
    /// A header.
    Header,
}

/// The syntax in which the value of a parameter or of a form field is written (`style`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SerializationStyle {
    /// `simple`.
    Simple,
    /// `label`.
    Label,
    /// `matrix`.
    Matrix,
    /// `form`.
    Form,
    /// The style `spaceDelimited`.
    SpaceDelimited,
    /// The style `pipeDelimited`.
    PipeDelimited,
    /// The style `deepObject`.
    DeepObject,
    /// JSON, for a parameter that has a `content` instead of a `schema`.
    Json,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name of the parameter in requests, as the document has it.
    pub name: String,
    /// The name of the Rust argument or setter for the parameter. It is derived from the parameter's `x-name`, or from
    /// the parameter's name if there is no `x-name`.
    pub rust_name: String,
    /// The part of the request that contains the parameter.
    pub place: ParameterPlace,
    /// Whether the parameter is required.
    pub required: bool,
    /// The parameter's `description`.
    pub description: Option<String>,
    /// Whether the parameter is marked as `deprecated`.
    pub deprecated: bool,
    /// The syntax in which the parameter's value is written.
    pub style: SerializationStyle,
    /// The parameter's `explode`, which selects one of two ways to write lists and objects.
    pub explode: bool,
    /// Whether the parameter's value is written as one text, a list of texts or an object of texts. `None` if it is
    /// written as JSON.
    pub text_shape: Option<TextShape>,
    /// Its schema.
    pub schema: Schema,
    /// The location of the parameter object.
    pub location: Location,
}

/// Whether the value of a parameter or of a form field is written as one text, a list of texts or an object of texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextShape {
    /// The value (for example a string, a number or a boolean) is written as a single text.
    Text,
    /// A list of texts. An array is written in this shape.
    TextList,
    /// The value (an object) is written as an object of texts.
    TextObject,
}

/// The request body of an operation.
#[derive(Debug, Clone)]
pub struct RequestBody {
    /// Whether the body is required.
    pub required: bool,
    /// The body's `description`.
    pub description: Option<String>,
    /// The media types that the body may have.
    pub media_types: Vec<MediaType>,
}

/// One media type of a request body.
#[derive(Debug, Clone)]
pub struct MediaType {
    /// The media type, as it is written in the document.
    pub media_type: String,
    /// The name of the client's method that sends this media type (`x-method-name`); `None` if there is no
    /// `x-method-name`.
    pub client_method_name: Option<String>,
    /// What the body contains: JSON, a form or bytes.
    pub content: BodyContent,
    /// The encodings of the parts of a form, by part name. A part that the document's `encoding` does not list has no
    /// entry.
    pub part_encodings: BTreeMap<String, PartEncoding>,
    /// The location of the media type.
    pub location: Location,
}

/// How the client writes one part of a form (`encoding`).
#[derive(Debug, Clone)]
pub struct PartEncoding {
    /// The part's `contentType`. `None` if it is absent, a list of media types, or a range like `image/*`.
    pub content_type: Option<String>,
    /// The syntax in which the part's value is written.
    pub style: SerializationStyle,
    /// The part's `explode`, which selects one of two ways to write lists and objects.
    pub explode: bool,
    /// The location that findings about the encoding point to: the key `contentType` if there is one, otherwise the key
    /// `style`, otherwise the name of the part.
    pub location: Location,
}

/// The content of a request body, with a variant for each group of media types that clients send in the same way.
#[derive(Debug, Clone)]
pub enum BodyContent {
    /// JSON with this schema.
    Json(Schema),
    /// A `multipart/form-data` form with these parts.
    Multipart(Vec<Field>),
    /// An `application/x-www-form-urlencoded` form with these fields.
    UrlEncoded(Vec<Field>),
    /// Any bytes, for all other media types.
    Bytes,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status of the response as it is written in the document: `200`, `2XX`, `default`, ...
    pub status: String,
    /// The response's `description`.
    pub description: String,
    /// The media types of the response, each with its schema. The schemas of failed responses are `None`, because the
    /// client has one Rust type for all failures.
    pub media_types_with_schemas: Vec<(String, Option<Schema>)>,
    /// The error codes in the examples of a failed response, in the order of the document.
    pub example_error_codes: Vec<String>,
    /// The `operationId`s in the `links` of a successful response.
    pub linked_operation_ids: Vec<String>,
    /// The location of the response.
    pub location: Location,
}

/// Which properties are required in the envelopes of an operation's successful responses. An envelope is the object
/// around the content of a response.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RequiredEnvelopeProperties {
    /// Whether an envelope has to contain the success property. This property tells whether the call succeeded.
    pub requires_success_property: bool,
    /// Whether an envelope has to contain the data property. This property holds the content of the response.
    pub requires_data_property: bool,
}

/// The bodies of an operation's successful responses.
#[derive(Debug, Clone)]
pub enum SuccessBodies {
    /// All successful responses have the same body.
    SameForAllStatuses(SuccessBody),
    /// The bodies of the successful responses differ by status.
    ByStatus {
        /// The name of the generated enum, which has a variant for each status.
        enum_name: String,
        /// The variants of the generated enum, one for each status.
        variants: Vec<StatusVariant>,
    },
}

/// A variant of the enum that is generated for [`SuccessBodies::ByStatus`]. It holds the body of the responses with one
/// status.
#[derive(Debug, Clone)]
pub struct StatusVariant {
    /// The status of the responses, spelled as in the OpenAPI document, like `200`.
    pub status: String,
    /// The name of this variant in the enum that is generated for the responses of the operation.
    pub variant_name: String,
    /// The body.
    pub body: SuccessBody,
}

/// The body of a successful response.
#[derive(Debug, Clone)]
pub enum SuccessBody {
    /// No content: the body is empty or ignored.
    Empty,
    /// JSON with this schema.
    Json(Schema),
    /// JSON without a known schema. An empty body counts as `null`.
    AnyJson,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Response {
    /// Whether the status of the response is a success (2xx).
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

impl SuccessBody {
    /// Whether this body and `other` have the same Rust type.
    pub(crate) fn has_same_rust_type_as(&self, other: &SuccessBody) -> bool {
        match (self, other) {
            (SuccessBody::Json(a), SuccessBody::Json(b)) => a.has_same_rust_type_as(b),
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

impl Parameter {
    /// Whether the parameter's value is a list whose items are joined to one text, like `1,2`. False if the parameter
    /// is repeated for each item, like `id=1&id=2`.
    pub fn joins_list_items(&self) -> bool {
        self.text_shape == Some(TextShape::TextList)
            && !(self.style == SerializationStyle::Form && self.explode)
    }
}

impl MediaType {
    /// Returns the parts of a multipart form, or the fields of a URL-encoded form. The list is empty if the body is not
    /// a form.
    pub fn form_fields(&self) -> &[Field] {
        match &self.content {
            BodyContent::Multipart(parts) | BodyContent::UrlEncoded(parts) => parts,
            BodyContent::Json(_) | BodyContent::Bytes => &[],
        }
    }
}

impl Operation {
    /// Returns the schema of the JSON body that all successful responses have in common; `None` if their bodies differ
    /// or are not JSON.
    pub fn common_success_response_schema(&self) -> Option<&Schema> {
        match &self.success_bodies {
            SuccessBodies::SameForAllStatuses(SuccessBody::Json(schema)) => Some(schema),
            _ => None,
        }
    }

    /// Returns the media types of the request body. The list is empty if the operation has no body.
    pub fn request_media_types(&self) -> &[MediaType] {
        self.body.as_ref().map_or(&[], |body| &body.media_types)
    }

    /// Returns the names of the client's methods that call the operation, each with the media type of the request body
    /// that the method sends. The media type is `None` if the operation has no body.
    pub fn client_method_names_with_media_types(&self) -> Vec<(String, Option<&MediaType>)> {
        let client_method_name =
            |(index, media): (usize, &MediaType)| match (&media.client_method_name, index, &media.content) {
                (Some(name), ..) => name.clone(),
                (None, 0, _) => self.client_method_name.clone(),
                (None, _, BodyContent::Json(_)) => format!("{}_json", self.client_method_name),
                (None, _, BodyContent::Multipart(_)) => format!("{}_multipart", self.client_method_name),
                (None, _, BodyContent::UrlEncoded(_)) => format!("{}_form", self.client_method_name),
                (None, _, BodyContent::Bytes) => format!("{}_bytes", self.client_method_name),
            };
        match self.request_media_types() {
            [] => vec![(self.client_method_name.clone(), None)],
            media => {
                media.iter().enumerate().map(|found| (client_method_name(found), Some(found.1))).collect()
            }
        }
    }

    /// Iterates over the documented successful responses.
    pub fn successful_responses(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| response.is_success())
    }

    /// Returns the HTTP method and the path, as messages show them, like `GET /users/{id}`.
    pub fn method_and_path(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path_template)
    }
}
