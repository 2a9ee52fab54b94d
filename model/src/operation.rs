//! The operations of an API, with their requests and responses.

use std::collections::BTreeMap;

use partner_spec::Location;

use crate::docs::{Availability, DocsSource};
use crate::pagination::Pagination;
use crate::types::{Field, Schema};
use crate::waiter::Waiter;

/// An operation of the API: one method of one path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The `operationId` as written.
    pub id: String,
    /// The name of the client's method.
    pub method_name: String,
    /// The HTTP method in lower case.
    pub method: String,
    /// The path template.
    pub path_template: String,
    /// The Rust module of the operation, named after the file of the document that describes the operation.
    pub module: String,
    /// `summary`.
    pub summary: Option<String>,
    /// The operation's `description`.
    pub description: Option<String>,
    /// The source of the operation's description.
    pub docs_source: DocsSource,
    /// The availability of the operation: for everyone, on request, ... (`x-availability`).
    pub availability: Availability,
    /// Whether the operation is marked as `deprecated`.
    pub deprecated: bool,
    /// Markdown with an example of a call. It is not from the document: the code generator fills it in.
    pub call_example: Option<String>,
    /// Whether a request may be repeated without harm, according to the vendor's docs (`x-idempotent`).
    pub is_idempotent: bool,
    /// Whether calls of the operation need credentials.
    pub security: Security,
    /// The alternative sets of credentials that the operation accepts; a call uses one of them. Each set lists the
    /// credentials that are sent together, as positions in [`Model::security_schemes`](crate::Model).
    pub credential_alternatives: Vec<Vec<usize>>,
    /// The position of the operation's server in [`Environment::servers`](crate::Environment), which is the same in
    /// every environment.
    pub server_position: usize,
    /// The parameters, including those of the path item, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body; `None` if the operation has none.
    pub body: Option<RequestBody>,
    /// How callers get the next page of the list in the response (`x-pagination`); `None` if the response has no pages.
    pub pagination: Option<Pagination>,
    /// The client's methods that poll the operation until its response has a certain state (`x-waiter`).
    pub waiters: Vec<Waiter>,
    /// The names of the operations that come next, according to the links of successful responses.
    pub next_operation_names: Vec<String>,
    /// The names of the operations whose links lead to this operation.
    pub previous_operation_names: Vec<String>,
    /// The documented responses, failures included.
    pub responses: Vec<Response>,
    /// The bodies of the successful responses.
    pub success_bodies: SuccessBodies,
    /// The `Accept` header of the request, if a successful response has a JSON type other than `application/json`;
    /// otherwise `None`, because the default header of the client fits.
    pub accept_header: Option<String>,
    /// The properties that the envelopes of successful responses require; `None` if successful responses have no
    /// envelope (`x-envelope`).
    pub envelope_requirements: Option<EnvelopeRequirements>,
    /// Whether a successful response may have an empty body, which is then read as an object without keys.
    pub accepts_empty_body: bool,
    /// The location of the `operationId`.
    pub location: Location,
}

/// Whether calls of an operation need credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Calls never send a credential.
    None,
    /// Calls send a credential if the client has one.
    Optional,
    /// Calls need a credential.
    Required,
}

/// The part of a request that contains a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ParameterPlace {
    /// The path of the URL.
    Path,
    /// The query of the URL.
    Query,
    /// A header.
    Header,
}

/// The syntax in which the value of a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
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
    /// The name of the parameter in requests.
    pub name: String,
    /// The Rust name of the argument or setter: made of `x-name` if the parameter has it, and otherwise of the
    /// parameter's name in requests.
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
    pub style: Style,
    /// Whether the items of a list, or the properties of an object, are written separately (`explode`).
    pub explode: bool,
    /// The shape of the parameter's values if they can be written as text; `None` if they are written as JSON.
    pub text_shape: Option<TextShape>,
    /// Its schema.
    pub schema: Schema,
    /// The location of the parameter object.
    pub location: Location,
}

/// The shape of a value of a parameter or of a form's part, if the value can be written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextShape {
    /// A single text: the value is a string, a number, ...
    Text,
    /// A list of texts.
    TextList,
    /// An object whose values are texts.
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
    /// The media type as written.
    pub media_type: String,
    /// The name that `x-method-name` gives to the client's method that sends this media type; `None` if the document
    /// gives no name.
    pub method_name: Option<String>,
    /// The content of the body.
    pub content: BodyContent,
    /// How the client writes the parts of a form, by the name of the part. A part without an entry in the document's
    /// `encoding` has none here.
    pub encodings: BTreeMap<String, PartEncoding>,
    /// The location of the media type.
    pub location: Location,
}

