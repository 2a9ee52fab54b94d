use partner_spec::Severity;

use super::extensions;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "extension-misplaced",
    severity: Severity::Error,
    profile: Profile::Workspace,
    check: Check::Document(check),
    page: include_str!("extension_misplaced.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for (place, entry) in extensions::each(model) {
        let Some(extension) = extensions::find(&entry.key) else { continue };
        if !(extension.is_read)(model, place) {
            found
                .at(
                    &entry.key_location,
                    format!("`{}` is not read here, in this {}", entry.key, place.kind.name()),
                )
                .help(format!("it belongs on {}", extension.home));
        }
    }
}
