use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-annotation",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "Names and descriptions for a value that the enum does not have describe nothing.",
    check: Check::Generator,
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
              schema:
                type: object
                properties:
                  state:
                    type: string
                    title: State
                    enum: [open, closed]
                    x-enum-descriptions: {opened: It is in use.}
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
              schema:
                type: object
                properties:
                  state:
                    type: string
                    title: State
                    enum: [open, closed]
                    x-enum-descriptions: {open: It is in use.}
",
};
