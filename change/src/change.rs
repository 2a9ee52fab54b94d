//! One change.

use partner_spec::Location;

use crate::rule::{Effect, Rule};

/// One change between two states of a document.
#[derive(Clone, Debug)]
pub struct Change {
    /// What kind of change it is.
    pub rule: &'static Rule,
    /// The docs page that it belongs to.
    pub page: String,
    /// What changed, as callers would say it: one sentence, with names of the Rust client.
    pub text: String,
    /// What it means for requests.
    pub request: Effect,
    /// What it means for responses.
    pub response: Effect,
    /// What it means for Rust callers.
    pub rust: Effect,
    /// What callers do about it, when it breaks something.
    pub migration: Option<String>,
    /// Where it was written before.
    pub before: Option<Location>,
    /// Where it is written now.
    pub after: Option<Location>,
    /// The types, and the types of calls, whose public signatures it may change.
    pub(crate) owners: Vec<String>,
}

impl Change {
    /// The strongest of its effects.
    pub fn effect(&self) -> Effect {
        self.request.max(self.response).max(self.rust)
    }

    /// Whether it breaks requests, responses or Rust callers.
    pub fn is_breaking(&self) -> bool {
        self.effect() == Effect::Breaking
    }

    /// Limits what it means for Rust callers.
    pub(crate) fn rust_at_most(&mut self, effect: Effect) -> &mut Change {
        self.rust = self.rust.min(effect);
        self
    }

    /// Fills the names into what callers do about it.
    pub(crate) fn named(&mut self, old: &str, new: &str) -> &mut Change {
        self.migration = self.migration.take().map(|text| text.replace("{old}", old).replace("{new}", new));
        self
    }
}
