use super::union;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning(
    "discriminator-without-union",
    Profile::OpenApi,
    include_str!("discriminator_without_union.md"),
);

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let bases = union::collect_base_schema_references(model);
    for discriminator in model.object_places_of_kind(ObjectKind::Discriminator) {
        let Some(schema) = model.find_parent_place(discriminator) else { continue };
        if !union::has_union_keyword(schema.node) && !union::is_base_schema(model, schema, &bases) {
            found
                .report_at(
                    discriminator.key_location,
                    "this discriminator has no alternatives to choose from",
                )
                .with_help(
                    "put it beside `oneOf` or `anyOf`, or into a schema that others include with `allOf`",
                );
        }
    }
}
