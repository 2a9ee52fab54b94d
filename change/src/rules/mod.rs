//! The kinds of changes, each declared beside the check that finds it, in files by what changes.

/// Declares rules, and lists them.
macro_rules! rules {
    ($($name:ident = $rule:expr;)*) => {
        $(pub(crate) static $name: Rule = $rule;)*

        /// The rules of this file.
        pub(super) static RULES: &[&Rule] = &[$(&$name),*];
    };
}

mod bodies;
mod docs;
pub(crate) mod enums;
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

pub mod index;

use crate::rule::Rule;

/// Some rules, and what changes when one of them applies.
pub struct Group {
    /// What changes.
    pub name: &'static str,
    /// The rules.
    pub rules: &'static [&'static Rule],
}

/// All rules, by what changes.
pub fn groups() -> Vec<Group> {
    let group = |name, rules| Group { name, rules };
    vec![
        group("Servers and keys", servers::RULES),
        group("Operations", operations::RULES),
        group("Security", security::RULES),
        group("Parameters", parameters::RULES),
        group("Request bodies", bodies::RULES),
        group("Responses", responses::RULES),
        group("Lists that go on", pagination::RULES),
        group("Waiters", waiters::RULES),
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
pub fn all() -> impl Iterator<Item = &'static Rule> {
    groups().into_iter().flat_map(|group| group.rules.iter().copied())
}
