use std::collections::HashMap;

use partner_spec::{Entry, Kind, Severity};

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "media-type-duplicate",
    severity: Severity::Error,
    profile: Profile::Openapi,
    reason: "The same media type twice describes one body in two ways, and tools take either one.",
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
              schema: {type: object}
            Application/JSON:
              schema: {type: array, items: {}}
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
    let holders = [Kind::RequestBody, Kind::Response].map(|kind| model.each(kind));
    for holder in holders.into_iter().flatten() {
        let mut first: HashMap<String, &Entry> = HashMap::new();
        for media in holder.node.entries("content") {
            if let Some(other) = first.get(&canonical(&media.key)) {
                found
                    .at(
                        &media.key_location,
                        format!("`{}` is the same media type as `{}`", media.key, other.key),
                    )
                    .related(&other.key_location, "first here")
                    .help("keep one of them");
            } else {
                first.insert(canonical(&media.key), media);
            }
        }
    }
}

/// Without what makes no difference: case and spaces.
fn canonical(media_type: &str) -> String {
    media_type.to_ascii_lowercase().replace([' ', '"'], "")
}
