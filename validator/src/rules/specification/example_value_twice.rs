use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "example-value-twice",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Example, check),
    page: include_str!("example_value_twice.md"),
};

fn check(_: &Model<'_>, example: &Place<'_>, found: &mut Findings) {
    if example.node.get("value").is_some() && example.node.get("externalValue").is_some() {
        found
            .at(&example.key("externalValue"), "this example has both `value` and `externalValue`")
            .related(&example.key("value"), "the other one")
            .help("keep one of them");
    }
}
