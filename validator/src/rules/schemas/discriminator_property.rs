use super::{shape, union};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::error("discriminator-property", Profile::OpenApi, include_str!("discriminator_property.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let bases = union::collect_base_schema_references(model);
    for discriminator in model.object_places_of_kind(ObjectKind::Discriminator) {
        let Some(schema) = model.find_parent_place(discriminator) else { continue };
        if union::has_union_keyword(schema.node) || union::is_base_schema(model, schema, &bases) {
            check_branches(model, discriminator, schema, found);
        }
    }
}

fn check_branches<'a>(
    model: &Model<'a>,
    discriminator: &Place<'a>,
    schema: &Place<'a>,
    found: &mut RuleFindings,
) {
    let Some(name_node) = discriminator.node.get("propertyName") else { return };
    let Some(name) = name_node.as_str() else { return };
    for branch in union::find_alternatives_or_self(model, schema.node) {
        if !shape::try_reserve_visit_steps(model, branch.node) || union::has_union_keyword(branch.node) {
            continue;
        }
        let title = &branch.name;
        let (message, help) = match shape::collect_properties(model, branch.node).get(name) {
            None => (
                format!("{title} has no property `{name}`, which the discriminator names"),
                format!("declare `{name}` there and require it, or correct `propertyName`"),
            ),
            Some(property) if !is_text(model, &property.node) => (
                format!("`{name}` of {title} is no string, so it cannot be the discriminator"),
                String::from("its value is the name of an alternative"),
            ),
            Some(_) => continue,
        };
        found
            .report_at(&name_node.location, message)
            .with_related_location(&branch.location, "the schema")
            .with_help(help);
    }
}

fn is_text<'a>(model: &Model<'a>, property: &'a Node) -> bool {
    let kinds = shape::collect_self_and_all_of_members(model, property)
        .into_iter()
        .filter_map(|member| member.get_str("type"));
    kinds.into_iter().all(|kind| kind == "string")
}
