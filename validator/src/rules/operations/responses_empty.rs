use partner_spec::{Kind, Profile, Rule};

use crate::model::{Model, Place};
use crate::rules::{Check, Findings};

pub(super) const CHECK: Check = Check::each(&RULE, Kind::Operation, check);

static RULE: Rule = Rule::error("responses-empty", Profile::Openapi, include_str!("responses_empty.md"));

fn check(_: &Model<'_>, operation: &Place<'_>, found: &mut Findings) {
    let Some(responses) = operation.node.get("responses") else { return };
    let extension = |key: &str| key.starts_with("x-");
    if responses.as_object().is_some_and(|object| object.iter().all(|entry| extension(&entry.key))) {
        found
            .at(&responses.location.to_start(), "this operation documents no answer")
            .help("add the one of a success, like `'200'` with a `description`");
    }
}
