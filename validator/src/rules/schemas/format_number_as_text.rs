use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "format-number-as-text",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("format_number_as_text.md"),
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let (Some("string"), Some(node)) = (schema.node.str("type"), schema.node.get("format"))
        && node.as_str() == Some("int64")
    {
        found
            .at(&node.location, "`int64` is a format of `integer`, but this is a string")
            .help("write `type: integer`, or leave the format out where the number really is in quotes");
    }
}
