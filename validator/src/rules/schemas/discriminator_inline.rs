use super::shape;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_each_object(&RULE, ObjectKind::Discriminator, check);

static RULE: Rule =
    Rule::warning("discriminator-inline", Profile::OpenApi, include_str!("discriminator_inline.md"));

fn check(model: &Model<'_>, discriminator: &Place<'_>, found: &mut RuleFindings) {
    let Some(schema) = model.find_parent_place(discriminator) else { return };
    for key in shape::UNION_KEYWORDS {
        for member in schema.node.get_items(key).iter().filter(|member| member.ref_text().is_none()) {
            found
                .report_at(
                    &member.location.collapse_to_start(),
                    "this alternative has no name, so the discriminator cannot choose it",
                )
                .with_related_location(discriminator.key_location, "the discriminator")
                .with_help("move it to `components/schemas`, and refer to it");
        }
    }
}
