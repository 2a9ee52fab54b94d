//! The part of an API where something changed, and whom the change affects.

use crate::pairs::Direction;

/// A part of an API where something changed: an operation, a type, a field …
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The docs page of the part.
    pub(crate) page: String,
    /// The name in messages, with backticks: `` `KycApplicant.city` ``.
    pub(crate) name: String,
    /// The client methods that send or receive the part.
    pub(crate) methods: Vec<String>,
    /// Whether the part is sent, received, or both.
    pub(crate) direction: Direction,
    /// The Rust types (also those of calls: `GetQuoteOperation`) in whose public signatures the part appears.
    pub(crate) owners: Vec<String>,
}

impl Site {
    /// Returns the site with another name.
    pub(crate) fn called(&self, name: impl Into<String>) -> Site {
        Site { name: name.into(), ..self.clone() }
    }

    /// The methods as the subject of a sentence; the name of the part if there are no methods.
    pub(crate) fn who(&self) -> String {
        let quoted: Vec<String> = self.methods.iter().map(|method| format!("`{method}`")).collect();
        match &quoted[..] {
            [] => self.name.clone(),
            [one] => one.clone(),
            [first, second] => format!("{first} and {second}"),
            [first, second, third] => format!("{first}, {second} and {third}"),
            [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
        }
    }

    /// Chooses the singular or plural form of a verb by the number of methods.
    pub(crate) fn verb(&self, singular: &str, plural: &str) -> String {
        if self.methods.len() > 1 { plural.to_owned() } else { singular.to_owned() }
    }
}
