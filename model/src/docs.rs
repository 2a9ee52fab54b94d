//! Where a part of the document comes from, and how sure that is.

use partner_spec::Node;

/// `x-docs` of an operation.
#[derive(Debug, Clone, Default)]
pub struct Docs {
    /// The title of the vendor's docs page.
    pub page: String,
    /// Its address, when known.
    pub url: Option<String>,
    /// The day on which it was last looked at.
    pub retrieved: Option<String>,
    /// How sure the description is.
    pub confidence: Confidence,
    /// A contradiction in the docs or a decision that was taken.
    pub note: Option<String>,
}

/// How sure a description is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Confidence {
    /// The newest docs say so.
    #[default]
    Documented,
    /// An earlier generation of the docs says so.
    Older,
    /// Only other people's client code shows it.
    ThirdParty,
    /// Concluded from a twin or from examples.
    Inferred,
}

impl Confidence {
    /// All levels, surest first, with the word of the document.
    pub const ALL: [(&'static str, Confidence); 4] = [
        ("documented", Confidence::Documented),
        ("older", Confidence::Older),
        ("third-party", Confidence::ThirdParty),
        ("inferred", Confidence::Inferred),
    ];

    /// For readers of the generated documentation; nothing for what is plainly documented.
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

/// `x-availability`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Availability {
    /// For everyone.
    #[default]
    General,
    /// The vendor switches it on for those who ask.
    OnRequest,
    /// Announced, not live yet.
    Preview,
    /// The vendor has switched it off.
    Suspended,
}

impl Availability {
    /// All levels, with the word of the document.
    pub const ALL: [(&'static str, Availability); 4] = [
        ("general", Availability::General),
        ("on-request", Availability::OnRequest),
        ("preview", Availability::Preview),
        ("suspended", Availability::Suspended),
    ];

    /// For readers of the generated documentation; nothing for what everyone can use.
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
    /// Reads `x-docs` of a node; words it does not know are the validator's business.
    pub(crate) fn read(node: &Node) -> Docs {
        let Some(docs) = node.get("x-docs") else { return Docs::default() };
        let text = |key: &str| docs.str(key).map(str::to_owned);
        Docs {
            page: text("page").unwrap_or_default(),
            url: text("url"),
            retrieved: text("retrieved"),
            confidence: level(docs.str("confidence"), &Confidence::ALL),
            note: text("note"),
        }
    }
}

/// The level that a word stands for.
pub(crate) fn level<T: Copy + Default>(text: Option<&str>, all: &[(&str, T)]) -> T {
    all.iter().find(|(word, _)| Some(*word) == text).map(|(_, level)| *level).unwrap_or_default()
}
