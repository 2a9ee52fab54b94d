//! Conventions for this workspace's own documents.

mod docs_missing;

use super::Rule;

pub(super) const RULES: &[Rule] = &[docs_missing::RULE];
