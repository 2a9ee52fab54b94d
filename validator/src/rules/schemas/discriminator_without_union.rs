use partner_spec::{Kind, Severity};

use super::union;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "discriminator-without-union",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A discriminator says which of several schemas a value is of; without alternatives it says nothing.",
    check: Check::Document(check),
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
                required: [kind]
                properties:
                  kind: {type: string}
                discriminator: {propertyName: kind}
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

fn check(model: &Model<'_>, found: &mut Findings) {
    let bases = union::bases(model);
    for discriminator in model.each(Kind::Discriminator) {
        let Some(schema) = model.parent(discriminator) else { continue };
        if !union::is_union(schema.node) && !union::is_base(model, schema, &bases) {
            found
                .at(discriminator.key_location, "this discriminator has no alternatives to choose from")
                .help("put it beside `oneOf` or `anyOf`, or into a schema that others include with `allOf`");
        }
    }
}
