use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-empty-segment",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("path_empty_segment.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if path.key.split(['?', '#']).next().unwrap_or_default().contains("//") {
            found
                .at(&path.key_location, format!("the path `{}` has two slashes in a row", path.key))
                .help("take one of them away");
        }
    }
}
