use partner_spec::{Kind, Severity, Value};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-nullable",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("enum_nullable.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let values = schema.node.items("enum");
    let has_null = values.iter().any(|value| value.value == Value::Null);
    if schema.node.flag("nullable") && !values.is_empty() && !has_null {
        found
            .at(&schema.key("nullable"), "this is `nullable`, but null is none of the values of its `enum`")
            .help("add `null` to the `enum`");
    }
}
