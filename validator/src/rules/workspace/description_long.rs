use partner_spec::Severity;

use super::example::answering;
use super::texts;
use crate::Profile;
use crate::model::Model;
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "description-long",
    severity: Severity::Warning,
    profile: Profile::Workspace,
    reason: "One or two sentences of our own are read; a page of copied text is not, and its copyright is the vendor's.",
    check: Check::Document(check),
    bad: answering!(
        "    Payment:
      description: >
        This object represents a payment that has been initiated by a customer through one of the supported channels.
        A payment can be initiated by card, by bank transfer or by a wallet, subject to the limits of the respective
        channel. Please note that the payment may take up to five business days to be processed, and that it may be
        returned if the details provided are not correct.
      type: object
      properties:
        reference: {description: What the receiver reads., type: string}
"
    ),
    good: answering!(
        "    Payment:
      description: A payment, which may take five days and come back.
      type: object
      properties:
        reference: {description: What the receiver reads., type: string}
"
    ),
};

/// How many characters a text may have. Two long sentences fit into a description; a note may tell several
/// contradictions of the docs.
fn limit(what: &str) -> usize {
    if what == "note" { 500 } else { 300 }
}

fn check(model: &Model<'_>, found: &mut Findings) {
    for text in texts::all(model) {
        let (length, limit) = (text.text.chars().count(), limit(text.what));
        if length > limit {
            found
                .at(&text.node.location.to_start(), format!("this {} has {length} characters", text.what))
                .help(format!("say it in one or two sentences, with at most {limit} characters"));
        }
    }
}
