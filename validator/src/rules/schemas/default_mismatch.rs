use partner_spec::{Kind, Severity};

use super::mismatch::{self, Schema};

use crate::Profile;
use crate::instance::Direction;
use crate::model::{Model, Place};
use crate::rules::{Check, Findings, Rule};

pub(super) const RULE: Rule = Rule {
    id: "default-mismatch",
    severity: Severity::Error,
    profile: Profile::Openapi,
    check: Check::Each(Kind::Schema, check),
    page: include_str!("default_mismatch.md"),
};

fn check(model: &Model<'_>, schema: &Place<'_>, found: &mut Findings) {
    if let Some(default) = schema.node.get("default") {
        let schema = Schema::new(model, schema.node, Direction::Either);
        mismatch::report(model, &schema, default, "this default", found);
    }
}
