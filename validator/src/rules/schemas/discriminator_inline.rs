use partner_spec::{Kind, Severity};

use super::shape;

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "discriminator-inline",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A discriminator chooses by the names of schemas; an alternative without a name can never be chosen.",
    check: Check::Each(Kind::Discriminator, check),
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
                oneOf:
                  - $ref: '#/components/schemas/Card'
                  - type: object
                    required: [kind]
                    properties: {kind: {type: string, enum: [bank]}}
                discriminator: {propertyName: kind}
components:
  schemas:
    Card: {type: object, required: [kind], properties: {kind: {type: string, enum: [card]}}}
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
                oneOf:
                  - $ref: '#/components/schemas/Card'
                  - $ref: '#/components/schemas/Bank'
                discriminator:
                  propertyName: kind
components:
  schemas:
    Card: {type: object, required: [kind], properties: {kind: {type: string, enum: [card]}}}
    Bank: {type: object, required: [kind], properties: {kind: {type: string, enum: [bank]}}}
",
};

fn check(model: &Model<'_>, discriminator: &Place<'_>, found: &mut Findings) {
    let Some(schema) = model.parent(discriminator) else { return };
    for key in shape::UNIONS {
        for member in schema.node.items(key).iter().filter(|member| member.ref_target().is_none()) {
            found
                .at(
                    &member.location.to_start(),
                    "this alternative has no name, so the discriminator cannot choose it",
                )
                .related(discriminator.key_location, "the discriminator")
                .help("move it to `components/schemas`, and refer to it");
        }
    }
}
