use partner_spec::{Kind, Node, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "server-variable-enum-empty",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An empty list of values says that no value is right, not even the default.",
    check: Check::Each(Kind::ServerVariable, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://{region}.example.com
    variables:
      region: {default: eu, enum: []}
paths: {}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://{region}.example.com
    variables:
      region: {default: eu}
paths: {}
",
};

fn check(_: &Model<'_>, variable: &Place<'_>, found: &mut Findings) {
    if let Some(values) = variable.node.get("enum").filter(|v| v.as_array().is_some_and(<[Node]>::is_empty)) {
        found
            .at(&values.location, "the list of values is empty, so no value is right")
            .help("name the values, or leave `enum` out where any will do");
    }
}
