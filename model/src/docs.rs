//! The sources of the descriptions in a document, and their reliability.

use partner_spec::Node;

/// The text that stands for a description that a person still has to write. A document that has it is not ready.
pub const BLANK: &str = "To be written.";

/// `x-docs` of an operation.
#[derive(Debug, Clone, Default)]
pub struct Docs {
    /// The title of the vendor's docs page.
    pub page: String,
    /// The id that the vendor's docs have for the operation, if the document has another one.
    pub operation: Option<String>,
    /// The URL of the page, if known.
    pub url: Option<String>,
    /// The date on which the page was last read.
    pub retrieved: Option<String>,
    /// The reliability of the description.
    pub confidence: Confidence,
    /// A note about a contradiction in the docs, or about a decision that was made.
    pub note: Option<String>,
}

/// The reliability of a description, by its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confidence {
    /// The current docs of the vendor.
    #[default]
    Documented,
    /// An earlier generation of the vendor's docs only.
    Older,
    /// Only client code of third parties.
    ThirdParty,
    /// Inferred from a similar operation or from examples.
    Inferred,
}

impl Confidence {
    /// All levels, the most reliable first, each with its name in documents.
    pub const ALL: [(&'static str, Confidence); 4] = [
        ("documented", Confidence::Documented),
        ("older", Confidence::Older),
        ("third-party", Confidence::ThirdParty),
        ("inferred", Confidence::Inferred),
    ];

    /// Returns the text for the generated documentation; `None` for [`Confidence::Documented`].
    pub fn notice(self) -> Option<&'static str> {
        match self {
            Confidence::Documented => None,
            Confidence::Older => Some("documented by an earlier generation of the vendor's docs only"),
            Confidence::ThirdParty => {
                Some("seen only in other people's client code, not in the vendor's docs")
            }
            Confidence::Inferred => Some("inferred, not documented by the vendor"),
        }
    }
}

/// The availability of an operation or a value (`x-availability`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Availability {
    /// Available to everyone.
    #[default]
    General,
    /// Enabled by the vendor on request.
    OnRequest,
    /// Announced by the vendor, but not live yet.
    Preview,
    /// Disabled by the vendor.
    Suspended,
}

impl Availability {
    /// All levels, each with its name in documents.
    pub const ALL: [(&'static str, Availability); 4] = [
        ("general", Availability::General),
        ("on-request", Availability::OnRequest),
        ("preview", Availability::Preview),
        ("suspended", Availability::Suspended),
    ];

    /// Returns the text for the generated documentation; `None` for [`Availability::General`].
    pub fn notice(self) -> Option<&'static str> {
        match self {
            Availability::General => None,
            Availability::OnRequest => Some("the vendor enables this on request"),
            Availability::Preview => Some("announced by the vendor, not live yet"),
            Availability::Suspended => Some("suspended by the vendor: calls return an error"),
        }
    }
}

impl Docs {
    /// Reads the `x-docs` of a node. The validator reports invalid values; they are ignored here.
    pub(crate) fn read(node: &Node) -> Docs {
        let Some(docs) = node.get("x-docs") else { return Docs::default() };
        let text = |key: &str| docs.str(key).map(str::to_owned);
        Docs {
            page: text("page").unwrap_or_default(),
            operation: text("operation"),
            url: text("url"),
            retrieved: text("retrieved"),
            confidence: level(docs.str("confidence"), &Confidence::ALL),
            note: text("note"),
        }
    }
}

/// Returns the level with the name `text`; the default level if there is none.
pub(crate) fn level<T: Copy + Default>(text: Option<&str>, all: &[(&str, T)]) -> T {
    all.iter().find(|(word, _)| Some(*word) == text).map(|(_, level)| *level).unwrap_or_default()
}
