use partner_spec::{Severity, did_you_mean};

use super::extensions;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "extension-unknown",
    severity: Severity::Error,
    profile: Profile::Workspace,
    check: Check::Document(check),
    page: include_str!("extension_unknown.md"),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for (_, entry) in extensions::each(model).filter(|(_, entry)| extensions::find(&entry.key).is_none()) {
        let known = extensions::ALL.iter().map(|extension| extension.key);
        let help = did_you_mean(&entry.key, known);
        found.at(&entry.key_location, format!("`{}` is no extension of this workspace", entry.key)).help(
            help.unwrap_or_else(|| {
                String::from("CONTRIBUTING.md lists them; take it out if nothing reads it")
            }),
        );
    }
}
