//! The entries of the generated operation table, which describes the operations of an API.

/// An entry of the generated operation table. It describes an operation of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationEntry {
    /// The id of the operation, which is also the name of the client's method.
    pub id: &'static str,
    /// The HTTP method of the operation.
    pub method: &'static str,
    /// The path of the operation, with placeholders for parameters, like `/users/{user_id}`.
    pub path: &'static str,
    /// The title of the vendor's docs page about the operation.
    pub docs_page_title: &'static str,
    /// The security of the operation: whether it sends the API key.
    pub security: Security,
    /// The alternative sets of credentials with which the operation can be called. Each set consists of the indices of
    /// the security schemes whose credentials are sent together. If the list is empty, the default sets of the API
    /// apply.
    #[doc(hidden)]
    pub credential_alternatives: &'static [&'static [usize]],
    /// The index of the operation's server in the list of servers that each environment has.
    #[doc(hidden)]
    pub server_index: usize,
    /// Whether the vendor documents that sending the request twice is harmless.
    pub documented_as_idempotent: bool,
    /// Whether the operation is available to every partner, to some, or to none.
    pub availability: Availability,
    /// The confidence in the description of the operation: how reliable the description is, according to its source.
    pub confidence: Confidence,
    /// Whether the API wraps the operation's responses in its envelope, an object like `{success, data}`.
    pub response_is_enveloped: bool,
    /// Whether a response is successful only if its envelope contains the success flag, like `success: true`. If false,
    /// a response without the flag is also successful, provided that its envelope contains data.
    pub requires_success_flag: bool,
    /// Whether a successful response may have no body, or an envelope (an object like `{success, data}`) without data.
    /// If so, all properties of the response type are optional, and such a response is read as an object without
    /// properties.
    pub response_may_be_empty: bool,
    /// What the body of a successful response contains, for example JSON or text.
    pub response_kind: ResponseKind,
    /// The documented success statuses. Any other 2xx status is treated like the first of these statuses.
    pub success_statuses: &'static [u16],
    /// The sizes in memory, in bytes, of the response type and of each type that may occur in the response any number
    /// of times, like the items of a list. Before the runtime deserializes a response, it uses these sizes to estimate
    /// how much memory the response will take.
    pub response_type_sizes: &'static [usize],
}

/// Declares the constructor of [`OperationEntry`], and a `const` setter for each field that is passed to the macro.
macro_rules! declare_constructor_and_setters {
    ($($field:ident: $type:ty),* $(,)?) => {
        /// The constructor and the setters that generated code calls to build the operation table.
        #[doc(hidden)]
        impl OperationEntry {
            /// Makes an operation with this id, and with default values for all other fields.
            pub const fn new(id: &'static str) -> OperationEntry {
                OperationEntry {
                    id,
                    method: "",
                    path: "",
                    docs_page_title: "",
                    security: Security::None,
                    credential_alternatives: &[],
                    server_index: 0,
                    documented_as_idempotent: false,
                    availability: Availability::General,
                    confidence: Confidence::Documented,
                    response_is_enveloped: false,
                    requires_success_flag: true,
                    response_may_be_empty: false,
                    response_kind: ResponseKind::Empty,
                    success_statuses: &[],
                    response_type_sizes: &[],
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
    docs_page_title: &'static str,
    security: Security,
    credential_alternatives: &'static [&'static [usize]],
    server_index: usize,
    documented_as_idempotent: bool,
    availability: Availability,
    confidence: Confidence,
    response_is_enveloped: bool,
    requires_success_flag: bool,
    response_may_be_empty: bool,
    response_kind: ResponseKind,
    success_statuses: &'static [u16],
    response_type_sizes: &'static [usize],
}

impl OperationEntry {
    /// Whether sending the request twice is harmless. This is so if HTTP defines the operation's method as idempotent,
    /// or if the vendor's docs say so.
    pub fn is_repeatable(&self) -> bool {
        self.documented_as_idempotent || is_idempotent_method(self.method)
    }

    /// Whether the operation changes nothing on the server, according to its HTTP method.
    pub(crate) fn is_read_only(&self) -> bool {
        is_read_only_method(self.method)
    }
}

/// The HTTP methods that a client can send.
pub(crate) const SUPPORTED_HTTP_METHODS: [&str; 7] =
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Whether the method is `GET` or `HEAD`. HTTP defines that requests with these methods change nothing on the server.
pub(crate) fn is_read_only_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD")
}

/// Whether HTTP defines this method as idempotent, so that sending a request twice is harmless.
pub(crate) fn is_idempotent_method(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
}

/// Whether an operation sends the API key, according to its `security` in the OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Security {
    /// The operation has no security: it never sends the API key.
    None,
    /// The operation sends the API key if the client has one.
    Optional,
    /// The operation always sends the API key.
    Required,
}

/// Whether an operation is available to every partner, to some, or to none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// General availability: every partner can use the operation.
    General,
    /// The vendor enables the operation for a partner on request.
    OnRequest,
    /// The vendor has announced the operation, but it is not live yet.
    Preview,
    /// The vendor has switched off the operation.
    Suspended,
}

/// The confidence in the description of an operation: how reliable the description is, according to its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confidence {
    /// The vendor's newest docs describe the operation.
    Documented,
    /// Only an earlier generation of the vendor's docs describes the operation.
    OlderDocs,
    /// The operation is known only from client code of third parties.
    ThirdParty,
    /// The description was inferred from a similar operation or from examples.
    Inferred,
}

/// What the body of a successful response contains, for example JSON or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseKind {
    /// No content: the body is empty or ignored.
    Empty,
    /// JSON whose schema is documented.
    Json,
    /// JSON of any shape, or an empty body.
    AnyJson,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// A different type of body for each status.
    ByStatus,
}
