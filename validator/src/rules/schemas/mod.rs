//! Schemas, and that examples fit them.

mod required_undeclared;

use super::Rule;

pub(super) const RULES: &[Rule] = &[required_undeclared::RULE];