/// The encoding of a part of a form: the way in which the client writes the part (`encoding`).
#[derive(Debug, Clone)]
pub struct PartEncoding {
    /// The part's `contentType`; `None` if the document has none, or one that is a list of media types or a range like
    /// `image/*`.
    pub content_type: Option<String>,
    /// The syntax of the part's value.
    pub style: Style,
    /// Whether the items of a list, or the properties of an object, are written separately (`explode`).
    pub explode: bool,
    /// The location for findings about the encoding: the key `contentType` if there is one, and otherwise the key
    /// `style`. If both are absent, it is the name of the part.
    pub location: Location,
}

/// The content of a request body of one media type.
#[derive(Debug, Clone)]
pub enum BodyContent {
    /// JSON with this schema.
    Json(Schema),
    /// A `multipart/form-data` form with these parts.
    Multipart(Vec<Field>),
    /// An `application/x-www-form-urlencoded` form with these fields.
    UrlEncoded(Vec<Field>),
    /// Bytes of any other media type.
    Bytes,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// The status of the response as the document has it: `200`, `2XX`, `default`, ...
    pub status: String,
    /// The response's `description`.
    pub description: String,
    /// The media types of the response, each with its schema. The schemas of failed responses are `None`, because every
    /// client has one type for all failures.
    pub content: Vec<(String, Option<Schema>)>,
    /// The error codes in the examples of a failed response, in the order of the document.
    pub error_codes: Vec<String>,
    /// The operation ids in the `links` of a successful response.
    pub linked_operation_ids: Vec<String>,
    /// The location of the response.
    pub location: Location,
}

/// The properties that the envelopes of an operation's successful responses require.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EnvelopeRequirements {
    /// Whether the envelope requires the success property, which tells whether the call succeeded.
    pub requires_success_property: bool,
    /// Whether the envelope requires the data property, which holds the content.
    pub requires_data_property: bool,
}

/// The bodies of an operation's successful responses.
#[derive(Debug, Clone)]
pub enum SuccessBodies {
    /// All successful responses have this body.
    Same(SuccessBody),
    /// The bodies of the successful responses differ by status.
    ByStatus {
        /// The name of the generated enum, which has a variant for each status.
        enum_name: String,
        /// The variants of the generated enum.
        variants: Vec<StatusVariant>,
    },
}

/// A variant of the generated enum in [`SuccessBodies::ByStatus`]: the body of the response with one status.
#[derive(Debug, Clone)]
pub struct StatusVariant {
    /// The response's status as written.
    pub status: String,
    /// The name of the variant in the generated enum.
    pub name: String,
    /// The body.
    pub body: SuccessBody,
}

/// The body of a successful response.
#[derive(Debug, Clone)]
pub enum SuccessBody {
    /// Nothing.
    Empty,
    /// JSON with this schema.
    Json(Schema),
    /// Any JSON: its schema is not known. An empty body counts as `null`.
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
    /// Whether the items of a list are joined into one value of the parameter. False if the parameter is repeated for
    /// each item, or its value is not a list.
    pub fn joins_items(&self) -> bool {
        self.text_shape == Some(TextShape::TextList) && !(self.style == Style::Form && self.explode)
    }
}

impl MediaType {
    /// Returns the parts of a form. The list is empty for other media types.
    pub fn parts(&self) -> &[Field] {
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
            SuccessBodies::Same(SuccessBody::Json(schema)) => Some(schema),
            _ => None,
        }
    }

    /// Returns the media types of the request body. The list is empty if the operation has no body.
    pub fn request_media_types(&self) -> &[MediaType] {
        self.body.as_ref().map_or(&[], |body| &body.media_types)
    }

    /// Returns the client's methods that call the operation. Each is a pair: the name of the method, and the media type
    /// in which it sends the request body (`None` if the operation has no body).
    pub fn client_methods(&self) -> Vec<(String, Option<&MediaType>)> {
        let method_name =
            |(index, media): (usize, &MediaType)| match (&media.method_name, index, &media.content) {
                (Some(name), ..) => name.clone(),
                (None, 0, _) => self.method_name.clone(),
                (None, _, BodyContent::Json(_)) => format!("{}_json", self.method_name),
                (None, _, BodyContent::Multipart(_)) => format!("{}_multipart", self.method_name),
                (None, _, BodyContent::UrlEncoded(_)) => format!("{}_form", self.method_name),
                (None, _, BodyContent::Bytes) => format!("{}_bytes", self.method_name),
            };
        match self.request_media_types() {
            [] => vec![(self.method_name.clone(), None)],
            media => media.iter().enumerate().map(|found| (method_name(found), Some(found.1))).collect(),
        }
    }

    /// Iterates over the documented successful responses.
    pub fn successful_responses(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| response.is_success())
    }

    /// Returns the method and path for messages, like `GET /users/{id}`.
    pub fn method_and_path(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path_template)
    }
}
