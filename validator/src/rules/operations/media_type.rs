use partner_spec::{Kind, Severity};

use super::media::problem;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "media-type",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "A media type that does not exist matches nothing that is sent: the body is not read, or refused.",
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
            aplication/json:
              schema: {type: object}
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
              schema: {type: object}
",
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for media in model.all(Kind::MediaType) {
        let Some(name) = media.name else { continue };
        if let Some((what, meant)) = problem(name) {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => String::from("a media type looks like `application/json`"),
            };
            found.at(media.key_location, format!("`{name}` {what}")).help(help);
        }
    }
}
