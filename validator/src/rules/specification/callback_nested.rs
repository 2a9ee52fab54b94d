use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "callback-nested",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Callback, check),
    page: include_str!("callback_nested.md"),
};

fn check(model: &Model<'_>, callback: &Place<'_>, found: &mut Findings) {
    if model.ancestors(callback).any(|holder| holder.kind == Kind::Callback) {
        found
            .at(callback.key_location, "this callback belongs to a callback")
            .help("move it to the operation that leads to it");
    }
}
