use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "property-readonly-writeonly",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("property_readonly_writeonly.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.flag("readOnly") && schema.node.flag("writeOnly") {
        let message = format!("{} is both `readOnly` and `writeOnly`", shape::title(schema));
        found
            .at(&schema.key("writeOnly"), message)
            .related(&schema.key("readOnly"), "the other one")
            .help("keep the one that is meant");
    }
}
