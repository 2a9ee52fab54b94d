use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

/// The identifier, for those who report that they stopped and are no rule.
pub(crate) const ID: &str = "checking-stopped";

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("checking_stopped.md"),
};

/// Runs after all other rules.
fn check(model: &Model<'_>, found: &mut Findings) {
    if let Some(location) = model.checker().unchecked() {
        found
            .at(&location, "this value takes too long to be checked, so it may not fit its schema")
            .help("make the pattern or the alternatives of its schema simpler, or the value smaller");
    }
    for stop in model.stops() {
        found.at(&stop.location, stop.what).help(stop.help);
    }
}
