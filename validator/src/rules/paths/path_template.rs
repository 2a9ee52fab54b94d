use partner_spec::Severity;

use super::template::placeholders;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "path-template",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Document(check),
    page: include_str!("path_template.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for path in model.root.entries("paths").filter(|path| path.key.starts_with('/')) {
        if let Err(why) = placeholders(&path.key) {
            found
                .at(&path.key_location, format!("the path `{}` {why}", path.key))
                .help("a path looks like `/users/{user_id}/orders`");
        }
    }
}
