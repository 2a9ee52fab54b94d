//! The part of an API in which something changed, with the methods and Rust types that the change affects.

use crate::pairs::Directions;

/// A part of an API where something changed: an operation, a type, a field …
#[derive(Clone, Debug)]
pub(crate) struct ChangeSite {
    /// The title of the page of the vendor's docs that describes the changed part of the API.
    pub(crate) page_title: String,
    /// The name, in messages, of the part of the API that changed. It is in backticks: `` `KycApplicant.city` ``.
    pub(crate) quoted_name: String,
    /// The names of the client methods whose requests or responses contain the changed part of the API.
    pub(crate) client_method_names: Vec<String>,
    /// Whether the changed part of the API appears in requests, in responses, or in both.
    pub(crate) directions: Directions,
    /// The names of the Rust types in whose public signatures the changed part appears. A client method is represented
    /// by its operation type, like `GetQuoteOperation` for `get_quote`.
    pub(crate) affected_type_names: Vec<String>,
}

impl ChangeSite {
    /// Returns a copy of the site with another `quoted_name`. The new name is usually that of something inside the
    /// changed part, like an item of a list.
    pub(crate) fn with_quoted_name(&self, name: impl Into<String>) -> ChangeSite {
        ChangeSite { quoted_name: name.into(), ..self.clone() }
    }

    /// Returns the subject of a message about the change: the names of the affected client methods, or, if there are
    /// none, the name of the changed part.
    pub(crate) fn message_subject(&self) -> String {
        let quoted: Vec<String> =
            self.client_method_names.iter().map(|method| format!("`{method}`")).collect();
        match &quoted[..] {
            [] => self.quoted_name.clone(),
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [first, second, third] => format!("{first}, {second} and {third}"),
            [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
        }
    }

    /// Returns the form of a verb, `singular` or `plural`, that agrees with [`ChangeSite::message_subject`].
    pub(crate) fn choose_verb_form(&self, singular: &str, plural: &str) -> String {
        if self.client_method_names.len() > 1 { plural.to_owned() } else { singular.to_owned() }
    }
}
