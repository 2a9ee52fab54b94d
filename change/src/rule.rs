//! Kinds of changes, as values: each is declared beside the check that finds it.

use std::fmt;

/// What a change means for those on one side of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// They do not see it.
    #[default]
    None,
    /// They read something else about it.
    Documentation,
    /// They can use something new, and what they did before works as it did.
    Compatible,
    /// What they did before does not work any more, or does something else.
    Breaking,
}

impl Effect {
    /// The word in reports.
    pub fn name(self) -> &'static str {
        match self {
            Effect::None => "none",
            Effect::Documentation => "documentation",
            Effect::Compatible => "compatible",
            Effect::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Effect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a change of something that is sent, or that is received, means on the wire and for Rust callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// For a program that was written against the old document, in any language.
    pub wire: Effect,
    /// For a Rust program that was written against the old client, when it is compiled against the new one.
    pub rust: Effect,
}

/// A kind of change.
///
/// ```
/// use partner_change::{Effect, Rule};
///
/// static RULE: Rule = Rule::new("field-added", "A field is added", "Nobody has to set it.")
///     .sent(Effect::Compatible, Effect::Compatible);
/// assert_eq!(RULE.sent.wire, Effect::Compatible);
/// assert_eq!(RULE.received.wire, Effect::None);
/// ```
#[derive(Debug)]
pub struct Rule {
    /// Its identifier in kebab case.
    pub id: &'static str,
    /// What changed, in one sentence without a full stop.
    pub title: &'static str,
    /// Why it has these effects.
    pub reason: &'static str,
    /// What it means where the value is part of requests.
    pub sent: Effects,
    /// What it means where the value is part of responses.
    pub received: Effects,
    /// What callers do about it. `{old}` and `{new}` stand for the names.
    pub migration: &'static str,
    /// Whether the public signatures show the effect on Rust callers.
    pub in_signatures: bool,
}

impl Rule {
    /// A kind of change that nobody sees.
    pub const fn new(id: &'static str, title: &'static str, reason: &'static str) -> Rule {
        let none = Effects { wire: Effect::None, rust: Effect::None };
        Rule { id, title, reason, sent: none, received: none, migration: "", in_signatures: true }
    }

    /// The rule, with what a change of something that is sent means on the wire and for Rust callers.
    #[must_use]
    pub const fn sent(self, wire: Effect, rust: Effect) -> Rule {
        Rule { sent: Effects { wire, rust }, ..self }
    }

    /// The rule, with what a change of something that is received means on the wire and for Rust callers.
    #[must_use]
    pub const fn received(self, wire: Effect, rust: Effect) -> Rule {
        Rule { received: Effects { wire, rust }, ..self }
    }

    /// The rule, with the same effects on both sides.
    #[must_use]
    pub const fn both(self, wire: Effect, rust: Effect) -> Rule {
        self.sent(wire, rust).received(wire, rust)
    }

    /// The rule, with what callers do about it.
    #[must_use]
    pub const fn migration(self, migration: &'static str) -> Rule {
        Rule { migration, ..self }
    }

    /// The rule, as one whose effect on Rust callers is not in the public signatures.
    #[must_use]
    pub const fn unseen(self) -> Rule {
        Rule { in_signatures: false, ..self }
    }
}
