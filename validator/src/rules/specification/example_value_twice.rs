use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "example-value-twice",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An example is either written here or elsewhere; of two values, tools show either one.",
    check: Check::Each(Kind::Example, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema: {type: object}
              examples:
                one: {value: {id: 1}, externalValue: https://example.com/wallet.json}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      responses:
        '200':
          description: The wallets.
          content:
            application/json:
              schema: {type: object}
              examples:
                one: {value: {id: 1}}
",
};

fn check(_: &Model<'_>, example: &Place<'_>, found: &mut Findings) {
    if example.node.get("value").is_some() && example.node.get("externalValue").is_some() {
        found
            .at(&example.key("externalValue"), "this example has both `value` and `externalValue`")
            .related(&example.key("value"), "the other one")
            .help("keep one of them");
    }
}
