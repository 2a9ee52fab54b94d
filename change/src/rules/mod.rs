//! The rules, each of which describes a kind of change. A rule is declared beside the check that finds such changes.
//! Each file has the rules about one part of an API, like its parameters.

/// Declares rules as static variables, and a list `RULES` with all rules of the file.
macro_rules! declare_rules {
    ($($name:ident = $rule:expr;)*) => {
        $(pub(crate) static $name: Rule = $rule;)*

        /// The rules that this file declares.
        pub(super) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

mod bodies;
mod docs;
pub(crate) mod enums;
pub(crate) mod failures;
mod fields;
mod limits;
pub(crate) mod operations;
mod pagination;
mod parameters;
mod responses;
pub(crate) mod schemas;
mod security;
pub(crate) mod servers;
mod unions;
pub(crate) mod values;
mod waiters;
pub(crate) mod webhooks;

pub mod index;

use crate::rule::Rule;

/// The rules about one part of an API, like its parameters.
pub struct RuleGroup {
    /// The name of the group of rules, like `Parameters`.
    pub name: &'static str,
    /// The rules of the group.
    pub rules: &'static [&'static Rule],
}

/// Lists all rules, in groups.
pub fn rule_groups() -> Vec<RuleGroup> {
    let group = |name, rules| RuleGroup { name, rules };
    vec![
        group("Servers and keys", servers::RULES),
        group("Operations", operations::RULES),
        group("Security", security::RULES),
        group("Parameters", parameters::RULES),
        group("Request bodies", bodies::RULES),
        group("Responses", responses::RULES),
        group("Lists that go on", pagination::RULES),
        group("Waiters", waiters::RULES),
        group("Webhooks", webhooks::RULES),
        group("Schemas", schemas::RULES),
        group("Fields", fields::RULES),
        group("Enums", enums::RULES),
        group("Alternatives", unions::RULES),
        group("Values", values::RULES),
        group("Limits", limits::RULES),
        group("Documentation", docs::RULES),
    ]
}

/// All rules.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    rule_groups().into_iter().flat_map(|group| group.rules.iter().copied())
}
