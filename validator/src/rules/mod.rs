//! The rules of the validator, with one file for each rule and one folder for each topic. Three other crates declare
//! further rules. The rules of `partner_spec` are about documents that cannot be read, and those of `partner_model` and
//! `partner_codegen` about documents from which no client can be generated.
//!
//! A new rule needs three things: a file with its [`Check`] and its [`Rule`]; beside this file, a Markdown page with
//! the reason and the examples; and one line in the list of the folder's `mod.rs`.

mod check;
pub mod index;
mod operations;
mod paths;
mod schemas;
mod specification;
pub(crate) mod suppressions;
mod workspace;

/// The imports that nearly every rule needs.
mod prelude {
    pub(super) use partner_spec::{
        Entry, Location, Node, ObjectKind, Profile, Rule, Value, advise_on_unknown_name,
    };

    pub(super) use super::{Check, RuleFindings, find_items_with_repeated_keys};
    pub(super) use crate::model::{Model, Operation, Place};
}

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::hash::Hash;
use std::sync::LazyLock;

use partner_spec::Rule;

pub use check::Check;
pub use partner_model::findings::{ReportedFinding, RuleFindings};

use crate::model::Model;

/// The checks of the validator, grouped by topic.
const CHECKS_BY_TOPIC: &[(&str, &[Check])] = &[
    ("specification", specification::CHECKS),
    ("paths", paths::CHECKS),
    ("operations", operations::CHECKS),
    ("schemas", schemas::CHECKS),
    ("workspace", workspace::CHECKS),
];

/// A group of rules about one topic.
pub struct RuleGroup {
    /// The topic of the rules, like `schemas`. For rules that the crate of the validator itself checks, this is also
    /// the name of the folder that contains the rules.
    pub topic: &'static str,
    /// Whether the command `new-rule` can add rules to this group. This is so for groups whose rules the validator
    /// itself checks, each rule with a [`Check`] of its own.
    pub accepts_new_rules: bool,
    /// The rules of the group.
    pub rules: Vec<&'static Rule>,
}

static GROUPS: LazyLock<Vec<RuleGroup>> = LazyLock::new(|| {
    let declared_elsewhere = |name, rules: &[&'static Rule]| RuleGroup {
        topic: name,
        accepts_new_rules: false,
        rules: rules.to_vec(),
    };
    let own = |(name, checks): &(&'static str, &[Check])| RuleGroup {
        topic: name,
        accepts_new_rules: true,
        rules: checks.iter().map(|check| check.rule).collect(),
    };
    let mut groups = vec![declared_elsewhere("reading", partner_spec::rules::RULES)];
    groups.extend(CHECKS_BY_TOPIC.iter().map(own));
    groups.push(declared_elsewhere("model", partner_model::rules::RULES));
    groups.push(declared_elsewhere("generator", partner_codegen::rules::RULES));
    groups.push(declared_elsewhere("suppressions", suppressions::RULES));
    groups
});

/// Returns all rules, grouped by topic.
pub fn rule_groups() -> &'static [RuleGroup] {
    &GROUPS
}

/// All rules.
pub fn all_rules() -> impl Iterator<Item = &'static Rule> {
    rule_groups().iter().flat_map(|group| group.rules.iter().copied())
}

/// Returns the rule with this identifier.
pub fn find_rule(id: &str) -> Option<&'static Rule> {
    all_rules().find(|rule| rule.id == id)
}

/// Whether `x-lint-allow` can suppress the findings of a rule. It cannot if the rule blocks the generation of a client,
/// or is itself about suppressions.
pub fn is_suppressible(rule: &Rule) -> bool {
    !rule.blocks_generation && !suppressions::RULES.contains(&rule)
}

/// The rules that report something as unused, such as a component. They run only if all files of the document could be
/// read, because an unreadable file may use what seems to be unused.
static RULES_NEEDING_ALL_FILES: [&Rule; 4] = [
    &suppressions::allow_unused::RULE,
    &specification::component_unused::RULE,
    &operations::security_scheme_unused::RULE,
    &operations::tag_unused::RULE,
];

/// Whether a rule can run only when all files of a document could be read.
pub(crate) fn needs_all_files(rule: &Rule) -> bool {
    RULES_NEEDING_ALL_FILES.contains(&rule)
}

/// Runs the checks of all rules for which `wanted` returns true, and returns the findings of these checks.
pub(crate) fn run_checks(model: &Model<'_>, wanted: impl Fn(&Rule) -> bool) -> partner_spec::Findings {
    let checks = CHECKS_BY_TOPIC.iter().flat_map(|(_, checks)| *checks);
    checks.filter(|check| wanted(check.rule)).flat_map(|check| check.run(model)).collect()
}

/// Finds the items that have the same key as an earlier item. For each such item, returns a pair of this item and the
/// first item with the same key.
fn find_items_with_repeated_keys<K: Eq + Hash, T: Copy>(
    items: impl IntoIterator<Item = (K, T)>,
) -> Vec<(T, T)> {
    let mut first: HashMap<K, T> = HashMap::new();
    let repeated = |(key, item)| match first.entry(key) {
        Slot::Vacant(slot) => {
            slot.insert(item);
            None
        }
        Slot::Occupied(slot) => Some((item, *slot.get())),
    };
    items.into_iter().filter_map(repeated).collect()
}
