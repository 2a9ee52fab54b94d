use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "server-variable-enum-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::ServerVariable, check),
    page: include_str!("server_variable_enum_empty.md"),
};

fn check(_: &Model<'_>, variable: &Place<'_>, found: &mut Findings) {
    if let Some(values) = variable.node.get("enum").filter(|v| v.as_array().is_some_and(<[Node]>::is_empty)) {
        found
            .at(&values.location, "the list of values is empty, so no value is right")
            .help("name the values, or leave `enum` out where any will do");
    }
}
