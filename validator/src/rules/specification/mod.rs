//! What the specification says about parts that belong to no operation or schema.

mod server_variable_undeclared;

use super::Rule;

pub(super) const RULES: &[Rule] = &[server_variable_undeclared::RULE];
