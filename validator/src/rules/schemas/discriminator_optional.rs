use super::shape;
use super::union::{self, Alternative};
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule =
    Rule::warning("discriminator-optional", Profile::OpenApi, include_str!("discriminator_optional.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let bases = union::collect_base_schema_references(model);
    for discriminator in model.object_places_of_kind(ObjectKind::Discriminator) {
        let Some(schema) = model.find_parent_place(discriminator) else { continue };
        let Some(node) = discriminator.node.get("propertyName") else { continue };
        let Some(name) = node.as_str() else { continue };
        if !union::has_union_keyword(schema.node) && !union::is_base_schema(model, schema, &bases) {
            continue;
        }
        let optional = |branch: &Alternative<'_>| {
            shape::try_reserve_visit_steps(model, branch.node)
                && shape::collect_properties(model, branch.node).contains_key(name)
                && !shape::collect_required_property_names(model, branch.node).contains(name)
        };
        let branches: Vec<Alternative<'_>> =
            union::find_alternatives_or_self(model, schema.node).into_iter().filter(optional).collect();
        let Some(first) = branches.first() else { continue };
        let more = match branches.len() - 1 {
            0 => String::new(),
            number => format!(" and {number} more"),
        };
        found
            .report_at(
                &node.location,
                format!("the discriminator `{name}` is optional in {}{more}", first.name),
            )
            .with_related_location(&first.location, "the schema")
            .with_help(format!("add `{name}` to `required` there"));
    }
}
