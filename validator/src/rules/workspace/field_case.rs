use super::properties_and_parameters::{PropertyOrParameter, list_parameters, list_properties};
use super::words::LetterCase;
use crate::rules::prelude::*;

pub(super) const CHECK: Check = Check::for_document(&RULE, check);

static RULE: Rule = Rule::warning("field-case", Profile::Workspace, include_str!("field_case.md"));

/// A letter case counts as the convention of the document only if at least this number of names have it. Names that
/// consist of a single word are not counted.
const MIN_NAMES_WITH_PREVAILING_CASE: usize = 3;

fn check(model: &Model<'_>, found: &mut RuleFindings) {
    let is_field =
        |value: &PropertyOrParameter<'_>| matches!(value.parameter_place, None | Some("path" | "query"));
    let values: Vec<PropertyOrParameter<'_>> =
        list_properties(model).chain(list_parameters(model)).filter(is_field).collect();
    let Some(case) = find_prevailing_letter_case(&values) else { return };
    for value in values.iter().filter(|value| !case.matches_name(value.name)) {
        found
            .report_at(
                value.name_location,
                format!("`{}` is not written in {}, as the names of this API are", value.name, case.name()),
            )
            .with_help(format!(
                "write `{}`; if the vendor does write it so, allow it with a reason",
                case.convert_name_to_case(value.name)
            ));
    }
}

/// Returns the letter case (snake or camel) that prevails among the names that consist of several words; `None` if no
/// case prevails. A case prevails if at least [`MIN_NAMES_WITH_PREVAILING_CASE`] names have it, and at least three
/// times as many as have the other case.
fn find_prevailing_letter_case(values: &[PropertyOrParameter<'_>]) -> Option<LetterCase> {
    let only = |case: LetterCase, other: LetterCase| {
        values.iter().filter(|value| case.matches_name(value.name) && !other.matches_name(value.name)).count()
    };
    let (snake, camel) =
        (only(LetterCase::Snake, LetterCase::Camel), only(LetterCase::Camel, LetterCase::Snake));
    let (case, most, least) =
        if snake > camel { (LetterCase::Snake, snake, camel) } else { (LetterCase::Camel, camel, snake) };
    (most >= MIN_NAMES_WITH_PREVAILING_CASE && most >= 3 * least).then_some(case)
}
