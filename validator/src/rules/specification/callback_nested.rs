use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "callback-nested",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "A callback of a callback is a call that the receiver answers with another call; tools do not follow it.",
    check: Check::Each(Kind::Callback, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: listWallets
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              callbacks:
                seen:
                  '{$request.body#/url}':
                    post:
                      responses:
                        '204': {description: It was read.}
              responses:
                '204': {description: It was read.}
      responses:
        '204': {description: It worked.}
",
    good: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: listWallets
      callbacks:
        paid:
          '{$request.body#/url}':
            post:
              responses:
                '204': {description: It was read.}
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, callback: &Place<'_>, found: &mut Findings) {
    if model.ancestors(callback).any(|holder| holder.kind == Kind::Callback) {
        found
            .at(callback.key_location, "this callback belongs to a callback")
            .help("move it to the operation that leads to it");
    }
}
