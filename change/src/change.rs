//! One change.

use partner_spec::Location;

use crate::rule::{Effect, Rule};

/// One change between two states of a document.
#[derive(Clone, Debug)]
pub struct Change {
    /// The kind of the change.
    pub rule: &'static Rule,
    /// The docs page of what changed.
    pub page: String,
    /// A sentence that says what changed, with the names of the Rust client.
    pub text: String,
    /// The effect of the change on requests.
    pub request: Effect,
    /// The effect of the change on responses.
    pub response: Effect,
    /// The effect of the change on Rust callers.
    pub rust: Effect,
    /// What callers have to do, if the change breaks something.
    pub migration: Option<String>,
    /// The location of the changed part in the old document; `None` if the part is new.
    pub before: Option<Location>,
    /// The location of the changed part in the new document; `None` if the part was removed.
    pub after: Option<Location>,
    /// The names of the Rust types (also those of calls: `GetQuoteOperation`) whose public signatures the change may
    /// affect.
    pub(crate) owners: Vec<String>,
}

impl Change {
    /// The strongest effect of the change on requests, responses or Rust callers.
    pub fn effect(&self) -> Effect {
        self.request.max(self.response).max(self.rust)
    }

    /// Whether the change breaks requests, responses or Rust callers.
    pub fn is_breaking(&self) -> bool {
        self.effect() == Effect::Breaking
    }

    /// Lowers the effect on Rust callers to `effect`, if it is stronger.
    pub(crate) fn rust_at_most(&mut self, effect: Effect) -> &mut Change {
        self.rust = self.rust.min(effect);
        self
    }

    /// Replaces the placeholders `{old}` and `{new}` in the advice to callers.
    pub(crate) fn fill_in_names(&mut self, old: &str, new: &str) -> &mut Change {
        self.migration = self.migration.take().map(|text| text.replace("{old}", old).replace("{new}", new));
        self
    }
}
