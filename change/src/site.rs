//! A place where something changed, and for whom that matters.

use crate::pairs::Direction;

/// A place where something changed.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// The docs page that it belongs to.
    pub(crate) page: String,
    /// What it is called: `` `KycApplicant.city` ``.
    pub(crate) name: String,
    /// The methods that send or receive it.
    pub(crate) methods: Vec<String>,
    /// In which directions it goes.
    pub(crate) direction: Direction,
    /// The types, and the types of calls, whose public signatures show it.
    pub(crate) owners: Vec<String>,
}

impl Site {
    /// The same place, with another name.
    pub(crate) fn called(&self, name: impl Into<String>) -> Site {
        Site { name: name.into(), ..self.clone() }
    }

    /// The methods, as the subject of a sentence.
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

    /// A verb, in the form that the methods need.
    pub(crate) fn verb(&self, singular: &str, plural: &str) -> String {
        if self.methods.len() > 1 { plural.to_owned() } else { singular.to_owned() }
    }
}
