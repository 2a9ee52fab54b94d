use super::field_occurrences::OccurrenceCountsByField;
use super::properties_and_parameters::list_properties;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("field-unshown", Profile::Workspace, include_str!("field_unshown.md"));

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let occurrences = OccurrenceCountsByField::count_field_occurrences(model);
    for field in list_properties(model) {
        if occurrences
            .find_occurrence_counts(field.declaring_node)
            .is_some_and(|uses| uses.occurrence_count == 0)
        {
            found.report_at(field.name_location, format!("no example shows `{}`", field.name)).with_help(
                "give it a place in an example; if no source shows a value, allow it with that reason",
            );
        }
    }
}
