use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "server-variable-undeclared",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A placeholder in a server's URL stands for a variable, and has no value when it is not declared.",
    check: Check::Each(Kind::Server, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
servers:
  - url: https://{region}.example.com
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

fn check(_: &Model<'_>, server: &Place<'_>, found: &mut Findings) {
    let Some(url) = server.node.get("url") else { return };
    for name in crate::model::placeholders(url.as_str().unwrap_or_default()) {
        if server.node.get("variables").and_then(|variables| variables.get(name)).is_none() {
            found
                .at(&url.location, format!("`{{{name}}}` is no variable of this server"))
                .help(format!("declare `{name}` under `variables`, with a `default`"));
        }
    }
}
