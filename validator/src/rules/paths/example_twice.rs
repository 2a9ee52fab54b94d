use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "example-twice",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "`example` and `examples` exclude each other; tools show one of them, and not the same one.",
    check: Check::Document(check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    get:
      operationId: listWallets
      parameters:
        - name: currency
          in: query
          schema: {type: string}
          example: EUR
          examples:
            dollar: {value: USD}
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
        - name: currency
          in: query
          schema: {type: string}
          examples:
            euro: {value: EUR}
            dollar: {value: USD}
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    let places = [Kind::Parameter, Kind::Header, Kind::MediaType].map(|kind| model.each(kind));
    for place in places.into_iter().flatten() {
        if place.node.get("example").is_some() && place.node.get("examples").is_some() {
            let message = format!("this {} has both `example` and `examples`", place.kind.name());
            found
                .at(&place.key("examples"), message)
                .related(&place.key("example"), "the other one")
                .help("put all of them under `examples`, each with a name");
        }
    }
}
