//! Where looking at a document ended before its end.

pub(crate) mod checking_stopped;

use super::Rule;

pub(super) const RULES: &[Rule] = &[checking_stopped::RULE];
