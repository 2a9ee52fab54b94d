use partner_spec::Severity;

use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

/// The identifier, for those who report that they stopped and are no rule.
pub(crate) const ID: &str = "checking-stopped";

pub(super) const RULE: Rule = Rule {
    id: ID,
    severity: Severity::Warning,
    profile: Profile::Openapi,
    reason: "What would take too long or too much memory for a document of this size is not looked at, and may be wrong.",
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
          description: The name of the wallet.
          content:
            application/json:
              schema:
                type: string
                pattern: '^(?:(?!b)a|(?!c)a)+b$'
                example: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb
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
          description: The name of the wallet.
          content:
            application/json:
              schema:
                type: string
                pattern: '^a+cb$'
                example: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb
",
};

/// Runs after all other rules.
fn check(model: &Model<'_>, found: &mut Findings) {
    if let Some(location) = model.checker().unchecked() {
        found
            .at(&location, "this value takes too long to be checked, so it may not fit its schema")
            .help("make the pattern or the alternatives of its schema simpler, or the value smaller");
    }
    for stop in model.stops() {
        found.at(&stop.location, stop.what).help(stop.help);
    }
}
