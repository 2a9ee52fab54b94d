use partner_spec::Severity;

use crate::Profile;
use crate::rules::{Check, Rule};

pub(super) const RULE: Rule = Rule {
    id: "content-type",
    severity: Severity::Error,
    profile: Profile::Generator,
    reason: "Request bodies are sent as JSON or as multipart forms; other media types have no code that writes them.",
    check: Check::Generator,
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: createWallet
      requestBody:
        required: true
        content:
          application/xml:
            schema: {type: object, properties: {name: {type: string}}}
      responses:
        '204': {description: It was made.}
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
            schema: {type: object, properties: {name: {type: string}}}
      responses:
        '204': {description: It was made.}
",
};
