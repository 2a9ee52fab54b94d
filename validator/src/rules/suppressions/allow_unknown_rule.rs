use partner_spec::{Finding, Location, Profile, Rule, advise_on_unknown_name};

use crate::rules;

pub(super) static RULE: Rule =
    Rule::warning("allow-unknown-rule", Profile::OpenApi, include_str!("allow_unknown_rule.md"));

/// Returns the finding about a suppression of a rule that cannot be suppressed.
pub(crate) fn new_not_suppressible_finding(rule: &str, location: &Location) -> Finding {
    Finding::new(&RULE, location, format!("`{rule}` cannot be allowed: nothing could be generated"))
        .with_help("mend what it is about")
}

/// Returns the finding about a suppression of an unknown rule.
pub(crate) fn new_unknown_rule_finding(rule: &str, location: &Location) -> Finding {
    let help = advise_on_unknown_name(rule, rules::all_rules().map(|rule| rule.id));
    Finding::new(&RULE, location, format!("there is no rule `{rule}`"))
        .with_help(help.unwrap_or_else(|| String::from("`cargo xtask validate --rules` lists them")))
}
