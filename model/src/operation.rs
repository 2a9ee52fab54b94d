//! The operations of an API, with their requests and responses.

use std::collections::BTreeMap;

use partner_spec::Location;

use crate::docs::{Availability, Docs};
use crate::pagination::Pagination;
use crate::types::{Field, Schema};
use crate::waiter::Waiter;

/// One method of one path.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId` as written.
    pub id: String,
    /// The name of the Rust method.
    pub name: String,
    /// The HTTP method in lower case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The module of the operation: the name of the file with its docs page.
    pub module: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// The source of the description.
    pub docs: Docs,
    /// The availability of the operation.
    pub availability: Availability,
    /// `deprecated`.
    pub deprecated: bool,
    /// An example of a call in Markdown. It is not part of the document.
    pub example: Option<String>,
    /// Whether the vendor documents that a repeat is harmless (`x-idempotent`).
    pub idempotent: bool,
    /// Whether the operation needs an API key.
    pub security: Security,
    /// The security schemes that it needs, as positions in those of the model: alternatives, each of which may need several.
    pub credentials: Vec<Vec<usize>>,
    /// The position of its server in the servers of each environment.
    pub server: usize,
    /// The parameters, those of the path item included, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// How to request the next page of the list in the response (`x-pagination`).
    pub pagination: Option<Pagination>,
    /// The states that can be waited for (`x-waiter`).
    pub waiters: Vec<Waiter>,
    /// The names of the operations to which the links of successful responses lead.
    pub next: Vec<String>,
    /// The names of the operations whose links lead to this one.
    pub previous: Vec<String>,
    /// The documented responses, failures included.
    pub responses: Vec<Response>,
    /// The body of a successful response.
    pub success: Success,
    /// The media types to ask for, unless `application/json` is the only type of JSON in successes.
    pub accept: Option<String>,
    /// How successes are wrapped, when they are (`x-envelope`).
    pub wrapping: Option<Wrapping>,
    /// Whether an empty successful response can be read as an object without keys.
    pub may_be_empty: bool,
    /// The location of the `operationId`, or of the method if there is none.
    pub location: Location,
}

/// Whether an operation needs an API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// No key is sent.
    None,
    /// A key is sent when the client has one.
    Optional,
    /// A key is needed.
    Required,
}

/// The part of the request that contains a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// How the value of a parameter is written.
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
    /// `spaceDelimited`.
    SpaceDelimited,
    /// `pipeDelimited`.
    PipeDelimited,
    /// `deepObject`.
    DeepObject,
    /// As JSON: the parameter has a `content` in place of a `schema`.
    Json,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name in requests.
    pub name: String,
    /// The name of the argument or setter in Rust: `x-name`, or that of the name in requests.
    pub rust_name: String,
    /// The part of the request that contains the parameter.
    pub place: Place,
    /// Whether the parameter is required.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// How its value is written.
    pub style: Style,
    /// Whether each item of a list, or each property of an object, is written by itself.
    pub explode: bool,
    /// What its values look like as text; nothing where they are written as JSON.
    pub flat: Option<Flat>,
    /// Its schema.
    pub schema: Schema,
    /// The location of the parameter.
    pub location: Location,
}

/// What a value looks like where only text can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flat {
    /// One piece of text.
    Text,
    /// A list of such pieces.
    List,
    /// Names, each with a piece of text.
    Object,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether the body is required.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// The media types that the body may have.
    pub media: Vec<Media>,
}

/// One media type of a request body.
#[derive(Debug, Clone)]
pub struct Media {
    /// The media type as written.
    pub content_type: String,
    /// `x-method-name`: the name of the method, where an operation has several media types.
    pub method_name: Option<String>,
    /// The content of the body.
    pub content: Content,
    /// How the parts are written of which the document says it (`encoding`), by their names.
    pub encodings: BTreeMap<String, Encoding>,
    /// Where it is written.
    pub location: Location,
}

/// How a part of a form is written.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// `contentType`, where it is one type and no range of types.
    pub content_type: Option<String>,
    /// `style` and `explode`.
    pub style: Style,
    /// Whether each item of a list, or each property of an object, is written by itself.
    pub explode: bool,
    /// Where it is written.
    pub location: Location,
}

