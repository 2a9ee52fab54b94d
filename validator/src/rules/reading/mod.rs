//! What makes a file unreadable: syntax, shape and references. The reader finds it.

mod duplicate_key;
mod ref_unresolved;

use super::Rule;

pub(super) const RULES: &[Rule] = &[duplicate_key::RULE, ref_unresolved::RULE];
