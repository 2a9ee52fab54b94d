use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-default-unused",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A default is what holds when nothing is sent, so a parameter that must be sent has none; one of the two is wrong.",
    check: Check::Each(Kind::Parameter, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: page, in: query, required: true, schema: {type: integer, default: 1}}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - {name: page, in: query, schema: {type: integer, default: 1}}
      responses:
        '204': {description: It worked.}
",
};

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut Findings) {
    let default = parameter.node.get("schema").and_then(|schema| schema.as_object()?.entry("default"));
    if let Some(default) = default
        && parameter.node.flag("required")
        && parameter.node.str("in") != Some("path")
    {
        let name = parameter.node.str("name").unwrap_or_default();
        found
            .at(&default.key_location, format!("`{name}` has a default, but is required"))
            .help("take the default away, or `required`; a usual value is an `example`");
    }
}
