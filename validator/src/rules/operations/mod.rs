//! Operations: names, bodies, answers, security, tags.

mod operation_id_missing;

use super::Rule;

pub(super) const RULES: &[Rule] = &[operation_id_missing::RULE];
