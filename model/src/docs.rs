//! Reads `x-docs`, which says where a description comes from and how reliable it is, and `x-availability`, which says
//! who can use an operation or a value.

use partner_spec::Node;

/// The placeholder for a description that a person still has to write.
pub const DESCRIPTION_PLACEHOLDER: &str = "To be written.";

/// The source of an operation's description (`x-docs`).
#[derive(Debug, Clone, Default)]
pub struct DescriptionSource {
    /// The title of the vendor's docs page.
    pub page_title: String,
    /// The operation's id in the vendor's docs, if its `operationId` in the document is a different one.
    pub differing_vendor_operation_id: Option<String>,
    /// The URL of the docs page, if known.
    pub url: Option<String>,
    /// The date on which the docs page was last retrieved.
    pub retrieved_on: Option<String>,
    /// How reliable the operation's description is.
    pub confidence: Confidence,
    /// A note about a contradiction in the docs, or about a decision of the document's author.
    pub note: Option<String>,
}

/// The confidence in a description of an API: how reliable the description is, according to its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confidence {
    /// The description is from the vendor's current docs.
    #[default]
    Documented,
    /// The description is from an older generation of the vendor's docs; the current docs do not confirm it.
    OlderDocs,
    /// The description is known only from client code by third parties.
    ThirdParty,
    /// The description was inferred from a similar operation or from examples.
    Inferred,
}

impl Confidence {
    /// All levels of confidence, the most reliable first, each with its name in the extension `x-docs`.
    pub const ALL_WITH_NAMES: [(&'static str, Confidence); 4] = [
        ("documented", Confidence::Documented),
        ("older", Confidence::OlderDocs),
        ("third-party", Confidence::ThirdParty),
        ("inferred", Confidence::Inferred),
    ];

    /// Returns the notice that the generated documentation shows about this level of confidence; `None` for
    /// [`Confidence::Documented`].
    pub fn docs_notice(self) -> Option<&'static str> {
        match self {
            Confidence::Documented => None,
            Confidence::OlderDocs => Some("documented by an earlier generation of the vendor's docs only"),
            Confidence::ThirdParty => {
                Some("seen only in other people's client code, not in the vendor's docs")
            }
            Confidence::Inferred => Some("inferred, not documented by the vendor"),
        }
    }
}

/// The availability of an operation or a value: who can use it (`x-availability`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Availability {
    /// General availability: everyone can use it.
    #[default]
    General,
    /// Available to a partner only after the partner has asked the vendor to enable it.
    EnabledOnRequest,
    /// Announced by the vendor, but not live yet.
    Preview,
    /// Suspended by the vendor: calls return an error.
    Suspended,
}

impl Availability {
    /// All levels of availability, each with its name in the extension `x-availability`.
    pub const ALL_WITH_NAMES: [(&'static str, Availability); 4] = [
        ("general", Availability::General),
        ("on-request", Availability::EnabledOnRequest),
        ("preview", Availability::Preview),
        ("suspended", Availability::Suspended),
    ];

    /// Returns the notice that the generated documentation shows about this level of availability; `None` for
    /// [`Availability::General`].
    pub fn docs_notice(self) -> Option<&'static str> {
        match self {
            Availability::General => None,
            Availability::EnabledOnRequest => Some("the vendor enables this on request"),
            Availability::Preview => Some("announced by the vendor, not live yet"),
            Availability::Suspended => Some("suspended by the vendor: calls return an error"),
        }
    }
}

impl DescriptionSource {
    /// Reads the source of a description from the `x-docs` of a node. Invalid values are ignored, because the validator
    /// reports them.
    pub(crate) fn from_node(node: &Node) -> DescriptionSource {
        let Some(docs) = node.get("x-docs") else { return DescriptionSource::default() };
        let text = |key: &str| docs.get_str(key).map(str::to_owned);
        DescriptionSource {
            page_title: text("page").unwrap_or_default(),
            differing_vendor_operation_id: text("operation"),
            url: text("url"),
            retrieved_on: text("retrieved"),
            confidence: find_level_or_default(docs.get_str("confidence"), &Confidence::ALL_WITH_NAMES),
            note: text("note"),
        }
    }
}

/// Returns the level that has the name `text`. `all` lists all levels of availability, or all levels of confidence,
/// with their names. If no level has the name `text`, returns the default level.
pub(crate) fn find_level_or_default<T: Copy + Default>(text: Option<&str>, all: &[(&str, T)]) -> T {
    all.iter().find(|(word, _)| Some(*word) == text).map(|(_, level)| *level).unwrap_or_default()
}
