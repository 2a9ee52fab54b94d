use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-value-collision",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "Two values that become one name in Rust cannot be two variants.",
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
                    enum: [in-use, in_use]
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
                    enum: [in-use, in_use]
                    x-enum-names: {in_use: InUseOld}
",
};
