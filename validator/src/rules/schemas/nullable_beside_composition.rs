use partner_spec::{Kind, Severity};

use super::shape;
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "nullable-beside-composition",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("nullable_beside_composition.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let node = schema.node;
    if node.flag("nullable") && node.get("type").is_none() && shape::is_composed(node) {
        found
            .at(&schema.key("nullable"), "`nullable` has no `type` beside it, so it does not mean anything")
            .help("add the `type` here, beside `nullable`");
    }
}
