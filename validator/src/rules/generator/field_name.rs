use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "field-name",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "A property becomes a field, and a field has a name of letters, digits and underscores that nothing else has.",
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
                title: Wallet
                properties:
                  card-no: {type: string}
                  card_no: {type: string}
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
                title: Wallet
                properties:
                  card-no: {type: string}
                  old_card_no: {type: string}
",
};
