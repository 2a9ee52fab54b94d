use super::field_occurrences::OccurrenceCountsByField;
use super::properties_and_parameters::list_properties;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::error("expected-absent", Profile::Workspace, include_str!("expected_absent.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let occurrences = OccurrenceCountsByField::count_field_occurrences(model);
    for field in list_properties(model).filter(|field| field.declaring_node.value_is_true("x-expected")) {
        if occurrences
            .find_occurrence_counts(field.declaring_node)
            .is_some_and(|uses| !uses.has_value_in_every_object())
        {
            found
                .report_at(
                    field.name_location,
                    format!("`{}` is expected in every response, and an example lacks it", field.name),
                )
                .with_help("take `x-expected` away, or give every example of the object a value for it");
        }
    }
}
