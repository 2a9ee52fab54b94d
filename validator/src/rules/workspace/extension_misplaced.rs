use partner_spec::Severity;

use super::example::answering;
use super::extensions;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "extension-misplaced",
    severity: Severity::Error,
    profile: Profile::Workspace,
    reason: "An extension does nothing on an object where nobody reads it: a secret that is marked in the wrong place is printed.",
    check: Check::Document(check),
    bad: answering!(
        "    Payment:
      description: A payment, with the text that goes with it.
      type: object
      x-sensitive: true
      properties:
        reference:
          description: What the receiver reads.
          type: string
"
    ),
    good: answering!(
        "    Payment:
      description: A payment, with the text that goes with it.
      type: object
      properties:
        reference:
          description: What the receiver reads.
          type: string
          x-sensitive: true
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for (place, entry) in extensions::each(model) {
        let Some(extension) = extensions::find(&entry.key) else { continue };
        if !(extension.is_read)(model, place) {
            found
                .at(
                    &entry.key_location,
                    format!("`{}` is not read here, in this {}", entry.key, place.kind.name()),
                )
                .help(format!("it belongs on {}", extension.home));
        }
    }
}
