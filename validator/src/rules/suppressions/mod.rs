//! `x-lint-allow`: what a document allows itself.

mod allow_malformed;
mod allow_unknown_rule;
mod allow_unused;

use super::Rule;

pub(super) const RULES: &[Rule] = &[allow_malformed::RULE, allow_unknown_rule::RULE, allow_unused::RULE];
