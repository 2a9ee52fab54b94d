//! Paths and their parameters.

mod path_parameter_missing;

use super::Rule;

pub(super) const RULES: &[Rule] = &[path_parameter_missing::RULE];
