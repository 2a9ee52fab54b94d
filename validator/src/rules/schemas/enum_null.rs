use partner_spec::{Kind, Severity, Value};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-null",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("enum_null.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if schema.node.flag("nullable") || schema.node.get("type").is_none() {
        return;
    }
    for value in schema.node.items("enum").iter().filter(|value| value.value == Value::Null) {
        found
            .at(&value.location, "null is in the `enum`, but the schema is not `nullable`")
            .help("add `nullable: true`, or take null out; put the word in quotes when the text is meant");
    }
}
