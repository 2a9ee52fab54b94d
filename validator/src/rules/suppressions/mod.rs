//! Rules about suppressions (`x-lint-allow`).

pub(crate) mod allow_malformed;
pub(crate) mod allow_unknown_rule;
pub(crate) mod allow_unused;

use partner_spec::Rule;

pub(super) const RULES: &[&Rule] = &[&allow_malformed::RULE, &allow_unknown_rule::RULE, &allow_unused::RULE];
