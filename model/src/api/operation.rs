//! An operation: what is sent, and what may come back.

use partner_spec::{Location, Node};

use super::{Availability, Docs, Pagination, Waiter, has_numbers};

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
    /// The module that the operation goes to: the name of the file its docs page is described in.
    pub module: String,
    /// `summary`.
    pub summary: Option<String>,
    /// `description`.
    pub description: Option<String>,
    /// Where the description comes from.
    pub docs: Docs,
    /// Whether everyone can use it.
    pub availability: Availability,
    /// `deprecated`.
    pub deprecated: bool,
    /// Whether the vendor documents that a repeat is harmless (`x-idempotent`).
    pub idempotent: bool,
    /// Whether it needs a key.
    pub security: Security,
    /// The parameters, those of the path item included, in the order of the document.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// How the list that it answers goes on (`x-pagination`).
    pub pagination: Option<Pagination>,
    /// The states that can be waited for (`x-waiter`).
    pub waiters: Vec<Waiter>,
    /// All responses that are documented.
    pub responses: Vec<Response>,
    /// What a success answers. Filled by a pass.
    pub success: Option<Success>,
    /// Whether the answers are wrapped as `x-envelope` says. Filled by a pass.
    pub enveloped: bool,
    /// Whether the envelope always says that it is a success. Filled by a pass.
    pub flag_required: bool,
    /// Whether the envelope always holds something. Filled by a pass.
    pub data_required: bool,
    /// Whether a success that holds nothing fits its type, as an object without keys. Filled by a pass.
    pub may_be_empty: bool,
    /// Where it is written: its `operationId` or its method.
    pub location: Location,
}

/// Whether an operation needs a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// No key is sent.
    None,
    /// A key is sent when the client has one.
    Optional,
    /// A key is needed.
    Required,
}

/// Where a parameter goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Into the path.
    Path,
    /// Into the query.
    Query,
    /// Into a header.
    Header,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// Where it goes.
    pub place: Place,
    /// Whether it must be there.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// A list that goes into one value, separated by commas (`explode: false`).
    pub joined: bool,
    /// Its schema.
    pub schema: Node,
    /// Where it is written.
    pub location: Location,
}

/// A request body.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether there must be one.
    pub required: bool,
    /// `description`.
    pub description: Option<String>,
    /// The media types it may have.
    pub media: Vec<Media>,
}

/// One media type of a request body.
#[derive(Debug, Clone)]
pub struct Media {
    /// What kind of body it is.
    pub kind: MediaKind,
    /// The name as written.
    pub content_type: String,
    /// `x-method-name`: the name of the method, where an operation has several media types.
    pub method_name: Option<String>,
    /// The schema.
    pub schema: Node,
    /// The `encoding` object of a multipart body.
    pub encoding: Option<Node>,
    /// Where it is written.
    pub location: Location,
}

/// The request bodies that can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MediaKind {
    /// `application/json`.
    Json,
    /// `multipart/form-data`.
    Multipart,
}

/// One documented response.
#[derive(Debug, Clone)]
pub struct Response {
    /// `200`, `2XX`, `default`, ...
    pub status: String,
    /// `description`.
    pub description: String,
    /// The media types, each with its schema.
    pub media: Vec<(String, Option<Node>)>,
    /// Where it is written.
    pub location: Location,
}

impl Response {
    /// Whether it is a success: 2xx.
    pub fn is_success(&self) -> bool {
        self.status.starts_with('2')
    }
}

/// What a success answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Success {
    /// The same, whatever the status.
    Same(SuccessBody),
    /// Something else for each status; the name of the type that tells them apart.
    ByStatus {
        /// The name of the type.
        name: String,
        /// The statuses, each with the name of its variant and what it holds.
        variants: Vec<(String, String, SuccessBody)>,
    },
}

/// The body of a success.
#[derive(Debug, Clone, PartialEq)]
pub enum SuccessBody {
    /// Nothing.
    Empty,
    /// JSON of this schema.
    Json(Node),
    /// JSON of any shape; nothing at all counts as `null`.
    Any,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// A server that clients can choose by name.
#[derive(Debug, Clone)]
pub struct Environment {
    /// `x-environment`.
    pub name: String,
    /// `url`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
}

impl Operation {
    /// Whether progenitor writes the body: one JSON body that must be there, and that serde writes as documented. All
    /// others are sent by the runtime.
    pub fn core_sends_body(&self) -> bool {
        match &self.body {
            Some(Body { required: true, media, .. }) => {
                matches!(media.as_slice(), [Media { kind: MediaKind::Json, schema, .. }] if !has_numbers(schema))
            }
            _ => false,
        }
    }

    /// The schema of the one JSON body that every success has.
    pub fn answer(&self) -> Option<&Node> {
        match &self.success {
            Some(Success::Same(SuccessBody::Json(node))) => Some(node),
            _ => None,
        }
    }

    /// The statuses of successes, as documented.
    pub fn success_statuses(&self) -> impl Iterator<Item = &str> {
        self.responses.iter().filter(|r| r.is_success()).map(|r| r.status.as_str())
    }

    /// The method and path, for messages.
    pub fn title(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}
