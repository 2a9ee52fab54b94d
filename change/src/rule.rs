//! Rules: a [`Rule`] describes a kind of change, like an added field. Each rule is a static variable, in the same file
//! as the function that finds such changes.

use std::fmt;

/// The effect of a change on one group of programs: senders of requests, receivers of responses, or Rust callers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Programs that use the API are not affected.
    #[default]
    Unaffected,
    /// Only the documentation changes.
    DocumentationOnly,
    /// Programs that use the API work as before, and can use something new.
    Compatible,
    /// Programs that use the API no longer work, or do something else than before.
    Breaking,
}

impl Effect {
    /// Returns the name of the effect in reports, like `breaking`.
    pub fn name(self) -> &'static str {
        match self {
            Effect::Unaffected => "none",
            Effect::DocumentationOnly => "documentation",
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

/// The effects of a change on existing programs, for example that they break. A [`Rule`] has two of these values: one
/// for changes in requests, and one for changes in responses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WireAndRustEffects {
    /// The effect on a program, in any language, that was written against the old document.
    pub wire_effect: Effect,
    /// The effect on a Rust program that was written against the old client and is compiled against the new one.
    pub rust_effect: Effect,
}

/// A rule, which describes a kind of change, its effects and the migration advice for callers.
///
/// ```
/// use partner_change::{Effect, Rule};
///
/// static RULE: Rule = Rule::new("field-added", "A field is added", "Nobody has to set it.")
///     .with_request_effects(Effect::Compatible, Effect::Compatible);
/// assert_eq!(RULE.effects_in_requests.wire_effect, Effect::Compatible);
/// assert_eq!(RULE.effects_in_responses.wire_effect, Effect::Unaffected);
/// ```
#[derive(Debug)]
pub struct Rule {
    /// The identifier of the rule in kebab case.
    pub id: &'static str,
    /// The title of the rule: a sentence that says what changed, without a full stop, like `A field is added`.
    pub title: &'static str,
    /// Why the change has these effects, like `Nobody has to set it.` for a new optional field.
    pub reason: &'static str,
    /// The effects of the change on existing programs, if the changed value is part of requests.
    pub effects_in_requests: WireAndRustEffects,
    /// The effects of the change on existing programs, if the changed value is part of responses.
    pub effects_in_responses: WireAndRustEffects,
    /// The migration advice for callers; empty if there is none. `{old}` and `{new}` are placeholders for the old and
    /// the new name of the changed part.
    pub migration_advice: &'static str,
    /// Whether a change that affects Rust callers is visible in the public signatures of the generated client.
    pub is_visible_in_signatures: bool,
}

impl Rule {
    /// Creates a rule for changes that affect no requests, no responses and no Rust callers.
    /// [`Rule::with_request_effects`], [`Rule::with_response_effects`] and [`Rule::with_effects_in_both_directions`]
    /// set the effects of the changes.
    pub const fn new(id: &'static str, title: &'static str, reason: &'static str) -> Rule {
        let none = WireAndRustEffects { wire_effect: Effect::Unaffected, rust_effect: Effect::Unaffected };
        Rule {
            id,
            title,
            reason,
            effects_in_requests: none,
            effects_in_responses: none,
            migration_advice: "",
            is_visible_in_signatures: true,
        }
    }

    /// Sets the effects of a change of a value in requests: `wire_effect` is the effect on programs in any language,
    /// and `rust_effect` is the effect on Rust callers.
    #[must_use]
    pub const fn with_request_effects(self, wire_effect: Effect, rust_effect: Effect) -> Rule {
        Rule { effects_in_requests: WireAndRustEffects { wire_effect, rust_effect }, ..self }
    }

    /// Sets the effects of a change of a value in responses: `wire_effect` is the effect on programs in any language,
    /// and `rust_effect` is the effect on Rust callers.
    #[must_use]
    pub const fn with_response_effects(self, wire_effect: Effect, rust_effect: Effect) -> Rule {
        Rule { effects_in_responses: WireAndRustEffects { wire_effect, rust_effect }, ..self }
    }

    /// Sets the effects of a change of a value: `wire_effect` is the effect on programs in any language, and
    /// `rust_effect` is the effect on Rust callers. The effects are the same in requests and in responses.
    #[must_use]
    pub const fn with_effects_in_both_directions(self, wire_effect: Effect, rust_effect: Effect) -> Rule {
        self.with_request_effects(wire_effect, rust_effect).with_response_effects(wire_effect, rust_effect)
    }

    /// Sets the migration advice for callers.
    #[must_use]
    pub const fn with_migration_advice(self, migration_advice: &'static str) -> Rule {
        Rule { migration_advice, ..self }
    }

    /// Marks the effect on Rust callers as not visible in the public signatures of the generated client.
    #[must_use]
    pub const fn not_visible_in_signatures(self) -> Rule {
        Rule { is_visible_in_signatures: false, ..self }
    }
}
