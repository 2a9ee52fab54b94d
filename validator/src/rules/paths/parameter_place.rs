use partner_spec::{Kind, Severity, did_you_mean};

use super::template::PLACES;
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "parameter-place",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A parameter is in the path, the query, a header or a cookie; whatever else it says, it is not sent.",
    check: Check::Each(Kind::Parameter, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      parameters:
        - {name: wallet, in: body, schema: {type: object}}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      requestBody:
        required: true
        content:
          application/json:
            schema: {type: object}
      responses:
        '204': {description: It worked.}
",
};

fn check(_: &Model<'_>, parameter: &Place<'_>, found: &mut Findings) {
    let Some(place) = parameter.node.get("in") else { return };
    let Some(word) = place.as_str() else { return };
    if PLACES.contains(&word) {
        return;
    }
    let help = match word {
        "body" => String::from("describe it as `requestBody`"),
        "formData" => String::from("describe it as a property of a `multipart/form-data` requestBody"),
        _ => did_you_mean(word, PLACES).unwrap_or_default(),
    };
    found.at(&place.location, format!("a parameter cannot be in `{word}`")).help(help);
}