/// The content of a request body.
#[derive(Debug, Clone)]
pub enum Content {
    /// JSON of this schema.
    Json(Schema),
    /// `multipart/form-data` with these parts.
    Multipart(Vec<Field>),
    /// `application/x-www-form-urlencoded` with these fields.
    UrlEncoded(Vec<Field>),
    /// Bytes of any other media type.
    Bytes,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// `200`, `2XX`, `default`, ...
    pub status: String,
    /// `description`.
    pub description: String,
    /// The media types of a successful response, each with its schema. The schemas of failures are ignored, because
    /// every client has one type for failures.
    pub content: Vec<(String, Option<Schema>)>,
    /// The error codes in the examples of a failure, in the order of the document.
    pub codes: Vec<String>,
    /// The ids of the operations to which the links of a success lead.
    pub links: Vec<String>,
    /// The location of the response.
    pub location: Location,
}

/// What the envelopes of an operation's successful responses contain.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wrapping {
    /// Whether the property that says whether the call succeeded is required.
    pub flag_required: bool,
    /// Whether the property with the content is required.
    pub data_required: bool,
}

/// The bodies of an operation's successful responses.
#[derive(Debug, Clone)]
pub enum Success {
    /// The same body for every status.
    Same(SuccessBody),
    /// A different body for each status.
    ByStatus {
        /// The name of the enum with a variant for each status.
        name: String,
        /// The statuses.
        variants: Vec<StatusVariant>,
    },
}

/// The body of the successful response with one status.
#[derive(Debug, Clone)]
pub struct StatusVariant {
    /// The status as written.
    pub status: String,
    /// The name of the enum's variant.
    pub name: String,
    /// The body.
    pub body: SuccessBody,
}

/// The body of a successful response.
#[derive(Debug, Clone)]
pub enum SuccessBody {
    /// Nothing.
    Empty,
    /// JSON of this schema.
    Json(Schema),
    /// Any JSON. An empty body counts as `null`.
    Any,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Response {
    /// Whether the status is a success: 2xx.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

impl SuccessBody {
    /// Whether two bodies have the same Rust type.
    pub(crate) fn has_type_of(&self, other: &SuccessBody) -> bool {
        match (self, other) {
            (SuccessBody::Json(a), SuccessBody::Json(b)) => a.has_type_of(b),
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        }
    }
}

impl Parameter {
    /// Whether a list goes into one value.
    pub fn is_joined(&self) -> bool {
        self.flat == Some(Flat::List) && !(self.style == Style::Form && self.explode)
    }
}

impl Media {
    /// The parts of a form.
    pub fn parts(&self) -> &[Field] {
        match &self.content {
            Content::Multipart(parts) | Content::UrlEncoded(parts) => parts,
            Content::Json(_) | Content::Bytes => &[],
        }
    }
}

impl Operation {
    /// Returns the schema of the JSON body that all successful responses have; `None` if they have different bodies
    /// or another one.
    pub fn response_schema(&self) -> Option<&Schema> {
        match &self.success {
            Success::Same(SuccessBody::Json(schema)) => Some(schema),
            _ => None,
        }
    }

    /// Returns the media types of the request body.
    pub fn media(&self) -> &[Media] {
        self.body.as_ref().map_or(&[], |body| &body.media)
    }

    /// Returns the names of the methods that call the operation: one, or one for each media type of the request body.
    pub fn methods(&self) -> Vec<(String, Option<&Media>)> {
        let name = |(index, media): (usize, &Media)| match (&media.method_name, index, &media.content) {
            (Some(name), ..) => name.clone(),
            (None, 0, _) => self.name.clone(),
            (None, _, Content::Json(_)) => format!("{}_json", self.name),
            (None, _, Content::Multipart(_)) => format!("{}_multipart", self.name),
            (None, _, Content::UrlEncoded(_)) => format!("{}_form", self.name),
            (None, _, Content::Bytes) => format!("{}_bytes", self.name),
        };
        match self.media() {
            [] => vec![(self.name.clone(), None)],
            media => media.iter().enumerate().map(|found| (name(found), Some(found.1))).collect(),
        }
    }

    /// Iterates over the documented successful responses.
    pub fn successes(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| response.is_success())
    }

    /// Returns the method and path, for messages.
    pub fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}
