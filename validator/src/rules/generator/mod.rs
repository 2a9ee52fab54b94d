//! What this workspace's generator cannot generate. The generator finds it.

mod content_type;

use super::Rule;

pub(super) const RULES: &[Rule] = &[content_type::RULE];
