//! One change between two states of a document.

use partner_spec::Location;

use crate::rule::{Effect, Rule};

/// One change between two states of a document, with its effects on programs.
#[derive(Clone, Debug)]
pub struct Change {
    /// The rule that describes this kind of change.
    pub rule: &'static Rule,
    /// The title of the page of the vendor's docs that describes the changed part of the API.
    pub page_title: String,
    /// A sentence that says what changed, and calls the changed part by its name in the Rust client.
    pub message: String,
    /// The effect of the change on programs that send requests.
    pub request_effect: Effect,
    /// The effect of the change on programs that receive responses.
    pub response_effect: Effect,
    /// The effect of the change on Rust callers.
    pub rust_effect: Effect,
    /// The migration advice for callers; `None` if the rule of the change has no advice.
    pub migration_advice: Option<String>,
    /// The location of the changed part in the old document; `None` if the part is new.
    pub old_location: Option<Location>,
    /// The location of the changed part in the new document; `None` if the part was removed.
    pub new_location: Option<Location>,
    /// The names of the Rust types whose public signatures the change may affect. A client method is represented by its
    /// operation type, like `GetQuoteOperation` for `get_quote`.
    pub(crate) affected_type_names: Vec<String>,
}

impl Change {
    /// The strongest of the three effects of the change: on senders of requests, on receivers of responses, and on Rust
    /// callers.
    pub fn strongest_effect(&self) -> Effect {
        self.request_effect.max(self.response_effect).max(self.rust_effect)
    }

    /// Whether the change breaks programs that send requests, programs that receive responses, or Rust callers.
    pub fn is_breaking(&self) -> bool {
        self.strongest_effect() == Effect::Breaking
    }

    /// Lowers the effect of the change on Rust callers to `effect`, if the current effect is stronger.
    pub(crate) fn cap_rust_effect(&mut self, effect: Effect) -> &mut Change {
        self.rust_effect = self.rust_effect.min(effect);
        self
    }

    /// Replaces the placeholders `{old}` and `{new}` in the migration advice with the old and the new name of the
    /// changed part.
    pub(crate) fn fill_in_migration_advice(&mut self, old: &str, new: &str) -> &mut Change {
        self.migration_advice =
            self.migration_advice.take().map(|text| text.replace("{old}", old).replace("{new}", new));
        self
    }
}
