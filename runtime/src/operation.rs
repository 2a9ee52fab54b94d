//! What the runtime knows of an operation: one entry of the generated operation table.

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
    /// Whether a key is sent.
    pub security: Security,
    /// The numbers of the security schemes that it needs: alternatives, each of which may need several. Empty where the
    /// API has one key in a header.
    #[doc(hidden)]
    pub credentials: &'static [&'static [usize]],
    /// Whether the vendor documents that sending it twice is harmless.
    pub idempotent: bool,
    /// Whether everyone can use it.
    pub availability: Availability,
    /// How sure its description is.
    pub confidence: Confidence,
    /// Whether its responses are wrapped in the API's envelope.
    pub enveloped: bool,
    /// Whether a success always says so in the flag of the envelope. Where it need not, contents without a flag are one.
    pub flag_required: bool,
    /// Whether a success that holds nothing is taken for an object without keys: nothing in it is required.
    pub may_be_empty: bool,
    /// What a success holds.
    pub response: ResponseKind,
    /// The statuses of successes, as documented. Any other 2xx is taken for the first of them.
    pub success: &'static [u16],
    /// How many bytes of memory a value of each type takes that a success is, or may hold any number of. A response whose
    /// values may take too much memory is not deserialized.
    pub object_sizes: &'static [usize],
}

/// Makes each field of the table entry a `const` setter of the same name.
macro_rules! setters {
    ($($field:ident: $type:ty),* $(,)?) => {
        /// For generated code.
        #[doc(hidden)]
        impl Operation {
            /// An operation of this name, without anything else.
            pub const fn new(id: &'static str) -> Operation {
                Operation {
                    id,
                    method: "",
                    path: "",
                    page: "",
                    security: Security::None,
                    credentials: &[],
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
    /// Whether it can be sent twice without harm: by its HTTP method, or because the vendor documents it.
    pub fn is_repeatable(&self) -> bool {
        self.idempotent || is_idempotent(self.method)
    }

    /// Whether it changes nothing, by its HTTP method.
    pub(crate) fn only_reads(&self) -> bool {
        matches!(self.method, "GET" | "HEAD")
    }
}

/// The methods that a client sends.
pub(crate) const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// Whether HTTP says that a request with this method can be sent twice without harm.
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "PUT" | "DELETE" | "OPTIONS" | "TRACE")
}

/// Whether an operation sends the API key.
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

/// Whether everyone can use an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Availability {
    /// Everyone can.
    General,
    /// The vendor enables it for those who ask.
    OnRequest,
    /// Announced, not live yet.
    Preview,
    /// Switched off by the vendor.
    Suspended,
}

/// How sure the description of an operation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Confidence {
    /// The vendor's newest docs say so.
    Documented,
    /// An earlier generation of the vendor's docs says so.
    Older,
    /// Only other people's client code shows it.
    ThirdParty,
    /// Concluded from a twin or from examples.
    Inferred,
}

/// What a success holds.
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
    /// Something else for each status.
    ByStatus,
}
