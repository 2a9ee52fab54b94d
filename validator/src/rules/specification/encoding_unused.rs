use partner_spec::{Kind, Severity, did_you_mean};

use super::parts::{Parts, parts};
use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::operations::media::{essence, is_form};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "encoding-unused",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "An encoding says how a part of a form is written; for a part that does not exist, or outside of a form, it says nothing.",
    check: Check::Each(Kind::MediaType, check),
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
              flie: {contentType: image/png}
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
              file: {contentType: image/png}
      responses:
        '204': {description: It worked.}
",
};

fn check(model: &Model<'_>, media: &Place<'_>, found: &mut Findings) {
    let Some(encoding) = media.node.as_object().and_then(|object| object.entry("encoding")) else { return };
    let name = media.name.unwrap_or_default();
    if !(essence(name).starts_with("multipart/") || is_form(name)) {
        let message = format!("`encoding` is for forms, and means nothing for `{name}`");
        found.at(&encoding.key_location, message).help("take it away, or check the media type");
        return;
    }
    let Some(Parts { names, open }) = parts(media.node.get("schema"), model) else { return };
    for part in media.node.entries("encoding") {
        if !open && !names.contains(&part.key.as_str()) {
            let help = did_you_mean(&part.key, names.iter().copied());
            found
                .at(&part.key_location, format!("this form has no part `{}`", part.key))
                .help(help.unwrap_or_else(|| String::from("name a property of the schema")));
        }
    }
}
