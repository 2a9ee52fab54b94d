//! The description of an operation of an API, which is one entry of the generated operation table.

/// An operation of an API, as the generated operation table describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationEntry {
    /// The name of the client's method for the operation.
    pub id: &'static str,
    /// The HTTP method of the operation.
    pub method: &'static str,
    /// The path template of the operation, like `/users/{user_id}`.
    pub path: &'static str,
    /// The title of the vendor's docs page about the operation.
    pub docs_page: &'static str,
    /// Whether the operation sends the API key.
    pub security: Security,
    /// The alternative sets of credentials that the operation accepts. Each set is a list of the indices of the
    /// security schemes whose credentials are sent together. Empty if the API's only scheme is an API key in a header.
    #[doc(hidden)]
    pub credentials: &'static [&'static [usize]],
    /// The index of the operation's server among the servers of each environment.
    #[doc(hidden)]
    pub server: usize,
    /// Whether the vendor documents that sending the request twice is harmless.
    pub documented_as_idempotent: bool,
    /// The partners that can use the operation.
    pub availability: Availability,
    /// The reliability of the source of the operation's description.
    pub confidence: Confidence,
    /// Whether the operation's responses are wrapped in the API's envelope.
    pub is_enveloped: bool,
    /// Whether each successful response has the success flag of the envelope. If this is false, a response without the
    /// flag is also a success, as long as it has contents.
    pub requires_success_flag: bool,
    /// Whether a successful response without contents is read as an empty object. All properties of that object are
    /// optional.
    pub may_be_empty: bool,
    /// The kind of contents of a successful response.
    pub response_kind: ResponseKind,
    /// The documented success statuses. A response with any other 2xx status is treated like one with the first of
    /// these statuses.
    pub success_statuses: &'static [u16],
    /// The sizes in memory, in bytes, of the response type and of each type that a response may contain any number of
    /// times. From these sizes, the memory that a response takes is estimated before it is deserialized.
    pub object_sizes: &'static [usize],
}

/// Declares the constructor of [`OperationEntry`], and a `const` setter for each field in the list.
macro_rules! declare_constructor_and_setters {
    ($($field:ident: $type:ty),* $(,)?) => {
        /// The constructor and setters with which generated code builds the operation table.
        #[doc(hidden)]
        impl OperationEntry {
            /// Makes an operation with this id, and with defaults for all other fields.
            pub const fn new(id: &'static str) -> OperationEntry {
                OperationEntry {
                    id,
                    method: "",
                    path: "",
                    docs_page: "",
                    security: Security::None,
                    credentials: &[],
                    server: 0,
                    documented_as_idempotent: false,
                    availability: Availability::General,
                    confidence: Confidence::Documented,
                    is_enveloped: false,
                    requires_success_flag: true,
                    may_be_empty: false,
                    response_kind: ResponseKind::Empty,
                    success_statuses: &[],
                    object_sizes: &[],
                }
            }

            $(
                /// Sets the field that has the same name as this setter.
                pub const fn $field(mut self, $field: $type) -> OperationEntry {
                    self.$field = $field;
                    self
                }
            )*
        }
    };
}

declare_constructor_and_setters! {
    method: &'static str,
    path: &'static str,
    docs_page: &'static str,
    security: Security,
    credentials: &'static [&'static [usize]],
    server: usize,
    documented_as_idempotent: bool,
    availability: Availability,
    confidence: Confidence,
    is_enveloped: bool,
    requires_success_flag: bool,
    may_be_empty: bool,
    response_kind: ResponseKind,
    success_statuses: &'static [u16],
    object_sizes: &'static [usize],
}

impl OperationEntry {
    /// Whether sending the request twice is harmless, according to HTTP (because of the operation's method) or
    /// according to the vendor's docs.
    pub fn is_repeatable(&self) -> bool {
        self.documented_as_idempotent || is_idempotent_method(self.method)
    }

    /// Whether the operation changes nothing on the server, according to its HTTP method.
    pub(crate) fn is_read_only(&self) -> bool {
        is_read_only_method(self.method)
    }
}

/// The HTTP methods that a client can send.
pub(crate) const SUPPORTED_METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Whether HTTP defines that a request with this method only reads.
pub(crate) fn is_read_only_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

/// Whether HTTP defines that sending a request with this method twice is harmless.
pub(crate) fn is_idempotent_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
}

/// Whether an operation sends the API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Security {
    /// The operation never sends the API key.
    None,
    /// The operation sends the API key if the client has one.
    Optional,
    /// The operation always sends the API key.
    Required,
}

/// The partners that can use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Every partner can use the operation.
    General,
    /// The vendor enables the operation for a partner on request.
    OnRequest,
    /// The vendor has announced the operation, but it is not live yet.
    Preview,
    /// The vendor has switched off the operation.
    Suspended,
}

/// The reliability of the source of an operation's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confidence {
    /// The vendor's newest docs describe the operation.
    Documented,
    /// An earlier generation of the vendor's docs describes the operation.
    Older,
    /// The operation is known only from client code of third parties.
    ThirdParty,
    /// The description was inferred from a similar operation or from examples.
    Inferred,
}

/// The kind of contents of a successful response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseKind {
    /// No contents.
    Empty,
    /// JSON of a known shape.
    Json,
    /// JSON of any shape, or no contents.
    Any,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Contents of a different type for each status.
    ByStatus,
}
