use partner_spec::{Kind, Severity};

use crate::Profile;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "response-description-empty",
    severity: Severity::Warning,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Response, check),
    page: include_str!("response_description_empty.md"),
};

fn check(_: &Model<'_>, response: &Place<'_>, found: &mut Findings) {
    let Some(description) = response.node.get("description") else { return };
    if description.as_str().is_some_and(|text| text.trim().is_empty()) {
        found
            .at(&description.location, "the description of this response is empty")
            .help("say in a sentence when it comes, and what it holds");
    }
}
