use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::operations::media::problem;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "encoding-content-type",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "The content type of a part is a list of media types; one that does not exist makes servers refuse the part.",
    check: Check::Each(Kind::Encoding, check),
    bad: "\
openapi: 3.0.3
info: {title: Wallets, version: '1'}
paths:
  /wallets:
    post:
      operationId: listWallets
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
            encoding:
              file: {contentType: png}
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
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string, format: binary}}}
            encoding:
              file: {contentType: 'image/png, image/jpeg'}
      responses:
        '204': {description: It worked.}
",
};

fn check(_: &Model<'_>, encoding: &Place<'_>, found: &mut Findings) {
    let Some(list) = encoding.node.get("contentType") else { return };
    for item in list.as_str().unwrap_or("*/*").split(',') {
        if let Some((what, meant)) = problem(item) {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => String::from("a list of media types looks like `image/png, image/jpeg`"),
            };
            found.at(&list.location, format!("`{}` {what}", item.trim())).help(help);
        }
    }
}
