use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::instance::FORMATS;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "format-misplaced",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A format that is not for the `type` beside it is ignored, and the value is read as something else.",
    check: Check::Each(Kind::Schema, check),
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
                type: integer
                format: date-time
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
                type: string
                format: date-time
",
};

fn check(_: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    let (Some(kind), Some(node)) = (schema.node.str("type"), schema.node.get("format")) else { return };
    let Some((format, types)) = FORMATS.iter().find(|(known, _)| Some(*known) == node.as_str()) else {
        return;
    };
    // A number of 64 bits as text is on purpose, and another finding.
    if !types.contains(&kind) && (*format, kind) != ("int64", "string") {
        let message = format!("`{format}` is a format of `{}`, not of `{kind}`", types.join("` and `"));
        found.at(&node.location, message).help("correct the `type` or the `format`");
    }
}
