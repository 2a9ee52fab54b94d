use partner_spec::{Node, Severity};

use super::example::answering;
use super::received;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "enum-value-undescribed",
    severity: Severity::Warning,
    profile: Profile::Workspace,
    reason: "A caller decides by the values of a received enum; one without a description was added without a look at its meaning.",
    check: Check::Document(check),
    bad: answering!(
        "    Payment:
      description: A payment.
      type: object
      properties:
        state:
          title: PaymentState
          description: How far it has come.
          type: string
          enum: [pending, made, returned]
          x-enum-descriptions:
            pending: It has not been made yet.
            made: It arrived.
"
    ),
    good: answering!(
        "    Payment:
      description: A payment.
      type: object
      properties:
        state:
          title: PaymentState
          description: How far it has come.
          type: string
          enum: [pending, made, returned]
          x-enum-descriptions:
            pending: It has not been made yet.
            made: It arrived.
            returned: It came back.
"
    ),
};

fn check(model: &Model<'_>, found: &mut Findings) {
    for schema in received::schemas(model) {
        let values: Vec<&Node> =
            schema.node.items("enum").iter().filter(|value| value.as_str().is_some()).collect();
        // A single value is a tag, of which the description of the enum tells everything.
        if values.len() < 2 {
            continue;
        }
        let described = schema.node.get("x-enum-descriptions");
        let undescribed = |value: &&&Node| {
            let name = value.as_str().unwrap_or_default();
            described.is_none_or(|texts| texts.get(name).is_none())
        };
        for value in values.iter().filter(undescribed) {
            let name = value.as_str().unwrap_or_default();
            found
                .at(&value.location, format!("nothing says what the value `{name}` means"))
                .help("add it to `x-enum-descriptions`; if no source says it, allow it with that reason");
        }
    }
}
