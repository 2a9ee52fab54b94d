//! An operation of an API: one entry of the generated operation table.

/// An operation of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// The name of the client's method.
    pub id: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path template.
    pub path: &'static str,
    /// The title of the vendor's docs page.
    pub page: &'static str,
    /// Whether the API key is sent.
    pub security: Security,
    /// The numbers of the security schemes that it needs: alternatives, each of which may need several. Empty where the
    /// API has one key in a header.
    #[doc(hidden)]
    pub credentials: &'static [&'static [usize]],
    /// The position of its server in the servers of each environment.
    #[doc(hidden)]
    pub server: usize,
    /// Whether the vendor documents that sending the request twice is harmless.
    pub idempotent: bool,
    /// Who can use it.
    pub availability: Availability,
    /// How reliable the source of its description is.
    pub confidence: Confidence,
    /// Whether its responses are wrapped in the API's envelope.
    pub enveloped: bool,
    /// Whether each success has the flag of the envelope. If not, contents without the flag are a success as well.
    pub flag_required: bool,
    /// Whether a success without contents is read as an empty object. None of its properties is required then.
    pub may_be_empty: bool,
    /// The contents of a success.
    pub response: ResponseKind,
    /// The documented statuses of a success. Any other 2xx counts as the first of them.
    pub success: &'static [u16],
    /// The sizes in memory, in bytes, of the response type and of each type that may occur in it any number of times. A
    /// response whose values may take too much memory is not deserialized.
    pub object_sizes: &'static [usize],
}

/// Declares a `const` setter for each field of the table entry.
macro_rules! setters {
    ($($field:ident: $type:ty),* $(,)?) => {
        /// For generated code.
        #[doc(hidden)]
        impl Operation {
            /// An operation of this name, with defaults for everything else.
            pub const fn new(id: &'static str) -> Operation {
                Operation {
                    id,
                    method: "",
                    path: "",
                    page: "",
                    security: Security::None,
                    credentials: &[],
                    server: 0,
                    idempotent: false,
                    availability: Availability::General,
                    confidence: Confidence::Documented,
                    enveloped: false,
                    flag_required: true,
                    may_be_empty: false,
                    response: ResponseKind::Empty,
                    success: &[],
                    object_sizes: &[],
                }
            }

            $(
                /// Sets the field of this name.
                pub const fn $field(mut self, $field: $type) -> Operation {
                    self.$field = $field;
                    self
                }
            )*
        }
    };
}

setters! {
    method: &'static str,
    path: &'static str,
    page: &'static str,
    security: Security,
    credentials: &'static [&'static [usize]],
    server: usize,
    idempotent: bool,
    availability: Availability,
    confidence: Confidence,
    enveloped: bool,
    flag_required: bool,
    may_be_empty: bool,
    response: ResponseKind,
    success: &'static [u16],
    object_sizes: &'static [usize],
}

impl Operation {
    /// Whether sending the request twice is harmless: by its HTTP method, or because the vendor documents it.
    pub fn is_repeatable(&self) -> bool {
        self.idempotent || is_idempotent(self.method)
    }

    /// Whether the HTTP method says that the operation changes nothing.
    pub(crate) fn only_reads(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }
}

/// The HTTP methods that a client sends.
pub(crate) const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Whether HTTP defines that sending a request with this method twice is harmless.
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
}

/// When an operation sends the API key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Security {
    /// Never.
    None,
    /// When the client has one.
    Optional,
    /// Always.
    Required,
}

/// Who can use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Everyone can.
    General,
    /// The vendor enables it on request.
    OnRequest,
    /// The vendor has announced it. It is not live yet.
    Preview,
    /// The vendor has switched it off.
    Suspended,
}

/// How reliable the source of an operation's description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confidence {
    /// The vendor's newest docs say so.
    Documented,
    /// An earlier generation of the vendor's docs says so.
    Older,
    /// Only the client code of third parties shows it.
    ThirdParty,
    /// It was concluded from a similar operation or from examples.
    Inferred,
}

/// The kind of contents that a success has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseKind {
    /// Nothing.
    Empty,
    /// JSON of a known shape.
    Json,
    /// JSON of any shape, or nothing.
    Any,
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Different contents for each status.
    ByStatus,
}
